#include "domain/blank_text.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

TEST(BlankText, IsWhiteSpaceOfEveryScriptAndWhatHasNoWidth) {
  for (const char* text : {"", " ", "\t\n\v\f\r ", "\u0085", "\u00A0", "\u00AD", "\u1680", "\u2000\u200A",
         "\u200B\u200F", "\u2028\u2029", "\u202F", "\u205F\u2060", "\u3000", "\uFEFF", " \u00A0\n\u3000"})
    EXPECT_TRUE(is_blank_text(text)) << text;
}

TEST(BlankText, IsNoTextThatShowsAnything) {
  for (const char* text : {"a", " a", ".", "\u00A1", "\u00AC", "\u00AE", "\u2010", "\u2027", "\u205E", "\u2061",
         "\u3001", "\uFEFE", "\U0001F600", " \u3000\u00F1"})
    EXPECT_FALSE(is_blank_text(text)) << text;
}

TEST(BlankText, EndsBeforeTheFirstCharacterThatShows) {
  EXPECT_EQ(leading_blanks("  a b"), 2U);
  EXPECT_EQ(leading_blanks("\u3000\u00A0\u00F1"), 5U);
  EXPECT_EQ(leading_blanks("a "), 0U);
}

}  // namespace
}  // namespace genesis
