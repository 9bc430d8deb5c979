#include "domain/coach/tokens.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

using words = std::vector<std::string>;

std::string concatenated(const words& tokens) {
  std::string text;
  for (const auto& token : tokens)
    text += token;
  return text;
}

TEST(CoachTokens, AreWordsWithTheSpaceAfterThem) {
  EXPECT_EQ(words_of("About 2,207 kcal a day.\n\n- one\n- two"),
    (words{"About ", "2,207 ", "kcal ", "a ", "day.\n\n", "- ", "one\n", "- ", "two"}));
}

TEST(CoachTokens, GiveLeadingSpaceToTheFirstWord) {
  EXPECT_EQ(words_of("\n\n  Hola  "), words{"\n\n  Hola  "});
}

TEST(CoachTokens, OfNothingAreNone) {
  EXPECT_TRUE(words_of("").empty());
}

TEST(CoachTokens, OfSpaceAloneAreOne) {
  EXPECT_EQ(words_of(" \t\n"), words{" \t\n"});
}

TEST(CoachTokens, ConcatenateToTheText) {
  for (const std::string text :
    {"a", " a", "a ", "¿Cuánto debo comer?\tUnas 10\u00a0000 kcal.\r\n", "x  y   z", "\n", "día \xff\xfe  fin"})
    EXPECT_EQ(concatenated(words_of(text)), text);
}

TEST(CoachTokens, HoldOneWordEach) {
  for (const auto& token : words_of("  one two\n\nthree \t four"))
    EXPECT_EQ(words_of(token).size(), 1u) << token;
}

}  // namespace
}  // namespace genesis::coach
