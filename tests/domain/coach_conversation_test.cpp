#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"
#include "domain/energy.hpp"
#include "domain/readiness.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

// What holds from one question to the next, and what is beside the point.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::after;
using test::ask;
using test::intent_of;
using test::shown;
using test::tom_asks;

using test::text_of;

TEST(CoachConversation, GoesBackToEnergyForAGoalOrAWeight) {
  for (const auto* question : {"what about to gain muscle?", "and for 90 kg?", "y para ganar musculo?"})
    EXPECT_EQ(
      read_intent(after({"how much should I eat?", "how much water should I drink?"}, question)).name, "energy_target")
      << question;
  const auto told = ask(after({"how much should I eat?", "how much water?"}, "and for 90 kg?"));
  EXPECT_NEAR(
    shown<energy_target>(told).value().resting_kcal, mifflin_st_jeor_kcal(reference_sex::male, 90, 180, 30), 1e-9);
}

TEST(CoachConversation, TellsWhyOfWaterOtherwiseThanWater) {
  const auto plain = text_of(ask(tom_asks("how much water should I drink?")));
  const auto reason = text_of(ask(after({"how much water should I drink?"}, "why?")));
  EXPECT_NE(plain.substr(0, 40), reason.substr(0, 40));
}

TEST(CoachConversation, TakesANewCountForTheSameBar) {
  for (const auto* question : {"and for 8?", "and 8?", "¿y con 8?"}) {
    const auto told = ask(after({"I benched 80 kg for 6"}, question));
    EXPECT_NEAR(shown<one_rep_max>(told).value().kg, 80 * (1 + 8 / 30.0), 1e-9) << question;
  }
}

TEST(CoachConversation, KnowsNothingOfSomebodyElse) {
  const auto his = ask(after({"how much should I eat to lose weight?"}, "and my husband, 85 kg, 40, 180 cm?"));
  EXPECT_FALSE(shown<energy_target>(his)) << "how active he is has not been said";
  ASSERT_TRUE(shown<resting_energy>(his));
  EXPECT_NEAR(shown<resting_energy>(his)->kcal_per_day, mifflin_st_jeor_kcal(reference_sex::male, 85, 180, 40), 1e-9);

  const auto hers =
    ask(tom_asks("¿cuánto debe comer mi mujer? pesa 60 kg, 165 cm, 35 años, sedentaria, para adelgazar"));
  EXPECT_NEAR(
    shown<energy_target>(hers).value().resting_kcal, mifflin_st_jeor_kcal(reference_sex::female, 60, 165, 35), 1);

  const auto own = ask(after({"how much should my wife eat? she weighs 60 kg"}, "how much should I eat?"));
  EXPECT_NEAR(shown<energy_target>(own).value().resting_kcal, 1780, 1e-9);
}

TEST(CoachConversation, DisclaimsNoMoreOnceTheHistoryIsCut) {
  auto asked = tom_asks("How much water?");
  for (int i = 0; i < 10; ++i)
    add_exchange(asked, "How much water?", "About 2.5 litres.");
  EXPECT_TRUE(text_of(ask(asked)).contains("not a doctor"));
  std::int64_t seq = 9;
  for (auto& each : asked.history)
    each.seq = seq++;
  EXPECT_FALSE(text_of(ask(asked)).contains("not a doctor"));
}

TEST(CoachConversation, DisclaimsNumbersOnlyWhereThereAreSome) {
  EXPECT_TRUE(text_of(ask(tom_asks("how much protein?"))).contains("these numbers"));
  const auto without = text_of(ask(tom_asks("I have the flu")));
  EXPECT_TRUE(without.contains("not a doctor"));
  EXPECT_FALSE(without.contains("these numbers"));
}

TEST(CoachConversation, ThanksNobodyForAnOk) {
  EXPECT_FALSE(text_of(ask(tom_asks("ok"))).contains("welcome"));
  EXPECT_FALSE(text_of(ask(after({"¿cuánta agua?"}, "vale"))).contains("De nada"));
}

TEST(CoachConversation, LeavesFoodsAndTechniqueAlone) {
  for (const auto* question : {"how many calories in a banana", "¿cuántas calorías tiene un plátano?",
         "how much protein in 100 g of chicken", "How do I do a squat?", "¿cómo se hace una sentadilla?"})
    EXPECT_EQ(intent_of(question), "out_of_scope") << question;
  for (const auto* question :
    {"how many calories in a day?", "how many calories should I eat in a deficit?", "¿cuántas calorías al día?"})
    EXPECT_EQ(intent_of(question), "energy_target") << question;
}

