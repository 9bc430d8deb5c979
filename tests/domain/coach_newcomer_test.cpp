#include "domain/coach/language.hpp"
#include "domain/coach/understanding.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// What newcomers ask first, in their words.

namespace genesis::coach {
namespace {

using test::after;
using test::ask;
using test::intent_of;
using test::shown;
using test::text_of;
using test::tom_asks;
using test::warns_of;

std::string told(const char* question) {
  return text_of(ask(tom_asks(question)));
}

TEST(CoachNewcomer, HearsHowFastToLose) {
  for (const auto* question :
    {"how much weight should I lose per week?", "how fast can I lose weight?", "what is a healthy rate of weight loss?",
      "¿cuánto peso debo perder por semana?", "¿cuántos kilos puedo bajar al mes?"}) {
    EXPECT_EQ(intent_of(question), "energy_target") << question;
    const auto text = told(question);
    EXPECT_TRUE(text.contains("0.8 kg") || text.contains("0,8 kg")) << text;
    EXPECT_TRUE(text.contains("2,207 kcal") || text.contains("2207 kcal")) << text;
  }
  auto pregnant = tom_asks("how much weight should I lose per week?");
  pregnant.person.medical_conditions = {"pregnancy"};
  EXPECT_TRUE(warns_of(ask(pregnant), "pregnancy"));
}

TEST(CoachNewcomer, HearsThatKetoIsNotPlanned) {
  for (const auto* question :
    {"what about keto macros?", "what about keto?", "¿y una dieta cetogénica?", "¿macros keto?"}) {
    const auto text = told(question);
    EXPECT_TRUE(text.contains("not a keto one") || text.contains("no uno cetogénico")) << text;
  }
  EXPECT_FALSE(told("macros for 2200 kcal").contains("keto"));
}

TEST(CoachNewcomer, SeesTheEnergyThatWasAskedFor) {
  auto asked = tom_asks("macros for 2200 kcal");
  for (const double kg : {71.0, 78.3, 80.0, 86.2}) {
    asked.person.weight_kg->value = kg;
    EXPECT_TRUE(text_of(ask(asked)).starts_with("For 2,200 kcal a day")) << kg;
  }
}

TEST(CoachNewcomer, AsksForFatAndForAnotherAmount) {
  EXPECT_EQ(intent_of("and my fat intake?"), "macros");
  EXPECT_EQ(read_intent(after({"how much should I eat?"}, "and my fat intake?")).name, "macros");
  for (const auto& [first, next] :
    {std::pair{"I want to lose 8 kg", "and 15?"}, std::pair{"quiero perder 8 kg", "¿y 15?"}}) {
    const auto found = understand(after({first}, next));
    EXPECT_EQ(found.what, topic::energy_target) << next;
    EXPECT_EQ(found.said.change_kg, -15) << next;
  }
  EXPECT_TRUE(told("how long to gain 5 kg?").contains("5 kg take about"));
  EXPECT_TRUE(told("¿Cuánto tiempo para ganar 5 kg?").contains("5 kg llevan unas"));
}

TEST(CoachNewcomer, HearsWhatTheCoachCannotReadOrWrite) {
  for (const auto* question : {"what did I eat today?", "what have I eaten today?", "¿qué he comido hoy?"})
    EXPECT_TRUE(told(question).contains("nutrition logs") || told(question).contains("registros de nutrición"))
      << question;
  for (const auto* question : {"save it as my plan", "guárdalo como mi plan"})
    EXPECT_TRUE(told(question).contains("save or change plans") || told(question).contains("guardar ni cambiar planes"))
      << question;
  EXPECT_NE(intent_of("I ate 200 laxatives, what did I eat that was wrong?"), "progress_log");
}

TEST(CoachNewcomer, IsToldWhichLanguagesThereAre) {
  for (const auto* question : {"Wie viel soll ich essen?", "Hallo, wie viele Kalorien brauche ich am Tag?",
         "Combien dois-je manger par jour pour perdre du poids?", "quanto devo mangiare?"})
    EXPECT_TRUE(told(question).contains("English and Spanish only") || told(question).contains("español e inglés"))
      << question << "\n"
      << told(question);
  for (const auto* question : {"hello", "what is the weather like?", "¿qué tiempo hace?", "tell me a joke"})
    EXPECT_FALSE(is_in_another_language(question)) << question;
}

TEST(CoachNewcomer, HasARaceBesideTheGoal) {
  EXPECT_EQ(understand(after({"I want to run a marathon"}, "how much should I eat?")).person.goal, goal::lose_weight);
  EXPECT_EQ(understand(after({"quiero correr un maratón"}, "¿cuánto debo comer?")).person.goal, goal::lose_weight);
  EXPECT_EQ(
    understand(tom_asks("I run marathons for performance, how much should I eat?")).person.goal, goal::performance);
}

TEST(CoachNewcomer, CountsTheDaysThatAreNamed) {
  for (const auto* question :
    {"I train mon wed fri", "I work out on Monday, Wednesday and Friday", "entreno lunes, miércoles y viernes"})
    EXPECT_EQ(understand(tom_asks(question)).said.training_days, 3) << question;
  EXPECT_FALSE(understand(tom_asks("should I train on monday or tuesday?")).said.training_days);
  EXPECT_FALSE(told("I train mon wed fri").contains("How many days"));
}

TEST(CoachNewcomer, HearsThatTrainingDoesNotMoveProtein) {
  for (const auto& [first, next] : {std::pair{"how much protein?", "what if I train 5 times a week?"},
         std::pair{"¿cuánta proteína?", "¿y si entreno 5 veces por semana?"}}) {
    const auto text = text_of(ask(after({first}, next)));
    EXPECT_TRUE(text.contains("doesn't move this one") || text.contains("no cambian esta cifra")) << text;
  }
}

TEST(CoachNewcomer, WhoFeelsFaintIsAwake) {
  for (const auto* question : {"I feel dizzy and faint when I train", "I feel like fainting when I exercise"}) {
    const auto answer = ask(tom_asks(question));
    EXPECT_TRUE(warns_of(answer, "emergency")) << question;
    const auto text = text_of(answer);
    EXPECT_FALSE(text.contains("compressions")) << text;
    EXPECT_TRUE(text.contains("112") && text.contains("sit or lie down")) << text;
  }
  const auto spanish = told("me mareo y casi me desmayo cuando entreno");
  EXPECT_TRUE(spanish.contains("112") && spanish.contains("siéntate o túmbate")) << spanish;
  for (const auto* question :
    {"I fainted in the gym", "me desmayo cuando entreno", "my dad passed out and doesn't wake up"})
    EXPECT_TRUE(told(question).contains("emergency number now") || told(question).contains("ahora mismo a emergencias"))
      << question;
}

TEST(CoachNewcomer, IsNotGivenAMarkThatWasNotTold) {
  EXPECT_TRUE(
    told("I slept 5 hours and I'm sore, should I train today?").contains("soreness 3 (as I read your words)"));
  EXPECT_FALSE(told("I slept 5 hours, soreness 3, should I train today?").contains("as I read"));
  const auto rest = told("I slept 4 hours, sleep quality 1, soreness 5, energy 1, motivation 1. Should I train today?");
  EXPECT_FALSE(rest.contains("Decide in the warm-up")) << rest;
}

TEST(CoachNewcomer, IsToldTheWeightAndTheHeightThatAreKnown) {
  for (const auto* question : {"How is my weight?", "How much do I weigh?", "What's my current weight?", "my weight",
         "How heavy am I right now?"}) {
    EXPECT_EQ(intent_of(question), "own_measures") << question;
    EXPECT_TRUE(told(question).contains("Your newest weight is 80 kg, from 27 February.")) << told(question);
  }
  for (const auto* question : {"mi peso", "¿Cuánto peso?", "¿Cuál es mi peso actual?"})
    EXPECT_TRUE(told(question).contains("Tu último peso registrado es 80 kg, del 27 de febrero.")) << told(question);
  for (const auto* question :
    {"what did I weigh last?", "what did I weigh last time?", "How much did I weigh the last time?",
      "what was my last weight?", "What was my weight last time?", "what was my last weigh-in?"})
    EXPECT_TRUE(told(question).contains("Your newest weight is 80 kg, from 27 February.")) << question;
  for (const auto* question :
    {"¿cuánto pesaba la última vez?", "¿Cuánto pesé la última vez?", "¿cuál fue mi último peso?",
      "¿Cuál era mi peso la última vez?", "¿qué peso tenía la última vez?", "¿Cuánto pesé por última vez?"})
    EXPECT_TRUE(told(question).contains("Tu último peso registrado es 80 kg, del 27 de febrero.")) << question;
  EXPECT_TRUE(told("How tall am I?").contains("Your profile says 180 cm."));
  EXPECT_TRUE(told("¿Cuánto mido?").contains("En tu perfil pone 180 cm."));
}

TEST(CoachNewcomer, IsToldMeasuresInTheirUnitsAsToldAndWhenThereAreNone) {
  auto asked = tom_asks("How much do I weigh?");
  asked.person.units = unit_system::imperial;
  EXPECT_TRUE(text_of(ask(asked)).contains("176.4 lb")) << text_of(ask(asked));
  asked.person.weight_kg.reset();
  EXPECT_TRUE(text_of(ask(asked)).contains("There is no weight of yours yet."));
  EXPECT_EQ(shown<profile_gaps>(ask(asked))->fields, std::vector<std::string>{"weight_kg"});
  EXPECT_TRUE(
    text_of(ask(after({"I weigh 82 kg"}, "how much do I weigh?"))).contains("You told me that you weigh 82 kg"));
}

TEST(CoachNewcomer, AsksForAPlanOrATrendInMoreWords) {
  for (const auto* question : {"how much weight should I lose per week?", "¿cuánto peso debo perder por semana?",
         "How is my weight moving?", "¿cómo va mi peso?", "what did I weigh last week?", "what did I weigh last month?",
         "¿cuánto pesaba el mes pasado?", "¿cuánto pesaba hace un año?", "mi peso es 82 kg", "my weight is 82 kg"})
    EXPECT_NE(intent_of(question), "own_measures") << question;
  EXPECT_EQ(ask(after({"how did my waist change this month?"}, "and my weight?")).what.name, "weight_trend");
}

TEST(CoachNewcomer, MeansEverydayWordsAsTheyAreWritten) {
  for (const auto* question : {"¿Qué es un buen desayuno?", "¿Puedo saltarme el desayuno?", "Hoy desayuné avena",
         "Mi cena y mi desayuno fueron ligeros", "¿Qué puedo desayunar?", "I like cooking", "am I overdoing it?",
         "el 3 de marzo", "next spring", "my lessons", "I bought grapes", "what a lovely day", "meditation",
         "a bingo night", "fewer", "es injusto", "an insurance", "cuesta un dólar"})
    for (const auto* harm :
      {"emergency", "eating_disorder", "unsafe_target", "low_mood", "illness", "pain", "medical_question"})
      EXPECT_NE(intent_of(question), harm) << question;
}

TEST(CoachNewcomer, IsHeardInNeedThoughAWordIsMistyped) {
  EXPECT_EQ(intent_of("I feinted in the gym"), "emergency");
  EXPECT_EQ(intent_of("tengo fiver"), "illness");
  EXPECT_EQ(intent_of("me marea"), "medical_question");
}

TEST(CoachNewcomer, IsNotSentToTrainOnAnInjury) {
  for (const auto* question : {"I have a concussion, can I train?", "I have a concussion. Should I train today?",
         "Tengo una fractura, ¿puedo entrenar?", "I pulled a muscle, should I train today?",
         "I have a stress fracture, can I run?", "My doctor says I tore a ligament in my knee, can I run?",
         "Me rompí el tobillo, ¿puedo correr?", "I have a torn ACL, can I squat?",
         "I tore my hamstring last week, can I deadlift?", "I have a herniated disc, can I deadlift?",
         "Tengo una hernia discal, ¿puedo hacer peso muerto?",
         "I had surgery on my shoulder last week, when can I bench again?", "I broke my wrist, how should I train?",
         "I have tendonitis in my elbow, what exercises can I do?"})
    EXPECT_EQ(intent_of(question), "pain") << question;
  for (const auto* question : {"I broke my squat record, what is my max at 100 kg for 5?",
         "how do I train my hamstrings?", "how do I train a broken-up week?"})
    EXPECT_NE(intent_of(question), "pain") << question;
}

TEST(CoachNewcomer, AsksWhetherSomethingIsFineWithoutSayingThatItIs) {
  for (const auto* question :
    {"How much coffee is ok?", "How much sugar is ok?", "Is it ok to skip breakfast?", "is this ok for me?"})
    EXPECT_NE(intent_of(question), "thanks") << question;
  for (const auto* said : {"ok", "ok thanks", "okay, great", "that's ok"})
    EXPECT_EQ(intent_of(said), "thanks") << said;
}

TEST(CoachNewcomer, TellsOfAHeartOutOfItsRhythm) {
  for (const auto* told : {"My heart is racing and skipping beats", "My heart rhythm is irregular",
         "Se me salta el corazón", "I have an irregular heartbeat"})
    EXPECT_EQ(intent_of(told), "medical_question") << told;
  EXPECT_EQ(intent_of("Se me salta el corazón y me mareo"), "emergency");
}

TEST(CoachNewcomer, IsNotSentToTheProfileWithWhatItCannotHold) {
  EXPECT_FALSE(told("I want to lose 8 kg").contains("put it in your profile"));
}

}  // namespace
}  // namespace genesis::coach
