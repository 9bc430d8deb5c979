#include "http/cross_origin.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// Of requests; beyond those that a page may always send.
constexpr std::string_view request_fields =
  "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID, Prefer, X-Request-ID, "
  "X-API-Key, traceparent";

/// Of answers; beyond those that a page may always read.
constexpr std::string_view answer_fields = "Content-Disposition, ETag, Location, Preference-Applied, Retry-After, "
                                           "RateLimit, RateLimit-Policy, WWW-Authenticate, X-Request-ID, "
                                           "traceresponse";

}  // namespace

cross_origin_policy::cross_origin_policy(std::span<const std::string> origins, std::chrono::seconds max_age)
    : max_age_(std::to_string(max_age.count())) {
  for (const auto& origin : origins) {
    std::string lines = "Access-Control-Allow-Origin: " + origin +
                        "\r\nAccess-Control-Allow-Credentials: true\r\nAccess-Control-Expose-Headers: ";
    lines += answer_fields;
    lines += "\r\n";
    allowed_.push_back({origin, std::move(lines)});
  }
}

const cross_origin_policy::allowed* cross_origin_policy::find(const request_head& request) const noexcept {
  if (!is_configured())
    return nullptr;
  const auto origin = request.field("origin");
  if (!origin || request.field_count("origin") != 1)  // no browser sends two, and nobody could say which one counts
    return nullptr;
  const auto found = std::ranges::find(allowed_, *origin, &allowed::origin);
  return found == allowed_.end() ? nullptr : &*found;
}

std::string_view cross_origin_policy::lines_for(const request_head& request) const noexcept {
  const auto* const found = find(request);
  return found == nullptr ? std::string_view{} : std::string_view{found->lines};
}

void cross_origin_policy::answer_preflight(
  const request_head& request, std::string_view methods, response& answer) const {
  if (!request.field("access-control-request-method") || find(request) == nullptr)
    return;
  answer.fields.emplace_back("Access-Control-Allow-Methods", std::string{methods});
  answer.fields.emplace_back("Access-Control-Allow-Headers", std::string{request_fields});
  answer.fields.emplace_back("Access-Control-Max-Age", max_age_);
}

}  // namespace genesis::http
