#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// The pace that somebody wants to lose or gain at.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::ask;
using test::shown;
using test::tom_asks;

double target_for(const turn& asked) {
  const auto target = shown<energy_target>(ask(asked));
  return target ? target->target_kcal : 0;
}

constexpr double tom_uses_kcal = 2759;

TEST(CoachPace, IsWhatThePlanIsMadeFor) {
  for (const auto* question : {"How much should I eat to lose 0.5 kg per week?",
         "lose 0.5 kg per week, how much should I eat?", "I want to lose half a kilo a week", "lose 500 g a week",
         "I want to lose 5 kg at 0.5 kg per week", "I want to weigh 75 kg, 0.5 kg per week", "lose 4 kg in 8 weeks",
         "¿Cuánto debo comer para perder 0,5 kg por semana?", "perder medio kilo a la semana, ¿cuántas calorías?",
         "perder 0,5 kilos semanales, ¿cuánto como?"})
    EXPECT_NEAR(target_for(tom_asks(question)), tom_uses_kcal - 550, 1e-9) << question;
  EXPECT_NEAR(target_for(tom_asks("lose 0.25 kg a week, how much should I eat?")), tom_uses_kcal - 275, 1e-9);
  EXPECT_NEAR(target_for(tom_asks("quiero perder un kilo al mes")), tom_uses_kcal - 7700 / 30.4, 1e-9);
  EXPECT_NEAR(target_for(tom_asks("gain 0.25 kg a week, how much should I eat?")), tom_uses_kcal + 275, 1e-9);
  EXPECT_NEAR(target_for(tom_asks("lose a pound a week, how much do I eat?")), tom_uses_kcal - 1100 * 0.45359237, 1e-9);
}

TEST(CoachPace, IsTakenFromAFollowUp) {
  auto asked = tom_asks("and at 0.3 kg per week?");
  add_exchange(asked, "How much should I eat to lose weight?");
  EXPECT_NEAR(target_for(asked), tom_uses_kcal - 330, 1e-9);
  asked.question = "why?";
  add_exchange(asked, "and at 0.3 kg per week?");
  EXPECT_TRUE(test::text_of(ask(asked)).contains("minus 330 kcal for your pace = 2,429 kcal"));
  asked.question = "¿cuánta proteína necesito?";
  EXPECT_NE(shown<macro_targets>(ask(asked)), std::nullopt);
}

TEST(CoachPace, IsHeldByTheFloorWithTheReason) {
  auto asked = tom_asks("How much should I eat to lose 0.5 kg per week?");
  asked.person.sex = sex::female;
  asked.person.weight_kg->value = 60;
  asked.person.height_cm = 165;
  asked.person.activity_level = activity_level::sedentary;
  const auto told = ask(asked);
  const auto target = shown<energy_target>(told).value();
  EXPECT_EQ(target.target_kcal, 1200);
  EXPECT_EQ(target.bound_by, "floor");
  EXPECT_TRUE(test::text_of(told).contains("I don't plan below 1,200 kcal")) << test::text_of(told);
}

TEST(CoachPace, IsRefusedWhenALossIsTooFast) {
  for (const auto* question :
    {"how do I lose 2 kg a week", "quiero perder 2 kilos por semana", "lose 5 lbs per week"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_EQ(shown<safety_notice>(told).value().kind, "rapid_weight_loss") << question;
  }
  EXPECT_EQ(target_for(tom_asks("lose 1.2 kg a week, how much should I eat?")), 1500) << "1.5 % a week, and the floor";
}

TEST(CoachPace, IsHeldWhenAGainWouldBeFat) {
  const auto told = ask(tom_asks("quiero ganar 1 kg por semana"));
  EXPECT_NEAR(shown<energy_target>(told).value().target_kcal, tom_uses_kcal + 440, 1e-9) << "0.5 % of 80 kg a week";
  EXPECT_TRUE(test::text_of(told).contains("0,4 kg"));
}

TEST(CoachPace, IsNotWhatElseIsDoneEveryWeek) {
  const auto usual = tom_uses_kcal * 0.8;
  for (const auto* question : {"I run 20 km a week and want to lose 5 kg",
         "I weigh myself once a week, how much should I eat?", "I train 4 times a week and want to lose 5 kg"})
    EXPECT_NEAR(target_for(tom_asks(question)), usual, 1e-9) << question;
  EXPECT_NE(shown<one_rep_max>(ask(tom_asks("I bench 100 kg for 5 and add 2.5 kg a week"))), std::nullopt);
}

}  // namespace
}  // namespace genesis::coach
