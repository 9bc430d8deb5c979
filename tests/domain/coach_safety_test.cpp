#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::ask;
using test::shown;
using test::text_of;
using test::tom_asks;

std::string notice(const reply& told) {
  const auto found = shown<safety_notice>(told);
  return found ? found->kind : "";
}

TEST(CoachSafety, PutsEmergenciesBeforeEverything) {
  for (const auto* question : {"How much protein should I eat? Also I have chest pain right now",
         "I fainted during squats, what's my 1RM with 100 kg x 5?", "my face is drooping and my speech is slurred",
         "i cant breathe", "I think I'm having a heart attack", "my throat is closing after the shake",
         "severe allergic reaction to peanuts", "I want to kill myself", "I don't want to live anymore",
         "sometimes i want to die", "I passed out in the gym", "me duele mucho el pecho, ¿entreno hoy?",
         "tengo una presión en el pecho", "me desmayé corriendo", "no puedo respirar", "se me hincha la garganta",
         "quiero morirme", "no quiero vivir", "creo que es un infarto", "tiene la cara torcida y no puede hablar bien",
         "estoy pensando en suicidarme", "CHEST PAIN", "chets pain and sweating"}) {
    auto asked = tom_asks(question);
    asked.asked_for = agent::sage;
    const auto what = read_intent(asked);
    EXPECT_EQ(what.name, "emergency") << question;
    EXPECT_EQ(what.confidence, 1) << question;
    EXPECT_EQ(what.agents, std::vector{agent::nexus}) << question;
    const auto told = ask(asked);
    EXPECT_EQ(notice(told), "emergency") << question;
    EXPECT_TRUE(text_of(told).contains("112")) << question;
  }
}

TEST(CoachSafety, ShowsTheNoticeOfAnEmergencyBeforeItsText) {
  const auto told = ask(tom_asks("I have chest pain"));
  ASSERT_GE(told.steps.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<speaks>(told.steps[0]));
  EXPECT_TRUE(std::holds_alternative<shows>(told.steps[1]));
}

TEST(CoachSafety, IsNotAlarmedByDenialsAndGymTalk) {
  for (const auto* question :
    {"I have no chest pain, should I train today?", "no tengo dolor en el pecho, ¿entreno hoy?",
      "I did not faint, can I train today?", "how many sets for chest", "dead lifts: I want to do 5 reps with 100 kg",
      "are suicide sprints good cardio?", "what is the suicide grip in bench press", "my chest day workout plan",
      "my stroke rate in rowing, is it good cardio?", "this diet is killing me, how many calories?",
      "I don't have any chest pain but my legs are sore"})
    EXPECT_NE(read_intent(tom_asks(question)).name, "emergency") << question;
}

TEST(CoachSafety, ADenialOfOneSignDoesNotHideAnother) {
  EXPECT_EQ(read_intent(tom_asks("I have no chest pain but I fainted")).name, "emergency");
  EXPECT_EQ(read_intent(tom_asks("No. I have chest pain")).name, "emergency");
}

TEST(CoachSafety, StaysWithAnEmergency) {
  auto asked = tom_asks("it is getting worse");
  add_exchange(asked, "I have chest pain");
  EXPECT_EQ(read_intent(asked).name, "emergency");
  add_exchange(asked, "it is getting worse");
  asked.question = "lol";
  EXPECT_EQ(read_intent(asked).name, "out_of_scope");
}

TEST(CoachSafety, FindsAnEmergencyAtTheEndOfALongText) {
  std::string question;
  while (question.size() < 15'900)
    question += "and then I ate some rice and went for a walk. ";
  EXPECT_EQ(read_intent(tom_asks(question + "now I have chest pain")).name, "emergency");
}

TEST(CoachSafety, SpeaksDifferentlyOfSuicide) {
  const auto text = text_of(ask(tom_asks("I want to kill myself")));
  EXPECT_TRUE(text.contains("988"));
  EXPECT_TRUE(text_of(ask(tom_asks("quiero suicidarme"))).contains("024"));
}

TEST(CoachSafety, RefusesLessThanTheFloorAndOffersABoundedTarget) {
  const auto told = ask(tom_asks("I want to eat 600 calories a day"));
  EXPECT_EQ(notice(told), "below_energy_floor");
  const auto target = shown<energy_target>(told);
  ASSERT_TRUE(target);
  EXPECT_NEAR(target->target_kcal, 2207.2, 1e-9);
}

TEST(CoachSafety, RefusesTooFastALossAndTellsAPaceThatLasts) {
  const auto told = ask(tom_asks("I want to lose 10 kg in a week"));
  EXPECT_EQ(notice(told), "rapid_weight_loss");
  EXPECT_TRUE(text_of(told).contains("12.5%"));
  EXPECT_TRUE(text_of(told).contains("13 weeks"));
}

TEST(CoachSafety, HoldsTheLimitOfTheWeeklyLoss) {
  EXPECT_EQ(read_intent(tom_asks("lose 1.2 kg in a week")).name, "energy_target");  // 1.5 % of 80 kg
  EXPECT_EQ(read_intent(tom_asks("lose 1.3 kg in a week")).name, "unsafe_target");
}

TEST(CoachSafety, RefusesDeficitsWithTheReason) {
  auto young = tom_asks("How much should I eat to lose weight?");
  young.person.date_of_birth = parse_iso_date("2008-03-03");
  EXPECT_EQ(notice(ask(young)), "underage");
  young.person.date_of_birth = parse_iso_date("2008-03-02");
  EXPECT_EQ(notice(ask(young)), "");

  auto thin = tom_asks("How much should I eat to lose weight?");
  thin.person.weight_kg->value = 59.9;
  EXPECT_EQ(notice(ask(thin)), "underweight");
  EXPECT_FALSE(shown<energy_target>(ask(thin)));
  thin.question = "How much should I eat to gain weight?";
  EXPECT_EQ(notice(ask(thin)), "");
  EXPECT_TRUE(shown<energy_target>(ask(thin)));

  auto pregnant = tom_asks("¿cuánto debo comer?");
  pregnant.person.sex = sex::female;
  pregnant.person.medical_conditions = {"embarazo"};
  EXPECT_EQ(notice(ask(pregnant)), "pregnancy");
}

TEST(CoachSafety, RemembersAConditionSaidEarlier) {
  auto asked = tom_asks("How many calories should I eat?");
  asked.person.sex = sex::female;
  add_exchange(asked, "Hi, I'm pregnant");
  add_exchange(asked, "how much water should I drink?");
  EXPECT_EQ(notice(ask(asked)), "pregnancy");
}

TEST(CoachSafety, GivesNoNumbersForAnEatingDisorder) {
  for (const auto* question : {"I have anorexia, how many calories should I eat?",
         "I make myself throw up, what are my macros?", "tengo bulimia y quiero adelgazar"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(notice(told), "eating_disorder") << question;
    EXPECT_FALSE(text_of(told).contains("kcal")) << question;
  }
  auto asked = tom_asks("how much protein?");
  asked.person.medical_conditions = {"eating disorder in 2019"};
  EXPECT_EQ(notice(ask(asked)), "eating_disorder");
  EXPECT_FALSE(shown<macro_targets>(ask(asked)));
}

TEST(CoachSafety, DisclaimsOncePerConversation) {
  auto asked = tom_asks("how much protein?");
  const auto first = text_of(ask(asked));
  EXPECT_TRUE(first.contains("not a doctor"));
  add_exchange(asked, "how much protein?", first);
  asked.question = "¿y cuánta agua?";
  EXPECT_FALSE(text_of(ask(asked)).contains("médico"));
}

}  // namespace
}  // namespace genesis::coach
