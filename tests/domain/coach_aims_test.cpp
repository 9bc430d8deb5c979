#include "domain/coach/aims.hpp"
#include "domain/coach/intent.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// Aims that harm whoever has them, in the words people use, and near misses that are none.

namespace genesis::coach {
namespace {

using test::ask;
using test::intent_of;
using test::tom_asks;

std::optional<safety_kind> harm_in(std::string_view question) {
  return harm_of(read_aims(fold(question)));
}

/// The kinds of the notices that the answer shows.
std::vector<std::string> notices_for(const std::string& question) {
  std::vector<std::string> kinds;
  for (const auto& step : ask(tom_asks(question)).steps)
    if (const auto* each = std::get_if<shows>(&step))
      if (const auto* notice = std::get_if<safety_notice>(&each->artifact.data))
        kinds.push_back(notice->kind);
  return kinds;
}

void expect_refused(std::initializer_list<const char*> questions, safety_kind kind) {
  for (const auto* question : questions) {
    EXPECT_EQ(harm_in(question), kind) << question;
    EXPECT_EQ(intent_of(question), "unsafe_target") << question;
    EXPECT_EQ(notices_for(question), std::vector{std::string{name_of(kind)}}) << question;
  }
}

void expect_fine(std::initializer_list<const char*> questions) {
  for (const auto* question : questions) {
    EXPECT_EQ(harm_in(question), std::nullopt) << question;
    EXPECT_NE(intent_of(question), "unsafe_target") << question;
  }
}

TEST(CoachAims, RefuseLosingWeightAsWater) {
  expect_refused(
    {"should I use a sauna suit to lose weight?", "how do I sweat off 3 kg before my weigh-in?",
      "is a sweat suit good for fat loss", "can I lose weight in the sauna?", "sweat it off",
      "I'll run in trash bags to make weight", "I want to cut water before the fight", "how do I do a water cut",
      "how do I cut 10 lbs of water", "quiero perder 5 kilos de agua para la pelea", "lose 3 kg of water weight fast",
      "dehydrate myself to make weight", "should I stop drinking water before my weigh in",
      "I won't drink anything for 2 days", "can I go 3 days without water", "traje de sauna para adelgazar",
      "quiero sudar 3 kilos", "perder peso sudando", "correr con bolsas de plástico para sudar",
      "¿cómo hago un corte de agua?", "dejar de beber agua antes del pesaje", "no beber agua durante dos días",
      "quiero deshidratarme para dar el peso", "una faja de sudoración para perder barriga"},
    safety_kind::rapid_weight_loss);
}

TEST(CoachAims, LeaveSweatSaunasAndThirstOfEveryDayAlone) {
  expect_fine({"is the sauna good for recovery?", "I sweat a lot, how much should I drink?",
    "I sweat 2 kg in training, how much should I drink?", "should I stop drinking water before bed?",
    "I don't drink enough water, how much do I need?", "I don't drink alcohol, how much water do I need?",
    "I don't use a sauna suit, how much should I eat?", "why did I lose 2 kg of water weight?",
    "I keep my meals in plastic bags, how much protein?", "my doctor says to limit fluids, how much water?",
    "I only drink water, no soda: how much do I need?", "sudo mucho, ¿cuánta agua bebo?",
    "¿la sauna es buena para recuperar?", "no bebo suficiente agua, ¿cuánta necesito?",
    "¿debo dejar de beber agua antes de dormir?"});
}

TEST(CoachAims, RefuseTooMuchWater) {
  expect_refused(
    {"should I drink 10 litres of water a day?", "I drink 10 liters of water every day", "I want to drink 10 l per day",
      "can I drink 3 gallons of water a day?", "drink 4 litres of water in an hour",
      "ten litres of water daily, is it good?", "40 glasses of water a day", "¿puedo beber 10 litros de agua al día?",
      "bebo diez litros diarios de agua", "quiero tomar 12 litros de agua por día", "beber 3 litros en una hora"},
    safety_kind::excess_water);
  expect_fine({"should I drink 3 litres of water a day?", "is 10 glasses of water a day enough?",
    "I drink 10 litres of water a week", "a gallon of water a day, is it too much?", "drink 4 litres over 8 hours",
    "I lost 7 litres of sweat in the race, how much should I drink?", "half a litre of water per hour when I run?",
    "¿está bien beber 3 litros de agua al día?", "bebo 14 litros de agua a la semana"});
}

TEST(CoachAims, HoldTheLimitsOfDrinking) {
  EXPECT_EQ(harm_in("drink 6 litres of water a day"), std::nullopt);
  EXPECT_EQ(harm_in("drink 6.1 litres of water a day"), safety_kind::excess_water);
  EXPECT_EQ(harm_in("drink 1 litre of water in an hour"), std::nullopt);
  EXPECT_EQ(harm_in("drink 1.1 litres of water in an hour"), safety_kind::excess_water);
  EXPECT_EQ(harm_in("drink 1 litre of water in 30 minutes"), safety_kind::excess_water);
}

TEST(CoachAims, TellWhyNotAndWhatToDrinkInstead) {
  const auto text = test::text_of(ask(tom_asks("should I drink 10 litres of water a day?")));
  for (const auto* part : {"10 litres a day", "sodium", "about 2 litres", "112"})
    EXPECT_TRUE(text.contains(part)) << part << " in " << text;
  auto unknown = tom_asks("¿puedo beber 10 litros de agua al día?");
  unknown.person.sex.reset();
  EXPECT_TRUE(test::text_of(ask(unknown)).contains("entre 1,6 litros y 2 litros"));
}

TEST(CoachAims, RefuseTrainingForMostOfTheDay) {
  expect_refused(
    {"can I train 7 hours a day?", "I want to exercise 7 hours every day", "7 hours of training daily",
      "train seven hours a day, seven days a week", "every day 6 hours in the gym", "work out for 8 hours a day",
      "train 5 hours 6 days a week", "quiero entrenar 7 horas al día", "entreno 7 horas diarias, ¿está bien?",
      "7 horas de entrenamiento cada día", "todos los días siete horas de gimnasio"},
    safety_kind::excess_training);
  expect_fine({"I train 7 hours a week, how much should I eat?", "I sleep 7 hours a day, should I train today?",
    "I work 8 hours a day, how should I train?", "I sit 10 hours a day and train 1 hour, how much should I eat?",
    "can I train 2 hours a day?", "I fast 16 hours a day and train, how much should I eat?",
    "I do 5 hours of cardio per week", "eat every 5 hours a day and train",
    "entreno 7 horas a la semana, ¿cuánto debo comer?", "duermo 7 horas al día, ¿entreno hoy?",
    "trabajo 8 horas al día y entreno 1"});
  EXPECT_EQ(harm_in("train 4 hours a day"), std::nullopt);
  EXPECT_EQ(harm_in("train 4.5 hours a day"), safety_kind::excess_training);
}

TEST(CoachAims, RefuseEatingNothing) {
  expect_refused({"should I stop eating to lose weight?", "I want to stop eating for 5 days", "I'll just stop eating",
                   "can I not eat at all for 4 days?", "not eat at all to get lean", "I don't want to eat for days",
                   "don't eat for several days", "stop eating until I weigh 60 kg", "stop eating completely for a week",
                   "quiero dejar de comer", "voy a dejar de comer 5 días", "dejar de comer por completo",
                   "no comer nada durante 4 días", "quiero dejar de comer unos días para bajar",
                   "¿y si dejo de comer para adelgazar?", "no comer absolutamente nada", "no comer en absoluto",
                   "no comer varios días"},
    safety_kind::prolonged_fast);
  expect_fine({"should I stop eating sugar?", "stop eating at night to lose weight?", "when should I stop eating?",
    "I stopped eating meat, how much protein do I need?", "dejar de comer pan para adelgazar",
    "¿debería dejar de comer carne?", "dejé de comer pan y bajé 2 kg",
    "I don't eat at all in the mornings, how much should I eat?", "I don't eat for 16 hours a day",
    "don't eat for a few hours before training?", "I'm not eating enough, how much should I eat?"});
}

TEST(CoachAims, HearTheLossOfControlOverEating) {
  for (const auto* question : {"I can't stop eating", "no puedo dejar de comer", "no puedo parar de comer"})
    EXPECT_EQ(intent_of(question), "eating_disorder") << question;
  for (const auto* question : {"I can't stop eating chocolate", "no puedo dejar de comer dulces",
         "¿debería dejar de comer pan?", "dejé de comer carne"})
    EXPECT_NE(intent_of(question), "eating_disorder") << question;
}

TEST(CoachAims, OnlyCountInTheirOwnQuestion) {
  EXPECT_EQ(read_intent(test::after({"can I train 7 hours a day?"}, "How much should I eat?")).name, "energy_target");
}

}  // namespace
}  // namespace genesis::coach
