#include "domain/ensure.hpp"
#include "http/body_decoder.hpp"
#include "http/response_head.hpp"
#include "http/status.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using namespace std::string_literals;
using namespace std::chrono;

constexpr std::string_view date = "Sun, 06 Nov 1994 08:49:37 GMT";

TEST(ResponseHead, IsWrittenInOrder) {
  std::string out = "before";
  response_head(out, 200, date).field("Content-Type", "application/json").content_length(123).close().end();
  EXPECT_EQ(out, "beforeHTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\n"
                 "Content-Length: 123\r\nConnection: close\r\n\r\n");
}

TEST(ResponseHead, AnnouncesChunksAndPersistence) {
  std::string out;
  response_head(out, 200, date).chunked().keep_alive().end();
  EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nTransfer-Encoding: chunked\r\n"
                 "Connection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, RefusesValuesThatLeaveTheirLine) {
  for (const auto& value : {"a\r\nSet-Cookie: b"s, "a\nb"s, "a\rb"s, "a\0b"s, "\n"s}) {
    std::string out;
    response_head head(out, 200, date);
    const std::string before = out;
    EXPECT_THROW(head.field("X", value), broken_invariant);
    EXPECT_EQ(out, before) << "nothing of a refused field is written";
  }
}

TEST(ResponseHead, RefusesNamesThatAreNoTokens) {
  for (const auto* name : {"", "a b", "a:", "a\r\nb", "\xc3\xa9"}) {
    std::string out;
    response_head head(out, 200, date);
    EXPECT_THROW(head.field(name, "x"), broken_invariant) << name;
  }
}

TEST(ResponseHead, RefusesStatusesWithoutAReason) {
  std::string out;
  EXPECT_THROW(response_head(out, 299, date), broken_invariant);
}

TEST(Rfc9110, SendsNoLengthWhereThereIsNeverContent) {
  std::string out;
  EXPECT_THROW(response_head(out, 204, date).content_length(0), broken_invariant);
  EXPECT_THROW(response_head(out, 204, date).chunked(), broken_invariant);
  EXPECT_THROW(response_head(out, 304, date).chunked(), broken_invariant);
  EXPECT_NO_THROW(response_head(out, 304, date).content_length(12));
  EXPECT_TRUE(forbids_content(100));
  EXPECT_TRUE(forbids_content(204));
  EXPECT_TRUE(forbids_content(304));
  EXPECT_FALSE(forbids_content(200));
}

TEST(Rfc9110, WritesDates) {
  EXPECT_EQ(http_date(sys_days{1994y / November / 6} + 8h + 49min + 37s), date);
  EXPECT_EQ(http_date(sys_seconds{}), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(sys_days{2024y / February / 29} + 23h + 59min + 59s), "Thu, 29 Feb 2024 23:59:59 GMT");
}

TEST(DateCache, FollowsTheClock) {
  date_cache cache;
  const sys_seconds now = sys_days{1994y / November / 6} + 8h + 49min + 37s;
  EXPECT_EQ(cache.at(now), date);
  EXPECT_EQ(cache.at(now), date);
  EXPECT_EQ(cache.at(now + 1s), "Sun, 06 Nov 1994 08:49:38 GMT");
  EXPECT_EQ(cache.at(now), date) << "also when the clock steps back";
}

TEST(Status, HasAReasonForEveryStatusOfTheApi) {
  for (const int status : {100, 200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415,
         422, 429, 431, 500, 503, 505})
    EXPECT_FALSE(reason_phrase(status).empty()) << status;
  EXPECT_EQ(reason_phrase(404), "Not Found");
  EXPECT_EQ(reason_phrase(299), "");
}

}  // namespace
}  // namespace genesis::http
