#include "http/openapi.hpp"

#include "http/json_writer.hpp"
#include "http/openapi_schemas.hpp"
#include "http/schemas.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace genesis::http {

namespace {

constexpr std::string_view example_request_id = "req-5f2c1a";

constexpr std::string_view api_description =
  "The API of an AI health and fitness coach. Errors are application/problem+json; lists are read page by page with "
  "opaque cursors; personal answers carry ETags for If-None-Match and If-Match; POSTs that create take an "
  "Idempotency-Key; changes are answered with the object, or without it (Prefer: return=minimal, and API keys that may "
  "not read). HEAD is answered wherever GET is, OPTIONS everywhere. What comes faster than a limit allows is 429 "
  "with Retry-After, RateLimit-Policy and RateLimit.";

// --- what many operations share
// ----------------------------------------------------------------------------------------------

/// A request header that several operations take.
struct header_parameter {
  std::string_view key;
  std::string_view name;
  std::string_view doc;
  std::string_view example;
};
constexpr header_parameter idempotency_key{"IdempotencyKey", "Idempotency-Key",
  "Makes the request have one effect however often it is sent; 1 to 255 visible characters, kept for a day.",
  "\"6f1c0a52\""};
constexpr header_parameter if_match{"IfMatch", "If-Match", "ETag of the revision that is to be changed, or *.",
  "\"o0198c5a27b1e7c3a9f412d6e8b5a1c01.3\""};
constexpr header_parameter if_none_match{"IfNoneMatch", "If-None-Match",
  "ETag of what the client has; 304 when it is still that.", "\"o0198c5a27b1e7c3a9f412d6e8b5a1c01.3\""};
constexpr header_parameter last_event_id{"LastEventId", "Last-Event-ID",
  "Sequence number of the last event seen. Wins over the parameter `after`: a browser that reconnects repeats the URL "
  "and sends here what it has seen since.",
  "17"};
constexpr header_parameter prefer{"Prefer", "Prefer",
  "return=minimal asks for the change without the object: 204, or 201 without content, with ETag and Location.",
  "return=minimal"};
constexpr std::array header_parameters{idempotency_key, if_match, if_none_match, last_event_id, prefer};

/// A header of answers.
struct answer_header {
  std::string_view name;
  std::string_view doc;
  bool is_always = true;  ///< With every answer that the document gives it.
};
constexpr answer_header location{"Location", "Where the object is."};
constexpr answer_header etag{"ETag", "Names this revision of the object, or this very list."};
constexpr answer_header request_id{
  "X-Request-ID", "Under which the request is logged; the client's own when it sent one."};
constexpr answer_header retry_after{"Retry-After", "Seconds to wait."};
constexpr answer_header rate_limit_policy{"RateLimit-Policy",
  "Of RATE_LIMIT_EXCEEDED: the limit, so many requests (q) within so many seconds (w), or connections at a time (q "
  "alone).",
  false};
constexpr answer_header rate_limit_left{
  "RateLimit", "Of RATE_LIMIT_EXCEEDED: what is left of it (r), and the seconds until there is more (t).", false};
constexpr answer_header www_authenticate{"WWW-Authenticate", "Bearer."};
constexpr answer_header preference_applied{
  "Preference-Applied", "return=minimal, where Prefer asked for that and got it.", false};
constexpr answer_header surrogate_key{"Surrogate-Key",
  "By which a CDN that keeps the answer is told to forget it; one that does not know the field ignores it."};
constexpr std::array answer_headers{location, etag, request_id, retry_after, rate_limit_policy, rate_limit_left,
  www_authenticate, preference_applied, surrogate_key};

constexpr std::string_view without_object =
  "Without the object, where Prefer asks for return=minimal or an API key may "
  "not read.";

bool has_etag(const route_spec& route) noexcept {
  return route.cache == cache_class::private_entity || route.cache == cache_class::private_list ||
         is_public(route.cache);
}

bool is_conditional_read(const route_spec& route) noexcept {
  return route.verb == method::get && has_etag(route);
}

void write_reference_to(json_writer& json, std::string_view kind, std::string_view key) {
  json.begin_object().member("$ref", "#/components/" + std::string{kind} + '/' + std::string{key}).end_object();
}

/// For readers of the document.
std::string_view what_it_means(cache_class cache) noexcept {
  switch (cache) {
  case cache_class::private_entity:
  case cache_class::private_list:
    return "One person's: a browser may keep it, and asks each time whether it is still right; a shared cache never "
           "has it.";
  case cache_class::public_page: return "The same for everybody: kept for a minute by browsers, for five by a CDN.";
  case cache_class::public_keys: return "The same for everybody: kept for a minute, and never used after that unasked.";
  case cache_class::no_store: return "Kept by nobody.";
  case cache_class::stream: return "Kept by nobody, and passed on as it comes.";
  }
  return {};
}

/// The component that documents what a class says in `Cache-Control`.
std::string cache_control_component(cache_class cache) {
  return "Cache-Control." + std::string{name_of(cache)};
}

void write_headers(json_writer& json, std::span<const answer_header* const> headers, cache_class cache) {
  json.key("headers").begin_object();
  write_reference_to(json.key("Cache-Control"), "headers", cache_control_component(cache));
  for (const auto* header : headers)
    write_reference_to(json.key(header->name), "headers", header->name);
  json.end_object();
}

// --- one operation
// -----------------------------------------------------------------------------------------------------------

void write_path_parameters(json_writer& json, const route_spec& route) {
  for (const auto segment : segments_of(route.path)) {
    const auto parameter = parameter_of(segment);
    if (parameter.name.empty())
      continue;
    json.begin_object().member("name", parameter.name).member("in", "path").member("required", true);
    json.key("schema").begin_object().member("type", "string");
    if (parameter.is_uuid)
      json.member("format", "uuid");
    json.end_object();
    if (!route.example_id.empty())
      json.raw_member("example", route.example_id);
    json.end_object();
  }
}

void write_query_parameter(json_writer& json, const field& what) {
  json.begin_object().member("name", what.name).member("in", "query").member("description", what.doc);
  if (what.is_required)
    json.member("required", true);
  write_schema(json.key("schema"), what);
  json.end_object();
}

void write_parameters(json_writer& json, const route_spec& route) {
  json.key("parameters").begin_array();
  write_path_parameters(json, route);
  for (const auto& each : route.query)
    write_query_parameter(json, each);
  const auto header = [&](bool is_taken, const header_parameter& what) {
    if (is_taken)
      write_reference_to(json, "parameters", what.key);
  };
  header(route.takes_idempotency_key, idempotency_key);
  header(route.takes_if_match, if_match);
  header(is_conditional_read(route), if_none_match);
  header(route.takes_last_event_id, last_event_id);
  header(shows_change(route), prefer);
  json.end_array();
}

void write_request_body(json_writer& json, const route_spec& route) {
  json.key("requestBody").begin_object().member("required", route.body->has_required_fields());
  json.key("content").begin_object().key("application/json").begin_object();
  write_reference(json.key("schema"), *route.body);
  json.raw_member("example", request_example(route));
  json.end_object().end_object().end_object();
}

/// The content of one answer in one media type. Text is shown as a JSON string, as OpenAPI wants examples of text.
void write_content(json_writer& json, const response_spec& response) {
  json.key(response.media_type).begin_object().key("schema");
  if (response.body)
    write_reference(json, *response.body);
  else
    json.begin_object().member("type", response.media_type == "application/json" ? "object" : "string").end_object();
  const auto example = response_example(response);
  if (response.media_type == "application/json")
    json.raw_member("example", example);
  else
    json.member("example", example);
  json.end_object();
}

/// The answers of one status, which differ in their media types only.
void write_answers(json_writer& json, const route_spec& route, std::span<const response_spec* const> answers) {
  const auto& first = *answers.front();
  const bool may_be_empty = first.status == 201 && shows_change(route);
  std::string description{first.description};
  if (may_be_empty)
    (description += ' ') += without_object;
  json.key(std::to_string(first.status)).begin_object().member("description", description);
  std::vector<const answer_header*> headers{&request_id};
  if (first.has_location)
    headers.push_back(&location);
  if (may_be_empty)
    headers.push_back(&preference_applied);
  if (has_etag(route) && first.body)
    headers.push_back(&etag);
  if (is_public(route.cache))
    headers.push_back(&surrogate_key);
  write_headers(json, headers, route.cache);
  if (!first.media_type.empty()) {
    json.key("content").begin_object();
    for (const auto* each : answers)
      write_content(json, *each);
    json.end_object();
  }
  json.end_object();
}

/// A 200 whose object is left out.
void write_minimal_answer(json_writer& json, const route_spec& route) {
  json.key("204").begin_object().member("description", without_object);
  write_headers(json, std::array{&request_id, &etag, &preference_applied}, route.cache);
  json.end_object();
}

/// The problems of one status.
void write_problems(json_writer& json, std::span<const problem_kind* const> kinds) {
  std::string description;
  for (const auto* kind : kinds)
    (description += description.empty() ? "" : "; ") += kind->title;
  json.key(std::to_string(kinds.front()->status)).begin_object().member("description", description);
  std::vector<const answer_header*> headers{&request_id};
  if (std::ranges::all_of(kinds, [](const auto* kind) { return kind->may_retry; }))
    headers.push_back(&retry_after);
  if (std::ranges::find(kinds, problem_code::rate_limit_exceeded, &problem_kind::code) != kinds.end())
    headers.insert(headers.end(), {&rate_limit_policy, &rate_limit_left});
  if (kinds.front()->status == 401)
    headers.push_back(&www_authenticate);
  write_headers(json, headers, cache_class::no_store);
  json.key("content").begin_object().key(problem_media_type).begin_object();
  write_reference(json.key("schema"), problem_schema);
  json.key("examples").begin_object();
  for (const auto* kind : kinds)
    write_reference_to(json.key(kind->name), "examples", kind->name);
  json.end_object().end_object().end_object().end_object();
}

void write_unchanged(json_writer& json, const route_spec& route) {
  json.key("304").begin_object().member("description", "What the client has is still right.");
  std::vector<const answer_header*> headers{&request_id};
  if (has_etag(route))  // else `If-None-Match: *` alone gets it
    headers.push_back(&etag);
  if (is_public(route.cache))
    headers.push_back(&surrogate_key);
  write_headers(json, headers, route.cache);
  json.end_object();
}

void write_responses(json_writer& json, const route_spec& route) {
  std::map<int, std::vector<const response_spec*>> answers;
  for (const auto& each : route.responses)
    answers[each.status].push_back(&each);
  std::map<int, std::vector<const problem_kind*>> problems;
  for (const auto code : problems_of(route))
    problems[kind_of(code).status].push_back(&kind_of(code));

  json.key("responses").begin_object();
  for (const auto& [status, group] : answers)
    write_answers(json, route, group);
  if (shows_change(route) && answers.contains(200))
    write_minimal_answer(json, route);
  if (route.verb == method::get)
    write_unchanged(json, route);
  for (const auto& [status, group] : problems)
    write_problems(json, group);
  json.end_object();
}

/// Ways in, each of which is enough: an access token, or an API key with one of the scopes.
void write_security(json_writer& json, const route_spec& route) {
  json.key("security").begin_array();
  if (route.security == security::bearer) {
    json.begin_object().key("bearer").begin_array().end_array().end_object();
    for (const auto scope : route.scopes)
      json.begin_object().key("apiKey").begin_array().value(scope).end_array().end_object();
  }
  json.end_array();
}

void write_operation(json_writer& json, const route_spec& route) {
  json.begin_object().member("operationId", route.operation_id).member("summary", route.summary);
  if (!route.description.empty())
    json.member("description", route.description);
  json.key("tags").begin_array().value(route.tag).end_array();
  json.member("x-cache-class", route.cache);
  write_security(json, route);
  write_parameters(json, route);
  if (route.body)
    write_request_body(json, route);
  write_responses(json, route);
  json.end_object();
}

// --- the document
// ------------------------------------------------------------------------------------------------------------

std::string lower_name(method verb) {
  std::string name{to_string(verb)};
  std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c + ('a' - 'A')); });
  return name;
}

