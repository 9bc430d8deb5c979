#include "domain/coach/intent.hpp"
#include "domain/coach/specialists.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>

// What may harm: emergencies in all their wordings, risks that outlive their question, and aims nobody should have.

namespace genesis::coach {
namespace {

using test::after;
using test::ask;
using test::intent_of;
using test::notices;
using test::shown;
using test::tom_asks;
using test::warns_of;

bool says(const reply& told, std::string_view words) {
  return test::text_of(told).find(words) != std::string::npos;
}

TEST(CoachHarm, HearsWhatOtherEmergenciesThereAre) {
  for (const auto* question :
    {"I have heat stroke, confused and stopped sweating after my run", "heatstroke", "I'm having a seizure",
      "I vomited blood", "I hit my head and I'm confused", "My blood sugar is 40 and I'm shaking",
      "my urine is brown like cola after crossfit", "convulsiones", "golpe de calor: estoy confuso y no sudo",
      "tengo la orina marrón después de entrenar", "Mi azúcar está en 38 y estoy sudando y temblando"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
  for (const auto* question :
    {"I hit my head of lettuce quota today", "my legs feel great", "how hot is too hot to run?",
      "how much sugar may I eat?", "¿cuánta azúcar puedo comer?", "my head is full of ideas"})
    EXPECT_NE(intent_of(question), "emergency") << question;
}

TEST(CoachHarm, FirstAidFitsWhatHasHappened) {
  EXPECT_TRUE(says(ask(tom_asks("My dad collapsed and is not breathing")), "chest compressions"));
  EXPECT_TRUE(says(ask(tom_asks("Mi padre se ha desmayado y no respira")), "compresiones"));
  EXPECT_TRUE(says(ask(tom_asks("choking on food")), "between the shoulder blades"));
  EXPECT_TRUE(says(ask(tom_asks("me estoy ahogando")), "omóplatos"));
}

TEST(CoachHarm, HearsAnOverdoseInBothLanguages) {
  for (const auto* question : {"I overdosed on paracetamol", "I took too many pills", "i took a whole bottle of pills",
         "i swallowed 30 tablets", "I've taken an overdose", "I tok too many pills, i took too many pils",
         "me tomé un bote de pastillas", "me he tomado demasiadas pastillas", "tomé una sobredosis de paracetamol",
         "me tragué toda la caja de ibuprofeno", "he bebido lejía", "i drank bleach", "me tome 20 pastillas"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "emergency") << question;
    EXPECT_TRUE(warns_of(told, "emergency")) << question;
  }
}

TEST(CoachHarm, HearsSelfHarmInBothLanguages) {
  for (const auto* question : {"I cut myself every night", "i've been cutting myself", "I hurt myself on purpose",
         "I want to cut my wrists", "i self-harm", "i dont want to be here anymore", "me corto los brazos",
         "me corto por las noches", "me hago daño a propósito", "me hago cortes en la piel", "tengo ganas de cortarme",
         "me quiero matar", "I feel like ending it all", "estoy harta de vivir", "no quiero seguir viviendo"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
}

TEST(CoachHarm, HearsAStrokeInBothLanguages) {
  for (const auto* question : {"no siento el brazo izquierdo y me cuesta hablar", "me cuesta hablar",
         "no siento la mitad de la cara", "se me traba la lengua y veo mal", "de repente no tengo fuerza en el brazo",
         "tengo el brazo izquierdo dormido", "I can't feel my left arm", "my right arm went numb",
         "I have trouble speaking", "my words are slurred", "sudden weakness on one side", "me está dando un ictus"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
}

TEST(CoachHarm, HearsHeartAndBleedingInBothLanguages) {
  for (const auto* question : {"my heart hurts when I run", "me duele el corazón al correr", "I can't stop bleeding",
         "no para de sangrar", "the pain is shooting down my arm", "pain radiating to my jaw"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
}

TEST(CoachHarm, IsNotAlarmedByGymTalkAndAccidents) {
  for (const auto* question :
    {"I can't feel my legs after leg day", "I cut myself shaving", "I'm cutting, how much should I eat?",
      "me corté el pelo, ¿cuánta proteína necesito?", "me cuesta hablar de mi peso", "can we talk about macros?",
      "I took two ibuprofen, can I train today?", "my left arm is weaker than my right, how do I train it?",
      "i take my medication every day", "¿cuántas pastillas de creatina tomo?", "I want to cut 5 kg",
      "should I run so hard that I can't talk?", "saltar un metro de alto, ¿cómo entreno?"})
    EXPECT_NE(intent_of(question), "emergency") << question;
}

TEST(CoachHarm, TellsHistoryFromNews) {
  for (const auto* question :
    {"My dad had a heart attack, should I train today?", "mi padre tuvo un infarto, ¿entreno hoy?",
      "my grandmother died of a stroke", "I fainted two years ago, can I train?", "tuve un infarto hace tres años",
      "my brother committed suicide last year"})
    EXPECT_NE(intent_of(question), "emergency") << question;
  for (const auto* question :
    {"my dad is having a heart attack", "my dad just had a heart attack", "a mi padre le está dando un infarto",
      "mi padre acaba de tener un infarto", "my wife fainted", "I fainted yesterday", "I had a stroke"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
  EXPECT_EQ(intent_of("I had a heart attack two years ago, how much should I lift?"), "medical_question");
  EXPECT_EQ(intent_of("My dad had a heart attack, should I train today?"), "readiness");
}

TEST(CoachHarm, AnswersWhatIsAskedBesideADeniedComplaint) {
  EXPECT_EQ(intent_of("I don't have chest pain, how much should I eat?"), "energy_target");
  EXPECT_EQ(intent_of("No me duele el pecho, ¿cuánto debo comer?"), "energy_target");
  EXPECT_EQ(intent_of("I'm not sick, should I train today?"), "readiness");
  EXPECT_EQ(intent_of("no estoy enfermo, ¿entreno hoy?"), "readiness");
}

TEST(CoachHarm, PlansNothingUntilAnEmergencyIsOver) {
  const auto question = "How much should I eat to lose weight?";
  const auto told = ask(after({"I have chest pain", "ok"}, question));
  EXPECT_EQ(told.what.name, "emergency");
  EXPECT_TRUE(warns_of(told, "emergency"));
  EXPECT_FALSE(shown<energy_target>(told));
  EXPECT_EQ(read_intent(after({"me duele el pecho", "gracias"}, "¿cuánto debo comer?")).name, "emergency");
  EXPECT_EQ(read_intent(after({"I want to kill myself"}, "what are my macros?")).name, "emergency");

  EXPECT_EQ(read_intent(after({"I have chest pain", "it's gone, the doctor saw me"}, question)).name, "energy_target");
  EXPECT_EQ(read_intent(after({"me duele el pecho", "ya se me pasó"}, "¿cuánto debo comer?")).name, "energy_target");
  EXPECT_EQ(
    read_intent(after({"I have chest pain", "I don't have chest pain any more"}, question)).name, "energy_target");
  EXPECT_EQ(read_intent(after({"I have chest pain"}, "how much water should I drink?")).name, "water");
}

TEST(CoachHarm, RemembersDisorderedEating) {
  for (const auto* said : {"I make myself throw up", "me provoco el vómito después de comer", "i make myself sick",
         "I take laxatives after meals", "me hago vomitar"}) {
    const auto told = ask(after({said, "thanks", "how much water?"}, "how much should I eat"));
    EXPECT_TRUE(warns_of(told, "eating_disorder")) << said;
    EXPECT_FALSE(shown<energy_target>(told)) << said;
  }
}

TEST(CoachHarm, RemembersAChildsAge) {
  for (const auto* said : {"I'm 12 years old", "I'm 12", "tengo 12 años", "I am 15 and want to lose weight"}) {
    auto asked = after({said}, "How much should I eat to lose weight?");
    EXPECT_TRUE(warns_of(ask(asked), "underage")) << said;
    asked.person.date_of_birth.reset();
    EXPECT_TRUE(warns_of(ask(asked), "underage")) << said;
  }
  const auto child = ask(after({"I'm 12 years old"}, "how much should I eat to maintain my weight?"));
  EXPECT_TRUE(warns_of(child, "underage")) << "the formulas are for adults";
  EXPECT_FALSE(shown<energy_target>(child));
}

TEST(CoachHarm, RemembersABodyThatMustNotLose) {
  EXPECT_TRUE(warns_of(ask(after({"I weigh 45 kg"}, "How much should I eat to lose weight?")), "underweight"));
  EXPECT_TRUE(warns_of(ask(after({"peso 45 kilos"}, "¿cuánto debo comer para adelgazar?")), "underweight"));
  EXPECT_TRUE(shown<energy_target>(ask(after({"I weigh 75 kg"}, "How much should I eat to lose weight?"))));
}

TEST(CoachHarm, DoesNotTakeYearsOfTrainingForAnAge) {
  for (const auto* question : {"I've trained for 15 years, how much should I eat?",
         "I started 16 years ago, how much should I eat?", "tengo 14 años de experiencia, ¿cuánto debo comer?"})
    EXPECT_TRUE(shown<energy_target>(ask(tom_asks(question)))) << question;
}

TEST(CoachHarm, LeavesInsulinToItsDoctor) {
  auto asked = tom_asks("How much should I eat to lose weight?");
  for (const auto* condition : {"type 1 diabetes", "Diabetes tipo 1", "T1D", "insulin pump", "type 2, on insulin"}) {
    asked.person.medical_conditions = {condition};
    const auto told = ask(asked);
    EXPECT_TRUE(warns_of(told, "diabetes")) << condition;
    EXPECT_FALSE(shown<energy_target>(told)) << condition;
  }
  asked.person.medical_conditions = {"type 2 diabetes"};
  EXPECT_TRUE(warns_of(ask(asked), "diabetes"));
  EXPECT_TRUE(shown<energy_target>(ask(asked)));
  EXPECT_TRUE(warns_of(ask(after({"tengo diabetes tipo 1"}, "¿cuánto debo comer para adelgazar?")), "diabetes"));
  asked.person.medical_conditions = {"insulin resistance"};
  EXPECT_TRUE(notices(ask(asked)).empty());
}

TEST(CoachHarm, LeavesTheProteinOfSickKidneysToTheirDoctor) {
  for (const auto* question : {"how much protein do I need?", "what are my macros?"}) {
    auto asked = tom_asks(question);
    asked.person.medical_conditions = {"chronic kidney disease"};
    EXPECT_TRUE(warns_of(ask(asked), "kidney_disease")) << question;
    EXPECT_FALSE(shown<macro_targets>(ask(asked))) << question;
    EXPECT_FALSE(test::text_of(ask(asked)).contains(" g ")) << question;
  }
  EXPECT_TRUE(warns_of(ask(after({"tengo insuficiencia renal"}, "¿cuánta proteína necesito?")), "kidney_disease"));
}

TEST(CoachHarm, RefusesLongFasts) {
  for (const auto* question :
    {"I want to fast for 10 days", "ayuno de 7 días", "I will only drink water for two weeks", "a 72 hour fast",
      "quiero ayunar una semana", "solo voy a beber agua durante 5 días", "should I do a water fast?",
      "I won't eat anything for 4 days", "5 day water fast", "quiero estar sin comer nada 3 días"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_TRUE(warns_of(told, "prolonged_fast")) << question;
  }
  for (const auto* question : {"I do a 16 hour fast, how much should I eat?", "how do I lose 3 kg fast, in 30 days?",
         "ayuno intermitente 16 horas, ¿cuánto debo comer?", "I fast 2 days a week, how much should I eat?",
         "a 24 hour fast, how much should I eat?"})
    EXPECT_FALSE(warns_of(ask(tom_asks(question)), "prolonged_fast")) << question;
}

TEST(CoachHarm, RefusesAGoalWeightThatIsUnderweight) {
  for (const auto* question : {"I want to weigh 45 kg", "my goal weight is 50 kg", "I want to get down to 55 kg",
         "quiero pesar 45 kilos", "mi peso objetivo es 50 kg", "quiero bajar a 55 kilos",
         "How much should I eat to weigh 40 kg?", "¿cuándo llegaré a 50 kg?", "I want to weigh 50"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_TRUE(warns_of(told, "underweight")) << question;
    EXPECT_FALSE(shown<energy_target>(told)) << question;
  }
  auto tall = tom_asks("I want to weigh 60 kg");  // 18.5 at 180 cm is 59.94 kg
  EXPECT_EQ(read_intent(tall).name, "energy_target");
  tall.question = "I want to weigh 59.9 kg";
  EXPECT_EQ(read_intent(tall).name, "unsafe_target");
  EXPECT_EQ(intent_of("I want to lose 5 to 10 kg"), "energy_target");
}

TEST(CoachHarm, RefusesDrugs) {
  for (const auto* question :
    {"should I take clenbuterol to lose weight", "is DNP good for fat loss?", "¿tomo clembuterol para definir?",
      "which steroids build muscle fastest?", "¿qué esteroides me recomiendas?", "do diet pills work?",
      "should I take laxatives to lose weight", "¿las pastillas para adelgazar funcionan?", "ephedrine for cutting?"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_TRUE(warns_of(told, "unsafe_substance")) << question;
    EXPECT_FALSE(shown<energy_target>(told)) << question;
  }
  for (const auto* question : {"I don't take steroids, how much should I eat?", "how much creatine?",
         "I use a steroid inhaler, should I train today?"})
    EXPECT_FALSE(warns_of(ask(tom_asks(question)), "unsafe_substance")) << question;
}

TEST(CoachHarm, CountsTheDaysToADate) {
  for (const auto* question : {"how do I lose 18 kg by christmas", "lose 15 kg in a month",
         "¿cómo pierdo 20 kilos en un mes?", "perder 10 kg antes del viernes", "I want to lose 10 kg by April",
         "quiero bajar 12 kilos para el 15 de abril", "I want to weigh 70 kg by friday"}) {
    auto asked = tom_asks(question);
    if (std::string_view{question}.contains("christmas"))
      asked.now = parse_rfc3339("2026-11-25T09:00:00.000Z").value();
    const auto told = ask(asked);
    EXPECT_EQ(told.what.name, "unsafe_target") << question;
    EXPECT_TRUE(warns_of(told, "rapid_weight_loss")) << question;
  }
  for (const auto* question : {"how do I lose 10 kg by christmas", "I train 4 days a week and want to lose 5 kg",
         "how much should I eat a day to lose 5 kg?", "quiero perder 5 kg antes del verano"})
    EXPECT_EQ(intent_of(question), "energy_target") << question;
}

TEST(CoachHarm, NamesValuesThatCannotBe) {
  for (const auto* question : {"I weigh 900 kg, how much should I eat?", "I weigh 0 kg, how much should I eat?",
         "I'm 200 years old, how much should I eat?", "peso 900 kilos, ¿cuánto debo comer?",
         "tengo 200 años, ¿cuánto debo comer?"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_FALSE(shown<energy_target>(told)) << question;
    EXPECT_TRUE(shown<profile_gaps>(told)) << question;
  }
  EXPECT_TRUE(test::text_of(ask(tom_asks("I weigh 900 kg, how much should I eat?"))).contains("900 kg"));
  EXPECT_FALSE(shown<one_rep_max>(ask(tom_asks("bench 100kg for -5 reps"))));
  EXPECT_FALSE(shown<one_rep_max>(ask(tom_asks("hice banca 100 kg por 0 repeticiones"))));
  EXPECT_TRUE(shown<one_rep_max>(ask(tom_asks("bench 100kg for 5 reps"))));
}

}  // namespace
}  // namespace genesis::coach
