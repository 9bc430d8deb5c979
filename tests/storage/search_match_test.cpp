#include "storage/search_match.hpp"
#include "storage/word_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

using ::testing::ElementsAre;

/// The snippet in one text, its matches in square brackets.
std::string shown(const std::vector<snippet_part>& parts) {
  std::string text;
  for (const auto& each : parts)
    text += each.is_match ? "[" + each.text + "]" : each.text;
  return text;
}

std::string snippet(std::string_view query, std::string_view text) {
  stemmers by;
  const auto sought = sought_by(parse_search_query(query).value(), by);
  const auto found = match(*sought, text, by);
  return shown(snippet_of(text, found.marks));
}

std::int64_t score(std::initializer_list<std::int64_t> times, std::int64_t words) {
  return match_score(std::vector<std::int64_t>{times}, words);
}

TEST(MatchScore, RisesWithRepetitionsAndFallsWithLength) {
  EXPECT_GT(score({2}, 60), score({1}, 60));
  EXPECT_GT(score({1}, 30), score({1}, 60));
  EXPECT_LT(score({2}, 60) - score({1}, 60), score({1}, 60)) << "each repetition adds less";
  EXPECT_GT(score({1, 1}, 60), score({5, 0}, 60)) << "two words weigh more than one that comes often";
}

TEST(MatchScore, IsTheTermFrequencyPartOfBm25) {
  EXPECT_EQ(score({1}, 60), 454'545);  // 1 / 2.2
  EXPECT_EQ(score({0, 0}, 60), 0);
  EXPECT_EQ(score({3}, 0), 909'091);  // 3 / (3 + 1.2 * 0.25)
}

TEST(Snippet, MarksEveryWordThatWasLookedFor) {
  EXPECT_EQ(snippet("run", "Runs, running and a runner: I run."), "[Runs], [running] and a runner: I [run].");
  EXPECT_EQ(snippet("leg-day", "My leg day: legs all day."), "My [leg] [day]: legs all day.");
  EXPECT_EQ(snippet("cancion", "Una canci\u00f3n"), "Una [canci\u00f3n]");
  EXPECT_EQ(snippet("recov*", "Recovery, recovered"), "[Recovery], [recovered]");
}

TEST(Snippet, DoesNotMarkWhatIsExcluded) {
  EXPECT_EQ(snippet("run -swim", "run and swim"), "[run] and swim");
}

TEST(Snippet, IsCutBetweenWordsAroundTheFirstMatch) {
  std::string text;
  for (int i = 0; i < 100; ++i)
    text += "word" + std::to_string(100 + i) + " ";
  text += "protein ";
  for (int i = 0; i < 100; ++i)
    text += "word" + std::to_string(200 + i) + " ";
  const auto found = snippet("protein", text);
  EXPECT_EQ(found.find("\u2026word193 word194"), 0u) << found;
  EXPECT_THAT(found, ::testing::HasSubstr("word199 [protein] word200"));
  EXPECT_TRUE(found.ends_with("\u2026")) << found;
  EXPECT_LE(found.size(), snippet_bytes_max + 8);
}

TEST(Snippet, IsLookedForAsFarAsIsAllowed) {
  stemmers by;
  const auto sought = sought_by(parse_search_query("needle").value(), by).value();
  std::string hay;
  while (hay.size() < 20'000)
    hay += "hay ";
  const auto text = hay + "needle " + hay + "needle";
  const auto marks = snippet_marks(sought, text, by, 100'000);
  ASSERT_FALSE(marks.empty());
  EXPECT_EQ(marks.front().begin, hay.size());
  EXPECT_TRUE(snippet_marks(sought, text, by, hay.size()).empty());
  EXPECT_EQ(snippet_marks(sought, "needle " + hay, by, 100).size(), 1U);
  EXPECT_EQ(snippet_marks(sought, "needle", by, 100).size(), 1U);
}

TEST(Snippet, NeverCutsACharacter) {
  std::string text = "x";
  for (int i = 0; i < 200; ++i)
    text += "\u65e5";
  const auto whole = snippet("x\u65e5*", text);
  EXPECT_TRUE(whole.starts_with("[x\u65e5")) << whole;
  EXPECT_TRUE(whole.ends_with("\u65e5]\u2026")) << whole;
}

TEST(Snippet, OfATextWithoutMarksIsItsBeginning) {
  EXPECT_THAT(snippet_of("nothing here", {}), ElementsAre(snippet_part{"nothing here", false}));
  EXPECT_THAT(snippet_of("", {}), ElementsAre());
}

}  // namespace
}  // namespace genesis::storage
