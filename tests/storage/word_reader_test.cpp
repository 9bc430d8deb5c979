#include "storage/word_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace genesis::storage {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> forms_of(std::string_view text) {
  stemmers by;
  std::vector<std::string> forms;
  for (word_reader words(text, by); words.next();)
    forms.emplace_back(words.form());
  return forms;
}

/// Of the only word.
std::vector<std::string> terms_of(std::string_view word) {
  stemmers by;
  word_reader words(word, by);
  EXPECT_TRUE(words.next()) << word;
  const std::vector<std::string> terms{words.terms().begin(), words.terms().end()};
  EXPECT_FALSE(words.next()) << word;
  return terms;
}

bool mean_the_same(std::string_view one, std::string_view other) {
  const auto terms = terms_of(other);
  return std::ranges::any_of(
    terms_of(one), [&](const auto& each) { return std::ranges::find(terms, each) != terms.end(); });
}

TEST(WordReader, TakesLettersAndDigitsOfAllScripts) {
  EXPECT_THAT(forms_of("Run 5km, 80.5 kg! \u65e5\u672c \u041c\u0438\u0440"),
    ElementsAre("run", "5km", "80", "5", "kg", "\u65e5\u672c", "\u043c\u0438\u0440"));
  EXPECT_THAT(forms_of("\u00bfqu\u00e9? \u2014 \u00a1s\u00ed! \U0001F4AA"), ElementsAre("que", "si"));
  EXPECT_THAT(forms_of(""), IsEmpty());
  EXPECT_THAT(forms_of(" -- "), IsEmpty());
}

TEST(WordReader, FoldsAccentsCaseAndVariants) {
  EXPECT_THAT(forms_of("CANCI\u00d3N Ma\u00f1ana na\u00efve Stra\u00dfe \ufb01bre"),
    ElementsAre("cancion", "manana", "naive", "strasse", "fibre"));
  EXPECT_THAT(forms_of("cancio\u0301n"), ElementsAre("cancion")) << "a combining accent";
  EXPECT_THAT(forms_of("\uff32\uff35\uff2e"), ElementsAre("run")) << "full width";
  EXPECT_THAT(forms_of("\u2474"), ElementsAre("1")) << "the sign that a variant brings along is no part";
}

/// Each place of what is remembered has had many words by then.
TEST(Stemmer, WhatIsRememberedIsTheWordsOwnStem) {
  std::minstd_rand random(7);
  std::vector<std::string> words;
  for (const std::string_view ending : {"", "s", "ing", "ed", "ly", "ación", "iendo", "aron", "ñas", "internationally"})
    for (int i = 0; i < 400; ++i) {
      std::string word;
      for (auto left = 1 + random() % 9; left > 0; --left)
        word += static_cast<char>('a' + random() % 26);
      words.push_back(word.append(ending));
    }
  for (const char* language : {"en", "es"}) {
    stemmer remembers(language);
    for (int i = 0; i < 20'000; ++i) {
      const auto& word = words[random() % words.size()];
      ASSERT_EQ(remembers(word), stemmer{language}(word)) << language << ' ' << word;
    }
  }
}

/// Ordering so many would take half a minute.
TEST(WordReader, ReadsTheBeginningOfAWordOfManyMarks) {
  std::string word = "a";
  for (const std::string_view mark : {"\u035c", "\u0334"})
    for (int i = 0; i < 16'000; ++i)
      word += mark;
  EXPECT_THAT(forms_of(word + " b"), ElementsAre("a", "b"));
}

TEST(WordReader, SaysWhereAWordStands) {
  stemmers by;
  word_reader words(" m\u00fasculos!", by);
  ASSERT_TRUE(words.next());
  EXPECT_EQ(words.begin(), 1u);
  EXPECT_EQ(words.end(), 10u);
  EXPECT_EQ(words.as_written(), "m\u00fasculos");
}

TEST(WordReader, StemsInBothLanguages) {
  EXPECT_TRUE(mean_the_same("running", "runs"));
  EXPECT_TRUE(mean_the_same("injuries", "injury"));
  EXPECT_TRUE(mean_the_same("corriendo", "correr"));
  EXPECT_TRUE(mean_the_same("prote\u00ednas", "proteina"));
  EXPECT_TRUE(mean_the_same("corr\u00eda", "correr")) << "by its ending with the accent";
  EXPECT_TRUE(mean_the_same("corr\u00eda", "corria")) << "as typed without it";
  EXPECT_TRUE(mean_the_same("alimentaci\u00f3n", "alimentaciones"));
  EXPECT_FALSE(mean_the_same("protein", "protest"));
}

TEST(WordReader, NamesEachTermOnce) {
  EXPECT_THAT(terms_of("squat"), ElementsAre("squat"));
  EXPECT_THAT(terms_of("running"), ElementsAre("running", "run"));
}

TEST(WordReader, LeavesWordsWithDigitsAsTheyAre) {
  EXPECT_THAT(terms_of("sets5s"), ElementsAre("sets5s"));
}

TEST(WordReader, LeavesNoWordOut) {
  EXPECT_THAT(forms_of("to be or not to be"), ElementsAre("to", "be", "or", "not", "to", "be"));
}

TEST(WordReader, CutsLongWordsBetweenCharacters) {
  const std::string longest(word_reader::term_size_max, 'x');
  EXPECT_THAT(forms_of(longest), ElementsAre(longest));
  EXPECT_THAT(forms_of(longest + "y"), ElementsAre(longest));
  EXPECT_THAT(terms_of(longest.substr(1) + "\u65e5"), Contains(longest.substr(1))) << "half a character is none";
}

TEST(WordReader, TakesWhatIsNoUtf8ForASeparator) {
  EXPECT_THAT(forms_of("run\xffswim\xe2\x80"), ElementsAre("run", "swim"));
}

}  // namespace
}  // namespace genesis::storage
