#include "http/gzip_stream.hpp"
#include "tests/http/gunzip.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis::http {
namespace {

using testing::gunzip;

/// Letters that hardly repeat.
std::string noise(std::size_t length) {
  std::mt19937 dice{7};
  std::string text(length, '\0');
  for (auto& each : text)
    each = static_cast<char>('!' + dice() % 90);
  return text;
}

TEST(GzipStream, CodesPiecesAsOneMember) {
  const auto text = noise(1'000'000);
  for (const std::size_t piece : {1'000ul, 70'000ul, 1'000'000ul}) {
    gzip_stream stream;
    std::string coded;
    for (std::size_t at = 0; at < text.size(); at += piece)
      stream.code(std::string_view{text}.substr(at, piece), at + piece >= text.size(), coded);
    EXPECT_EQ(gunzip(coded), text) << piece;
  }
}

TEST(GzipStream, CodesNothingAsAnEmptyMember) {
  gzip_stream stream;
  std::string coded;
  stream.code({}, true, coded);
  EXPECT_EQ(gunzip(coded), "");
}

TEST(GzipStream, EndsWithoutAnotherPiece) {
  gzip_stream stream;
  std::string coded;
  stream.code("a text", false, coded);
  stream.code({}, false, coded);
  EXPECT_THROW(gunzip(coded), std::runtime_error) << "it has not ended";
  stream.code({}, true, coded);
  EXPECT_EQ(gunzip(coded), "a text");
}

TEST(GzipStream, SaysWhatIsComingWithoutWaitingForTheEnd) {
  gzip_stream stream;
  std::string coded;
  stream.code(noise(1'000'000), false, coded);
  EXPECT_GT(coded.size(), 500'000u);
}

TEST(GzipStream, AppendsToWhatIsThere) {
  gzip_stream stream;
  std::string coded = "before";
  stream.code("a text", true, coded);
  EXPECT_EQ(gunzip(std::string_view{coded}.substr(6)), "a text");
}

}  // namespace
}  // namespace genesis::http