/// Values in the order of their first appearance.
template <class Project>
std::vector<std::string_view> distinct(std::span<const route_spec> routes, Project&& project) {
  std::vector<std::string_view> all;
  for (const auto& route : routes)
    if (std::ranges::find(all, project(route)) == all.end())
      all.push_back(project(route));
  return all;
}

void write_paths(json_writer& json, std::span<const route_spec> routes) {
  json.key("paths").begin_object();
  for (const auto path : distinct(routes, [](const auto& route) { return route.path; })) {
    json.key(openapi_path(path)).begin_object();
    for (const auto& route : routes)
      if (route.path == path)
        write_operation(json.key(lower_name(route.verb)), route);
    json.end_object();
  }
  json.end_object();
}

void write_schemas(json_writer& json, std::span<const route_spec> routes) {
  schema_set all;
  collect(problem_schema, all);
  for (const auto& route : routes) {
    if (route.body)
      collect(*route.body, all);
    for (const auto& response : route.responses)
      if (response.body)
        collect(*response.body, all);
  }
  json.key("schemas").begin_object();
  for (const auto& [name, what] : all)
    write_schema(json.key(name), *what);
  json.end_object();
}

void write_problem_examples(json_writer& json) {
  json.key("examples").begin_object();
  for (const auto& kind : problem_kinds()) {
    problem what{kind.code, {}, {}, 0};
    if (kind.code == problem_code::validation_error)
      what.errors.push_back({"height_cm", "range", "must be between 50 and 272"});
    json.key(kind.name).begin_object().member("summary", kind.title);
    json.raw_member("value", problem_body(what, example_request_id)).end_object();
  }
  json.end_object();
}

