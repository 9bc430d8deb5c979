#include "domain/coach/intent.hpp"
#include "domain/energy.hpp"
#include "domain/readiness.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// Replies to what the coach asked.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::ask;
using test::shown;
using test::text_of;

/// Somebody of whom nothing is known, who asks one thing after another.
class newcomer {
public:
  explicit newcomer(unit_system units = unit_system::metric) {
    asked_.now = test::coach_now();
    asked_.person.units = units;
  }

  /// The answer to the next question, which then is part of the conversation.
  reply says(const std::string& question) {
    asked_.question = question;
    auto told = ask(asked_);
    add_exchange(asked_, question, text_of(told));
    return told;
  }
  /// The same behind all of them.
  reply says(std::initializer_list<const char*> questions) {
    reply last;
    for (const auto* question : questions)
      last = says(std::string{question});
    return last;
  }

  [[nodiscard]] user& person() { return asked_.person; }

private:
  turn asked_;
};

std::vector<std::string> missing(const reply& told) {
  const auto gaps = shown<profile_gaps>(told);
  return gaps ? gaps->fields : std::vector<std::string>{};
}

constexpr auto woman = reference_sex::female;

TEST(CoachAnswers, AreUnderstoodByWhatWasAskedOneByOne) {
  newcomer ana;
  ana.says("how much should I eat?");
  EXPECT_EQ(
    missing(ana.says("36")), (std::vector<std::string>{"sex", "height_cm", "weight_kg", "activity_level", "goal"}));
  EXPECT_EQ(missing(ana.says("woman")), (std::vector<std::string>{"height_cm", "weight_kg", "activity_level", "goal"}));
  EXPECT_EQ(missing(ana.says("170")), (std::vector<std::string>{"weight_kg", "activity_level", "goal"}));
  EXPECT_EQ(missing(ana.says("68")), (std::vector<std::string>{"activity_level", "goal"}));
  EXPECT_EQ(missing(ana.says("moderately active")), (std::vector<std::string>{"goal"}));
  const auto target = shown<energy_target>(ana.says("lose weight"));
  ASSERT_TRUE(target);
  EXPECT_NEAR(target->target_kcal, mifflin_st_jeor_kcal(woman, 68, 170, 36) * 1.55 * 0.8, 1e-9);

  newcomer eva;
  eva.says("¿cuánto debo comer?");
  const auto objetivo = shown<energy_target>(eva.says({"36", "mujer", "1,70", "68", "moderada", "perder peso"}));
  ASSERT_TRUE(objetivo);
  EXPECT_NEAR(objetivo->target_kcal, mifflin_st_jeor_kcal(woman, 68, 170, 36) * 1.55 * 0.8, 1e-9);
}

TEST(CoachAnswers, AreUnderstoodSeveralInOneLine) {
  for (const auto* line :
    {"36, woman, 170, 68, moderately active, lose weight", "36 female 1.70 and 68 kg, moderate, lose",
      "woman, 36, 170 cm, 68 kilos, I train 3 days a week and want to lose weight",
      "36, mujer, 1,70 y 68 kg, moderadamente activa, adelgazar",
      "mujer de 36, mido 170 y peso 68, moderada, perder"}) {
    newcomer ana;
    ana.says("how many calories should I eat?");
    const auto target = shown<energy_target>(ana.says(std::string{line}));
    ASSERT_TRUE(target) << line;
    EXPECT_NEAR(target->target_kcal, mifflin_st_jeor_kcal(woman, 68, 170, 36) * 1.55 * 0.8, 1e-9) << line;
  }
}

TEST(CoachAnswers, AreTakenInTheUnitsOfThePerson) {
  newcomer joe{unit_system::imperial};
  joe.says("how much should I eat?");
  const auto target = shown<energy_target>(joe.says("40, man, 5 11, 170, sedentary, maintain"));
  ASSERT_TRUE(target);
  EXPECT_NEAR(
    target->resting_kcal, mifflin_st_jeor_kcal(reference_sex::male, 170 * 0.45359237, 5 * 30.48 + 11 * 2.54, 40), 1e-9);
}

