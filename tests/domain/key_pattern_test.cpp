#include "domain/key_pattern.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis {
namespace {

bool matches(std::string_view pattern, std::string_view key) {
  return key_pattern::parse(pattern).value().matches(key);
}

TEST(KeyPattern, IsAKeyByItself) {
  EXPECT_TRUE(matches("user:1", "user:1"));
  EXPECT_FALSE(matches("user:1", "user:12"));
  EXPECT_FALSE(matches("user:12", "user:1"));
  EXPECT_FALSE(matches("user:1", "User:1"));
  EXPECT_FALSE(matches("a", ""));
}

TEST(KeyPattern, HasAStarForAnythingAndAMarkForOneCharacter) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("*", "user:1"));
  EXPECT_TRUE(matches("user:*", "user:"));
  EXPECT_FALSE(matches("user:*", "users"));
  EXPECT_TRUE(matches("*:1", "user:1"));
  EXPECT_TRUE(matches("u**1", "user:1"));
  EXPECT_TRUE(matches("user:?", "user:1"));
  EXPECT_FALSE(matches("user:?", "user:"));
  EXPECT_FALSE(matches("user:?", "user:12"));
  EXPECT_TRUE(matches("*ab?", "aabab-abc")) << "the star takes what makes the rest fit";
  EXPECT_FALSE(matches("*ab?d", "aabab-abc"));
}

/// The definition, word for word.
bool is_match(std::string_view pattern, std::string_view key) {
  if (pattern.empty())
    return key.empty();
  if (pattern.front() == '*')
    return is_match(pattern.substr(1), key) || (!key.empty() && is_match(pattern, key.substr(1)));
  return !key.empty() && (pattern.front() == '?' || pattern.front() == key.front()) &&
         is_match(pattern.substr(1), key.substr(1));
}

TEST(KeyPattern, MatchesWhatItsDefinitionSays) {
  std::mt19937 dice{1};
  const auto some = [&](std::string_view of, std::size_t length_max) {
    std::string text(dice() % (length_max + 1), ' ');
    for (auto& each : text)
      each = of[dice() % of.size()];
    return text;
  };
  for (int i = 0; i < 20'000; ++i) {
    const auto text = some("aab?*", 7);
    const auto pattern = key_pattern::parse(text);
    if (!pattern)
      continue;
    const auto key = some("ab", 8);
    ASSERT_EQ(pattern->matches(key), is_match(text, key)) << text << ' ' << key;
  }
}

TEST(KeyPattern, IsBounded) {
  EXPECT_TRUE(key_pattern::parse(std::string(100, 'a')));
  EXPECT_FALSE(key_pattern::parse(std::string(101, 'a')));
  EXPECT_TRUE(key_pattern::parse("*a*a*a*"));
  EXPECT_FALSE(key_pattern::parse("*a*a*a*a*"));
  for (const auto* const text : {"", "[a]", "a b", "a\\*", "{a}", "\xc3\xa4"})
    EXPECT_FALSE(key_pattern::parse(text)) << text;
}

}  // namespace
}  // namespace genesis
