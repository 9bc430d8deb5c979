#include "http/answer_head.hpp"
#include "http/cross_origin.hpp"
#include "tests/http/exchanges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::chrono_literals;
using testing::exchange_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::text_of;

const std::vector<std::string> two_origins{"https://app.example.com", "http://localhost:3000"};
const std::string from_app = "Origin: https://app.example.com\r\n";

std::string head_of(const exchange& request, const response& answer, const cross_origin_policy& policy) {
  std::string out;
  write_answer_head(out, request, answer, {"today", false, policy});
  return out;
}

response json() {
  response answer;
  answer.body = text_of("{}");
  return answer;
}

TEST(CrossOriginPolicy, SaysNothingWhenNobodyIsAllowed) {
  const cross_origin_policy nobody;
  EXPECT_FALSE(nobody.is_configured());
  const auto head = head_of(exchange_of("GET", from_app), json(), nobody);
  EXPECT_THAT(head, Not(HasSubstr("Access-Control-")));
  EXPECT_THAT(head, HasSubstr("\r\nVary: Accept-Encoding\r\n"));
  response preflight;
  nobody.answer_preflight(
    exchange_of("OPTIONS", from_app + "Access-Control-Request-Method: GET\r\n").head, "GET", preflight);
  EXPECT_TRUE(preflight.fields.empty());
}

TEST(CrossOriginPolicy, NamesTheOriginThatAsked) {
  const cross_origin_policy policy{two_origins, 10min};
  for (const auto& origin : two_origins) {
    const auto head = head_of(exchange_of("GET", "Origin: " + origin + "\r\n"), json(), policy);
    EXPECT_THAT(head, HasSubstr("\r\nAccess-Control-Allow-Origin: " + origin + "\r\n"));
    EXPECT_THAT(head, HasSubstr("\r\nAccess-Control-Allow-Credentials: true\r\n"));
    EXPECT_THAT(
      head, HasSubstr("\r\nAccess-Control-Expose-Headers: Content-Disposition, ETag, Location, Preference-Applied, Retry-After, "));
    EXPECT_THAT(head, HasSubstr("\r\nVary: Accept-Encoding, Origin\r\n"));
  }
}

TEST(CrossOriginPolicy, TellsOthersNothingButThatItVaries) {
  const cross_origin_policy policy{two_origins, 10min};
  for (const auto* fields : {"", "Origin: null\r\n", "Origin: https://evil.example\r\n", "Origin: *\r\n",
         "Origin: https://app.example.com.evil.example\r\n", "Origin: https://app.example.co\r\n",
         "Origin: http://app.example.com\r\n", "Origin: https://app.example.com:444\r\n",
         "Origin: https://APP.example.com\r\n", "Origin:\r\n"}) {
    const auto head = head_of(exchange_of("GET", fields), json(), policy);
    EXPECT_THAT(head, Not(HasSubstr("Access-Control-"))) << fields;
    EXPECT_THAT(head, HasSubstr("\r\nVary: Accept-Encoding, Origin\r\n")) << fields;
  }
}

TEST(CrossOriginPolicy, LetsTheOriginReadRefusalsAndStreams) {
  const cross_origin_policy policy{two_origins, 10min};
  const auto request = exchange_of("GET", from_app);
  const auto refusal = head_of(request, problem_response({problem_code::unauthorized, {}, {}}, "id"), policy);
  EXPECT_THAT(refusal, HasSubstr("\r\nAccess-Control-Allow-Origin: https://app.example.com\r\n"));
  EXPECT_THAT(refusal, HasSubstr("\r\nVary: Origin\r\n"));
  std::string stream;
  write_stream_head(stream, request, head_of_events(stream_format::sse), {"today", false, policy});
  EXPECT_THAT(stream, HasSubstr("\r\nAccess-Control-Allow-Origin: https://app.example.com\r\n"));
  EXPECT_THAT(stream, HasSubstr("\r\nVary: Origin\r\n"));
}

TEST(CrossOriginPolicy, AnswersTheQuestionBeforeARequest) {
  const cross_origin_policy policy{two_origins, 10min};
  const auto fields_of = [&](const std::string& fields) {
    response answer;
    policy.answer_preflight(exchange_of("OPTIONS", fields).head, "GET, HEAD, OPTIONS", answer);
    std::string all;
    for (const auto& [name, value] : answer.fields)
      all += std::string{name} + ": " + value + '\n';
    return all;
  };
  const auto said = fields_of(from_app + "Access-Control-Request-Method: PATCH\r\n");
  EXPECT_THAT(said, HasSubstr("Access-Control-Allow-Methods: GET, HEAD, OPTIONS\n"));
  EXPECT_THAT(said, HasSubstr("Access-Control-Max-Age: 600\n"));
  for (const auto* name : {"Authorization", "Content-Type", "If-Match", "If-None-Match", "Idempotency-Key",
         "Last-Event-ID", "X-Request-ID", "X-API-Key", "traceparent"})
    EXPECT_THAT(said, HasSubstr(name));
  EXPECT_EQ(fields_of(from_app), "") << "a plain OPTIONS";
  EXPECT_EQ(fields_of("Access-Control-Request-Method: GET\r\n"), "");
  EXPECT_EQ(fields_of("Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n"), "");
}

}  // namespace
}  // namespace genesis::http
