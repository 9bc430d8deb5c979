#include "http/conditional.hpp"
#include "tests/http/exchanges.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using testing::exchange_of;
using testing::text_of;

response list_of(std::string body) {
  response answer;
  answer.body = text_of(std::move(body));
  answer.cache = cache_class::private_list;
  return answer;
}

response entity() {
  response answer;
  answer.body = text_of("{}");
  answer.cache = cache_class::private_entity;
  answer.etag = "\"o1.7\"";
  return answer;
}

int status_of(const exchange& request, response answer) {
  apply_conditions(request, answer);
  return answer.status;
}

TEST(Conditional, GivesListsATagOfTheirBodyAndOfWhoseTheyAre) {
  auto request = exchange_of("GET");
  const auto tag_of = [&](const std::string& body) {
    auto answer = list_of(body);
    apply_conditions(request, answer);
    return answer.etag;
  };
  const auto empty = tag_of("[]");
  EXPECT_EQ(tag_of("[]"), empty);
  EXPECT_NE(tag_of("[1]"), empty);
  request.who.user = user_id::parse("0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02").value();
  EXPECT_NE(tag_of("[]"), empty);
}

TEST(Rfc9110, EvaluatesIfMatchBeforeIfNoneMatch) {
  EXPECT_EQ(status_of(exchange_of("GET", "If-Match: \"x\"\r\nIf-None-Match: \"o1.7\"\r\n"), entity()), 412);
  EXPECT_EQ(status_of(exchange_of("GET", "If-Match: \"o1.7\"\r\nIf-None-Match: \"o1.7\"\r\n"), entity()), 304);
  EXPECT_EQ(status_of(exchange_of("HEAD", "If-Match: \"o1.7-gzip\"\r\n"), entity()), 200) << "in any coding";
  for (const auto* name : {"If-Match", "If-None-Match"}) {
    for (const auto* value : {"o1.7", "", ",", "\"o1.7", "\"o1.7\" \"o1.6\"", "*, \"o1.7\"", "\"o1.7\", foo"}) {
      const auto request = exchange_of("GET", std::string{name} + ": " + value + "\r\n");
      auto answer = entity();
      apply_conditions(request, answer);
      EXPECT_EQ(answer.status, 400) << name << ": " << value;
      EXPECT_TRUE(answer.body && answer.body->contains(name)) << name << ": " << value;
    }
  }
}

TEST(Rfc9110, EvaluatesNothingForAnswersThatDoNotSucceedOrAreNoReads) {
  auto missing = problem_response({problem_code::not_found, {}, {}}, "id");
  EXPECT_EQ(status_of(exchange_of("GET", "If-Match: \"x\"\r\n"), missing), 404);
  EXPECT_EQ(status_of(exchange_of("PATCH", "If-Match: \"x\"\r\nIf-None-Match: *\r\n"), entity()), 200)
    << "the owner has evaluated them";
}

TEST(Rfc9110, MatchesAnAnswerWithoutATagByTheAsteriskAlone) {
  response health;
  health.body = text_of("{}");
  EXPECT_EQ(status_of(exchange_of("GET", "If-Match: *\r\n"), health), 200);
  EXPECT_EQ(status_of(exchange_of("GET", "If-Match: \"x\"\r\n"), health), 412);
  EXPECT_EQ(status_of(exchange_of("GET", "If-None-Match: \"x\"\r\n"), health), 200);
  EXPECT_EQ(status_of(exchange_of("GET", "If-None-Match: *\r\n"), health), 304);
  EXPECT_EQ(status_of(exchange_of("HEAD", "Accept-Encoding: gzip\r\nIf-None-Match: *\r\n"), health), 304);
}

TEST(Rfc9110, BeginsAStreamWhereItsConditionsHold) {
  const auto instead = [](const std::string& verb, const std::string& fields) {
    const auto answer = instead_of_stream(exchange_of(verb, fields), {.content_type = "text/csv"});
    return answer ? answer->status : 0;
  };
  EXPECT_EQ(instead("GET", ""), 0);
  EXPECT_EQ(instead("GET", "If-Match: *\r\nIf-None-Match: \"x\"\r\n"), 0);
  EXPECT_EQ(instead("GET", "If-Match: \"x\"\r\n"), 412);
  EXPECT_EQ(instead("GET", "If-Match: x\r\n"), 400);
  EXPECT_EQ(instead("GET", "If-None-Match: x\r\n"), 400);
  EXPECT_EQ(instead("GET", "If-None-Match: *\r\n"), 304);
  EXPECT_EQ(instead("POST", "If-None-Match: *\r\n"), 0) << "the desk has judged it";
}

TEST(Rfc9110, SaysOfAStreamThatDoesNotComeWhatItVariesByAndNoMore) {  // 15.4.5
  const stream_head stream{.content_type = "text/csv",
    .content_coding = "gzip",
    .varies_by = "Accept",
    .fields = {{"Content-Disposition", "attachment"}}};
  const auto got = instead_of_stream(exchange_of("GET", "If-None-Match: *\r\n"), stream);
  ASSERT_TRUE(got);
  response head;
  head.cache = cache_class::stream;
  head.content_coding = stream.content_coding;
  head.varies_by = stream.varies_by;
  head.fields = stream.fields;
  apply_conditions(exchange_of("HEAD", "If-None-Match: *\r\n"), head);
  for (const auto& each : {*got, head}) {
    EXPECT_EQ(each.status, 304);
    EXPECT_EQ(each.varies_by, "Accept");
    EXPECT_EQ(each.content_coding, "");
    EXPECT_TRUE(each.fields.empty());
  }
}

}  // namespace
}  // namespace genesis::http
