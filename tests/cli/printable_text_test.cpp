#include "cli/printable_text.hpp"

#include <gtest/gtest.h>

namespace genesis::cli {
namespace {

using namespace std::string_view_literals;

TEST(PrintableText, KeepsWordsOfEveryScript) {
  for (const auto text : {"Eat 1,800 kcal.\n\tThen rest."sv, "señor \u00A0 \u00DF"sv, "日本語"sv, "\U0001F4AA"sv})
    EXPECT_EQ(printable(text), text);
}

TEST(PrintableText, TakesTheTeethOutOfEscapeSequences) {
  EXPECT_EQ(printable("\x1b[2J\x1b]0;title\x07"
                      "a"),
    "[2J]0;titlea");
  EXPECT_EQ(printable("a\r\b\x7f\0b"sv), "ab");
}

TEST(PrintableText, DropsControlsOfTheSecondSet) {
  EXPECT_EQ(printable("\u009B31mred\u0080"), "31mred");
}

TEST(PrintableText, DropsMarksThatTurnTheDirection) {
  EXPECT_EQ(printable("a\u202Eb\u2066c\u2028d"), "abcd");
}

TEST(PrintableText, DropsBytesThatAreNoUtf8) {
  EXPECT_EQ(printable("a\x9B"
                      "b\xC0\xAF"
                      "c\xED\xA0\x80"
                      "d\xF5"
                      "e\xE2\x82"),
    "abcde");
  EXPECT_EQ(printable("\xE2\x1b[31m"), "[31m") << "a broken lead byte must not hide an escape";
}

TEST(PrintableText, CountsCodePointsAsColumns) {
  EXPECT_EQ(column_count("año"), 3U);
  EXPECT_EQ(column_count(""), 0U);
}

}  // namespace
}  // namespace genesis::cli