void write_string_schema(json_writer& json) {
  json.key("schema").begin_object().member("type", "string").end_object();
}

void write_components(json_writer& json, std::span<const route_spec> routes) {
  json.key("components").begin_object();
  write_schemas(json, routes);
  json.key("parameters").begin_object();
  for (const auto& each : header_parameters) {
    json.key(each.key).begin_object().member("name", each.name).member("in", "header").member("description", each.doc);
    write_string_schema(json);
    json.member("example", each.example).end_object();
  }
  json.end_object().key("headers").begin_object();
  for (const auto& each : answer_headers) {
    json.key(each.name).begin_object().member("description", each.doc).member("required", each.is_always);
    write_string_schema(json);
    json.end_object();
  }
  for (const auto& [cache, name] : enum_names<cache_class>) {
    json.key(cache_control_component(cache)).begin_object();
    json.member("description", what_it_means(cache)).member("required", true);
    json.key("schema").begin_object().member("type", "string").member("const", cache_control(cache)).end_object();
    json.end_object();
  }
  json.end_object();
  write_problem_examples(json);
  json.key("securitySchemes").begin_object().key("bearer").begin_object();
  json.member("type", "http").member("scheme", "bearer").member("bearerFormat", "JWT");
  json.member("description", "The access token that register, login and refresh give.");
  json.end_object().key("apiKey").begin_object();
  json.member("type", "apiKey").member("in", "header").member("name", "X-API-Key");
  json.member("description",
    "A key of POST /api/v1/api-keys, with one of the scopes that the operation names: read, write, chat. "
    "Authorization: Bearer takes it as well.");
  json.end_object().end_object().end_object();
}

}  // namespace

