#include "domain/coach/intent.hpp"
#include "domain/energy.hpp"
#include "domain/readiness.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// What is told stays known for the conversation, and is named as told.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::after;
using test::ask;
using test::shown;
using test::text_of;
using test::tom_asks;

constexpr double tom_uses_kcal = 2759;

double target_for(const turn& asked) {
  const auto target = shown<energy_target>(ask(asked));
  return target ? target->target_kcal : 0;
}

TEST(CoachMemory, KeepsAnAgreedPace) {
  for (const auto& [wish, question] : {std::pair{"I want to lose half a kilo a week", "so how much should I eat?"},
         std::pair{"half a kilo a week", "so how much should I eat?"},
         std::pair{"quiero perder medio kilo por semana", "entonces, ¿cuánto debo comer?"}}) {
    EXPECT_NEAR(target_for(after({wish, "thanks"}, question)), tom_uses_kcal - 550, 1e-9) << wish;
    EXPECT_NEAR(target_for(after({wish, "how much water should I drink?", "what are my zones?"}, question)),
      tom_uses_kcal - 550, 1e-9)
      << wish;
  }
}

TEST(CoachMemory, LetsANewWishReplaceAnAgreedPace) {
  EXPECT_NEAR(target_for(after({"I want to lose half a kilo a week", "thanks"}, "how much should I eat to maintain?")),
    tom_uses_kcal, 1e-9);
  EXPECT_NEAR(
    target_for(after({"I want to lose half a kilo a week", "I want to maintain now", "hi"}, "how much should I eat?")),
    tom_uses_kcal, 1e-9);
}

TEST(CoachMemory, AgreesToNothingThatItRefused) {
  EXPECT_NEAR(
    target_for(after({"I want to lose 3 kg a week", "hi"}, "how much should I eat?")), tom_uses_kcal * 0.8, 1e-9);
  EXPECT_NEAR(target_for(after({"I want to weigh 45 kg", "hi"}, "how much should I eat?")), tom_uses_kcal * 0.8, 1e-9);
}

TEST(CoachMemory, KeepsTheBodyThatWasTold) {
  for (const auto* told : {"my weight is 77 kg now", "I weigh 77 kg", "hoy peso 77 kg"}) {
    const auto answer = ask(after({told, "thanks"}, "how much should I eat?"));
    ASSERT_TRUE(shown<energy_target>(answer)) << told;
    EXPECT_NEAR(
      shown<energy_target>(answer)->resting_kcal, mifflin_st_jeor_kcal(reference_sex::male, 77, 180, 30), 1e-9)
      << told;
    const auto text = text_of(answer);
    EXPECT_TRUE(text.contains("told me here: 77 kg")) << text;
    EXPECT_TRUE(text.contains("log it in your progress")) << text;
  }
  const auto spanish = text_of(ask(after({"hoy peso 77 kg", "gracias"}, "¿cuánto debo comer?")));
  EXPECT_TRUE(spanish.contains("me has contado aquí: 77 kg")) << spanish;
}

TEST(CoachMemory, KeepsAgeHeightSexActivityAndDaysOfTraining) {
  const auto asked = after({"I'm 41, 175 cm, and I train 6 days a week", "thanks"}, "how much should I eat?");
  const auto target = shown<energy_target>(ask(asked)).value();
  EXPECT_NEAR(target.resting_kcal, mifflin_st_jeor_kcal(reference_sex::male, 80, 175, 41), 1e-9);
  EXPECT_NEAR(target.activity_factor, 1.725, 1e-9);
  EXPECT_TRUE(text_of(ask(asked)).contains("6 days of training a week"));
  EXPECT_TRUE(
    text_of(ask(after({"I train 2 days a week", "thanks"}, "what split should I do?"))).contains("two days") ||
    text_of(ask(after({"I train 2 days a week", "thanks"}, "what split should I do?"))).contains("2 days"));
}

TEST(CoachMemory, SaysOnceHowToStoreWhatWasTold) {
  auto asked = tom_asks("how much should I eat?");
  add_exchange(asked, "I weigh 77 kg");
  const auto first = text_of(ask(asked));
  EXPECT_TRUE(first.contains("this conversation only"));
  add_exchange(asked, asked.question, first);
  asked.question = "how much protein do I need?";
  EXPECT_FALSE(text_of(ask(asked)).contains("this conversation only"));
  EXPECT_TRUE(text_of(ask(asked)).contains("77 kg"));
}

TEST(CoachMemory, ForgetsWhatWasOnlySupposed) {
  for (const auto* question :
    {"and for 90 kg?", "what if I weighed 90 kg?", "how much should I eat if I weighed 90 kg?", "¿y si pesara 90 kg?"})
    EXPECT_NEAR(
      shown<energy_target>(ask(after({"how much should I eat?", question, "thanks"}, "how much should I eat?")))
        .value()
        .resting_kcal,
      1780, 1e-9)
      << question;
}

