#include "http/problem.hpp"

#include "config/limits.hpp"
#include "http/json_writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace genesis::http {

namespace {

using enum problem_code;

constexpr std::array<problem_kind, problem_code_count> kinds{{
  {malformed_request, 400, "MALFORMED_REQUEST", "malformed-request", "Malformed request",
    "The request breaks a rule of HTTP or JSON, or a query parameter, header or cursor cannot be read. Mend it before "
    "sending it again."},
  {unauthorized, 401, "UNAUTHORIZED", "unauthorized", "Not logged in",
    "The request needs a valid access token in the Authorization header, or the credentials are wrong. Exchange the "
    "refresh token for a new one, or log in, and use the new token."},
  {token_expired, 401, "TOKEN_EXPIRED", "token-expired", "Access token expired",
    "The access token is no longer valid. Exchange the refresh token for a new one and repeat the request."},
  {forbidden, 403, "FORBIDDEN", "forbidden", "Not allowed",
    "This is not for whoever asks. The detail says what is missing: another role or account, an invitation, a scope of "
    "the API key, a login in place of any key, the right current password, or an address that may ask."},
  {reauthentication_required, 403, "REAUTHENTICATION_REQUIRED", "reauthentication-required", "Fresh login needed",
    "This may only be done shortly after a login. Log in with the password and repeat the request."},
  {not_found, 404, "NOT_FOUND", "not-found", "Not found",
    "What the request names does not exist, or is not yours to see."},
  {method_not_allowed, 405, "METHOD_NOT_ALLOWED", "method-not-allowed", "Method not allowed",
    "The path exists but not with this method. The Allow header names those that it has."},
  {not_acceptable, 406, "NOT_ACCEPTABLE", "not-acceptable", "Not acceptable",
    "The answer exists in none of the forms that the Accept header allows."},
  {request_timeout, 408, "REQUEST_TIMEOUT", "request-timeout", "Request took too long",
    "The request did not arrive in time. Send it again on a new connection."},
  {conflict, 409, "CONFLICT", "conflict", "Conflict",
    "The state of the object does not allow this now. Read it again and decide anew."},
  {email_taken, 409, "EMAIL_TAKEN", "email-taken", "E-mail address taken",
    "An account with this e-mail address exists. Log in, or register with another address."},
  {replay_expired, 409, "REPLAY_EXPIRED", "replay-expired", "Events no longer kept",
    "The events of this run are no longer kept one by one. Read the stream from the beginning (after=0), or read the "
    "message."},
  {idempotency_in_progress, 409, "IDEMPOTENCY_IN_PROGRESS", "idempotency-in-progress", "First request still running",
    "A request with this Idempotency-Key is still being worked on. Repeat this one a little later to get its answer.",
    true},
  {precondition_failed, 412, "PRECONDITION_FAILED", "precondition-failed", "Changed meanwhile",
    "The object is no longer the one that If-Match names. Read it again and apply the change to what it is now."},
  {payload_too_large, 413, "PAYLOAD_TOO_LARGE", "payload-too-large", "Body too large",
    "The body of the request is larger than the server takes. Send less at once."},
  {uri_too_long, 414, "URI_TOO_LONG", "uri-too-long", "Address too long",
    "The path and query of the request are longer than the server takes."},
  {unsupported_media_type, 415, "UNSUPPORTED_MEDIA_TYPE", "unsupported-media-type", "Unsupported media type",
    "The body must be JSON in UTF-8, without a content coding, under Content-Type: application/json."},
  {validation_error, 422, "VALIDATION_ERROR", "validation-error", "Some fields are not acceptable",
    "The body is well-formed, but fields are wrong, missing, unknown or read-only. The member errors names each of "
    "them."},
  {idempotency_key_reused, 422, "IDEMPOTENCY_KEY_REUSED", "idempotency-key-reused", "Idempotency key reused",
    "This Idempotency-Key was used for another request. Use a new key for every new request."},
  {rate_limit_exceeded, 429, "RATE_LIMIT_EXCEEDED", "rate-limit-exceeded", "Too many requests",
    "More requests arrived than the limit allows. Wait as long as the Retry-After header says.", true},
  {overloaded, 429, "OVERLOADED", "overloaded", "Too much at once",
    "A queue is full and nothing was done. Wait as long as the Retry-After header says and repeat the request.", true},
  {headers_too_large, 431, "HEADERS_TOO_LARGE", "headers-too-large", "Headers too large",
    "The head of the request, or one of its fields, is larger than the server takes, or there are too many fields."},
  {internal, 500, "INTERNAL", "internal", "Internal error",
    "The server made a mistake. It is logged under the request id; tell the operator if it happens again."},
  {unavailable, 503, "UNAVAILABLE", "unavailable", "Temporarily unavailable",
    "Something the server depends on is away and nothing was done. Repeat the request later.", true},
  {outcome_unknown, 503, "OUTCOME_UNKNOWN", "outcome-unknown", "Outcome unknown",
    "The change may or may not have happened. Repeat the request with the same Idempotency-Key, or read the object, "
    "to find out.",
    true},
  {shutting_down, 503, "SHUTTING_DOWN", "shutting-down", "Shutting down",
    "The server is leaving and nothing was done. Repeat the request; another or the restarted server will answer.",
    true},
}};

constexpr bool are_in_order() {
  for (std::size_t i = 0; i < kinds.size(); ++i)
    if (kinds[i].code != static_cast<problem_code>(i))
      return false;
  return true;
}
static_assert(are_in_order(), "kind_of looks kinds up by their place");

/// Whether the texts of errors of this code were written for clients. The others may speak of the machine room.
constexpr bool has_public_detail(errc code) noexcept {
  switch (code) {
  case errc::none:
  case errc::unavailable:
  case errc::outcome_unknown:
  case errc::fenced:
  case errc::internal: return false;
  default: return true;
  }
}

/// What is said instead of the code's own sentence; empty for that one.
constexpr std::string_view sentence_of(rate_limit limit) noexcept {
  switch (limit) {
  case rate_limit::failed_logins_account:
    return "Too many wrong passwords were tried for this account. None is checked for now, the right one neither. Wait "
           "as "
           "long as the Retry-After header says.";
  case rate_limit::failed_logins_address:
    return "Too many wrong passwords or API keys came from your address. None is checked for now. Wait as long as "
           "the Retry-After header says.";
  default: return {};
  }
}

constexpr std::string_view type_prefix = "/problems/";

std::string type_of(const problem_kind& kind) {
  return std::string{type_prefix} + std::string{kind.slug};
}

}  // namespace

