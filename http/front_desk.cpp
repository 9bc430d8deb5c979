#include "http/front_desk.hpp"

#include "auth/api_key.hpp"
#include "auth/digest.hpp"
#include "auth/random.hpp"
#include "config/limits.hpp"
#include "http/conditional.hpp"
#include "http/field_values.hpp"
#include "http/metrics.hpp"
#include "http/openapi.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// Good tokens remembered per thread and generation, at about 130 bytes.
constexpr std::size_t remembered_tokens_max = 50'000;

/// API keys remembered per thread, at about 200 bytes.
constexpr std::size_t remembered_keys_max = 20'000;

bool takes_body(method verb) noexcept {
  return verb == method::post || verb == method::put || verb == method::patch;
}

/// What the answers of this route may look like, each media type once. Empty where every `Accept` gets an answer:
/// clients of streams ask for whatever their library asks for.
std::vector<std::string_view> offered_by(const route_spec& route) {
  std::vector<std::string_view> offered;
  if (route.cache == cache_class::stream)
    return offered;
  for (const auto& each : route.responses)
    if (!each.media_type.empty() && std::ranges::find(offered, each.media_type) == offered.end())
      offered.push_back(each.media_type);
  return offered;
}

/// Why `Accept` rules out every answer of the route.
std::optional<problem> check_acceptance(const exchange& request) {
  std::string several;
  const auto accept = request.head.list("accept", several);
  if (!accept)
    return std::nullopt;
  const auto offered = offered_by(*request.route);
  if (offered.empty() || best_match(*accept, offered))
    return std::nullopt;
  return nothing_acceptable(offered);
}

void count_refused(auth::token_fault why) {
  counters().tokens_refused[static_cast<std::size_t>(why)].add();
}

/// Whatever is wrong with it, a client that holds a refresh token goes on like after an expiry, for instance when the
/// key that signed the token has been rotated out. That it has expired is said of tokens alone whose signature is good.
problem bad_access_token() {
  return invalid_token(
    "this access token is not valid (any more): exchange the refresh token for a new one, or log in");
}

/// Says with the problem what is taken (RFC 9110 15.5.16).
problem unsupported_type(std::string detail) {
  problem no{problem_code::unsupported_media_type, std::move(detail), {}};
  no.fields.emplace_back("Accept", std::string{json_media_type});
  return no;
}

/// The names of scopes, any of which will do.
std::string alternatives(std::span<const key_scope> scopes) {
  std::string text;
  for (const auto each : scopes)
    (text += text.empty() ? "" : " or ") += name_of(each);
  return text;
}

std::vector<config::network> networks_of(const std::vector<std::string>& texts) {
  std::vector<config::network> networks;
  for (const auto& text : texts)
    if (auto network = config::network::parse(text))
      networks.push_back(*network);
  return networks;
}

}  // namespace

std::shared_ptr<const site> make_site(
  const config::settings& settings, std::function<timestamp()> now, std::function<std::string()> metrics_text) {
  auto made = std::make_shared<site>();
  made->routes = route_specs();
  std::vector<const route_spec*> pointers;
  for (const auto& each : made->routes)
    pointers.push_back(&each);
  made->paths = std::make_unique<router>(pointers);
  made->parties = {settings.auth.issuer, settings.auth.audience};
  made->settings = settings;
  made->metrics_networks = networks_of(settings.metrics.allow);
  made->trusted_proxies = networks_of(settings.http.trusted_proxies);
  made->cross_origin = {settings.http.cors_origins, settings.http.cors_max_age};
  made->openapi =
    std::make_shared<const std::string>(openapi_document(made->routes, std::string_view{GENESIS_VERSION}));
  made->openapi_coded = gzip_encoder{}.encode(*made->openapi);
  made->openapi_tag = tag_of_body(*made->openapi, {});
  made->now = std::move(now);
  made->metrics_text = std::move(metrics_text);
  made->started_at = std::chrono::steady_clock::now();
  return made;
}

bool may_turn_out_empty(const request_head& head) noexcept {
  return head.framing().kind == body_kind::chunked && !head.expects_continue();
}

front_desk::front_desk(std::shared_ptr<const site> where, auth::signing_keys_ptr keys, server_state& state)
    : where_(std::move(where)), state_(state), tokens_(remembered_tokens_max), ids_(auth::random_reserve{}) {
  use_keys(std::move(keys), true);
}

void front_desk::use_keys(auth::signing_keys_ptr keys, bool may_sign) {
  jwks_ = std::make_shared<const std::string>(keys->jwks_json());
  keys_ = std::move(keys);
  if (may_sign)
    signing_ = keys_;
  tokens_.clear();
}

std::string_view front_desk::date() {
  return date_.at(std::chrono::floor<std::chrono::seconds>(where_->now()));
}

