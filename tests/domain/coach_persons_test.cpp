#include "domain/coach/understanding.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// Who a question is about, and where a loss would lead them.

namespace genesis::coach {
namespace {

using test::ask;
using test::tom_asks;
using test::warns_of;

understanding heard(const char* question) {
  return understand(tom_asks(question));
}

TEST(CoachPersons, TellTheirSexAndAgeInOneBreath) {
  for (const auto* question :
    {"I'm a 36-year-old woman, how much should I eat?", "36 year old woman, how many calories?",
      "As a woman of 36, how much should I eat?", "I'm 36F, how much should I eat?", "36F, 70 kg: how many calories?",
      "Female, 36, 180 cm: how much should I eat?", "how much should I eat? 36 yo woman", "36 female, how much to eat?",
      "Mujer, 36, 1.65 m, 70 kg: ¿cuánto debo comer?", "soy una mujer de 36, ¿cuánto debo comer?",
      "chica de 36, ¿cuánto debo comer?"}) {
    const auto said = heard(question).said;
    EXPECT_EQ(said.sex, sex::female) << question;
    EXPECT_EQ(said.age_years, 36) << question;
  }
  for (const auto* question : {"I'm a 36-year-old man, how much should I eat?", "36 year old man, how many calories?",
         "As a man of 36, how much should I eat?", "I'm 36M, how much should I eat?",
         "Male, 36, 180 cm, how many calories?", "M, 36, 180 cm, how many calories?",
         "Hombre, 36, 1.80 m, 80 kg: ¿cuánto debo comer?"}) {
    const auto said = heard(question).said;
    EXPECT_EQ(said.sex, sex::male) << question;
    EXPECT_EQ(said.age_years, 36) << question;
  }
  const auto all = heard("Mujer, 30, 1.65 m, 70 kg: ¿cuánto debo comer?").said;
  EXPECT_EQ(all.height_cm, 165);
  EXPECT_EQ(all.weight_kg, 70);
  for (const auto* question : {"60m, 100m and 200m sprints: which first?", "it's 95F outside, how much water?",
         "I ran 30 m today", "I did 20 reps", "I'm 1.80 m"}) {
    const auto said = heard(question).said;
    EXPECT_FALSE(said.age_years) << question;
    EXPECT_FALSE(said.sex) << question;
  }
}

TEST(CoachPersons, HaveTheFloorOfTheirSex) {
  EXPECT_EQ(heard("I'm a 36-year-old woman. Can I eat 1300 kcal a day?").what, topic::energy_target);
  EXPECT_EQ(heard("Can I eat 1300 kcal a day?").what, topic::unsafe_target);
}

TEST(CoachPersons, MayBeAChildOrAParentOfWhoAsks) {
  for (const auto* question :
    {"my daughter is 13, female, 160 cm, 60 kg, sedentary: how much should she eat to lose weight?",
      "My daughter is 13 and weighs 60 kg. How much should she eat to lose weight?",
      "I worry: my son is 12, 150 cm, 60 kg, how much should he eat to lose weight?",
      "my 13-year-old daughter weighs 60 kg, how much should she eat to lose weight?",
      "mi hija tiene 13 años, 160 cm, 60 kg, ¿cuánto debe comer para perder peso?",
      "mi hija de 13, 60 kg, ¿cuánto debe comer para perder peso?"})
    EXPECT_TRUE(warns_of(ask(tom_asks(question)), "underage")) << question;
  const auto mother = heard("my mother is 60, 160 cm, 70 kg, sedentary. How much should she eat?");
  EXPECT_EQ(mother.said.age_years, 60);
  EXPECT_EQ(mother.person.sex, sex::female);
  const auto own = heard("my dad is 60 and had a stroke years ago, how much should I eat?");
  EXPECT_FALSE(own.said.about);
  EXPECT_FALSE(own.said.age_years);
}

turn light_one_asks(std::string question) {
  auto asked = tom_asks(std::move(question));
  asked.person.height_cm = 170;
  asked.person.weight_kg->value = 55;
  return asked;
}

TEST(CoachPersons, AreNotLedIntoUnderweightByAnAmount) {
  for (const auto* question : {"I'd like to lose 10 kg, how much should I eat?", "how do I lose 5 kg?",
         "quiero perder 10 kilos, ¿cuánto debo comer?", "I want to lose 12 pounds", "I want a BMI of 16",
         "quiero un IMC de 16", "how do I get to a BMI of 17?", "I want to lose 5 more", "quiero perder otros 5"}) {
    const auto told = ask(light_one_asks(question));
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_TRUE(warns_of(told, "underweight")) << question;
  }
  EXPECT_TRUE(warns_of(ask(light_one_asks("I weigh 42 kg and want to lose 5 more")), "underweight"));
  auto going_on = light_one_asks("and if I train more?");
  test::add_exchange(going_on, "I'd like to lose 10 kg, how much should I eat?");
  EXPECT_TRUE(warns_of(ask(going_on), "underweight"));
  auto unknown = light_one_asks("I want a BMI of 16");
  unknown.person.height_cm.reset();
  EXPECT_TRUE(warns_of(ask(unknown), "underweight"));
  for (const auto* question :
    {"I'd like to lose 1 kg, how much should I eat?", "I want a BMI of 22", "my BMI is 19", "what is a BMI of 16?"})
    EXPECT_FALSE(warns_of(ask(light_one_asks(question)), "underweight")) << question;
  EXPECT_FALSE(warns_of(ask(tom_asks("I'd like to lose 10 kg, how much should I eat?")), "underweight"));
}

TEST(CoachPersons, ReadTheSameMealsInTextAndPlan) {
  const auto told = ask(tom_asks("how much protein do I need?"));
  const auto text = test::text_of(told);
  bool has_plan = false;
  for (const auto& step : told.steps)
    if (const auto* shown = std::get_if<shows>(&step))
      if (const auto* macros = std::get_if<macro_targets>(&shown->artifact.data)) {
        has_plan = true;
        for (const auto& meal : macros->per_meal)
          EXPECT_TRUE(text.contains(std::to_string(static_cast<int>(meal.protein_g)) + " g")) << text;
      }
  EXPECT_TRUE(has_plan);
  EXPECT_FALSE(text.contains("each time"));
}

}  // namespace
}  // namespace genesis::coach
