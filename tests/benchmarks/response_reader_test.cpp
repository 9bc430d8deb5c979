#include "benchmarks/load/response_reader.hpp"

#include <gtest/gtest.h>

namespace genesis::load {
namespace {

constexpr std::string_view with_length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
constexpr std::string_view chunked =
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n";

struct read_response {
  read_step step = read_step::need_more;
  std::string body;
};

read_response read_in_pieces(response_reader& reader, std::string_view bytes, std::size_t size) {
  read_response read;
  for (; !bytes.empty() && read.step == read_step::need_more; bytes.remove_prefix(std::min(size, bytes.size())))
    read.step = reader.feed(bytes.substr(0, size), &read.body);
  return read;
}

TEST(ResponseReader, FindsTheEndHoweverTheBytesAreSplit) {
  for (const std::size_t size : {1U, 2U, 7U, 1'000U}) {
    response_reader reader;
    const auto plain = read_in_pieces(reader, with_length, size);
    EXPECT_EQ(plain.step, read_step::complete);
    EXPECT_EQ(plain.body, "hello");
    EXPECT_EQ(reader.status(), 200);
    EXPECT_TRUE(reader.keeps_alive());
    reader.reset();
    const auto framed = read_in_pieces(reader, chunked, size);
    EXPECT_EQ(framed.step, read_step::complete);
    EXPECT_EQ(framed.body, "abc0123456789");
  }
}

TEST(ResponseReader, AnAnswerWithoutContentEndsWithItsHead) {
  response_reader reader;
  EXPECT_EQ(reader.feed("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"), read_step::complete);
  EXPECT_FALSE(reader.keeps_alive());
}

TEST(ResponseReader, BytesThatNobodyAskedForAreMalformed) {
  response_reader reader;
  EXPECT_EQ(reader.feed(std::string{with_length} + "HTTP/1.1"), read_step::malformed);
}

TEST(ResponseReader, AStreamThatIsCutIsNotComplete) {
  response_reader reader;
  EXPECT_EQ(reader.feed(chunked.substr(0, chunked.size() - 5)), read_step::need_more);
  EXPECT_EQ(reader.end_of_stream(), read_step::malformed);
}

}  // namespace
}  // namespace genesis::load