std::string front_desk::new_request_id() {
  return to_string(ids_.next(where_->now()));
}

std::string front_desk::new_span_id() {
  // The second half of a UUID: its variant, and 62 random bits.
  const auto id = to_string(new_id());
  return id.substr(19, 4) + id.substr(24);
}

void front_desk::identify(exchange& request) {
  const auto& head = request.head;
  const auto given_id = head.field("x-request-id");
  const bool is_good = given_id && is_request_id(*given_id) && head.field_count("x-request-id") == 1;
  request.request_id = is_good ? std::string{*given_id} : new_request_id();
  // Of two, whoever stands in front might have taken the other one.
  if (const auto given = head.field("traceparent"); given && head.field_count("traceparent") == 1)
    if (const auto trace = parse_trace_parent(*given))
      request.trace = trace_span{std::string{trace->trace_id}, new_span_id(), trace->is_sampled};
}

std::optional<response> front_desk::check(exchange& request) {
  const auto& head = request.head;
  identify(request);
  const auto refuse = [&](const problem& what) { return problem_response(what, request.request_id); };
  if (head.form() == target_form::asterisk) {
    response answer;
    answer.status = 204;
    answer.fields.emplace_back("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    return answer;
  }
  auto segments = path_segments::parse(head.path());
  if (segments && !query_parameters::is_sound(head.query()))  // on routes too that ask for nothing of it
    segments = std::unexpected(parse_fault::bad_escape);
  if (!segments) {
    count_refused(segments.error());
    return refuse(to_problem(segments.error()));
  }
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
    where_->cross_origin.answer_preflight(head, request.match.allow, answer);
    return answer;
  }
  case route_match::kind::found: break;
  }
  request.route = &where_->routes[request.match.route];
  if (auto no = authenticate(request))
    return refuse(*no);
  if (is_closed(*request.route))
    return refuse({problem_code::forbidden, "registration is closed", {}});
  request.fault = refuse_caller(request);
  if (!request.fault)
    request.fault = check_acceptance(request);
  if (!request.fault && !may_turn_out_empty(head))
    check_content(request, head.framing().kind != body_kind::none);
  return std::nullopt;
}

/// No invitation opens it.
bool front_desk::is_closed(const route_spec& route) const noexcept {
  return where_->settings.auth.registration == config::registration_mode::closed && route.operation_id == "register";
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
  const auto key = request.head.field("x-api-key");
  if (!authorization && !key)
    return problem{problem_code::unauthorized,
      "this needs an access token (Authorization: Bearer <token>) or an API key (X-API-Key: <key>)", {}};
  // Whoever stands in front might have taken the other one.
  if (request.head.field_count("authorization") + request.head.field_count("x-api-key") != 1)
    return problem{problem_code::malformed_request, "there must be one Authorization or X-API-Key header", {}};
  if (key)
    return take_api_key(request, *key);
  const auto text = bearer_token(*authorization);
  if (!text && !names_bearer(*authorization))
    return problem{problem_code::unauthorized, "the Authorization header holds no bearer token", {}};
  if (!text) {
    count_refused(auth::token_fault::malformed);
    return bad_access_token();
  }
  return auth::is_like_api_key(*text) ? take_api_key(request, *text) : take_access_token(request, *text);
}

std::optional<problem> front_desk::take_access_token(exchange& request, std::string_view token) {
  const auto now = where_->now();
  const auto use = [&](const auth::access_claims& claims) {
    request.who = {claims.user, claims.session, claims.role, claims.authenticated_at, {}};
  };
  const auto refuse = [](auth::token_fault why) {
    count_refused(why);
    return why == auth::token_fault::expired ? problem{problem_code::token_expired, {}, {}} : bad_access_token();
  };
  if (const auto* known = tokens_.find(token)) {
    if (const auto fault = auth::fault_at(*known, now))
      return refuse(*fault);
    use(*known);
    return std::nullopt;
  }
  const auto verified = auth::verify(token, where_->parties, *keys_, now);
  if (!verified)
    return refuse(verified.error());
  use(*verified);
  tokens_.add(token, *verified);
  return std::nullopt;
}

std::optional<problem> front_desk::take_api_key(exchange& request, std::string_view text) {
  const auto read = auth::parse_api_key(text);
  if (!read) {
    counters().api_keys_refused.add();
    return invalid_token("this API key is not valid");
  }
  request.who = {read->user, read->key, {}, {}, {}};
  const auto known = api_keys_.find(read->key);
  request.is_known_key = known != api_keys_.end() && known->second.user == read->user &&
                         auth::is_same_secret(known->second.hash, read->hash);
  if (!request.is_known_key || !known->second.is_good_at(where_->now())) {
    request.unchecked_key = read->hash;
    return std::nullopt;
  }
  request.who.role = known->second.role;
  request.who.scopes = known->second.scopes;
  return std::nullopt;
}