TEST(CoachConversation, TellsWhatIsBurntAsMaintenance) {
  for (const auto* question : {"How many calories do I burn?", "¿cuántas calorías quemo al día?", "what's my tdee?"}) {
    auto asked = tom_asks(question);
    asked.person.goal = goal::gain_muscle;
    EXPECT_NEAR(shown<energy_target>(ask(asked)).value().target_kcal, 2759, 1e-9) << question;
  }
}

constexpr auto expenditure_questions = std::to_array<const char*>({"How many calories do I burn at rest?",
  "What's my TDEE?", "How many calories do I burn a day?", "How much energy do I use?", "How much do I burn a day?",
  "I want to know my TDEE", "I'd like to know how many calories I burn", "What are my maintenance calories?",
  "What's my maintenance?", "What is my total daily energy expenditure?", "¿Cuántas calorías gasto al día?",
  "¿Cuántas calorías quemo?", "Quiero saber cuántas calorías quemo", "¿Cuál es mi gasto energético total?",
  "¿Cuáles son mis calorías de mantenimiento?", "¿Cuánto gasto al día?"});

TEST(CoachConversation, KnowsTheManyNamesOfWhatIsBurnt) {
  for (const auto* question : expenditure_questions) {
    const auto told = ask(tom_asks(question));
    if (const auto target = shown<energy_target>(told))
      EXPECT_NEAR(target->target_kcal, 2759, 1e-9) << question;
    else
      EXPECT_TRUE(shown<resting_energy>(told)) << question;
  }
}

TEST(CoachConversation, TakesNoAimFromAQuestionOfWhatIsBurnt) {
  for (const auto* question : expenditure_questions)
    for (const auto* then : {"And how much protein?", "And my macros?", "¿Y los macros?", "¿Y cuánta proteína?",
           "And how much should I eat?", "How much protein do I need?", "¿Cuánto debo comer?"}) {
      auto asked = after({question}, then);
      const auto loses = ask(asked);
      EXPECT_FALSE(text_of(loses).contains("maintaining")) << question << ' ' << then;
      EXPECT_FALSE(text_of(loses).contains("mantenerte")) << question << ' ' << then;
      if (const auto macros = shown<macro_targets>(loses))
        EXPECT_EQ(macros->protein_g, 176) << question << ' ' << then;
      else
        EXPECT_NEAR(shown<energy_target>(loses).value().target_kcal, 2759 * 0.8, 1e-9) << question << ' ' << then;
      asked.person.goal = goal::gain_muscle;
      const auto gains = ask(asked);
      if (const auto macros = shown<macro_targets>(gains))
        EXPECT_EQ(macros->protein_g, 160) << question << ' ' << then;
      else
        EXPECT_NEAR(shown<energy_target>(gains).value().target_kcal, 2759 * 1.1, 1e-9) << question << ' ' << then;
      asked.person.goal.reset();
      EXPECT_EQ(shown<profile_gaps>(ask(asked)).value().fields, std::vector<std::string>{"goal"})
        << question << ' ' << then;
    }
}

TEST(CoachConversation, CarriesAnAimThatIsSaid) {
  for (const auto& [question, then] : {std::pair{"How many calories to maintain my weight?", "And how much protein?"},
         std::pair{"What's my TDEE? I want to maintain my weight", "And how much protein?"},
         std::pair{"How much should I eat for maintenance?", "And my macros?"},
         std::pair{"What are my macros for maintenance?", "And how much protein?"},
         std::pair{"¿Cuáles son mis macros de mantenimiento?", "¿Y cuánta proteína?"},
         std::pair{"¿Cuánto debo comer para mantenerme?", "¿Y cuánta proteína?"}})
    EXPECT_EQ(shown<macro_targets>(ask(after({question}, then))).value().protein_g, 144) << question;
  const auto gain = ask(after({"What's my TDEE?", "And to gain muscle?"}, "And how much protein?"));
  EXPECT_EQ(shown<macro_targets>(gain).value().protein_g, 160);
}

TEST(CoachConversation, GoesOnAboutWhatIsBurnt) {
  const auto heavier = ask(after({"What's my TDEE?"}, "and for 90 kg?"));
  EXPECT_NEAR(shown<energy_target>(heavier).value().target_kcal,
    mifflin_st_jeor_kcal(reference_sex::male, 90, 180, 30) * 1.55, 1e-9);
  EXPECT_NEAR(
    shown<energy_target>(ask(after({"¿Cuántas calorías gasto al día?"}, "¿por qué?"))).value().target_kcal, 2759, 1e-9);
}

