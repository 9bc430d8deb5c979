#include "cli/sse_parser.hpp"

#include <gtest/gtest.h>

namespace genesis::cli {
namespace {

using events = std::vector<sse_event>;
using namespace std::string_view_literals;

// Feeds `text` in pieces of `size` bytes.
events parse_in_pieces(sse_parser& parser, std::string_view text, std::size_t size) {
  events all;
  for (std::size_t at = 0; at < text.size(); at += size) {
    auto some = parser.feed(text.substr(at, size));
    EXPECT_TRUE(some.has_value());
    if (some)
      all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

// Feeds `text` whole, then in pieces of every size, and expects the same events each time.
void expect_events(std::string_view text, const events& expected) {
  for (std::size_t size = 1; size <= text.size(); ++size) {
    sse_parser parser;
    EXPECT_EQ(parse_in_pieces(parser, text, size), expected) << "in pieces of " << size;
  }
}

TEST(SseParser, ReadsTypeDataAndId) {
  expect_events("id: 1\nevent: token\ndata: {\"text\":\"Hi \"}\n\n", {{"token", "{\"text\":\"Hi \"}", "1"}});
}

TEST(SseParser, TakesEveryLineEnd) {
  const events expected{{"a", "1\n2", ""}, {"message", "3", ""}};
  expect_events("event:a\ndata:1\ndata:2\n\ndata:3\n\n", expected);
  expect_events("event:a\r\ndata:1\r\ndata:2\r\n\r\ndata:3\r\n\r\n", expected);
  expect_events("event:a\rdata:1\rdata:2\r\rdata:3\r\r", expected);
  expect_events("event:a\ndata:1\r\ndata:2\r\r\ndata:3\n\r", expected);
}

TEST(SseParser, DispatchesAtTheCarriageReturnWithoutWaitingForALineFeed) {
  sse_parser parser;
  EXPECT_EQ(parser.feed("data:1\r\n\r")->size(), 1U);
  EXPECT_TRUE(parser.feed("\n")->empty());
  EXPECT_EQ(*parser.feed("data:2\n\n"), (events{{"message", "2", ""}}));
}

TEST(SseParser, DropsOneByteOrderMarkAtTheStartOnly) {
  expect_events("\xEF\xBB\xBF"
                "data:1\n\n",
    {{"message", "1", ""}});
  expect_events("\xEF\xBB\xBF\xEF\xBB\xBF"
                "data:1\n\ndata:2\n\n",
    {{"message", "2", ""}});
  expect_events("data:1\n\n\xEF\xBB\xBF"
                "data:2\n\n",
    {{"message", "1", ""}});
}

TEST(SseParser, KeepsWhatOnlyBeginsLikeAByteOrderMark) {
  expect_events("\xEF\xBB"
                "data:1\ndata:2\n\n",
    {{"message", "2", ""}});
}

TEST(SseParser, IgnoresCommentsAndUnknownFields) {
  expect_events(": hb\n:\nfoo: bar\nDATA: no\ndata:1\n: hb\n\n", {{"message", "1", ""}});
}

TEST(SseParser, RemovesOneLeadingSpaceOnly) {
  expect_events("data:  1 \n\n", {{"message", " 1 ", ""}});
}

TEST(SseParser, TakesAFieldWithoutColonAsEmpty) {
  // The example of the specification: two events, for the third has no blank line.
  expect_events("data\n\ndata\ndata\n\ndata:", {{"message", "", ""}, {"message", "\n", ""}});
}

TEST(SseParser, DeliversNothingWithoutDataAndForgetsItsType) {
  expect_events("event: a\n\ndata: 1\n\n", {{"message", "1", ""}});
}

TEST(SseParser, KeepsTheIdUntilAnotherComes) {
  expect_events("id: 7\ndata: 1\n\ndata: 2\n\nid\ndata: 3\n\n",
    {{"message", "1", "7"}, {"message", "2", "7"}, {"message", "3", ""}});
}

TEST(SseParser, IgnoresAnIdWithNul) {
  expect_events("id: 7\ndata: 1\n\nid: 8\0\ndata: 2\n\n"sv, {{"message", "1", "7"}, {"message", "2", "7"}});
}

TEST(SseParser, CountsAnIdForReconnectingOnlyWhenItsEventIsWhole) {
  sse_parser parser;
  ASSERT_TRUE(parser.feed("id: 1\ndata: a\n\nid: 2\ndata: b\n"));
  EXPECT_EQ(parser.last_event_id(), "1");
  ASSERT_TRUE(parser.feed("\n"));
  EXPECT_EQ(parser.last_event_id(), "2");
}

TEST(SseParser, TakesRetryOfDigitsOnly) {
  sse_parser parser;
  EXPECT_EQ(parser.retry(), std::nullopt);
  ASSERT_TRUE(parser.feed("retry: 250\nretry: 1s\nretry: -5\nretry:\nretry: 99999999999\n"));
  EXPECT_EQ(parser.retry(), std::chrono::milliseconds{250});
}

TEST(SseParser, TakesALineAtItsBoundAndRefusesOneByteMore) {
  const std::string longest = "data:" + std::string(sse_parser::line_bytes_max - 5, 'x');
  sse_parser parser;
  const auto at_bound = parser.feed(longest + "\n\n");
  ASSERT_TRUE(at_bound);
  EXPECT_EQ(at_bound->front().data.size(), sse_parser::line_bytes_max - 5);
  EXPECT_EQ(parser.feed(longest + "x").error().code, errc::invalid_argument);
  EXPECT_FALSE(parser.feed("\n\ndata: 1\n\n")) << "a broken stream stays broken";
}

TEST(SseParser, RefusesAnEventAboveItsBound) {
  sse_parser parser;
  const std::string line = "data:" + std::string(sse_parser::line_bytes_max - 5, 'x') + "\n";
  for (std::size_t sent = 0; sent + sse_parser::line_bytes_max < sse_parser::event_bytes_max; sent += line.size())
    ASSERT_TRUE(parser.feed(line));
  EXPECT_FALSE(parser.feed(line + line));
}

}  // namespace
}  // namespace genesis::cli
