#include "http/front_desk.hpp"

#include "auth/random.hpp"
#include "config/limits.hpp"
#include "http/field_values.hpp"
#include "http/openapi.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// Good tokens remembered per thread: 10,000 people with a tab each, at about 600 bytes.
constexpr std::size_t remembered_tokens_max = 20'000;

bool takes_body(method verb) noexcept {
  return verb == method::post || verb == method::put || verb == method::patch;
}

/// What an answer of this route may look like, for `Accept`.
bool is_acceptable(const route_spec& route, std::string_view accept) {
  if (route.cache == cache_class::stream)  // clients of streams ask for whatever their library asks for
    return true;
  std::vector<std::string_view> offered;
  for (const auto& each : route.responses)
    if (!each.media_type.empty())
      offered.push_back(each.media_type);
  if (offered.empty())
    return true;
  return best_match(accept, offered).has_value();
}

std::vector<config::network> networks_of(const std::vector<std::string>& texts) {
  std::vector<config::network> networks;
  for (const auto& text : texts)
    if (auto network = config::network::parse(text))
      networks.push_back(*network);
  return networks;
}

}  // namespace

std::shared_ptr<const site> make_site(const config::settings& settings, const auth::signing_keys& keys,
  std::function<timestamp()> now, std::function<std::string()> metrics_text) {
  auto made = std::make_shared<site>();
  made->routes = route_specs();
  std::vector<const route_spec*> pointers;
  for (const auto& each : made->routes)
    pointers.push_back(&each);
  made->paths = std::make_unique<router>(pointers);
  made->keys = &keys;
  made->parties = {settings.auth.issuer, settings.auth.audience};
  made->settings = settings;
  made->metrics_networks = networks_of(settings.metrics.allow);
  made->trusted_proxies = networks_of(settings.http.trusted_proxies);
  made->openapi =
    std::make_shared<const std::string>(openapi_document(made->routes, std::string_view{GENESIS_VERSION}));
  made->jwks = std::make_shared<const std::string>(keys.jwks_json());
  made->now = std::move(now);
  made->metrics_text = std::move(metrics_text);
  made->started_at = std::chrono::steady_clock::now();
  return made;
}

front_desk::front_desk(std::shared_ptr<const site> where, server_state& state)
    : where_(std::move(where)), state_(state), ids_(auth::fill_random) {}

std::string_view front_desk::date() {
  return date_.at(std::chrono::floor<std::chrono::seconds>(where_->now()));
}

std::string front_desk::new_request_id() {
  return to_string(ids_.next(where_->now()));
}

std::uint64_t front_desk::add_reader(std::weak_ptr<response_sink> sink) {
  readers_.emplace(next_reader_, std::move(sink));
  return next_reader_++;
}

std::shared_ptr<response_sink> front_desk::reader(std::uint64_t number) const {
  const auto it = readers_.find(number);
  return it == readers_.end() ? nullptr : it->second.lock();
}

std::vector<std::shared_ptr<response_sink>> front_desk::all_readers() const {
  std::vector<std::shared_ptr<response_sink>> all;
  for (const auto& [number, each] : readers_)
    if (auto sink = each.lock())
      all.push_back(std::move(sink));
  return all;
}

