#include "domain/search.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;

search_term wanted(std::string text) {
  return {std::move(text), false, false};
}
search_term excluded(std::string text) {
  return {std::move(text), true, false};
}
search_term beginning(std::string text) {
  return {std::move(text), false, true};
}

std::vector<search_term> terms_of(std::string_view text) {
  const auto query = parse_search_query(text);
  EXPECT_TRUE(query) << text << ": " << query.error().position << ": " << query.error().reason;
  return query ? query->terms : std::vector<search_term>{};
}

search_fault fault_of(std::string_view text) {
  const auto query = parse_search_query(text);
  EXPECT_FALSE(query) << text;
  return query ? search_fault{} : query.error();
}

TEST(SearchQuery, ReadsWordsPhrasesExclusionsAndBeginnings) {
  EXPECT_THAT(terms_of(R"(protein "after training" -whey -"late night" recov*)"),
    ElementsAre(
      wanted("protein"), wanted("after training"), excluded("whey"), excluded("late night"), beginning("recov")));
}

TEST(SearchQuery, TakesBlanksOfAnyScriptBetweenTerms) {
  EXPECT_THAT(terms_of("\t run\u00a0\u3000swim\n"), ElementsAre(wanted("run"), wanted("swim")));
}

TEST(SearchQuery, TakesTheQuotationMarksOfTelephones) {
  EXPECT_THAT(terms_of("\u201cbench press\u201d \u00abpress de banca\u00bb"),
    ElementsAre(wanted("bench press"), wanted("press de banca")));
}

TEST(SearchQuery, TakesWordsOfOtherQueryLanguagesAsWords) {
  EXPECT_THAT(terms_of("a OR b NEAR NOT content:x"),
    ElementsAre(wanted("a"), wanted("OR"), wanted("b"), wanted("NEAR"), wanted("NOT"), wanted("content:x")));
}

TEST(SearchQuery, LeavesSignsInsideWordsToTheIndex) {
  EXPECT_THAT(terms_of("well-being 80.5 1/2"), ElementsAre(wanted("well-being"), wanted("80.5"), wanted("1/2")));
}

TEST(SearchQuery, PassesOverSignsThatStandAlone) {
  EXPECT_THAT(terms_of("rest & recovery -- ?"), ElementsAre(wanted("rest"), wanted("recovery")));
}

TEST(SearchQuery, APhraseEndsWhereItIsClosed) {
  EXPECT_THAT(terms_of(R"("leg day"squat"bar")"), ElementsAre(wanted("leg day"), wanted("squat"), wanted("bar")));
}

TEST(SearchQuery, SaysWhereAPhraseIsOpen) {
  EXPECT_EQ(fault_of(R"(protein "after training)"), (search_fault{9, "this quotation mark is not closed"}));
  EXPECT_EQ(fault_of(R"(-")"), (search_fault{2, "this quotation mark is not closed"}));
}

TEST(SearchQuery, CountsPositionsInCharacters) {
  EXPECT_EQ(fault_of("m\u00fasculo \U0001F4AA \"x").position, 11u);
}

TEST(SearchQuery, RefusesAPhraseWithoutAWord) {
  EXPECT_EQ(fault_of(R"(run "")"), (search_fault{5, "there is no word in these quotation marks"}));
  EXPECT_EQ(fault_of(R"(run -"...")").position, 6u);
}

TEST(SearchQuery, RefusesAMinusThatExcludesNothing) {
  EXPECT_EQ(fault_of("run - swim"), (search_fault{5, "no word follows this minus"}));
  EXPECT_EQ(fault_of("run -").position, 5u);
}

TEST(SearchQuery, TakesAStarBehindTwoCharactersOrMore) {
  EXPECT_THAT(terms_of("ru*"), ElementsAre(beginning("ru")));
  EXPECT_THAT(terms_of("\u00f1u*"), ElementsAre(beginning("\u00f1u")));
  EXPECT_EQ(fault_of("r*"), (search_fault{2, "at least 2 characters are needed before a *"}));
  EXPECT_EQ(fault_of("swim *").position, 6u);
  EXPECT_EQ(fault_of("..*").position, 3u);
}

TEST(SearchQuery, TakesAStarAtTheEndOfAWordOnly) {
  EXPECT_EQ(fault_of("run*ning"), (search_fault{4, "a * is possible at the end of a word only"}));
  EXPECT_EQ(fault_of("run**").position, 4u);
  EXPECT_EQ(fault_of(R"("leg day"*)"), (search_fault{10, "a * belongs behind a word, not a phrase"}));
  EXPECT_THAT(terms_of(R"(run*"leg")"), ElementsAre(beginning("run"), wanted("leg")));
}

TEST(SearchQuery, NeedsAWordThatMessagesHave) {
  const search_fault nothing_wanted{1, "at least one word is needed that messages have"};
  EXPECT_EQ(fault_of(""), nothing_wanted);
  EXPECT_EQ(fault_of("  ?! "), nothing_wanted);
  EXPECT_EQ(fault_of("-swim"),
    (search_fault{1, "exclusions alone are not enough: at least one word is needed that messages have"}));
}

TEST(SearchQuery, HasSixteenTermsAtMost) {
  std::string text;
  for (std::size_t i = 0; i < search_terms_max; ++i)
    text += "w" + std::to_string(i) + " ";
  EXPECT_EQ(terms_of(text).size(), search_terms_max);
  EXPECT_EQ(fault_of(text + "-x"), (search_fault{text.size() + 1, "there are more than 16 words and phrases"}));
}

TEST(SearchQuery, Has256CharactersAtMost) {
  std::string text;
  for (std::size_t i = 0; i < search_text_length_max; ++i)
    text += "\u00f1";
  EXPECT_EQ(terms_of(text).size(), 1u);
  EXPECT_EQ(fault_of(text + "n"), (search_fault{257, "there are more than 256 characters"}));
}

TEST(SearchQuery, TakesAnyBytes) {
  EXPECT_TRUE(parse_search_query("\xff\xc3 \x80 run"));
  EXPECT_TRUE(parse_search_query("run\xe2\x80"));
  EXPECT_FALSE(parse_search_query("\xff*"));
}

}  // namespace
}  // namespace genesis
