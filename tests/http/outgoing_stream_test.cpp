#include "config/limits.hpp"
#include "http/body_decoder.hpp"
#include "http/outgoing_stream.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using next = outgoing_stream::next;

body_ptr frame(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

/// A stream and what it said: the bytes of its writes and the calls it made.
struct OutgoingStream : testing::Test {
  outgoing_stream made(bool is_chunked = true) {
    return {stream_format::sse, is_chunked,
      [this](std::size_t bytes) {
        confirmed += bytes;
        ++confirmations;
      },
      [this] { ++gone; }};
  }
  /// Whose head is out.
  outgoing_stream begun(bool is_chunked = true) {
    auto stream = made(is_chunked);
    EXPECT_EQ(stream.begin("HEAD|"), next::write);
    EXPECT_EQ(written(stream), "HEAD|");
    EXPECT_EQ(stream.on_written(), next::nothing);
    return stream;
  }
  static std::string written(outgoing_stream& stream) {
    std::string all;
    for (const auto part : stream.parts())
      all += part;
    return all;
  }

  std::size_t confirmed = 0;  // bytes
  int confirmations = 0;
  int gone = 0;
};

TEST_F(OutgoingStream, WritesABatchAsOneChunk) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("0123456789"), frame("abcdef")}, false), next::write);
  EXPECT_TRUE(stream.is_writing());
  EXPECT_EQ(written(stream), "10\r\n0123456789abcdef\r\n");
  EXPECT_EQ(stream.on_written(), next::nothing);
  EXPECT_FALSE(stream.is_writing());
}

TEST_F(OutgoingStream, ConfirmsWhatIsWrittenInStepsOfHalfAWindow) {
  constexpr auto step = config::stream_window_bytes / 2;
  auto stream = begun();
  std::size_t sent = 0;
  while (sent + 100 < step) {
    ASSERT_EQ(stream.add({frame(std::string(100, 'a'))}, false), next::write);
    ASSERT_EQ(stream.on_written(), next::nothing);
    sent += 100;
  }
  EXPECT_EQ(confirmations, 0);
  EXPECT_EQ(stream.add({frame(std::string(100, 'a')), frame("b")}, false), next::write);
  EXPECT_EQ(confirmations, 0) << "it is not written yet";
  EXPECT_EQ(stream.on_written(), next::nothing);
  EXPECT_EQ(confirmations, 1);
  EXPECT_EQ(confirmed, sent + 101);
  EXPECT_EQ(stream.add({frame("end")}, true), next::write);
  EXPECT_EQ(stream.on_written(), next::finished);
  EXPECT_EQ(confirmations, 2) << "the end is confirmed at once";
  EXPECT_EQ(confirmed, sent + 104);
}

TEST_F(OutgoingStream, WritesTogetherWhatCameMeanwhile) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("a")}, false), next::write);
  EXPECT_EQ(stream.add({frame("b")}, false), next::nothing);
  EXPECT_EQ(stream.add({frame("c"), frame("d")}, true), next::nothing);
  EXPECT_EQ(written(stream), "1\r\na\r\n");
  EXPECT_EQ(stream.on_written(), next::write);
  EXPECT_EQ(written(stream), "3\r\nbcd\r\n0\r\n\r\n");
  EXPECT_EQ(stream.on_written(), next::finished);
  EXPECT_EQ(confirmed, 4U);
}

TEST_F(OutgoingStream, EndsWithTheLastChunk) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("end")}, true), next::write);
  EXPECT_EQ(written(stream), "3\r\nend\r\n0\r\n\r\n");
  EXPECT_EQ(gone, 0);
  EXPECT_EQ(stream.on_written(), next::finished);
  EXPECT_EQ(confirmed, 3U);
  EXPECT_EQ(gone, 1);
  stream.leave();
  EXPECT_EQ(gone, 1);
}

