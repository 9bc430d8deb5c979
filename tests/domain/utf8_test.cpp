#include "domain/utf8.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

TEST(Utf8, CountsCodePoints) {
  EXPECT_EQ(code_points(""), 0u);
  EXPECT_EQ(code_points("abc"), 3u);
  EXPECT_EQ(code_points("Garc\u00eda \U0001F600"), 8u);
}

TEST(Utf8, CutsBetweenCharacters) {
  constexpr std::string_view text = "a\u20acb";  // of 1, 3 and 1 bytes
  EXPECT_EQ(beginning_of(text, 5), text);
  EXPECT_EQ(beginning_of(text, 9), text);
  EXPECT_EQ(beginning_of(text, 4), "a\u20ac");
  EXPECT_EQ(beginning_of(text, 3), "a");
  EXPECT_EQ(beginning_of(text, 1), "a");
  EXPECT_EQ(beginning_of(text, 0), "");
  EXPECT_EQ(beginning_of("\u20ac", 2), "");
}

}  // namespace
}  // namespace genesis
