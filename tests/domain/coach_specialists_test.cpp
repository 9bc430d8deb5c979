#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"
#include "domain/coach/wording.hpp"
#include "domain/energy.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::after;
using test::ask;
using test::shown;
using test::tom_asks;

std::string text_for(const turn& asked) {
  return test::text_of(ask(asked));
}

TEST(CoachAnswer, BeginsWithTheSpeaker) {
  for (const auto* question :
    {"hi", "how much protein?", "should I train today?", "I have chest pain", "write a poem"}) {
    const auto told = ask(tom_asks(question));
    ASSERT_FALSE(told.steps.empty());
    const auto* speaker = std::get_if<speaks>(&told.steps.front());
    ASSERT_NE(speaker, nullptr);
    EXPECT_EQ(speaker->who, told.what.agents.front());
  }
}

TEST(CoachAnswer, UsesAToolBeforeItShowsANumber) {
  for (const auto* question : {"how much should I eat?", "macros", "how much protein?", "bench 100 kg x 5",
         "my heart rate zones", "how much water?", "what's my bmr?"}) {
    const auto told = ask(tom_asks(question));
    const auto is_tool = [](const step& each) { return std::holds_alternative<uses_tool>(each); };
    const auto is_shown = [](const step& each) { return std::holds_alternative<shows>(each); };
    const auto tool = std::ranges::find_if(told.steps, is_tool);
    const auto artifact = std::ranges::find_if(told.steps, is_shown);
    ASSERT_NE(tool, told.steps.end()) << question;
    ASSERT_NE(artifact, told.steps.end()) << question;
    EXPECT_TRUE(std::get<uses_tool>(*tool).ok) << question;
    EXPECT_LT(tool - told.steps.begin(), artifact - told.steps.begin()) << question;
    EXPECT_FALSE(std::get<shows>(*artifact).artifact.sources.empty()) << question;
  }
}

TEST(CoachAnswer, IsTheSameForTheSameTurn) {
  const auto asked = tom_asks("How much should I eat to lose weight?");
  EXPECT_EQ(text_for(asked), text_for(asked));
}

TEST(CoachAnswer, TakesNumbersOfTheQuestionOverTheProfile) {
  const auto told = ask(tom_asks("how much should I eat if I weighed 75 kg?"));
  EXPECT_NEAR(
    shown<energy_target>(told).value().resting_kcal, mifflin_st_jeor_kcal(reference_sex::male, 75, 180, 30), 1e-9);
}

TEST(CoachAnswer, TakesTheGoalOfTheQuestionOverTheProfile) {
  const auto told = ask(tom_asks("how much should I eat to maintain my weight?"));
  EXPECT_NEAR(shown<energy_target>(told).value().target_kcal, 2759, 1e-9);
}

TEST(CoachAnswer, UsesBodyFatWhenItIsKnown) {
  auto asked = tom_asks("how much should I eat?");
  asked.person.body_fat_pct = latest_measurement{{}, asked.now, 20};
  EXPECT_NEAR(shown<energy_target>(ask(asked)).value().resting_kcal, 1752.4, 1e-9);
  asked.question = "how much should I eat by Mifflin?";
  EXPECT_NEAR(shown<energy_target>(ask(asked)).value().resting_kcal, 1780, 1e-9);
}

TEST(CoachAnswer, AsksForWhatIsMissingAndHelpsPartially) {
  auto asked = tom_asks("how much should I eat?");
  asked.person.activity_level.reset();
  const auto told = ask(asked);
  EXPECT_EQ(shown<profile_gaps>(told).value().fields, std::vector<std::string>{"activity_level"});
  EXPECT_EQ(shown<energy_target>(told), std::nullopt);
  EXPECT_NEAR(shown<resting_energy>(told).value().kcal_per_day, 1780, 1e-9);
  EXPECT_TRUE(test::text_of(told).contains("2,136 kcal"));
}

TEST(CoachAnswer, TreatsUnspecifiedSexAsAGap) {
  auto asked = tom_asks("how much water should I drink?");
  asked.person.sex = sex::unspecified;
  EXPECT_EQ(shown<profile_gaps>(ask(asked)).value().fields, std::vector<std::string>{"sex"});
}

TEST(CoachAnswer, RemembersFactsThatTheProfileLacks) {
  auto asked = tom_asks("how much protein do I need?");
  asked.person.weight_kg.reset();
  add_exchange(asked, "I weigh 90 kg");
  add_exchange(asked, "thanks");
  EXPECT_EQ(shown<macro_targets>(ask(asked)).value().protein_g, 198);
}