TEST_F(OutgoingStream, WritesWhatADecoderReadsBack) {
  auto stream = begun();
  std::string bytes;
  std::string expected;
  for (std::size_t size = 1; size < 5'000; size = size * 3 + 1) {
    expected += std::string(size, '\r');
    ASSERT_EQ(stream.add({frame(std::string(size, '\r'))}, size * 3 + 1 >= 5'000), next::write);
    bytes += written(stream);
    stream.on_written();
  }
  body_decoder decoder({body_kind::chunked, 0}, expected.size());
  std::string content;
  std::string_view input = bytes;
  EXPECT_EQ(decoder.feed(input, content), parse_step::complete);
  EXPECT_EQ(content, expected);
  EXPECT_TRUE(input.empty());
}

TEST_F(OutgoingStream, HasNoChunksForHttp10) {
  auto stream = begun(false);
  EXPECT_EQ(stream.add({frame("end")}, true), next::write);
  EXPECT_EQ(written(stream), "end");
}

TEST_F(OutgoingStream, KeepsABatchBehindTheHeadAndBehindAHeartbeat) {
  auto stream = made();
  EXPECT_EQ(stream.begin("HEAD|"), next::write);
  EXPECT_EQ(stream.add({frame("a")}, false), next::nothing);
  EXPECT_EQ(written(stream), "HEAD|");
  EXPECT_EQ(stream.on_written(), next::write);
  EXPECT_EQ(written(stream), "1\r\na\r\n");
  EXPECT_EQ(stream.on_written(), next::nothing);

  EXPECT_EQ(stream.beat(), next::write);
  EXPECT_EQ(stream.add({frame("b")}, true), next::nothing);
  EXPECT_EQ(written(stream), "5\r\n: hb\n\r\n");
  EXPECT_EQ(stream.on_written(), next::write);
  EXPECT_EQ(written(stream), "1\r\nb\r\n0\r\n\r\n");
  EXPECT_EQ(stream.on_written(), next::finished);
  EXPECT_EQ(confirmed, 2U) << "heartbeats are not the run's";
}

TEST_F(OutgoingStream, BeatsOnlyWhenNothingIsUnderWay) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("a")}, false), next::write);
  EXPECT_EQ(stream.beat(), next::nothing);
  EXPECT_EQ(written(stream), "1\r\na\r\n");
}

TEST_F(OutgoingStream, HasNoSignsOfLifeWhereAnyByteCounts) {
  outgoing_stream stream{std::nullopt, true, nullptr, nullptr};
  stream.begin("HEAD|");
  EXPECT_EQ(stream.on_written(), next::nothing);
  EXPECT_EQ(stream.beat(), next::nothing);
  EXPECT_EQ(stream.format(), std::nullopt);
}

TEST_F(OutgoingStream, EndsWithoutAnotherFrame) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("abc")}, false), next::write);
  EXPECT_EQ(stream.add({}, true), next::nothing);
  EXPECT_EQ(written(stream), "3\r\nabc\r\n");
  EXPECT_EQ(stream.on_written(), next::write);
  EXPECT_EQ(written(stream), "0\r\n\r\n");
  EXPECT_EQ(stream.on_written(), next::finished);
  EXPECT_EQ(confirmed, 3u);
  EXPECT_EQ(gone, 1);
}

TEST_F(OutgoingStream, BreaksOffBehindAFarewellWithoutTheLastChunk) {
  auto stream = begun();
  EXPECT_EQ(stream.abort(frame("bye")), next::write);
  EXPECT_EQ(written(stream), "3\r\nbye\r\n");
  EXPECT_EQ(stream.add({frame("late")}, true), next::nothing);
  EXPECT_EQ(stream.on_written(), next::close);
  stream.leave();
  EXPECT_EQ(gone, 1);
  EXPECT_EQ(confirmed, 0U);
}

TEST_F(OutgoingStream, SaysFarewellBehindWhatIsUnderWay) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("a")}, false), next::write);
  EXPECT_EQ(stream.abort(frame("bye")), next::nothing);
  EXPECT_EQ(stream.abort(frame("again")), next::nothing);
  EXPECT_EQ(stream.on_written(), next::write);
  EXPECT_EQ(written(stream), "3\r\nbye\r\n");
  EXPECT_EQ(stream.on_written(), next::close);
}

TEST_F(OutgoingStream, ClosesAtOnceWithoutAFarewell) {
  auto stream = begun();
  EXPECT_EQ(stream.abort(nullptr), next::close);
}

TEST_F(OutgoingStream, DoesNotBreakOffAnEndThatIsOnItsWay) {
  auto stream = begun();
  EXPECT_EQ(stream.add({frame("end")}, true), next::write);
  EXPECT_EQ(stream.abort(frame("bye")), next::nothing);
  EXPECT_EQ(stream.abort(nullptr), next::nothing);
  EXPECT_EQ(written(stream), "3\r\nend\r\n0\r\n\r\n");
  EXPECT_EQ(stream.on_written(), next::finished);
}

}  // namespace
}  // namespace genesis::http