std::string openapi_path(std::string_view path) {
  std::string text;
  for (const auto segment : segments_of(path)) {
    const auto parameter = parameter_of(segment);
    text += '/';
    if (parameter.name.empty())
      text += segment;
    else
      ((text += '{') += parameter.name) += '}';
  }
  return text.empty() ? "/" : text;
}

std::string query_example(const route_spec& route) {
  std::string query;
  for (const auto& each : route.query) {
    if (!each.is_required)
      continue;
    ((query += query.empty() ? '?' : '&') += each.name) += '=';
    query += each.example.substr(1, each.example.size() - 2);
  }
  return query;
}

std::string request_example(const route_spec& route) {
  return route.body ? example_of(*route.body) : std::string{};
}

std::string response_example(const response_spec& response) {
  return response.body ? example_of(*response.body) : std::string{response.example};
}

std::string openapi_document(std::span<const route_spec> routes, std::string_view version) {
  return json_object(
    [&](json_writer& json) {
      json.member("openapi", "3.1.0").key("info").begin_object().member("title", "GENESIS");
      json.member("version", version).member("description", api_description).end_object();
      json.key("servers").begin_array().begin_object().member("url", "/").end_object().end_array();
      json.key("tags").begin_array();
      for (const auto tag : distinct(routes, [](const auto& route) { return route.tag; }))
        json.begin_object().member("name", tag).end_object();
      json.end_array();
      write_paths(json, routes);
      write_components(json, routes);
    },
    std::size_t{256} * 1'024);
}

}  // namespace genesis::http