TEST(CoachConversation, TellsWhatIsBurntBesideAWishAndKeepsIt) {
  const auto burnt = ask(after({"I want to lose half a kilo a week", "thanks"}, "What's my TDEE?"));
  EXPECT_NEAR(shown<energy_target>(burnt).value().target_kcal, 2759, 1e-9);
  EXPECT_FALSE(text_of(burnt).contains("0.5 kg")) << text_of(burnt);
  for (const auto* then : {"And how much should I eat?", "How much should I eat?"})
    EXPECT_NEAR(shown<energy_target>(ask(after({"I want to lose half a kilo a week", "What's my TDEE?"}, then)))
                  .value()
                  .target_kcal,
      2759 - 550, 1e-9)
      << then;
}

TEST(CoachConversation, ComesBackFromSomebodyElseWithWhatWasSaidOfOneself) {
  const auto hers = "and my wife, 60 kg, 165 cm, 35?";
  auto asked = after({"I'm pregnant", "how much should I eat?", hers}, "how much should I eat?");
  asked.person.sex = sex::female;
  EXPECT_EQ(shown<safety_notice>(ask(asked)).value().kind, "pregnancy");
  asked = after({"I make myself throw up", "how much protein?", hers}, "how much should I eat?");
  EXPECT_EQ(shown<safety_notice>(ask(asked)).value().kind, "eating_disorder");
}

TEST(CoachConversation, DoesNotContinueALiftWithTheWeightOfTheBody) {
  EXPECT_EQ(read_intent(after({"I benched 80 kg for 6"}, "my weight is 77 kg today")).name, "progress_log");
  EXPECT_EQ(read_intent(after({"hice banca 80 kg x 6"}, "hoy peso 77 kg")).name, "progress_log");
}

TEST(CoachConversation, TakesAStatedIllnessForAMedicalMatter) {
  for (const auto* question : {"tengo insuficiencia renal", "I have kidney disease", "I'm on insulin"})
    EXPECT_EQ(intent_of(question), "medical_question") << question;
}

TEST(CoachConversation, PointsToProgressForWhatItCannotWrite) {
  for (const auto* question :
    {"my weight is 77 kg today", "log 77 kg", "What's the trend of my hips?", "change my goal to gain muscle",
      "registra 77 kg", "hoy peso 77 kg", "cambia mi objetivo a ganar músculo", "¿cómo va la tendencia de mi cadera?"})
    EXPECT_EQ(intent_of(question), "progress_log") << question;
  EXPECT_EQ(intent_of("my weight is 77 kg, how much should I eat?"), "energy_target");
  EXPECT_EQ(intent_of("When will I reach 75 kg?"), "energy_target");
  EXPECT_EQ(intent_of("This workout is killing me"), "readiness");
}

TEST(CoachConversation, NamesTheFormulaOfReadinessAndOfWhatItIsTheLevel) {
  auto asked = tom_asks("should I train today?");
  const auto add = [&](progress_metric metric, double value) {
    progress_record record;
    record.metric = metric;
    record.value = value;
    record.recorded_at = asked.now - std::chrono::hours{1};
    asked.records.push_back(record);
  };
  add(progress_metric::sleep_quality, 5);
  add(progress_metric::sleep_hours, 8);
  add(progress_metric::soreness, 1);
  add(progress_metric::energy, 4);
  add(progress_metric::motivation, 3);
  const auto told = ask(asked);
  EXPECT_EQ(shown<readiness>(told).value().level, "low_fatigue");
  const auto shows_formula = [](const step& each) {
    const auto* it = std::get_if<shows>(&each);
    return it != nullptr && std::ranges::find(it->artifact.sources, readiness_source()) != it->artifact.sources.end();
  };
  EXPECT_TRUE(std::ranges::any_of(told.steps, shows_formula));
}

/// Weights on days before now, oldest first.
turn weighed(std::initializer_list<std::pair<int, double>> days, std::string question) {
  auto asked = tom_asks(std::move(question));
  for (const auto& [ago, kg] : days) {
    progress_record record;
    record.metric = progress_metric::weight_kg;
    record.value = kg;
    record.recorded_at = asked.now - std::chrono::days{ago};
    asked.records.push_back(record);
  }
  return asked;
}

TEST(CoachConversation, RestsNothingOnAPaceThatMayBeNone) {
  for (const auto* question : {"How is my weight going?", "¿cómo va mi peso?"}) {
    const auto told = ask(weighed({{24, 100}, {5, 77.5}, {0, 78}}, question));
    const auto trend = shown<weight_trend>(told).value();
    ASSERT_TRUE(trend.low < 0 && trend.high > 0);
    EXPECT_FALSE(shown<safety_notice>(told)) << question;
    EXPECT_FALSE(text_of(told).contains("kcal")) << question;
  }
  const auto fast = ask(weighed({{21, 90}, {14, 86}, {7, 82}, {0, 78}}, "How is my weight going?"));
  EXPECT_EQ(shown<safety_notice>(fast).value().kind, "rapid_weight_loss");
}

}  // namespace
}  // namespace genesis::coach