TEST(CoachAnswer, FollowsTheUnitsOfThePerson) {
  auto asked = tom_asks("bench 225 x 5");
  asked.person.units = unit_system::imperial;
  EXPECT_TRUE(text_for(asked).contains("262.5 lb")) << "a number without a unit";
  asked.question = "how much protein?";
  EXPECT_TRUE(text_for(asked).contains("per pound"));
}

TEST(CoachAnswer, AnswersInTheUnitsOfTheQuestion) {
  auto asked = tom_asks("bench 100 kg x 5");
  asked.person.units = unit_system::imperial;
  EXPECT_TRUE(text_for(asked).contains("116.7 kg")) << text_for(asked);
  EXPECT_FALSE(text_for(asked).contains(" lb"));
  EXPECT_NEAR(shown<one_rep_max>(ask(asked)).value().kg, 350 / 3.0, 1e-9);
  EXPECT_TRUE(text_for(tom_asks("bench 225 lbs x 5")).contains("262.5 lb"));
  asked.question = "I weigh 82 kg, how much should I eat?";
  EXPECT_TRUE(text_for(asked).contains("from 82 kg, 180 cm"));
  asked.question = "I'm 6 feet tall and weigh 82 kg, how much should I eat?";
  EXPECT_TRUE(text_for(asked).contains("180.8 lb, 6 ft 0 in")) << "both: the profile's";
}

TEST(CoachAnswer, KeepsTheUnitsOfAQuestionForWhatContinuesIt) {
  auto asked = tom_asks("and for 8?");
  asked.person.units = unit_system::imperial;
  add_exchange(asked, "I benched 100 kg for 5");
  EXPECT_TRUE(text_for(asked).contains("126.7 kg"));
  asked.question = "how much protein do I need?";
  EXPECT_TRUE(text_for(asked).contains("per pound")) << "a new question";
  asked.question = "I benched 100 kg for 5, in pounds please";
  EXPECT_TRUE(text_for(asked).contains("257.2 lb")) << "asked for";
}

TEST(CoachAnswer, TakesTheAgeOfTheQuestionForTheMaximalHeartRate) {
  auto asked = tom_asks("max heart rate for age 50");
  EXPECT_NEAR(shown<heart_rate_zones>(ask(asked)).value().max_bpm, 173, 1e-9);
  asked.person = {};
  EXPECT_NEAR(shown<heart_rate_zones>(ask(asked)).value().max_bpm, 173, 1e-9) << "without a profile";
  asked.question = "¿frecuencia cardíaca máxima a los 50?";
  EXPECT_NEAR(shown<heart_rate_zones>(ask(asked)).value().max_bpm, 173, 1e-9);
}

/// The titles of the sources of the first artifact, with how each is known.
std::vector<std::string> sources_of(const reply& told) {
  std::vector<std::string> titles;
  for (const auto& step : told.steps)
    if (const auto* it = std::get_if<shows>(&step); it != nullptr && titles.empty())
      for (const auto& source : it->artifact.sources)
        titles.push_back(source.title + ", " + source.reference);
  return titles;
}

TEST(CoachAnswer, TakesTheMaximalHeartRateThatIsTold) {
  for (const auto& [question, words, source] :
    {std::tuple{"My maximal heart rate is 190, what are my zones?", "the maximum of 190 bpm that you told me",
       "max_heart_rate_bpm, stated in this conversation"},
      std::tuple{"zones for max heart rate 190", "the maximum of 190 bpm that you told me",
        "max_heart_rate_bpm, stated in this conversation"},
      std::tuple{"mi frecuencia cardíaca máxima es 190, ¿cuáles son mis zonas?",
        "el máximo de 190 lpm que me has dicho", "max_heart_rate_bpm, dicho en esta conversación"}}) {
    auto asked = tom_asks(question);
    const auto told = ask(asked);
    const auto zones = shown<heart_rate_zones>(told).value();
    EXPECT_EQ(zones.max_bpm, 190) << question;
    EXPECT_EQ(zones.formula, "stated") << question;
    EXPECT_EQ(zones.zones[1].low_bpm, 114) << question;
    EXPECT_EQ(sources_of(told), std::vector<std::string>{source}) << question;
    EXPECT_TRUE(text_for(asked).contains(words)) << text_for(asked);
    EXPECT_FALSE(text_for(asked).contains("Tanaka")) << text_for(asked);
    asked.person = {};
    EXPECT_TRUE(shown<heart_rate_zones>(ask(asked))) << "needs no age: " << question;
  }
  const auto rested = ask(tom_asks("my resting heart rate is 60 and my max is 190, what are my zones?"));
  EXPECT_EQ(shown<heart_rate_zones>(rested).value().zones[1].low_bpm, 138);
  EXPECT_TRUE(test::text_of(rested).contains("Karvonen"));
}