TEST(CoachAnswers, AreForTheTopicThatAsked) {
  newcomer ana;
  EXPECT_EQ(missing(ana.says("what's my bmi?")), (std::vector<std::string>{"height_cm", "weight_kg"}));
  EXPECT_TRUE(text_of(ana.says("1.70 and 68 kg")).contains("23.5"));

  newcomer zones;
  zones.says("what are my heart rate zones?");
  EXPECT_NEAR(shown<heart_rate_zones>(zones.says("36")).value().max_bpm, 208 - 0.7 * 36, 1e-9);

  newcomer water;
  water.says("¿cuánta agua debo beber?");
  EXPECT_EQ(shown<water_target>(water.says("mujer")).value().litres, 2.0);

  newcomer protein;
  protein.says("how much protein do I need?");
  const auto told = protein.says("70 kg, gain muscle");
  EXPECT_EQ(told.what.name, "protein");
  EXPECT_TRUE(missing(told).empty());
}

TEST(CoachAnswers, AreRefusedByTheBoundAndAskedForAgain) {
  newcomer ana;
  ana.person() = test::tom_asks("").person;
  ana.person().date_of_birth.reset();
  ana.says("how much should I eat?");
  auto told = ana.says("250");
  EXPECT_FALSE(shown<energy_target>(told));
  EXPECT_TRUE(text_of(told).contains("250 years is outside")) << text_of(told);
  EXPECT_TRUE(text_of(told).contains("How old are you?")) << text_of(told);
  told = ana.says("30");
  ASSERT_TRUE(shown<energy_target>(told)) << text_of(told);
  EXPECT_NEAR(shown<energy_target>(told)->resting_kcal, 1780, 1e-9);

  newcomer eva;
  eva.says({"¿cuál es mi IMC?", "170"});
  told = eva.says("900");
  EXPECT_TRUE(text_of(told).contains("¿Cuánto pesas?")) << text_of(told);
  EXPECT_TRUE(text_of(eva.says("68")).contains("23,5"));
}

TEST(CoachAnswers, AreRefusedWithTheirUnitToo) {
  newcomer ana;
  ana.says("what's my bmi?");
  const auto told = ana.says("1.70 and 680 kg");
  EXPECT_TRUE(text_of(told).contains("680 kg is outside")) << text_of(told);
  EXPECT_TRUE(text_of(told).contains("How much do you weigh?"));
  EXPECT_TRUE(text_of(ana.says("68")).contains("23.5"));
}

TEST(CoachAnswers, AreTakenAtTheBoundAndNotPastIt) {
  for (const auto& [text, is_taken] :
    {std::pair{"500", true}, std::pair{"501", false}, std::pair{"20", true}, std::pair{"19", false}}) {
    newcomer ana;
    ana.says({"what's my bmi?", "170"});
    EXPECT_EQ(missing(ana.says(text)).empty(), is_taken) << text;
  }
}

TEST(CoachAnswers, AreAskedForOneQuestionWhenOneThingIsMissing) {
  newcomer tom;
  tom.person() = test::tom_asks("").person;
  tom.person().activity_level.reset();
  EXPECT_TRUE(text_of(tom.says("how much should I eat?")).contains("How active are you"));
  EXPECT_NEAR(shown<energy_target>(tom.says("3")).value().activity_factor, 1.55, 1e-9) << "days a week";
  EXPECT_TRUE(text_of(tom.says("not very active")).contains("light activity"));
}

TEST(CoachAnswers, MayFollowTheGreeting) {
  newcomer eva;
  eva.says("hola");
  const auto told = eva.says("41, hombre, 1,78, 82 kg, entreno 3 días por semana, ganar músculo");
  EXPECT_EQ(told.what.name, "profile_gaps");
  EXPECT_TRUE(missing(told).empty()) << text_of(told);
  EXPECT_NEAR(shown<energy_target>(eva.says("¿cuánto debo comer?")).value().target_kcal,
    mifflin_st_jeor_kcal(reference_sex::male, 82, 178, 41) * 1.55 * 1.1, 1e-9);
}

