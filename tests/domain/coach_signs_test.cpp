#include "domain/coach/emergency_signs.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

#include <string_view>

// Signs that are an emergency in company, by number or in context, and what only looks like one.

namespace genesis::coach {
namespace {

using test::ask;
using test::intent_of;
using test::tom_asks;

using questions = std::initializer_list<const char*>;

void expect_emergency(questions all, emergency_kind kind) {
  for (const auto* question : all) {
    EXPECT_EQ(read_emergency(fold(question)).present, kind) << question;
    EXPECT_EQ(intent_of(question), "emergency") << question;
  }
}

void expect_calm(questions all) {
  for (const auto* question : all)
    EXPECT_NE(intent_of(question), "emergency") << question;
}

TEST(CoachSigns, HearAClotInTheLegOrTheLungs) {
  expect_emergency(
    {"my calf is swollen and painful and I'm short of breath",
      "My left calf is swollen, red and hurts. I also can't catch my breath",
      "one leg is swollen and I feel out of breath", "swollen painful calf and breathless",
      "I have a hot, swollen calf and it hurts", "my calf hurts and I am short of breath since the flight",
      "I think I have a blood clot in my leg", "la pantorrilla está hinchada, roja y caliente y tengo falta de aire",
      "tengo la pantorrilla hinchada y me duele mucho", "se me ha hinchado una pierna y me cuesta respirar"},
    emergency_kind::embolism);
  expect_calm({"my calves are sore after running", "my calf is swollen and painful after I strained it at football",
    "my calves hurt and I'm out of breath after running", "my ankle is swollen, can I train?",
    "no shortness of breath, just a swollen leg after the hike", "tengo agujetas en los gemelos",
    "me duele el gemelo después de correr", "calf raises hurt my calf, it is a bit swollen and painful"});
}

TEST(CoachSigns, HearTheColourOfTooLittleOxygen) {
  expect_emergency(
    {"my lips are blue", "my lips are turning blue", "his lips went blue", "my friend has blue lips and is cold",
      "my fingertips are turning blue", "tengo los labios morados", "se le ponen los labios azules",
      "mi madre tiene los labios amoratados"},
    emergency_kind::breathing);
  expect_calm({"I'd like a blue lip balm", "my lips are blue from blueberries", "I painted my nails blue",
    "tengo un morado en la pierna", "tengo los labios morados de comer moras"});
}

TEST(CoachSigns, HearAHeartOutOfItsRhythm) {
  expect_emergency({"my heart is racing at rest and I feel faint", "heart racing while sitting and I'm dizzy",
                     "my heart is pounding for no reason and I'm lightheaded", "palpitations and about to pass out",
                     "my resting pulse is 150 and I feel dizzy", "tengo el corazón acelerado en reposo y me mareo",
                     "el corazón me va a mil sentado y estoy mareada", "taquicardia en reposo y casi me desmayo",
                     "palpitaciones y mareo", "tengo 150 pulsaciones en reposo y mareo"},
    emergency_kind::rhythm);
  expect_calm({"my heart races when I sprint, is that fine?", "what is a normal resting heart rate?",
    "my heart rate is 150 when running, which zone is that?", "I feel dizzy when I stand up", "taquicardia, ¿qué es?",
    "my heart is racing and I'm short of breath after sprints"});
  expect_emergency(
    {"suddenly short of breath while lying down", "me falta aliento de repente en la cama"}, emergency_kind::breathing);
}

TEST(CoachSigns, TellDespairFromWhatElseOneCannotBear) {
  expect_emergency({"no aguanto más", "No aguanto más. Quiero que se acabe todo", "no aguanto más mi vida",
                     "ya no aguanto más, estoy sola", "no aguanto más así", "no puedo más con mi vida",
                     "no puedo más, no le veo sentido a nada", "I can't take it anymore", "I can't go on",
                     "I can't do this anymore, my life is pointless", "i cant go on like this, nobody cares",
                     "llevo meses a dieta y no aguanto más mi vida"},
    emergency_kind::self_harm);
  EXPECT_EQ(intent_of("no aguanto más el hambre"), "energy_target");
  expect_calm({"no aguanto más el hambre", "no aguanto más la dieta", "no aguanto más de 30 segundos en la plancha",
    "hago 10 flexiones y no aguanto más", "no aguanto más el calor", "ya no aguanto más las agujetas",
    "no puedo más, ¿entreno hoy?", "I can't take the hunger anymore", "my diet is so hard I can't take it anymore",
    "I can't do this workout anymore", "I can't go on running with this knee", "no aguanto el frío"});
}

TEST(CoachSigns, CountPillsAndCaffeine) {
  expect_emergency(
    {"me he tomado 20 pastillas de cafeína", "me tomé 13 cápsulas de cafeína", "he tomado un bote de cafeína",
      "me he tragado quince pastillas de cafeína", "he tomado 3 gramos de cafeína", "tengo una sobredosis de cafeína",
      "me he tomado demasiada cafeína en pastillas", "me he tomado veinticinco pastillas", "me he bebido 12 cafés",
      "I took 14 caffeine pills", "I had 2000 mg of caffeine", "I've taken thirty five tablets"},
    emergency_kind::poisoning);
  expect_calm(
    {"I take 2 caffeine pills before training, ok?", "me he tomado dos pastillas de cafeína, ¿puedo entrenar?",
      "¿cuánta cafeína puedo tomar?", "he tomado 200 mg de cafeína", "I took 10 creatine capsules this week",
      "he tomado 3 pastillas de ibuprofeno", "me he tomado dos cafés, ¿entreno hoy?"});
}

TEST(CoachSigns, CountPillsWhateverTimeIsNamedNearby) {
  expect_emergency(
    {"I took 20 paracetamol in total", "I have taken 20 pills so far tonight", "I took 20 ibuprofen this week",
      "I swallowed 25 pills that I saved for months", "I swallowed 25 pills I had saved over months",
      "I took 25 pills of mine saved over a month", "I took 30 pills a month after he left me",
      "I took 20 pills a week ago and I still feel sick", "I swallowed 30 pills a month's worth",
      "I took 20 tablets last week", "I took 40 pills in total over the last day",
      "I've taken 20 paracetamol for weeks", "I took 20 paracetamol with my creatine",
      "me he tomado 20 pastillas ya no puedo más", "me tomé 30 pastillas y ya no sé qué hacer",
      "me he tomado 20 pastillas en total", "me he tomado ya 20 pastillas esta noche",
      "me tragué 25 pastillas que guardé durante meses", "me tomé 20 pastillas al mes de dejarlo con mi novia",
      "me he tomado 20 ibuprofenos esta semana", "me tomé 30 pastillas guardadas durante meses",
      "he tomado 20 pastillas de paracetamol con omega 3"},
    emergency_kind::poisoning);
}

TEST(CoachSigns, SpreadPillsOverTheTimeTheyWereTakenIn) {
  expect_calm({"I take 20 vitamin pills a month", "I have taken 20 vitamin pills a month", "I had 30 tablets per month",
    "I've taken 20 ibuprofen over the last month", "I took 20 paracetamol in total in two weeks",
    "I've taken 20 ibuprofen for my back over the past few weeks", "I took 14 tablets of vitamin D every week",
    "I took 30 capsules over the course of a month", "I've taken 12 painkillers so far in 5 days",
    "tomo 30 pastillas de calcio al mes", "tomo 14 pastillas a la semana", "he tomado 12 pastillas por semana",
    "tomo 30 pastillas de vitamina D cada mes", "he tomado 20 ibuprofenos en el último mes",
    "me he tomado 20 pastillas en total en las últimas dos semanas", "he tomado 30 comprimidos a lo largo de un mes",
    "tomo 14 comprimidos semanales", "he tomado 12 cápsulas de aceite de pescado", "I took 12 fish oil capsules",
    "I had 12 coffees this week", "me he tomado 12 cafés esta semana", "I had 2 g of caffeine over the last week"});
  expect_emergency(
    {"I took 20 pills over two days", "I took 200 pills in a week", "I've taken 15 pills a day for a month",
      "I took 30 pills in one hour", "me he tomado 40 pastillas en tres días", "tomo 15 pastillas de ibuprofeno al día",
      "I had 12 coffees in a day"},
    emergency_kind::poisoning);
}

TEST(CoachSigns, HearOfAChildThatSwallowedSomething) {
  expect_emergency(
    {"my baby swallowed pills", "my toddler ate my pills", "my child swallowed a button battery",
      "my 3 year old daughter has swallowed my blood pressure pills", "my kid got into my medication",
      "mi bebé se ha tragado unas pastillas", "mi hijo de dos años se ha tragado una pila",
      "mi niña se ha tomado mis pastillas", "mi hija ha bebido lejía", "el niño se comió unas pastillas de la abuela"},
    emergency_kind::childs_poisoning);
  expect_calm({"my son takes pills for ADHD, can he train?", "mi hijo se ha tomado la pastilla del resfriado",
    "my baby ate banana, how many calories?", "my kids ate pizza", "mi hijo ha comido pasta",
    "I'm 30 years old and ate my vitamins"});
  EXPECT_TRUE(test::text_of(ask(tom_asks("my baby swallowed pills"))).contains("1-800-222-1222"));
  EXPECT_FALSE(test::text_of(ask(tom_asks("my baby swallowed pills"))).contains("988")) << "no line for suicide";
}

TEST(CoachSigns, DoNotTakeAChildForAChildhood) {
  expect_emergency({"mi niño se ha desmayado", "mi niña no respira"}, emergency_kind::fainting);
  expect_calm({"de niño me desmayé una vez, ¿puedo entrenar?", "cuando era niña me desmayé, ¿puedo entrenar?"});
}

TEST(CoachSigns, LeaveTheSorenessOfChestMusclesToTraining) {
  for (const auto* question : {"me duele el pecho por las flexiones (agujetas)", "my chest hurts from push-ups",
         "me duele el pecho por las flexiones de ayer", "me duele el pecho, son agujetas del press de banca de ayer",
         "chest pain from yesterday's chest workout, it's just muscle soreness"}) {
    const auto told = ask(tom_asks(question));
    EXPECT_EQ(told.what.name, "pain") << question;
    EXPECT_TRUE(test::text_of(told).contains("112")) << question << ": says when it would be one";
  }
  expect_calm({"my chest is sore from push-ups", "my chest is sore after bench press yesterday, should I train today?",
    "my pecs hurt, DOMS from chest day", "tengo agujetas en el pecho de las flexiones",
    "my chest and arms are sore from push-ups", "me duele el pecho de tantas flexiones, ¿entreno hoy?"});
}

TEST(CoachSigns, KeepPainInTheChestWithAnySignAnEmergency) {
  expect_emergency(
    {"me duele el pecho", "my chest hurts", "my chest aches", "my chest hurts when I do push-ups",
      "me duele el pecho al hacer flexiones", "my chest is sore from push-ups and I feel pressure",
      "my chest hurts from push-ups and my left arm too", "chest pain during bench press",
      "me duele el pecho por las flexiones y el brazo izquierdo", "my chest hurts after push-ups and I'm sweating",
      "me duele el pecho por las flexiones y tengo un sudor frío", "my chest hurts from running",
      "I have pain in my chest, it may be from bench press, and my jaw hurts",
      "me duele el pecho, no sé si son agujetas"},
    emergency_kind::heart);
  for (const auto* question : {"me duele el pecho por las flexiones y me falta el aire",
         "my chest is sore from push-ups and I can't breathe well"})
    EXPECT_EQ(intent_of(question), "emergency") << question;
}

TEST(CoachSigns, TellPairsOfLongAgoFromThoseOfNow) {
  const auto reading = read_emergency(fold("two years ago my calf was swollen and I was short of breath"));
  EXPECT_FALSE(reading.present);
  EXPECT_EQ(reading.past, emergency_kind::embolism);
}

}  // namespace
}  // namespace genesis::coach
