#include "storage/search_terms.hpp"
#include "tests/storage/fixtures.hpp"

#include <gmock/gmock.h>

#include <algorithm>

namespace genesis::storage {
namespace {

using ::testing::HasSubstr;

const auto ann = id_of<user_id>(1);
constexpr std::string_view anns_term = "u00000000000070008000000000000001";

/// With each @ as Ann's term.
std::string of_ann(std::string text) {
  for (auto at = text.find('@'); at != std::string::npos; at = text.find('@'))
    text.replace(at, 1, anns_term);
  return text;
}

sought_text sought(std::string_view text) {
  stemmers by;
  return sought_by(parse_search_query(text).value(), by).value();
}

TEST(SearchTerms, AreWrittenForFts5) {
  EXPECT_EQ(
    to_fts5(sought(R"(running "leg days" swi*)"), ann), of_ann("(\"@ running\" AND \"@ leg days\" AND \"@ swi\" *)"));
  EXPECT_EQ(to_fts5(sought("run -swim -\"a bike\""), ann), of_ann("(\"@ run\") NOT (\"@ swim\" OR \"@ a bike\")"));
}

TEST(SearchTerms, AreWrittenForPostgresql) {
  EXPECT_EQ(to_tsquery(sought(R"(running "leg days" well-be* -swim)"), ann),
    "'@" + std::string{anns_term} +
      "' & (('running' | 'run')) & (('leg') <-> ('days' | 'day')) & ('well' <-> 'be':*) & !(('swim'))");
  EXPECT_EQ(to_ranking_tsquery(sought("run -swim squat")), "(('run')) & (('squat'))");
}

/// Neither query language sees a character that could mean something in it.
TEST(SearchTerms, BringNoSignsOfThePersonAlong) {
  for (const auto* text : {"a'b", "a:b", "a&b|c!d", "NEAR(x y)", "col:{x}", "x^2", "a\\b", "($1)", "a%b_c", "x--y;z"}) {
    const auto what = sought(text);
    for (const auto& phrase : what.wanted)
      for (const auto& word : phrase.words) {
        const auto is_plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
        EXPECT_TRUE(std::ranges::all_of(word.as_written, is_plain)) << text;
        for (const auto& term : word.terms)
          EXPECT_TRUE(std::ranges::all_of(term, is_plain)) << text;
      }
  }
}

TEST(SearchTerms, AreNoneWhereNoWordIsWanted) {
  stemmers by;
  EXPECT_FALSE(sought_by(search_query{{{"\u2603", false, false}, {"swim", true, false}}}, by));
}

TEST(SearchTerms, OfAMessageHaveTheirPlaces) {
  stemmers by;
  EXPECT_EQ(to_tsvector("Run, running; RUN!", ann, by), "'@" + std::string{anns_term} + "' 'run':1,2,3 'running':2");
  EXPECT_EQ(to_tsvector("", ann, by), "'@" + std::string{anns_term} + "'");
}

TEST(SearchTerms, OfALongMessageFitIntoAVector) {
  stemmers by;
  std::string expanding;  // each of these characters stands for eighteen
  std::string many;
  for (std::size_t i = 0; i < message_length_max / 2; ++i) {
    expanding += "\ufdfa ";
    many += "a ";
  }
  EXPECT_LT(to_tsvector(expanding, ann, by).size(), 2'000'000u);
  EXPECT_THAT(to_tsvector(many, ann, by), HasSubstr("253,254,255"));
  EXPECT_THAT(to_tsvector(many, ann, by), ::testing::Not(HasSubstr("256")));
}

}  // namespace
}  // namespace genesis::storage