TEST(CoachAnswer, KeepsAToldMaximalHeartRateUntilAFormulaIsAskedFor) {
  const auto max_of = [](const turn& asked) { return shown<heart_rate_zones>(ask(asked)).value().max_bpm; };
  EXPECT_EQ(max_of(after({"My max heart rate is 190", "how much should I eat?"}, "what are my zones?")), 190);
  EXPECT_EQ(max_of(after({"what are my heart rate zones?"}, "and with a max of 185?")), 185);
  EXPECT_EQ(max_of(after({"mis zonas de frecuencia cardíaca"}, "¿y con un máximo de 185?")), 185);
  EXPECT_NEAR(max_of(after({"My max heart rate is 185, what are my zones?"}, "and with Tanaka?")), 187, 1e-9);
  EXPECT_EQ(max_of(after({"zones with Fox"}, "my max heart rate is 185")), 185);
  const auto cardio = test::text_of(ask(after({"My max heart rate is 190"}, "how much cardio should I do?")));
  EXPECT_TRUE(cardio.contains("114 to 133 bpm, your zone 2 (by the maximum you told me)")) << cardio;
}

TEST(CoachAnswer, RefusesAMaximalHeartRateThatCannotBe) {
  const auto told = ask(tom_asks("my max heart rate is 300, what are my zones?"));
  EXPECT_FALSE(shown<heart_rate_zones>(told));
  EXPECT_TRUE(test::text_of(told).contains("300 bpm is outside what I can work with (100 bpm to 230 bpm)"))
    << test::text_of(told);
  for (const auto* right : {"190", "190 bpm", "sorry, 190", "it's 190"})
    EXPECT_EQ(
      shown<heart_rate_zones>(ask(after({"my max heart rate is 300, what are my zones?"}, right))).value().max_bpm, 190)
      << right;
  for (const auto* other : {"I weigh 85, how much should I eat?", "my age is 45", "I am 45", "my resting rate is 55"}) {
    const auto text = test::text_of(ask(after({"my max heart rate is 300, what are my zones?"}, other)));
    EXPECT_FALSE(text.contains("bpm is outside")) << other << '\n' << text;
  }
  EXPECT_FALSE(shown<heart_rate_zones>(ask(after({"my max heart rate is 300, what are my zones?"}, "290"))));
}

TEST(CoachAnswer, TellsThatASetIsTooLongForAnEstimate) {
  for (const auto* question :
    {"bench 100 kg x 40", "I benched 60 kg for 50 reps, what's my 1RM?", "50 reps with 40 kg, what's my max?",
      "hice 40 repeticiones con 50 kg, ¿cuál es mi 1RM?", "hice cuarenta y dos repeticiones con 50 kg, ¿mi máximo?",
      "thirty five reps with 60 kg, what's my 1RM?", "60 kg x 37", "60 kg x 21", "bench 100 kg x 15 rir 6",
      "1RM of 100 kg x 38 by Brzycki", "bench 50 kg x 2000"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "one_rep_max") << question;
    EXPECT_EQ(shown<one_rep_max>(told), std::nullopt) << question;
    const auto text = test::text_of(told);
    EXPECT_TRUE(text.contains("3 to 6") || text.contains("3 a 6")) << text;
  }
  auto again = tom_asks("and for 40?");
  add_exchange(again, "I benched 80 kg for 6");
  EXPECT_EQ(shown<one_rep_max>(ask(again)), std::nullopt);
  EXPECT_TRUE(text_for(again).contains("40 reps are too many"));
}

TEST(CoachAnswer, WarnsOfAnEstimateFromMoreThanTwelveRepetitions) {
  auto asked = tom_asks("bench 60 kg x 13");
  for (const auto length : {response_length::brief, response_length::normal, response_length::detailed}) {
    asked.prefs.response_length = length;
    EXPECT_TRUE(text_for(asked).contains("more than 12 reps"));
  }
  EXPECT_NE(shown<one_rep_max>(ask(tom_asks("bench 60 kg x 20"))), std::nullopt);
  EXPECT_FALSE(text_for(tom_asks("bench 60 kg x 12")).contains("more than 12 reps"));
}

