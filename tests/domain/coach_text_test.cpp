#include "domain/coach/folded_text.hpp"
#include "domain/coach/foods.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/wording.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

std::string folded(std::string_view text) {
  std::string words;
  for (const auto& word : fold(text))
    words += (words.empty() ? "" : " ") + word.text;
  return words;
}

TEST(CoachFoldedText, DropsCaseAccentsAndApostrophes) {
  EXPECT_EQ(folded("¿CUÁNTO debería comer, señor?"), "cuanto deberia comer senor");
  EXPECT_EQ(folded("Don't, I’m"), "dont im");
  EXPECT_EQ(folded("cafe\u0301 pin\u0303a"), "cafe pina");
}

TEST(CoachFoldedText, SetsNumbersApart) {
  EXPECT_EQ(folded("100kg×5, 82,5% 5'11\" 1RM"), "100 kg x 5 82,5 % 5 ft 11 in 1 rm");
  EXPECT_EQ(folded("18."), "18");
}

TEST(CoachFoldedText, KnowsWhereClausesBegin) {
  const auto words = fold("no, tengo dolor");
  ASSERT_EQ(words.size(), 3u);
  EXPECT_TRUE(words[0].begins_clause);
  EXPECT_TRUE(words[1].begins_clause);
  EXPECT_FALSE(words[2].begins_clause);
}

TEST(CoachFoldedText, PassesOverWhatItCannotRead) {
  EXPECT_EQ(folded("a\xff\xc3(b\xe2\x82 日本 c\xf0"), "a b c");
  EXPECT_EQ(folded(std::string(100, 'a')), std::string(folded_word_length_max, 'a'));
}

std::vector<int> found(std::span<const cue> cues, std::string_view text) {
  constexpr auto leave_alone = std::to_array<std::string_view>({"eights"});
  const phrase_book book{cues, leave_alone};
  std::vector<int> meanings;
  for (const auto& hit : book.find(fold(text)))
    meanings.push_back(book.cue_at(hit.cue).meaning);
  return meanings;
}

TEST(CoachPhraseBook, FindsAlternativesPrefixesAndGaps) {
  constexpr auto cues = std::to_array<cue>({{1, 1, "how much _ eat|drink"}, {2, 1, "calor*"}});
  EXPECT_EQ(found(cues, "how much should I eat"), std::vector{1});
  EXPECT_EQ(found(cues, "how much drink"), std::vector{1});
  EXPECT_EQ(found(cues, "how much of that should I eat"), std::vector<int>{});
  EXPECT_EQ(found(cues, "Calorías"), std::vector{2});
}

TEST(CoachPhraseBook, ForgivesOneSlip) {
  constexpr auto cues = std::to_array<cue>({{1, 1, "protein"}, {2, 1, "weight"}, {3, 1, "calor*"}, {4, 1, "bajar"}});
  for (const auto* text : {"protien", "protin", "proteins", "protain"})
    EXPECT_EQ(found(cues, text), std::vector{1}) << text;
  EXPECT_EQ(found(cues, "calroies"), std::vector{3});
  EXPECT_EQ(found(cues, "vajar"), std::vector{4});
  for (const auto* text : {"eight", "freight", "pronoun", "height", "eights"})
    EXPECT_EQ(found(cues, text), std::vector<int>{}) << text;
}

constexpr wording english{language::english, unit_system::metric};
constexpr wording spanish{language::spanish, unit_system::metric};
constexpr wording american{language::english, unit_system::imperial};

TEST(CoachWording, WritesNumbersAsTheLanguageDoes) {
  EXPECT_EQ(english.kcal(2207.2), "2,207 kcal");
  EXPECT_EQ(spanish.kcal(2207.2), "2207 kcal");
  EXPECT_EQ(spanish.number(12345), "12\u00a0345");
  EXPECT_EQ(english.number(1234567), "1,234,567");
  EXPECT_EQ(spanish.mass(82.45), "82,5 kg");
  EXPECT_EQ(english.mass(80), "80 kg");
  EXPECT_EQ(english.number(3070.5), "3,071");
  EXPECT_EQ(english.number(-0.04, 1), "0");
  EXPECT_EQ(english.percent(18.5, 1), "18.5%");
  EXPECT_EQ(spanish.percent(18.5, 1), "18,5 %");
}

TEST(CoachWording, WritesImperialUnits) {
  EXPECT_EQ(american.mass(80), "176.4 lb");
  EXPECT_EQ(american.height(180), "5 ft 11 in");
  EXPECT_EQ(american.height(182.5), "6 ft 0 in");
  EXPECT_EQ(american.volume(2.5), "85 fl oz");
  EXPECT_EQ(english.volume(2.5), "2.5 litres");
  EXPECT_EQ(spanish.volume(1), "1 litro");
  EXPECT_EQ(american.plates(100), "220 lb");
  EXPECT_EQ(english.plates(93.4), "92.5 kg");
}

TEST(CoachWording, ListsThings) {
  const std::vector<std::string> one{"peso"};
  const std::vector<std::string> three{"peso", "edad", "índice"};
  const std::vector<std::string> with_i{"grasa", "ingesta"};
  const std::vector<std::string> with_o{"siete", "ocho"};
  EXPECT_EQ(spanish.all_of(one), "peso");
  EXPECT_EQ(english.all_of(three), "peso, edad and índice");
  EXPECT_EQ(spanish.all_of(with_i), "grasa e ingesta");
  EXPECT_EQ(spanish.any_of(with_o), "siete u ocho");
  EXPECT_EQ(english.all_of({}), "");
}

TEST(CoachWording, FillsThePlacesOfAPhrase) {
  constexpr phrase greeting{"Hi {name}, {name}!", "Hola {name}"};
  EXPECT_EQ(english.say(greeting, {{"name", "Ana"}}), "Hi Ana, Ana!");
  EXPECT_EQ(spanish.say(greeting, {{"other", "Ana"}}), "Hola ");
}

TEST(CoachWording, WritesDates) {
  EXPECT_EQ(english.date(std::chrono::year{2026} / 3 / 2), "2 March");
  EXPECT_EQ(spanish.date(std::chrono::year{2026} / 12 / 31), "31 de diciembre");
}

TEST(CoachFoods, FitDietAndAllergies) {
  user person;
  EXPECT_EQ(protein_portions(person, english).size(), 3u);
  person.dietary_restrictions = {"Vegan"};
  person.allergies = {"soy"};
  EXPECT_EQ(protein_portions(person, english),
    (std::vector<std::string>{"a large plate of lentils (300 g cooked)", "a large plate of chickpeas (300 g cooked)"}));
  person.dietary_restrictions = {"vegetariana"};
  person.allergies = {"huevos", "leche"};
  for (const auto& food : protein_portions(person, spanish))
    EXPECT_TRUE(food.contains("tofu") || food.contains("lentejas") || food.contains("garbanzos")) << food;
}

}  // namespace
}  // namespace genesis::coach
