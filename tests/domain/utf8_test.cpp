#include "domain/utf8.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

/// The edges of the table of RFC 3629, section 4.
TEST(Utf8, IsToldFromWhatIsNot) {
  for (const std::string_view good : {"", "abc", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
         "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF",
         "a\xE2\x82\xAC"
         "b"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const std::string_view bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xC2\x7F", "\xC2\xC0",
         "\xE0\x9F\xBF", "\xE2\x82", "\xE2\x82\x41", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF",
         "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x90\x80", "\xFF", "abc\xFF", "a\x80"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
  EXPECT_TRUE(is_utf8(std::string_view{"\0", 1}));
}

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