TEST(CoachAnswer, UsesTheFormulaAskedFor) {
  EXPECT_NEAR(shown<one_rep_max>(ask(tom_asks("1RM of 100 kg x 5 by Brzycki"))).value().kg, 112.5, 1e-9);
  EXPECT_NEAR(shown<heart_rate_zones>(ask(tom_asks("heart rate zones with fox"))).value().max_bpm, 190, 1e-9);
  EXPECT_NEAR(
    shown<resting_energy>(ask(tom_asks("resting energy by Harris-Benedict"))).value().kcal_per_day, 1853.632, 1e-9);
}

TEST(CoachAnswer, SaysTheEnergyThatItsArtifactShows) {
  for (const auto& [question, first, second] :
    {std::tuple{"What are my macros?", "For 2,207 kcal a day", "In whole grams that comes to 2,209 kcal."},
      std::tuple{"¿Cuáles son mis macros?", "Para 2207 kcal al día", "En gramos enteros son 2209 kcal."}}) {
    const auto text = text_for(tom_asks(question));
    EXPECT_TRUE(text.contains(first)) << text;
    EXPECT_TRUE(text.contains(second)) << text;
  }
  for (double kg = 60; kg < 100; kg += 0.7) {
    auto asked = tom_asks("What are my macros?");
    asked.person.weight_kg->value = kg;
    const auto kcal = shown<macro_targets>(ask(asked)).value().kcal;
    const auto text = text_for(asked);
    EXPECT_TRUE(text.contains(wording{language::english, unit_system::metric}.kcal(kcal))) << text;
  }
  EXPECT_FALSE(text_for(tom_asks("What are my macros for 2200 kcal?")).contains("whole grams")) << "2,200 they are";
}

TEST(CoachAnswer, IsLongerTheMoreThePersonWants) {
  auto asked = tom_asks("how much should I eat?");
  asked.prefs.response_length = response_length::brief;
  const auto brief = text_for(asked).size();
  asked.prefs.response_length = response_length::normal;
  const auto normal = text_for(asked).size();
  asked.prefs.response_length = response_length::detailed;
  EXPECT_LT(brief, normal);
  EXPECT_LT(normal, text_for(asked).size());
}

TEST(CoachAnswer, DependsOnThePersonality) {
  auto asked = tom_asks("how much should I eat?");
  const auto prime = text_for(asked);
  asked.prefs.personality = personality::longevity;
  EXPECT_NE(prime, text_for(asked));
}

TEST(CoachAnswer, ExplainsItsArithmeticWhenAskedWhy) {
  auto asked = tom_asks("why?");
  add_exchange(asked, "how much should I eat to lose weight?");
  const auto text = text_for(asked);
  EXPECT_TRUE(text.contains("10 × 80 + 6.25 × 180 − 5 × 30 + 5 = 1,780 kcal")) << text;
  EXPECT_TRUE(text.contains("times 1.55 for activity = 2,759 kcal")) << text;
}

TEST(CoachAnswer, TellsWhatAWishedEnergyDoes) {
  EXPECT_TRUE(text_for(tom_asks("is it fine to eat 1600 kcal a day?")).contains("1,159 kcal less than you use"));
  EXPECT_TRUE(text_for(tom_asks("is it fine to eat 1600 kcal a day?")).contains("near 2,207 kcal"));
  EXPECT_TRUE(text_for(tom_asks("can I eat 3000 calories a day?")).contains("241 kcal more than you use"));
  EXPECT_TRUE(text_for(tom_asks("can I eat 2700 calories a day?")).contains("close to what you use"));
}

TEST(CoachAnswer, TellsHowLongALossTakes) {
  // 5 kg of 7,700 kcal at 551.8 kcal a day
  EXPECT_TRUE(text_for(tom_asks("how long will it take to lose 5 kg?")).contains("5 kg take about 10 weeks"));
}

TEST(CoachAnswer, ClassifiesTheBodyMassIndex) {
  EXPECT_TRUE(text_for(tom_asks("am I overweight?")).contains("24.7"));
  auto asked = tom_asks("what's my bmi?");
  asked.person.date_of_birth = parse_iso_date("2010-01-01");
  EXPECT_TRUE(text_for(asked).contains("growth charts"));
}

