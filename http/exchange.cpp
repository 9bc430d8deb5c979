#include "http/exchange.hpp"

namespace genesis::http {

namespace {

/// Seconds after which an attempt that failed for a passing reason is worth repeating.
std::string retry_after(problem_code code) {
  return code == problem_code::rate_limit_exceeded ? "5" : "1";
}

}  // namespace

void exchange::respond(response answer) {
  if (is_answered)
    return;
  is_answered = true;
  if (const auto connection = sink.lock())
    connection->respond(std::move(answer));
}

void exchange::refuse(const problem& what) {
  respond(problem_response(what, request_id));
}

response problem_response(const problem& what, std::string_view request_id) {
  response answer;
  answer.status = what.status();
  answer.content_type = problem_media_type;
  answer.body = std::make_shared<const std::string>(problem_body(what, request_id));
  answer.fields = what.fields;
  const auto& kind = kind_of(what.code);
  if (kind.may_retry)
    answer.fields.emplace_back("Retry-After", retry_after(what.code));
  if (answer.status == 401)
    answer.fields.emplace_back("WWW-Authenticate",
      what.code == problem_code::token_expired
        ? R"(Bearer realm="genesis", error="invalid_token", error_description="the access token has expired")"
        : R"(Bearer realm="genesis")");
  return answer;
}

}  // namespace genesis::http
