#include "domain/coach/emergency_signs.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// Emergencies as people tell them, in words that no textbook has, and everyday talk that sounds alike.

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

bool tells(const char* question, std::string_view words) {
  return test::text_of(ask(tom_asks(question))).contains(words);
}

TEST(CoachAlarms, HearAHeartAttackInOrdinaryWords) {
  expect_emergency(
    {"My chest feels like an elephant is sitting on it and my jaw aches", "my chest feels heavy", "chest feels heavy",
      "it feels like an elephant on my chest", "something is pressing on my chest",
      "it feels like a ton of bricks on my chest", "heavy squeezing in the centre of my chest going down my left arm",
      "there's pressure in the middle of my chest", "There's a tightness behind my breastbone and I'm sweating cold",
      "there's a heavy pressure on my breastbone", "my sternum feels a crushing pressure",
      "My left arm feels heavy and I'm drenched in sweat", "my left arm aches and I broke out in a cold sweat",
      "my jaw hurts and I'm cold and clammy", "pain in my left arm and I'm short of breath sitting here",
      "my left arm is tingling and my jaw aches"},
    emergency_kind::heart);
  expect_emergency(
    {"tengo un peso en el pecho como si me aplastaran y me duele la mandíbula", "siento una losa en el pecho",
      "noto pesadez en el pecho", "parece que me aplastan el pecho", "me duele el brazo izquierdo y sudo frío",
      "tengo dolor en el brazo izquierdo y sudores fríos", "noto presión detrás del esternón",
      "me duele la mandíbula y estoy con sudor frío", "hormigueo en el brazo izquierdo y me falta el aire"},
    emergency_kind::heart);
  expect_calm({"is Monday a heavy chest day?", "¿qué peso uso para press de pecho?", "my left arm hurts after curls",
    "my left arm is weaker than my right one, which exercise helps?", "I sweat a lot at the gym, how much do I drink?",
    "me duele el brazo izquierdo después de las pesas", "how do I touch the bar to my sternum?",
    "is sweating a lot during a workout good?", "how do I stretch a tight chest?",
    "my left arm aches after bench and I was sweating", "¿cuánto peso levanto en la banca para el pecho?"});
}

TEST(CoachAlarms, HearTheWishToBeNoMore) {
  expect_emergency(
    {"I don't see the point of going on anymore", "I can't do this anymore, I want it all to end",
      "I'm thinking about ending it", "I want to end it", "what's the point of living", "what is the point of life",
      "I don't see any reason to keep going", "I want to disappear forever", "I just want to disappear",
      "I wish I could just disappear", "No one would miss me if I died", "nobody would care if I was gone",
      "everyone would be better without me", "I hate my body and cut myself", "I hate myself and keep burning myself",
      "I want everything to end", "I don't want to be here"},
    emergency_kind::self_harm);
  expect_emergency(
    {"ya no le veo sentido a vivir", "no le veo sentido a la vida", "no puedo más, quiero que todo acabe",
      "quiero que todo termine", "no tiene sentido seguir", "no tiene sentido seguir viviendo", "¿para qué seguir?",
      "no quiero estar aquí más", "no quiero estar aquí", "nadie me echaría de menos si muero",
      "nadie lloraría si me muero", "todos estarían mejor sin mí", "mi familia estaría mejor sin mí",
      "no vale la pena seguir", "¿qué sentido tiene vivir?"},
    emergency_kind::self_harm);
  expect_calm({"what's the point of cardio", "what's the point of going to the gym twice a day?",
    "no tiene sentido seguir esta dieta", "no tiene sentido seguir con el cardio", "I want this set to end",
    "I want my belly to disappear", "my weight loss stalled, what's the point of going on with this diet?",
    "no vale la pena seguir esta dieta", "should I end it with stretching?", "quiero que esta serie acabe",
    "nobody would notice 2 kg", "what's the point of creatine?", "no le veo sentido a entrenar cada día",
    "I can't go on any more diets", "quiero estar mejor sin dieta"});
}

TEST(CoachAlarms, HearAHeartThatHasStopped) {
  expect_emergency(
    {"he has no pulse", "my dad has no pulse", "there's no pulse", "I can't feel his pulse", "no tiene pulso",
      "mi padre no tiene pulso", "no le encuentro el pulso", "she won't wake up", "mi amigo no reacciona"},
    emergency_kind::fainting);
  EXPECT_TRUE(tells("he has no pulse", "chest compressions"));
  expect_calm({"how do I find my pulse?", "my watch shows no pulse data", "¿cómo tomo el pulso?"});
}