known_key front_desk::accept_key(exchange& request, const api_key_facts& facts) {
  // A role lasts as long as in an access token.
  const auto from = where_->now();
  auto until = from + where_->settings.auth.access_token_lifetime;
  if (facts.expires_at)
    until = std::min<timestamp>(until, *facts.expires_at);
  known_key key{std::get<api_key_id>(request.who.by), *request.unchecked_key, request.who.user, facts.scopes,
    facts.role, from, until};
  request.who.role = facts.role;
  request.who.scopes = facts.scopes;
  request.unchecked_key.reset();
  if (auto no = refuse_caller(request))
    request.fault = std::move(no);  // before what is wrong with the rest
  return key;
}

void front_desk::remember(known_key key) {
  if (api_keys_.size() >= remembered_keys_max && !api_keys_.contains(key.id)) {
    std::erase_if(api_keys_, [now = where_->now()](const auto& each) { return !each.second.is_good_at(now); });
    if (api_keys_.size() >= remembered_keys_max)
      api_keys_.clear();
  }
  const auto id = key.id;
  api_keys_.insert_or_assign(id, std::move(key));
}

bool front_desk::remembers(const known_key& key) const {
  const auto known = api_keys_.find(key.id);
  return known != api_keys_.end() && known->second.agrees_with(key) && known->second.is_good_at(where_->now());
}

std::optional<problem> front_desk::refuse_caller(const exchange& request) {
  const auto& route = *request.route;
  const auto& who = request.who;
  if (route.security != security::bearer || request.unchecked_key)
    return std::nullopt;
  if (std::holds_alternative<api_key_id>(who.by)) {
    if (route.scopes.empty())
      return problem{problem_code::forbidden, "no API key may do this: log in and send an access token", {}};
    if (std::ranges::find_first_of(who.scopes, route.scopes) == who.scopes.end())
      return problem{problem_code::forbidden, "this needs an API key with the scope " + alternatives(route.scopes), {}};
  }
  if (!route.allows(who.role))
    return not_allowed_by_role();
  return std::nullopt;
}

void front_desk::check_content(exchange& request, bool has_content) {
  if (has_content)
    request.fault = check_body(request.head, *request.route);
  if (!request.fault && request.head.verb() == method::post)
    check_conditions(request);
}

std::optional<problem> front_desk::check_body(const request_head& head, const route_spec& route) {
  if (takes_body(head.verb()) && route.body != nullptr) {
    if (auto no = check_coding(head))
      return no;
    if (auto no = check_media_type(head))
      return no;
  }
  const auto framing = head.framing();
  if (framing.kind == body_kind::length && framing.length > route.body_bytes_max)
    return body_too_large(route.body_bytes_max);
  if (head.verb() == method::put && head.field("content-range"))  // RFC 9110 14.5: else a part would be taken for all
    return problem{problem_code::malformed_request, "a PUT is of the whole: Content-Range is not supported", {}};
  return std::nullopt;
}

/// What is posted to has no one state that a tag could name, so a condition on it is not known to hold, and nothing may
/// be done under one that does not (RFC 9110 13.1.1, 13.1.2).
void front_desk::check_conditions(exchange& request) {
  std::string tags;
  std::string other_tags;
  const auto match = request.head.list("if-match", tags);
  const auto none_match = request.head.list("if-none-match", other_tags);
  if ((match && !is_tag_list(*match)) || (none_match && !is_tag_list(*none_match)))
    request.fault = malformed_tags(match && !is_tag_list(*match) ? "If-Match" : "If-None-Match");
  else if (none_match || (match && !parse_if_match(*match)->any))
    request.unmet = problem{problem_code::precondition_failed, "a POST can be under no condition but If-Match: *", {}};
}

/// Bodies come as they are: one that inflates would pass the limit of its size by.
std::optional<problem> front_desk::check_coding(const request_head& head) {
  std::string several;
  const auto codings = head.list("content-encoding", several);
  if (!codings || names_only(*codings, "identity"))
    return std::nullopt;
  problem no{
    problem_code::unsupported_media_type, "send the body without a content coding: only identity is supported", {}};
  no.fields.emplace_back("Accept-Encoding", "identity");
  return no;
}

std::optional<problem> front_desk::check_media_type(const request_head& head) {
  std::string several;
  const auto type = head.list("content-type", several);  // two of them are no media type
  const auto media = type ? parse_media_type(*type) : std::nullopt;
  if (!media || media->name != "application/json")
    return unsupported_type("send JSON: Content-Type: application/json");
  if (const auto charset = media->parameter("charset")) {
    std::string lower{*charset};
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (lower != "utf-8" && lower != "utf8")
      return unsupported_type("JSON is UTF-8");
  }
  return std::nullopt;
}

}  // namespace genesis::http
