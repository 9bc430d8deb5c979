#include "http/exchange.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace genesis::http {

namespace {

/// Seconds after which an attempt that failed for a passing reason is worth repeating.
constexpr std::int64_t retry_seconds = 1;

/// The limit and what is left of it (draft-ietf-httpapi-ratelimit-headers). `t` is when the next request is granted, as
/// Retry-After says: a bucket that fills drop by drop has no other moment at which it is reset.
void add_rate_fields(response& answer, const rate_refusal& why) {
  const auto policy = name_of(why.limit);
  answer.fields.emplace_back(
    "RateLimit-Policy", fmt::format(R"("{}";q={};w={})", policy, why.quota.count, why.quota.window.count()));
  answer.fields.emplace_back("RateLimit", fmt::format(R"("{}";r=0;t={})", policy, why.retry_after.count()));
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

std::string exchange::log_ids() const {
  return trace ? fmt::format("request_id={} trace_id={} span_id={}", request_id, trace->trace_id, trace->span_id)
               : fmt::format("request_id={}", request_id);
}

response problem_response(const problem& what, std::string_view request_id) {
  response answer;
  answer.status = what.status();
  answer.content_type = problem_media_type;
  answer.body = std::make_shared<const std::string>(problem_body(what, request_id));
  answer.fields = what.fields;
  const auto& kind = kind_of(what.code);
  if (kind.may_retry)
    answer.fields.emplace_back(
      "Retry-After", std::to_string(what.rate ? std::int64_t{what.rate->retry_after.count()} : retry_seconds));
  if (what.rate)
    add_rate_fields(answer, *what.rate);
  const auto is_challenge = [](const auto& field) { return field.first == "WWW-Authenticate"; };
  if (answer.status == 401 && std::ranges::none_of(answer.fields, is_challenge))
    answer.fields.emplace_back("WWW-Authenticate",
      what.code == problem_code::token_expired
        ? R"(Bearer realm="genesis", error="invalid_token", error_description="the access token has expired")"
        : R"(Bearer realm="genesis")");
  return answer;
}

}  // namespace genesis::http
