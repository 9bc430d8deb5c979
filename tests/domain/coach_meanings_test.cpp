#include "domain/coach/understanding.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// What a goal or a weight in a sentence is not: wanted, of today, of the person who asks.

namespace genesis::coach {
namespace {

using test::after;
using test::ask;
using test::shown;
using test::text_of;
using test::tom_asks;

understanding heard(const char* question) {
  return understand(tom_asks(question));
}

TEST(CoachMeanings, TakeNoGoalThatIsNotWanted) {
  for (const auto* question :
    {"I don't want to lose weight, I want to gain", "I don't want to lose weight, I want to gain muscle",
      "I'm not trying to lose weight, I want to bulk", "I want to gain weight, not lose weight",
      "I want to gain weight instead of losing weight", "no quiero perder peso, quiero ganar",
      "no quiero adelgazar, quiero ganar músculo", "quiero subir de peso, no bajar de peso",
      "en vez de perder peso quiero ganar músculo", "no quiero perder peso sino ganar"}) {
    const auto found = heard(question);
    EXPECT_EQ(found.person.goal, goal::gain_muscle) << question;
    EXPECT_EQ(found.told.goal, goal::gain_muscle) << question;
  }
  for (const auto* question :
    {"I don't want to lose weight, how much should I eat?", "I don't want to lose 5 kg, how much should I eat?",
      "I do not want to lose weight", "I no longer want to lose weight", "no quiero perder peso, ¿cuánto debo comer?",
      "ya no quiero adelgazar, ¿cuánto como?", "I don't want to lose any more weight, how much should I eat?"}) {
    const auto found = heard(question);
    EXPECT_EQ(found.person.goal, goal::maintain) << question;
    EXPECT_FALSE(found.said.change_kg) << question;
  }
  const auto later =
    understand(after({"I don't want to lose weight, I want to gain", "thanks"}, "how much should I eat?"));
  EXPECT_EQ(later.person.goal, goal::gain_muscle);
}

TEST(CoachMeanings, KeepAGoalBesideADenial) {
  for (const auto* question :
    {"I don't want to gain weight, how much should I eat?", "I want to lose weight without losing muscle",
      "I don't want to lose muscle, how much should I eat?", "I can't lose weight, how much should I eat?",
      "I'm not losing weight, how much should I eat?", "I don't want to lose weight too fast, how much should I eat?",
      "I don't just want to lose weight, I want to sleep", "no quiero perder músculo, ¿cuánto como?",
      "no consigo perder peso, ¿cuánto como?"})
    EXPECT_EQ(heard(question).person.goal, goal::lose_weight) << question;
}

TEST(CoachMeanings, TakeAWeightToComeForATarget) {
  for (const auto& [question, kg] :
    {std::pair{"how long until I'm 70 kg?", 70.0}, std::pair{"how long until I weigh 65 kg?", 65.0},
      std::pair{"how long until I'm 70?", 70.0}, std::pair{"how long until I'm 165 lbs?", 74.842741},
      std::pair{"when will I be 70 kg?", 70.0}, std::pair{"when will I weigh 70?", 70.0},
      std::pair{"how soon can I be 70 kg?", 70.0}, std::pair{"how long to 70 kg?", 70.0},
      std::pair{"¿cuánto tardaré en pesar 70 kg?", 70.0}, std::pair{"¿cuándo pesaré 70 kg?", 70.0},
      std::pair{"¿cuánto falta hasta que pese 70 kg?", 70.0}, std::pair{"¿cuánto tiempo hasta los 70 kilos?", 70.0}}) {
    const auto found = heard(question);
    EXPECT_NEAR(found.said.goal_weight_kg.value_or(0), kg, 1e-4) << question;
    EXPECT_FALSE(found.said.weight_kg) << question;
    EXPECT_FALSE(found.said.age_years) << question;
    EXPECT_EQ(found.what, topic::energy_target) << question;
    EXPECT_EQ(found.person.weight_kg->value, 80) << question;
  }
  const auto text = text_of(ask(tom_asks("how long until I'm 70 kg?")));
  EXPECT_TRUE(text.contains("10 kg") && text.contains("weeks")) << text;
  EXPECT_FALSE(text.contains("log it")) << text;
}

TEST(CoachMeanings, TakeNoWeightOfThePastForThatOfToday) {
  for (const auto* question : {"I used to weigh 110 kg. How much should I eat?",
         "I used to be 110 kg, how much should I eat?", "I weighed 110 kg last year, how much should I eat?",
         "a year ago I weighed 110 kg, how much should I eat?", "last summer, I weighed 110 kg. How much should I eat?",
         "I was 110 kg in 2019. How much should I eat?", "I was 110 kg, how much should I eat?",
         "I started at 110 kg, how much should I eat?", "I've lost 30 kg, how much should I eat?",
         "I'm down from 110 kg, how much should I eat?", "hace un año pesaba 90 kg, ¿cuánto como?",
         "antes pesaba 110, ¿cuánto debo comer?", "llegué a pesar 110 kilos, ¿cuánto como?",
         "solía pesar 110 kg. ¿Cuánto debo comer?", "el año pasado pesé 110 kg, ¿cuánto como?",
         "he perdido 30 kg, ¿cuánto debo comer?", "when I was 20 I weighed 60 kg, how much should I eat?"}) {
    const auto found = heard(question);
    EXPECT_EQ(found.person.weight_kg->value, 80) << question;
    EXPECT_FALSE(found.told.weight_kg) << question;
    EXPECT_FALSE(found.said.goal_weight_kg) << question;
    EXPECT_EQ(found.what, topic::energy_target) << question;
  }
}

TEST(CoachMeanings, KeepAWeightOfToday) {
  for (const auto* question : {"I weigh 77 kg, last year I weighed 90 kg", "I weighed 77 kg this morning",
         "I used to weigh 110 kg, now I weigh 77 kg", "I went from 110 kg to 77 kg, how much should I eat?",
         "I'm 77 kg now, down from 90 kg", "I was 77 kg yesterday", "ayer pesé 77 kg",
         "antes pesaba 90 kg y ahora peso 77 kg", "I weigh 77 kg more or less", "peso 77 kg más o menos",
         "I weigh 77 kg and want to get to 70 kg", "if I weighed 77 kg, how much should I eat?", "my weight was 77 kg",
         "hoy he pesado 77 kg"})
    EXPECT_EQ(heard(question).said.weight_kg, 77) << question;
}

TEST(CoachMeanings, TakeAWeightThatIsTriedForForATarget) {
  for (const auto* question : {"I've been trying to get down to 70 kg", "I was hoping to reach 70 kg"})
    EXPECT_EQ(heard(question).said.goal_weight_kg, 70) << question;
}

TEST(CoachMeanings, TakeNoDifferenceForAWeight) {
  for (const auto* question :
    {"I'm 5 kg heavier than last month", "I'm 30 kg heavier than at school", "I'm 25 kg lighter than last year",
      "I weigh 5 kg more than last month", "I'm down 25 kg", "I'm 5 kg over my goal", "peso 5 kg más que el mes pasado",
      "peso 25 kilos menos que hace un año", "estoy 5 kg por encima", "tengo 5 kilos de más"}) {
    const auto found = heard(question);
    EXPECT_FALSE(found.said.weight_kg) << question;
    EXPECT_TRUE(found.said.impossible.empty()) << question;
  }
  EXPECT_EQ(heard("I'm 5 kg heavier than last month").what, topic::weight_trend);
  EXPECT_EQ(heard("peso 5 kg más que el mes pasado").what, topic::weight_trend);
  EXPECT_EQ(heard("I want to be 5 kg lighter").said.change_kg, -5);
}

TEST(CoachMeanings, TakeNothingOfSomebodyElseForOnesOwn) {
  for (const auto* question :
    {"My wife weighs 60 kg. How much should I eat?", "my wife weighs 60 kg, how much should I eat?",
      "My husband is 45, 190 cm, 95 kg and active. How much should I eat?",
      "My little sister is 13 and weighs 40 kg, how much should I eat?",
      "my dad is 180 lbs and 5'8\". What should I eat?", "mi marido pesa 90 kg. ¿Cuánto debo comer yo?",
      "mi mujer pesa 60 kg, ¿cuánto debo comer?",
      "mi madre tiene 70 años, mide 160 cm y pesa 55 kg. ¿Cuánto debo comer yo?",
      "My wife is pregnant. How much should I eat?", "mi mujer está embarazada, ¿cuánto debo comer?"}) {
    const auto found = heard(question);
    EXPECT_EQ(found.what, topic::energy_target) << question;
    EXPECT_EQ(found.person.weight_kg->value, 80) << question;
    EXPECT_EQ(found.person.height_cm, 180) << question;
    EXPECT_EQ(found.person.sex, sex::male) << question;
    EXPECT_EQ(found.person.activity_level, activity_level::moderate) << question;
    EXPECT_FALSE(found.said.age_years) << question;
    EXPECT_FALSE(found.said.is_pregnant) << question;
    EXPECT_FALSE(found.said.about) << question;
  }
}

TEST(CoachMeanings, KeepOnesOwnBesideSomebodyElses) {
  for (const auto* question : {"I weigh 77 kg and my wife is 60 kg. How much should I eat?",
         "my wife weighs 60 kg and I weigh 77 kg, how much should I eat?", "I train with my wife, I weigh 77 kg",
         "my friend says I weigh 77 kg", "my wife is 60 kg. My weight is 77 kg, how much should I eat?",
         "mi marido pesa 90 kg y yo peso 77 kg, ¿cuánto debo comer?", "peso 77 kg y mi marido pesa 90, ¿cuánto como?"})
    EXPECT_EQ(heard(question).said.weight_kg, 77) << question;
  const auto pregnant = heard("my husband weighs 90 kg and I'm pregnant, how much should I eat?");
  EXPECT_TRUE(pregnant.said.is_pregnant);
  EXPECT_FALSE(heard("my mother is on insulin. How much should I eat?").said.uses_insulin);
  EXPECT_TRUE(heard("my friend has anorexia. How much should I eat?").said.has_eating_disorder);
  EXPECT_EQ(heard("he dormido 5 horas, ¿entreno hoy?").said.sleep_hours, 5);
  EXPECT_EQ(heard("my daughter weighs 45 kg, how much should she eat?").said.weight_kg, 45);
}

}  // namespace
}  // namespace genesis::coach