TEST(CoachAnswer, TellsWhenNoSplitIsPossible) {
  auto asked = tom_asks("macros for 1500 kcal");
  asked.person.weight_kg->value = 180;
  const auto told = ask(asked);
  EXPECT_EQ(shown<macro_targets>(told), std::nullopt);
  EXPECT_TRUE(test::text_of(told).contains("sensible split")) << test::text_of(told);
}

TEST(CoachAnswer, AsksForTheSetThatAMaximumNeeds) {
  EXPECT_TRUE(text_for(tom_asks("what's my 1RM?")).contains("weight and reps"));
  EXPECT_TRUE(text_for(tom_asks("I bench 100 kg, what's my max?")).contains("How many reps"));
}

TEST(CoachAnswer, HandsOverWithAWord) {
  auto asked = tom_asks("how much water?");
  asked.asked_for = agent::stella;
  EXPECT_TRUE(text_for(asked).starts_with("Stella asked me"));
}

TEST(CoachAnswer, AnswersEveryTopicForEverySpeaker) {
  for (const auto& [what, name] : enum_names<topic>)
    for (const auto who : {agent::nexus, agent::sage, agent::blaze, agent::stella, agent::wave})
      for (const auto* question : {"", "hola"}) {
        auto empty = turn{};
        empty.now = test::coach_now();
        empty.question = question;
        EXPECT_FALSE(test::text_of(answer(who, empty, {std::string{name}, 0.5, {who}})).empty()) << name;
      }
}

TEST(CoachAnswer, SetsTheTextOfASecondSpeakerApart) {
  const auto asked = tom_asks("how much protein and which zones?");
  const intent both{"protein", 0.9, {agent::sage, agent::blaze}};
  const auto first = test::text_of(answer(agent::sage, asked, both));
  const auto second = test::text_of(answer(agent::blaze, asked, both));
  EXPECT_TRUE(second.starts_with("\n\n"));
  EXPECT_FALSE(first.contains("not a doctor"));
  EXPECT_TRUE(second.contains("not a doctor"));
}

// Whatever arrives is answered.

bool is_answered(const turn& asked) {
  const auto told = ask(asked);
  return !told.steps.empty() && !test::text_of(told).empty();
}

TEST(CoachAnswer, SurvivesRandomBytes) {
  for (unsigned seed = 1; seed <= 300; ++seed) {
    std::mt19937 random{seed};
    std::string question(random() % 400, ' ');
    for (auto& c : question)
      c = static_cast<char>(random() % 256);
    auto asked = tom_asks(question);
    add_exchange(asked, question);
    EXPECT_TRUE(is_answered(asked)) << "seed " << seed;
  }
}

TEST(CoachAnswer, SurvivesRandomWordsOfItsOwnVocabulary) {
  constexpr auto vocabulary = std::to_array<std::string_view>(
    {"how", "much", "eat", "lose", "100", "kg", "x", "5", "lbs", "and", "y", "protein", "agua", "max", "por", "in", "a",
      "week", "weigh", "kcal", "600", "'", "\"", "ft", "%", "no", "chest", "pain", "1e9", "99999999999999999999999",
      "0", "-3", "0,0", "train", "more", "zone", "2", "years", "old", "im", "rir", "¿", "sueño", "hours"});
  for (unsigned seed = 1; seed <= 500; ++seed) {
    std::mt19937 random{seed};
    std::string question;
    for (int i = 0; i < 30; ++i)
      question += std::string{vocabulary[random() % vocabulary.size()]} + " ";
    auto asked = tom_asks(question);
    add_exchange(asked, question.substr(question.size() / 2));
    EXPECT_TRUE(is_answered(asked)) << "seed " << seed << ": " << question;
  }
}

TEST(CoachAnswer, SurvivesTheLongestQuestions) {
  const auto repeated = [](std::string_view part) {
    std::string text;
    while (text.size() + part.size() <= chat_message_length_max)
      text += part;
    return text;
  };
  for (const auto* part : {"a", "1 ", "100 kg x 5 ", "how much _ ", "how how how ", "no no chest ", "¿", "proteni ",
         "abcdefghijklmnopqrst ", "weight weight ", "1.1.1,", "and ", "5'11\" ", "\xf0\x9f\x92\xaa"}) {
    auto asked = tom_asks(repeated(part));
    for (int i = 0; i < 2; ++i)
      add_exchange(asked, asked.question, asked.question);
    EXPECT_TRUE(is_answered(asked)) << part;
  }
}

}  // namespace
}  // namespace genesis::coach