TEST(CoachAnswers, HoldForTheRestOfTheConversation) {
  newcomer ana;
  ana.says({"how much should I eat?", "36, woman, 170, 68, moderately active", "half a kilo a week", "thanks"});
  const auto told = ana.says("how much protein do I need?");
  EXPECT_TRUE(missing(told).empty()) << text_of(told);
  EXPECT_TRUE(text_of(told).contains("68 kg"));
}

TEST(CoachAnswers, AreAskedForAgainWhenNothingCanBeRead) {
  for (const auto& [question, reply] :
    {std::pair{"how much should I eat?", "I don't know"}, std::pair{"¿cuánto debo comer?", "no lo sé"}}) {
    newcomer ana;
    ana.says(std::string{question});
    const auto told = ana.says(std::string{reply});
    EXPECT_EQ(missing(told).size(), 6u) << reply;
    EXPECT_TRUE(text_of(told).contains("rough guess") || text_of(told).contains("aproximación")) << text_of(told);
    EXPECT_EQ(missing(ana.says("36")).size(), 5u) << "the question is still open";
  }
  newcomer poet;
  poet.says("how much should I eat?");
  EXPECT_EQ(poet.says("tell me a joke").what.name, "out_of_scope");
}

TEST(CoachAnswers, MayBeHoursAndRatingsInOrder) {
  newcomer ana;
  ana.says("should I train today?");
  const auto told = shown<readiness>(ana.says("4, 7 hours, 2, 3, 4"));
  ASSERT_TRUE(told);
  EXPECT_NEAR(told->score, (4 + 4 + 3 + 4) / 4.0, 1e-9);
}

/// A number that stands there twice is said twice.
TEST(CoachAnswers, MayHaveTheSameNumberTwice) {
  newcomer ana;
  ana.says("should I train today?");
  const auto told = shown<readiness>(ana.says("5 hours, 5, 3, 2, 4"));
  ASSERT_TRUE(told);
  newcomer eva;
  eva.says("should I train today?");
  const auto named = shown<readiness>(eva.says("5 hours of sleep, quality 5, soreness 3, energy 2, motivation 4"));
  ASSERT_TRUE(named);
  EXPECT_EQ(told->score, named->score);

  newcomer old;
  old.says("how many calories should I eat?");
  const auto target = shown<energy_target>(old.says("70, male, 170, 70, sedentary, maintain"));
  ASSERT_TRUE(target) << "seventy years and seventy kilograms";
}

TEST(CoachAnswers, AreNoAnswersWhereNothingWasAsked) {
  for (const auto* text : {"36", "woman", "170"})
    EXPECT_EQ(read_intent(test::after({"how much should I eat?"}, text)).name, "out_of_scope") << text;
  newcomer ana;
  ana.says("how much should I eat?");
  ana.says("thanks");
  EXPECT_EQ(ana.says("36").what.name, "out_of_scope") << "the coach asked before, not last";
}

TEST(CoachAnswers, LeaveSafetyAndOtherQuestionsFirst) {
  newcomer ana;
  ana.says("how much should I eat?");
  EXPECT_EQ(ana.says("36, and my chest hurts and my left arm is numb").what.name, "emergency");
  newcomer eva;
  eva.says("how much should I eat?");
  EXPECT_EQ(eva.says("I'm 36, how much water should I drink?").what.name, "water");
  newcomer joe;
  joe.says("how much should I eat?");
  EXPECT_EQ(joe.says("I have the flu").what.name, "illness");
  newcomer kid;
  kid.says("how much should I eat?");
  const auto told = kid.says("12, girl, 150, 45, active, lose weight");
  EXPECT_FALSE(shown<energy_target>(told));
  EXPECT_TRUE(shown<safety_notice>(told)) << text_of(told);
}

}  // namespace
}  // namespace genesis::coach
