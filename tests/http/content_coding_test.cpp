#include "http/answer_head.hpp"
#include "http/conditional.hpp"
#include "http/content_coding.hpp"
#include "tests/http/exchanges.hpp"
#include "tests/http/gunzip.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis::http {
namespace {

using testing::exchange_of;
using testing::gunzip;
using testing::text_of;

const std::string takes_gzip = "Accept-Encoding: gzip\r\n";

/// JSON of exactly this many bytes.
std::string json_of(std::size_t size) {
  return R"({"a":")" + std::string(size - 8, 'x') + R"("})";
}

response entity(std::size_t size) {
  response answer;
  answer.body = text_of(json_of(size));
  answer.etag = "\"o1.7\"";
  answer.cache = cache_class::private_entity;
  return answer;
}

response as_sent(const exchange& request, response answer) {
  coded_bodies known;
  apply_conditions(request, answer);
  apply_coding(request, answer, known);
  return answer;
}

std::string head_of(const exchange& request, const response& answer) {
  std::string out;
  const cross_origin_policy nobody;
  write_answer_head(out, request, answer, {"today", false, nobody});
  return out;
}

TEST(GzipEncoder, GivesBackWhatItWasGiven) {
  gzip_encoder encoder;
  std::mt19937_64 random{7};
  for (const std::size_t size : {0UL, 1UL, 1'000UL, 70'000UL, 1'500'000UL}) {
    std::string text(size, '\0');
    for (char& c : text)
      c = static_cast<char>(random());
    EXPECT_EQ(gunzip(*encoder.encode(text)), text) << size;
    EXPECT_EQ(gunzip(*encoder.encode(std::string(size, 'a'))), std::string(size, 'a')) << size;
  }
}

TEST(GzipEncoder, CodesTheSameTextToTheSameBytes) {
  gzip_encoder used;
  used.encode("something else first");
  EXPECT_EQ(*used.encode(json_of(5'000)), *gzip_encoder{}.encode(json_of(5'000)));
}

TEST(CodedBodies, KeepsWhatWasUsedLastWithinItsBound) {
  coded_bodies known{3 * 400};
  const auto hundred = text_of(std::string(100, 'c'));
  for (const auto* tag : {"a", "b", "c"})
    known.keep(tag, hundred);
  EXPECT_EQ(known.find("a"), hundred);
  known.keep("d", hundred);
  EXPECT_EQ(known.find("b"), nullptr) << "it was used the longest ago";
  EXPECT_EQ(known.find("a"), hundred);
  EXPECT_EQ(known.find("c"), hundred);
  EXPECT_LE(known.bytes(), 3U * 400);
  known.keep("large", text_of(std::string(5'000, 'x')));
  EXPECT_EQ(known.find("large"), nullptr) << "what is larger than all there is room for is not kept";
  EXPECT_EQ(known.bytes(), 0U);
}

TEST(ContentCoding, CodesWhatIsLongerThanAKilobyte) {
  const auto request = exchange_of("GET", takes_gzip);
  EXPECT_EQ(as_sent(request, entity(plain_bytes_max)).content_coding, "");
  const auto longer = as_sent(request, entity(plain_bytes_max + 1));
  EXPECT_EQ(longer.content_coding, "gzip");
  EXPECT_EQ(gunzip(*longer.body), json_of(plain_bytes_max + 1));
}

TEST(Rfc9110, SaysWhatTheCodingIsAndThatItWasNegotiated) {
  const auto coded = head_of(exchange_of("GET", takes_gzip), as_sent(exchange_of("GET", takes_gzip), entity(5'000)));
  EXPECT_NE(coded.find("\r\nContent-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(coded.find("\r\nVary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_NE(coded.find("\r\nETag: \"o1.7-gzip\"\r\n"), std::string::npos);
  EXPECT_NE(coded.find("\r\nContent-Type: application/json\r\n"), std::string::npos);
  const auto plain = head_of(exchange_of("GET"), as_sent(exchange_of("GET"), entity(5'000)));
  EXPECT_EQ(plain.find("Content-Encoding"), std::string::npos);
  EXPECT_NE(plain.find("\r\nVary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_NE(plain.find("\r\nETag: \"o1.7\"\r\n"), std::string::npos);
  EXPECT_NE(plain.find("\r\nContent-Length: 5000\r\n"), std::string::npos);
  const auto known = exchange_of("GET", "If-None-Match: *\r\n");
  const auto unchanged = head_of(known, as_sent(known, entity(5'000)));
  EXPECT_TRUE(unchanged.starts_with("HTTP/1.1 304 "));
  EXPECT_NE(unchanged.find("\r\nVary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_EQ(unchanged.find("Content-Encoding"), std::string::npos);
}

TEST(Rfc9110, AnswersHeadWithTheHeadOfGet) {
  for (const auto& fields : {std::string{}, takes_gzip}) {
    const auto get = exchange_of("GET", fields);
    const auto head = exchange_of("HEAD", fields);
    EXPECT_EQ(head_of(head, as_sent(head, entity(5'000))), head_of(get, as_sent(get, entity(5'000))));
  }
}

TEST(Rfc9110, KnowsEitherTagWhereTheRequestTakesThatForm) {
  struct expectation {
    std::string fields;
    int status;
    std::string_view etag;
  };
  const std::string plain = "If-None-Match: \"o1.7\"\r\n";
  const std::string coded = "If-None-Match: \"o1.7-gzip\"\r\n";
  const std::string both = "If-None-Match: \"o1.7\", W/\"o1.7-gzip\"\r\n";
  const std::string likes_plain = "Accept-Encoding: gzip;q=0.5, identity\r\n";
  for (const auto& [fields, status, etag] : {
         expectation{plain, 304, "\"o1.7\""},
         expectation{takes_gzip + plain, 304, "\"o1.7\""},
         expectation{takes_gzip + coded, 304, "\"o1.7-gzip\""},
         expectation{takes_gzip + both, 304, "\"o1.7-gzip\""},
         expectation{likes_plain + both, 304, "\"o1.7\""},
         expectation{likes_plain + coded, 304, "\"o1.7-gzip\""},
         expectation{both, 304, "\"o1.7\""},
         expectation{takes_gzip + "If-None-Match: *\r\n", 304, "\"o1.7-gzip\""},
         expectation{coded, 200, "\"o1.7\""},  // a cache would hand the gzip form to who cannot read it
         expectation{takes_gzip + "If-None-Match: \"o1.6\", \"o1.6-gzip\"\r\n", 200, "\"o1.7-gzip\""},
       }) {
    const auto sent = as_sent(exchange_of("GET", fields), entity(5'000));
    EXPECT_EQ(sent.status, status) << fields;
    EXPECT_EQ(sent.etag, etag) << fields;
    EXPECT_EQ(sent.body == nullptr, status == 304) << fields;
  }
}

TEST(ContentCoding, LeavesAloneWhatHasNoGzipForm) {
  const auto request = exchange_of("GET", takes_gzip);
  auto problem = entity(5'000);
  problem.content_type = problem_media_type;
  auto secret = entity(5'000);
  secret.is_secret = true;
  auto stream = entity(5'000);
  stream.cache = cache_class::stream;
  auto page = entity(5'000);
  page.content_type = "text/html; charset=utf-8";
  response empty;
  empty.status = 204;
  for (const auto& each : {problem, secret, stream, page, empty}) {
    const auto sent = as_sent(request, each);
    EXPECT_EQ(sent.body, each.body);
    const auto head = head_of(request, sent);
    EXPECT_EQ(head.find("Content-Encoding"), std::string::npos) << head;
    EXPECT_EQ(head.find("Vary"), std::string::npos) << head;
  }
}

TEST(ContentCoding, CodesARevisionOnce) {
  coded_bodies known;
  const auto request = exchange_of("GET", takes_gzip);
  const auto read = [&] {
    auto answer = entity(5'000);
    apply_coding(request, answer, known);
    return answer.body;
  };
  EXPECT_EQ(read(), read());
  auto next = entity(5'000);
  next.etag = "\"o1.8\"";
  apply_coding(request, next, known);
  EXPECT_NE(next.body, read());
}

TEST(ContentCoding, DoesNotGiveTheAnswerOfAWriteToReaders) {
  coded_bodies known;
  auto written = entity(5'000);
  apply_coding(exchange_of("POST", takes_gzip), written, known);
  EXPECT_EQ(written.content_coding, "gzip");
  EXPECT_EQ(known.find("\"o1.7\""), nullptr);
}

TEST(ContentCoding, CodesLongBodiesOnlyWhenSomebodyElseHasDoneTheWork) {
  coded_bodies known;
  const auto request = exchange_of("GET", takes_gzip);
  const auto at_the_limit = entity(inline_coding_bytes_max);
  EXPECT_FALSE(is_long_to_code(request, at_the_limit, known));
  EXPECT_EQ(as_sent(request, at_the_limit).content_coding, "gzip");
  auto longer = entity(inline_coding_bytes_max + 1);
  EXPECT_TRUE(is_long_to_code(request, longer, known));
  EXPECT_FALSE(is_long_to_code(exchange_of("GET"), longer, known));
  EXPECT_EQ(as_sent(request, longer).content_coding, "");
  longer.coded = gzip_encoder{}.encode(*longer.body);
  EXPECT_FALSE(is_long_to_code(request, longer, known));
  apply_coding(request, longer, known);
  EXPECT_EQ(gunzip(*longer.body), json_of(inline_coding_bytes_max + 1));
  EXPECT_FALSE(is_long_to_code(request, entity(inline_coding_bytes_max + 1), known)) << "it is known from now on";
}

}  // namespace
}  // namespace genesis::http
