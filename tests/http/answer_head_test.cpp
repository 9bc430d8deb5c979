#include "http/answer_head.hpp"
#include "tests/http/exchanges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using testing::exchange_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::text_of;

const cross_origin_policy nobody;

std::string head_of(const response& answer, const std::string& verb = "GET", bool must_close = false) {
  std::string out;
  write_answer_head(out, exchange_of(verb), answer, {"today", must_close, nobody});
  return out;
}

response json() {
  response answer;
  answer.body = text_of(R"({"a":1})");
  answer.cache = cache_class::private_entity;
  answer.etag = "\"o1.7\"";
  return answer;
}

/// What every answer says to browsers.
void expect_secure(const std::string& head) {
  for (const auto* line : {"X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer",
         "Cross-Origin-Resource-Policy: same-origin", "frame-ancestors 'none'", "default-src 'none'"})
    EXPECT_THAT(head, HasSubstr(line)) << head;
  const auto first = head.find("Content-Security-Policy");
  EXPECT_EQ(head.find("Content-Security-Policy", first + 1), std::string::npos) << "two policies are both enforced";
}

TEST(AnswerHead, IsWrittenInFull) {
  EXPECT_EQ(head_of(json()),
    "HTTP/1.1 200 OK\r\nDate: today\r\nContent-Type: application/json\r\nVary: Accept-Encoding\r\n"
    "Content-Length: 7\r\nETag: \"o1.7\"\r\nCache-Control: private, no-cache, max-age=0\r\nX-Request-ID: id\r\n"
    "X-Content-Type-Options: nosniff\r\nContent-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "Referrer-Policy: no-referrer\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n");
}

TEST(AnswerHead, TellsBrowsersTheSameOfEveryKindOfAnswer) {
  auto unchanged = json();
  unchanged.status = 304;
  unchanged.body = nullptr;
  response empty;
  empty.status = 204;
  auto metrics = json();
  metrics.content_type = "text/plain; version=0.0.4; charset=utf-8";
  for (const auto& each :
    {json(), unchanged, empty, metrics, problem_response({problem_code::internal, {}, {}}, "id")}) {
    const auto head = head_of(each);
    expect_secure(head);
    EXPECT_THAT(head, HasSubstr("default-src 'none'; frame-ancestors 'none'\r\n"));
    EXPECT_THAT(head, Not(HasSubstr("Opener")));
    EXPECT_THAT(head, Not(HasSubstr("Strict-Transport-Security"))) << "this is not TLS";
  }
  for (const auto format : {stream_format::sse, stream_format::ndjson}) {
    std::string stream;
    write_stream_head(stream, exchange_of("GET"), head_of_events(format), {"today", false, nobody});
    expect_secure(stream);
  }
}

TEST(AnswerHead, LetsThePageHaveItsStyleAndNothingElse) {
  auto page = json();
  page.content_type = "text/html; charset=utf-8";
  const auto head = head_of(page);
  expect_secure(head);
  EXPECT_THAT(head, HasSubstr("style-src 'unsafe-inline'"));
  EXPECT_THAT(head, HasSubstr("base-uri 'none'; form-action 'none'"));
  EXPECT_THAT(head, Not(HasSubstr("script-src")));
  EXPECT_THAT(head, HasSubstr("Cross-Origin-Opener-Policy: same-origin\r\n"));
}

TEST(AnswerHead, NamesTheCacheClass) {
  const std::pair<cache_class, std::string> classes[] = {
    {cache_class::private_entity, "private, no-cache, max-age=0"},
    {cache_class::private_list, "private, no-cache, max-age=0"},
    {cache_class::public_page, "public, max-age=60, s-maxage=300, stale-while-revalidate=86400"},
    {cache_class::public_keys, "public, max-age=60, must-revalidate"},
    {cache_class::no_store, "no-store"},
    {cache_class::stream, "no-store, no-transform"},
  };
  for (const auto& [cache, value] : classes) {
    auto answer = json();
    answer.cache = cache;
    EXPECT_THAT(head_of(answer), HasSubstr("\r\nCache-Control: " + value + "\r\n"));
  }
}

TEST(AnswerHead, NamesTheKeysOfPublicAnswersAlone) {
  const route_spec page{.path = "/", .surrogate_key = "root"};
  auto request = exchange_of("GET");
  request.route = &page;
  const auto head_for = [&](cache_class cache) {
    auto answer = json();
    answer.cache = cache;
    std::string out;
    write_answer_head(out, request, answer, {"today", false, nobody});
    return out;
  };
  EXPECT_THAT(head_for(cache_class::public_page), HasSubstr("\r\nSurrogate-Key: public root\r\n"));
  EXPECT_THAT(head_for(cache_class::public_keys), HasSubstr("\r\nSurrogate-Key: public root\r\n"));
  EXPECT_THAT(head_for(cache_class::no_store), Not(HasSubstr("Surrogate-Key"))) << "what went wrong on a public route";
  EXPECT_THAT(head_for(cache_class::private_list), Not(HasSubstr("Surrogate-Key")));
}

TEST(AnswerHead, SaysNothingOfALengthThatIsNotThere) {
  for (const int status : {204, 304}) {
    response answer;
    answer.status = status;
    EXPECT_THAT(head_of(answer), Not(HasSubstr("Content-Length:"))) << status;
    EXPECT_THAT(head_of(answer), Not(HasSubstr("Content-Type:"))) << status;
  }
  response empty;
  EXPECT_THAT(head_of(empty), HasSubstr("\r\nContent-Length: 0\r\n"));
}

TEST(AnswerHead, TellsWhenTheConnectionEnds) {
  EXPECT_THAT(head_of(json(), "GET", true), HasSubstr("\r\nConnection: close\r\n"));
  EXPECT_THAT(head_of(json()), Not(HasSubstr("Connection")));
}

}  // namespace
}  // namespace genesis::http