std::optional<response> front_desk::check(exchange& request) {
  const auto& head = request.head;
  const auto given_id = head.field("x-request-id");
  request.request_id = given_id && is_request_id(*given_id) ? std::string{*given_id} : new_request_id();
  if (const auto given = head.field("traceparent"))
    if (const auto trace = parse_trace_parent(*given))
      request.trace_id = std::string{trace->trace_id};

  const auto refuse = [&](const problem& what) { return problem_response(what, request.request_id); };
  if (head.form() == target_form::asterisk) {
    response answer;
    answer.status = 204;
    answer.fields.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return answer;
  }
  auto segments = path_segments::parse(head.path());
  if (!segments)
    return refuse(to_problem(segments.error()));
  request.segments = std::move(*segments);
  request.match = where_->paths->match(head.verb(), request.segments);
  switch (request.match.what) {
  case route_match::kind::not_found: return refuse({problem_code::not_found, "there is nothing under this path", {}});
  case route_match::kind::method_not_allowed: {
    auto answer = refuse({problem_code::method_not_allowed, {}, {}});
    answer.fields.emplace_back("Allow", std::string{request.match.allow});
    return answer;
  }
  case route_match::kind::options: {
    response answer;
    answer.status = 204;
    answer.fields.emplace_back("Allow", std::string{request.match.allow});
    return answer;
  }
  case route_match::kind::found: break;
  }
  request.route = &where_->routes[request.match.route];
  if (auto no = authenticate(request))
    return refuse(*no);
  request.fault = check_content(request);
  return std::nullopt;
}

std::optional<problem> front_desk::authenticate(exchange& request) {
  const auto& route = *request.route;
  if (route.security == security::network) {
    if (!config::any_contains(where_->metrics_networks, request.peer))
      return problem{problem_code::forbidden, "your address is not among those that metrics.allow names", {}};
    return std::nullopt;
  }
  if (route.security != security::bearer)
    return std::nullopt;
  const auto authorization = request.head.field("authorization");
  if (!authorization)
    return problem{problem_code::unauthorized, "this needs an access token: Authorization: Bearer <token>", {}};
  if (request.head.field_count("authorization") != 1)  // whoever stands in front might have taken the other one
    return problem{problem_code::malformed_request, "there must be one Authorization header", {}};
  const auto text = bearer_token(*authorization);
  if (!text)
    return problem{problem_code::unauthorized, "the Authorization header holds no bearer token", {}};
  std::string token{*text};
  const auto now = where_->now();
  if (const auto it = tokens_.find(token); it != tokens_.end()) {
    if (it->second.expires_at <= now) {
      tokens_.erase(it);
      return problem{problem_code::token_expired, {}, {}};
    }
    request.claims = it->second;
  } else {
    const auto verified = auth::verify(token, where_->parties, *where_->keys, now);
    if (!verified)
      return problem{
        verified.error() == auth::token_fault::expired ? problem_code::token_expired : problem_code::unauthorized, {},
        {}};
    request.claims = *verified;
    if (tokens_.size() >= remembered_tokens_max)
      tokens_.clear();
    tokens_.emplace(std::move(token), *verified);
  }
  if (!route.roles.empty() && std::ranges::find(route.roles, request.claims.role) == route.roles.end())
    return problem{problem_code::forbidden, "your role does not allow this", {}};
  return std::nullopt;
}

std::optional<problem> front_desk::check_content(const exchange& request) const {
  const auto& head = request.head;
  const auto& route = *request.route;
  if (const auto accept = head.joined("accept"); accept && !is_acceptable(route, *accept))
    return problem{problem_code::not_acceptable, "this is served as JSON (application/json)", {}};
  const auto framing = head.framing();
  if (framing.kind == body_kind::none)
    return std::nullopt;
  if (takes_body(head.verb()) && route.body != nullptr)
    if (auto no = check_media_type(head))
      return no;
  if (framing.kind == body_kind::length && framing.length > config::request_body_bytes_max)
    return to_problem(parse_fault::body_too_large);
  return std::nullopt;
}

std::optional<problem> front_desk::check_media_type(const request_head& head) {
  const auto type = head.field("content-type");
  const auto media = type ? parse_media_type(*type) : std::nullopt;
  if (!media || media->name != "application/json")
    return problem{problem_code::unsupported_media_type, "send JSON: Content-Type: application/json", {}};
  if (const auto charset = media->parameter("charset")) {
    std::string lower{*charset};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower != "utf-8" && lower != "utf8")
      return problem{problem_code::unsupported_media_type, "JSON is UTF-8", {}};
  }
  return std::nullopt;
}

}  // namespace genesis::http
