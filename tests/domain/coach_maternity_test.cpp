#include "domain/coach/understanding.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// A pregnancy that is told, and taken back.

namespace genesis::coach {
namespace {

using test::after;
using test::ask;
using test::text_of;
using test::warns_of;

turn ana_asks(std::initializer_list<std::string> earlier, std::string question) {
  auto asked = after(earlier, std::move(question));
  asked.person.sex = sex::female;
  return asked;
}

TEST(CoachMaternity, IsHeardWithWhatItChanges) {
  for (const auto* told : {"I'm pregnant", "I am 5 months pregnant", "estoy embarazada", "embarazada"}) {
    const auto text = text_of(ask(ana_asks({}, told)));
    EXPECT_TRUE(text.starts_with("Got it: ") || text.starts_with("Apuntado: ")) << text;
    EXPECT_TRUE(text.contains("midwife") || text.contains("matrona")) << text;
    EXPECT_TRUE(text.contains("in your profile") || text.contains("en tu perfil")) << text;
  }
  const auto asked_first = ana_asks({"how much should I eat?"}, "I'm pregnant");
  EXPECT_TRUE(text_of(ask(asked_first)).starts_with("Got it: pregnant")) << text_of(ask(asked_first));
  EXPECT_TRUE(text_of(ask(ana_asks({}, "I'm breastfeeding"))).starts_with("Got it: breastfeeding"));
}

TEST(CoachMaternity, HoldsForLaterQuestions) {
  for (const auto* told : {"I'm pregnant", "estoy embarazada", "embarazada"}) {
    const auto asked = ana_asks({told, "how do I sleep better?", "thanks"}, "how much should I eat?");
    EXPECT_TRUE(warns_of(ask(asked), "pregnancy")) << told;
  }
}

TEST(CoachMaternity, HoldsForTraining) {
  for (const auto* question : {"Should I train today?", "Can I keep training?", "can I do squats?",
         "what are my heart rate zones?", "¿puedo entrenar?"}) {
    const auto told = ask(ana_asks({"I'm pregnant"}, question));
    EXPECT_TRUE(warns_of(told, "pregnancy")) << question;
    EXPECT_TRUE(text_of(told).contains("(ACOG 2020)")) << question << '\n' << text_of(told);
  }
  auto profiled = ana_asks({}, "Should I train today?");
  profiled.person.medical_conditions = {"pregnant"};
  EXPECT_TRUE(warns_of(ask(profiled), "pregnancy"));
  EXPECT_FALSE(warns_of(ask(ana_asks({"I'm pregnant"}, "how do I sleep better?")), "pregnancy"));
}

TEST(CoachMaternity, IsTakenBack) {
  for (const auto& [told, back] : {std::pair{"I'm pregnant", "I'm not pregnant any more, how much should I eat?"},
         std::pair{"I'm pregnant", "sorry, I'm not pregnant. How much should I eat?"},
         std::pair{"I'm pregnant", "I'm no longer pregnant, how much should I eat?"},
         std::pair{"estoy embarazada", "no estoy embarazada, ¿cuánto como?"},
         std::pair{"embarazada", "ya no estoy embarazada. ¿Cuánto debo comer?"}}) {
    EXPECT_FALSE(warns_of(ask(ana_asks({told}, back)), "pregnancy")) << back;
    EXPECT_FALSE(warns_of(ask(ana_asks({told, back, "thanks"}, "how much should I eat?")), "pregnancy")) << back;
    EXPECT_TRUE(warns_of(ask(ana_asks({told, back, told}, "how much should I eat?")), "pregnancy")) << back;
  }
  const auto asked = ana_asks({"I'm pregnant", "how much should I eat?"}, "I'm not pregnant any more");
  EXPECT_EQ(read_intent(asked).name, "energy_target");
  EXPECT_FALSE(warns_of(ask(asked), "pregnancy"));
}

TEST(CoachMaternity, IsNotTakenBackByDoubtsNorAgainstTheProfile) {
  for (const auto* doubt : {"I'm not sure if I'm pregnant with a boy", "what if I'm not pregnant?",
         "no sé si estoy embarazada de una niña", "I'm not happy about being pregnant"})
    EXPECT_TRUE(warns_of(ask(ana_asks({"I'm pregnant", doubt}, "how much should I eat?")), "pregnancy")) << doubt;
  auto asked = ana_asks({}, "I'm not pregnant any more, how much should I eat?");
  asked.person.medical_conditions = {"pregnancy"};
  const auto answer = ask(asked);
  EXPECT_TRUE(warns_of(answer, "pregnancy"));
  EXPECT_TRUE(text_of(answer).contains("Your profile still says")) << text_of(answer);
}

}  // namespace
}  // namespace genesis::coach