TEST(CoachAlarms, HearABlowToTheHeadAndLegsThatDoNotFeel) {
  expect_emergency(
    {"I hit my head at the gym and now I'm vomiting", "I banged my head on the bar and my vision is blurry",
      "he fell on his head and is confused", "I can't feel my legs after that deadlift", "I can't move my legs",
      "me di un golpe en la cabeza en el gimnasio y ahora vomito", "me golpeé la cabeza y estoy mareada",
      "no siento las piernas después del peso muerto", "no puedo mover las piernas"},
    emergency_kind::injury);
  EXPECT_TRUE(tells("I hit my head at the gym and now I'm vomiting", "blow to the head"));
  EXPECT_TRUE(tells("no siento las piernas", "columna") || tells("no siento las piernas", "espalda"));
  expect_calm({"I can't feel my legs working in squats", "I hit a new squat PR and feel dizzy with joy",
    "my legs feel heavy", "I'm confused about heads and tails of this diet"});
}

TEST(CoachAlarms, HearHeadacheHeartbeatAndThroat) {
  expect_emergency(
    {"el dolor de cabeza más fuerte de mi vida", "tengo el peor dolor de cabeza", "the strongest headache of my life"},
    emergency_kind::stroke);
  expect_emergency(
    {"noto que el corazón se me salta latidos y me mareo", "my heart keeps skipping beats and I'm dizzy"},
    emergency_kind::rhythm);
  expect_emergency({"Se me está cerrando la garganta después de comer nueces",
                     "my throat feels tight after eating shellfish and I've got hives all over",
                     "my throat is itchy since the bee sting", "I have hives and can't breathe",
                     "tengo ronchas y me aprieta la garganta tras comer marisco", "urticaria y falta de aire"},
    emergency_kind::allergy);
  expect_emergency({"mi hijo se está atragantando", "mi bebé se atraganta", "me he atragantado con un trozo de pollo"},
    emergency_kind::breathing);
  expect_calm({"I have a headache, should I train?", "me duele la cabeza", "my throat is sore, should I train?",
    "my heart skips a beat when I see her", "are nuts good before training?", "me duele la garganta"});
}

TEST(CoachAlarms, HearSugarHeatAndBleeding) {
  expect_emergency({"mi azúcar está en 40 y tiemblo", "tengo la glucosa en 50 y estoy temblando",
                     "my sugar is low and I'm trembling", "I stopped sweating in the heat and feel confused",
                     "dejé de sudar con el calor y estoy confuso", "ya no sudo y estoy mareado con este sol"},
    emergency_kind::other);
  expect_emergency({"I threw up something like coffee grounds", "my vomit looks like coffee grounds",
                     "he vomitado algo como posos de café"},
    emergency_kind::bleeding);
  expect_calm({"how do I stop sweating so much?", "are coffee grounds good for plants?", "is 40 g of sugar too much?",
    "¿40 gramos de azúcar es mucho?", "I'm confused about heat and saunas"});
}

TEST(CoachAlarms, TellDarkUrineFromASeizure) {
  expect_emergency(
    {"my urine is the colour of cola after that crossfit class", "my pee looks like coke", "my urine is brown",
      "I have tea colored urine since the workout", "orino marrón", "mi orina es del color de la coca cola"},
    emergency_kind::muscle_breakdown);
  EXPECT_TRUE(tells("my urine is brown", "rhabdomyolysis"));
  EXPECT_FALSE(tells("my urine is brown", "seizure"));
  EXPECT_FALSE(tells("tengo la orina marrón", "convulsión"));
  expect_calm({"my urine is dark yellow, how much should I drink?", "is cola bad for me?", "tengo la orina amarilla"});
}

TEST(CoachAlarms, SpeakOfTheHeartBeforeTheThroat) {
  expect_emergency({"I can't breathe and there is pressure in my chest", "trouble breathing and my chest is tight",
                     "my chest feels tight and I can't breathe", "tight chest and short of breath",
                     "no puedo respirar y me oprime el pecho", "me falta el aire y tengo presión en el pecho"},
    emergency_kind::heart);
  EXPECT_FALSE(tells("I can't breathe and there is pressure in my chest", "shoulder blades"));
  EXPECT_TRUE(tells("I can't breathe and there is pressure in my chest", "can be the heart"));
}

TEST(CoachAlarms, AreNotRaisedByFiguresOfSpeechAndAnimals) {
  expect_calm({"I had a stroke of luck: how much protein?", "what a stroke of genius",
    "I'm choking on all this protein, how much do I really need?", "I keep choking under pressure in competitions",
    "my dog fainted yesterday, how much should I eat?", "my cat had a seizure, can I still train?",
    "mi perro se desmayó ayer, ¿cuánto debo comer?", "I passed out on the couch after work, how much should I sleep?",
    "me falta el aire acondicionado en el gym, ¿cuánta agua bebo?", "me atraganto con tanta proteína"});
  expect_emergency(
    {"I passed out at work", "my husband passed out on the couch and won't wake up"}, emergency_kind::fainting);
  expect_emergency({"I'm having a stroke", "my mum had a stroke just now"}, emergency_kind::stroke);
  expect_emergency({"I'm choking on a piece of chicken", "me falta el aire"}, emergency_kind::breathing);
}

}  // namespace
}  // namespace genesis::coach
