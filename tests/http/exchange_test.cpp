#include "http/exchange.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::chrono_literals;

std::string field_of(const response& answer, std::string_view name) {
  std::string value;
  for (const auto& [each, text] : answer.fields)
    if (each == name)
      value += value.empty() ? text : ", " + text;
  return value;
}

TEST(ProblemResponse, SaysWhichLimitWasExceededAndHowLongToWait) {
  const auto limited = too_many({rate_limit::reads, {1'200, 60s}, 30s});
  const auto answer = problem_response(to_problem(limited), "r");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(field_of(answer, "Retry-After"), "30");
  EXPECT_EQ(field_of(answer, "RateLimit-Policy"), R"("reads";q=1200;w=60)");
  EXPECT_EQ(field_of(answer, "RateLimit"), R"("reads";r=0;t=30)");
}

TEST(ProblemResponse, SpeaksOfNoLimitWhenAQueueIsFull) {
  const auto answer = problem_response(to_problem(error{errc::overloaded, "too many logins are waiting"}), "r");
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(field_of(answer, "Retry-After"), "1");
  EXPECT_EQ(field_of(answer, "RateLimit-Policy"), "");
  EXPECT_EQ(field_of(answer, "RateLimit"), "");
}

}  // namespace
}  // namespace genesis::http
