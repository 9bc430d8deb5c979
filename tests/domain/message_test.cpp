#include "domain/message.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

const std::string ellipsis = "\u2026";

TEST(Title, IsTheFirstLine) {
  EXPECT_EQ(title_from("How much protein?"), "How much protein?");
  EXPECT_EQ(title_from(" \t\r\n  Hello there \t\r\nsecond line"), "Hello there");
  EXPECT_EQ(title_from("one\rtwo"), "one");
  EXPECT_EQ(title_from("\u200B\u00A0\n\u3000one\ntwo"), "one");
}

TEST(Title, IsEmptyForNothingButSpace) {
  EXPECT_EQ(title_from(""), "");
  EXPECT_EQ(title_from(" \t\r\n"), "");
  EXPECT_EQ(title_from("\u00A0\n\u3000"), "");
}

TEST(Title, KeepsALineThatFits) {
  const std::string line(80, 'a');
  EXPECT_EQ(title_from(line), line);
  EXPECT_EQ(title_from(line + "  "), line);
}

TEST(Title, IsCutBetweenWords) {
  const std::string first(60, 'a');
  EXPECT_EQ(title_from(first + " " + std::string(30, 'b')), first + ellipsis);
  EXPECT_EQ(title_from(std::string(80, 'a') + " b"), std::string(80, 'a') + ellipsis)
    << "the space stands at the limit";
}

TEST(Title, IsCutInsideAWordThatIsTooLong) {
  EXPECT_EQ(title_from(std::string(100, 'a')), std::string(80, 'a') + ellipsis);
  EXPECT_EQ(title_from("Hi " + std::string(100, 'a')), "Hi " + std::string(77, 'a') + ellipsis);
}

TEST(Title, IsNeverCutInsideACharacter) {
  for (const std::string character : {"ñ", "€", "😀"})
    for (std::size_t shift = 0; shift < 4; ++shift) {
      std::string text(shift, 'x');
      while (text.size() < 120)
        text += character;
      const auto title = title_from(text);
      ASSERT_TRUE(title.ends_with(ellipsis));
      const auto kept = title.substr(0, title.size() - ellipsis.size());
      EXPECT_TRUE(text.starts_with(kept));
      EXPECT_EQ((kept.size() - shift) % character.size(), 0u) << character << " shifted by " << shift;
      EXPECT_GT(kept.size() + character.size(), 80u) << "no more is cut than has to be";
    }
}

}  // namespace
}  // namespace genesis