TEST(CoachMemory, ForgetsNumbersToReckonWith) {
  for (const auto* question : {"max heart rate for age 50", "¿frecuencia cardíaca máxima a los 50?"})
    EXPECT_NEAR(
      shown<energy_target>(ask(after({question, "thanks"}, "how much should I eat?"))).value().resting_kcal, 1780, 1e-9)
      << question;
}

TEST(CoachMemory, NotesWhatIsToldWithoutAQuestion) {
  const auto told = text_of(ask(tom_asks("I weigh 82 kg and I'm 45")));
  EXPECT_TRUE(told.contains("Got it: 45 years old and 82 kg.")) << told;
  EXPECT_TRUE(told.contains("this conversation only")) << told;
}

TEST(CoachMemory, TakesNoNumberThatIsNobodys) {
  const auto told = text_of(ask(after({"convert 77 kg to pounds"}, "how much should I eat?")));
  EXPECT_TRUE(told.contains("from 80 kg")) << told;
}

TEST(CoachMemory, KeepsHowTheDayFeelsForADay) {
  auto asked =
    after({"I slept 5 hours, sore 4 of 5, energy 2, motivation 3, sleep quality 2", "hi"}, "should I train today?");
  const auto told = ask(asked);
  ASSERT_TRUE(shown<readiness>(told)) << text_of(told);
  EXPECT_NEAR(shown<readiness>(told)->score, (2 + 2 + 2 + 3) / 4.0, 1e-9);
  EXPECT_TRUE(text_of(told).contains("what you told me"));
  for (auto& each : asked.history)
    each.created_at = asked.now - readiness_age_max - std::chrono::hours{1};
  EXPECT_FALSE(shown<readiness>(ask(asked))) << "that was yesterday";
}

TEST(CoachMemory, ReadsReadinessInThePresentQuestion) {
  for (const auto* question :
    {"I slept 5 hours, sore 4 of 5, energy 2, motivation 3 and sleep quality 2: should I train?",
      "dormí 5 horas, agujetas 4 de 5, energía 2, motivación 3, calidad del sueño 2, ¿debería entrenar?"}) {
    const auto told = ask(tom_asks(question));
    ASSERT_EQ(told.what.name, "readiness") << question;
    ASSERT_TRUE(shown<readiness>(told)) << text_of(told);
    EXPECT_NEAR(shown<readiness>(told)->score, (2 + 2 + 2 + 3) / 4.0, 1e-9);
  }
}

TEST(CoachMemory, SaysWhatAFewReadingsDecide) {
  for (const auto* question :
    {"I slept 5 hours and feel sore, should I train?", "he dormido 5 horas y tengo agujetas, ¿debería entrenar?"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_FALSE(shown<readiness>(told));
    const auto text = text_of(told);
    EXPECT_TRUE(text.contains("5 hours of sleep and soreness 3") || text.contains("5 horas de sueño y agujetas 3"))
      << text;
  }
  auto asked = tom_asks("energy 2, motivation 2, sleep quality 2");
  add_exchange(asked, "I slept 4 hours, sore 5, should I train?");
  const auto told = ask(asked);
  EXPECT_EQ(told.what.name, "readiness");
  EXPECT_NEAR(shown<readiness>(told).value().score, (2 + 1 + 2 + 2) / 4.0, 1e-9);
}

TEST(CoachMemory, TakesNoReadinessFromWhatIsDeniedOrAsked) {
  for (const auto* question : {"I'm not sore, should I train today?", "should I train when I'm sore?"})
    EXPECT_FALSE(text_of(ask(tom_asks(question))).contains("soreness 3")) << question;
}

TEST(CoachMemory, ConvertsOnceWithoutChangingTheUnitsOfTheTalk) {
  for (const auto* question : {"what is that in pounds?", "in pounds?", "¿cuánto es eso en libras?"}) {
    const auto converted = text_of(ask(after({"how much should I eat?"}, question)));
    EXPECT_TRUE(converted.contains("176.4 lb") || converted.contains("176,4 lb")) << converted;
    const auto later = text_of(ask(after({"how much should I eat?", question}, "how much protein do I need?")));
    EXPECT_TRUE(later.contains("80 kg")) << question << ": " << later;
  }
}

TEST(CoachMemory, KeepsTheUnitsThatAreWantedFromHereOn) {
  for (const auto* question : {"please use pounds", "from now on in pounds please", "usa libras por favor"}) {
    const auto told = text_of(ask(after({"how much should I eat?", question, "thanks"}, "what's my bmi?")));
    EXPECT_TRUE(told.contains("176.4 lb") || told.contains("176,4 lb")) << question << ": " << told;
  }
  EXPECT_TRUE(text_of(ask(tom_asks("please use pounds"))).contains("rest of this conversation"));
  EXPECT_TRUE(text_of(ask(after({"can I use 20 kg dumbbells?"}, "bench 225 lbs x 5"))).contains("262.5 lb"));
}

}  // namespace
}  // namespace genesis::coach