std::span<const problem_kind> problem_kinds() noexcept {
  return kinds;
}

const problem_kind& kind_of(problem_code code) noexcept {
  return kinds[static_cast<std::size_t>(code)];
}

problem_code code_for(errc code) noexcept {
  switch (code) {
  case errc::invalid_argument: return validation_error;
  case errc::unauthorized: return unauthorized;
  case errc::forbidden: return forbidden;
  case errc::reauthentication_required: return reauthentication_required;
  case errc::not_found: return not_found;
  case errc::conflict: return conflict;
  case errc::email_taken: return email_taken;
  case errc::replay_expired: return replay_expired;
  case errc::precondition_failed: return precondition_failed;
  case errc::key_reused: return idempotency_key_reused;
  case errc::in_progress: return idempotency_in_progress;
  case errc::rate_limited: return rate_limit_exceeded;
  case errc::overloaded: return overloaded;
  case errc::unavailable: return unavailable;
  case errc::outcome_unknown: return outcome_unknown;
  case errc::fenced: return unavailable;  // nothing was written; the client repeats
  case errc::shutting_down: return shutting_down;
  case errc::none:
  case errc::internal: return internal;
  }
  return internal;
}

problem to_problem(const error& failure) {
  problem what{code_for(failure.code), has_public_detail(failure.code) ? failure.detail : std::string{}, failure.faults,
    0, failure.rate};
  if (what.detail.empty() && failure.rate)
    what.detail = sentence_of(failure.rate->limit);
  return what;
}

problem to_problem(parse_fault fault) {
  const auto& text = text_of(fault);
  const auto with = [&](problem_code code) { return problem{code, std::string{text.sentence}, {}, text.status}; };
  switch (text.status) {
  case 413: return with(payload_too_large);
  case 414: return with(uri_too_long);
  case 431: return with(headers_too_large);
  default: return with(malformed_request);
  }
}

problem nothing_acceptable(std::span<const std::string_view> offered) {
  std::string detail;
  for (const auto each : offered)
    (detail += detail.empty() ? "this is served as " : " or ") += each;
  return {problem_code::not_acceptable, std::move(detail), {}};
}

problem not_allowed_by_role() {
  return {problem_code::forbidden, "your role does not allow this", {}};
}

problem body_too_large(std::size_t bytes_max) {
  auto what = to_problem(parse_fault::body_too_large);
  if (bytes_max != config::request_body_bytes_max)
    what.detail = "The body is larger than " + std::to_string(bytes_max / 1'024) + " KiB.";
  return what;
}

problem invalid_token(std::string detail) {
  problem refused{unauthorized, std::move(detail), {}};
  refused.fields.emplace_back("WWW-Authenticate", R"(Bearer realm="genesis", error="invalid_token")");
  return refused;
}

std::string problem_body(const problem& what, std::string_view request_id) {
  const auto& kind = kind_of(what.code);
  return json_object([&](json_writer& json) {
    json.member("type", type_of(kind)).member("title", kind.title).member("status", what.status());
    json.member("detail", what.detail.empty() ? kind.help : std::string_view{what.detail});
    json.member("code", kind.name).member("request_id", request_id);
    if (what.errors.empty())
      return;
    json.key("errors").begin_array();
    for (const auto& each : what.errors) {
      json.begin_object().member("field", each.field).member("rule", each.rule);
      json.member("message", each.message).end_object();
    }
    json.end_array();
  });
}

std::optional<std::string> problem_page(std::string_view slug) {
  const auto kind = std::ranges::find(kinds, slug, &problem_kind::slug);
  if (kind == kinds.end())
    return std::nullopt;
  return json_object([&](json_writer& json) {
    json.member("type", type_of(*kind)).member("title", kind->title).member("status", kind->status);
    json.member("code", kind->name).member("help", kind->help);
  });
}

}  // namespace genesis::http
