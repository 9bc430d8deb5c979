#include "domain/coach/intent.hpp"
#include "tests/domain/coach_people.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::tom_asks;

struct wording_of {
  std::string_view question;
  std::string_view intent;
};

constexpr auto wordings = std::to_array<wording_of>({
  // Energy
  {"How much should I eat to lose weight?", "energy_target"},
  {"how many calories do i need", "energy_target"},
  {"hw many calroies should I eat per day", "energy_target"},
  {"what's my maintenance?", "energy_target"},
  {"What should I eat to gain weight", "energy_target"},
  {"I want to lose weigth", "energy_target"},
  {"calorie target please", "energy_target"},
  {"TDEE?", "energy_target"},
  {"should I be in a deficit?", "energy_target"},
  {"¿Cuánto debo comer para bajar de peso?", "energy_target"},
  {"cuantas calorias necesito al dia", "energy_target"},
  {"cuantas kalorias necesito al dia", "energy_target"},
  {"quiero adelgasar", "energy_target"},
  {"qué debería comer para ganar masa", "energy_target"},
  {"quiero perder grasa", "energy_target"},
  {"¿estoy en déficit?", "energy_target"},
  // Macros and protein
  {"what are my macros?", "macros"},
  {"How many carbs should I eat?", "macros"},
  {"how much fat per day?", "macros"},
  {"how much fiber do I need", "macros"},
  {"¿cuáles son mis macros?", "macros"},
  {"cuantos carboidratos debo comer", "macros"},
  {"¿cómo reparto los hidratos?", "macros"},
  {"How much protein should I eat?", "protein"},
  {"how much protien do I need", "protein"},
  {"¿Cuánta proteína necesito?", "protein"},
  {"cuanta protina al dia", "protein"},
  // Water
  {"How much water should I drink?", "water"},
  {"am I hydrated enough", "water"},
  {"¿cuánta agua debo beber?", "water"},
  {"cuantos litros de agua al dia", "water"},
  {"hidratación para entrenar", "water"},
  // Strength
  {"I benched 100 kg for 5, what's my max?", "one_rep_max"},
  {"100kg x 5", "one_rep_max"},
  {"what's my 1RM if I squat 225 lbs 8 reps", "one_rep_max"},
  {"estimate my one rep max", "one_rep_max"},
  {"max deadlift from 140x3", "one_rep_max"},
  {"hice 5 repeticiones con 100 kilos en press de banca, ¿cuál es mi máximo?", "one_rep_max"},
  {"mi repetición máxima en sentadilla", "one_rep_max"},
  {"rm con 80 kg por 6", "one_rep_max"},
  // Heart rate
  {"What are my heart rate zones?", "heart_rate_zones"},
  {"whats my max heart rate", "heart_rate_zones"},
  {"zone 2 bpm?", "heart_rate_zones"},
  {"zonas de frecuencia cardíaca", "heart_rate_zones"},
  {"¿cuál es mi zona 2?", "heart_rate_zones"},
  {"pulsaciones máximas con la fórmula de Tanaka", "heart_rate_zones"},
  // Progress
  {"How am I doing?", "weight_trend"},
  {"am I losing weight?", "weight_trend"},
  {"show me my progress", "weight_trend"},
  {"my weight is stuck", "weight_trend"},
  {"is my weight trend on track", "weight_trend"},
  {"¿Cómo voy?", "weight_trend"},
  {"¿estoy bajando de peso?", "weight_trend"},
  {"mi progreso", "weight_trend"},
  {"I've lost 2 kg", "weight_trend"},
  {"how is my weight looking?", "weight_trend"},
  {"qué tal voy con el peso", "weight_trend"},
  {"tendensia de mi peso", "weight_trend"},
  // Readiness
  {"Should I train today?", "readiness"},
  {"can I work out today", "readiness"},
  {"I'm really tired, should I train", "readiness"},
  {"am i recovered", "readiness"},
  {"do I need a rest day?", "readiness"},
  {"¿Debería entrenar hoy?", "readiness"},
  {"hoy entreno o descanso?", "readiness"},
  {"tengo agujetas", "readiness"},
  {"estoy muy cansada", "readiness"},
  // Sleep
  {"how much sleep do I need?", "sleep"},
  {"I slept 5 hours", "sleep"},
  {"I cant fall asleep", "sleep"},
  {"¿cuántas horas debo dormir?", "sleep"},
  {"duermo mal", "sleep"},
  // Resting energy
  {"what's my BMR?", "resting_energy"},
  {"how many calories do I burn at rest", "resting_energy"},
  {"my metabolism with Harris-Benedict", "resting_energy"},
  {"¿cuál es mi metabolismo basal?", "resting_energy"},
  {"gasto en reposo", "resting_energy"},
  {"What are my calories at rest?", "resting_energy"},
  {"how many calories do I burn a day at rest?", "resting_energy"},
  {"how many calories do I burn while resting?", "resting_energy"},
  {"what are my resting calories?", "resting_energy"},
  {"how much energy do I use at rest?", "resting_energy"},
  {"what's my energy expenditure at rest?", "resting_energy"},
  {"how many calories would I burn doing nothing?", "resting_energy"},
  {"¿Cuántas calorías quemo en reposo?", "resting_energy"},
  {"Hola, ¿cuántas calorías quemo en reposo?", "resting_energy"},
  {"¿Cuántas calorías quemo en reposo al día?", "resting_energy"},
  {"¿Cuántas calorías quemo al día en reposo?", "resting_energy"},
  {"cuantas calorias gasto en reposo", "resting_energy"},
  {"¿cuántas calorías consume mi cuerpo en reposo?", "resting_energy"},
  {"¿cuáles son mis calorías en reposo?", "resting_energy"},
  {"¿cuánta energía gasto en reposo?", "resting_energy"},
  {"¿cuál es mi gasto energético en reposo?", "resting_energy"},
  {"¿cuántas calorías quemo sin hacer nada?", "resting_energy"},
  {"how many calories should I eat on a rest day?", "energy_target"},
  {"¿cuántas calorías quemo?", "energy_target"},
  // Training
  {"How many days a week should I train?", "training_advice"},
  {"give me a workout plan", "training_advice"},
  {"how many sets for chest", "training_advice"},
  {"when do I deload", "training_advice"},
  {"how should I warm up", "training_advice"},
  {"hazme una rutina", "training_advice"},
  {"How should I train?", "training_advice"},
  {"how should I exercise", "training_advice"},
  {"What should I train?", "training_advice"},
  {"how should I work out?", "training_advice"},
  {"how can I train my legs better?", "training_advice"},
  {"¿Cómo debo entrenar?", "training_advice"},
  {"¿cómo debería entrenar?", "training_advice"},
  {"¿qué debo entrenar?", "training_advice"},
  {"¿Cómo entreno?", "training_advice"},
  {"should I train?", "readiness"},
  {"how hard should I train today?", "readiness"},
  {"¿puedo entrenar?", "readiness"},
  {"max heart rate for age 50", "heart_rate_zones"},
  {"cuantas series por musculo", "training_advice"},
  {"cómo gano fuerza", "training_advice"},
  {"¿cuándo subo la carga?", "training_advice"},
  // Profile and small talk
  {"what do you know about me?", "profile_gaps"},
  {"what's missing in my profile", "profile_gaps"},
  {"¿qué sabes de mí?", "profile_gaps"},
  {"Hi", "greeting"},
  {"helo", "out_of_scope"},  // four letters are too few to guess at
  {"buenos días", "greeting"},
  {"Hola!!", "greeting"},
  {"thank you so much", "thanks"},
  {"muchas gracias", "thanks"},
  {"what can you do?", "capabilities"},
  {"who are you", "capabilities"},
  {"¿en qué me puedes ayudar?", "capabilities"},
  {"quién eres", "capabilities"},
  // What it does not answer
  {"what's the weather tomorrow?", "out_of_scope"},
  {"write me a poem", "out_of_scope"},
  {"should I take creatine?", "out_of_scope"},
  {"dame una receta de tortilla", "out_of_scope"},
  {"can I eat pizza?", "out_of_scope"},
  {"how many calories does running burn?", "out_of_scope"},
  {"what is 100 kg in pounds?", "out_of_scope"},
  {"I have a cold, should I train today?", "illness"},
  {"tengo gripe", "illness"},
  {"I feel sad today", "low_mood"},
  {"estoy muy estresada", "low_mood"},
  {"am I overweight?", "body_mass_index"},
  {"cuánto debo pesar", "body_mass_index"},
  {"are you a real person?", "capabilities"},
  {"adiós", "farewell"},
  {"mi sentadilla no sube", "training_advice"},
  {"how many reps should I do?", "training_advice"},
  {"asdf qwer", "out_of_scope"},
  {"", "out_of_scope"},
  {"my knee hurts when I squat", "pain"},
  {"me duele la espalda al hacer peso muerto", "pain"},
  {"what should I take for my blood pressure", "medical_question"},
  {"¿puedo tomar medicamentos para la tiroides?", "medical_question"},
  // Safety
  {"I want to eat 600 calories", "unsafe_target"},
  {"I want to eat 1499 kcal a day", "unsafe_target"},
  {"I want to eat 1500 kcal a day", "energy_target"},
  {"lose 10 kg in a week", "unsafe_target"},
  {"I need to drop 20 lbs in 10 days", "unsafe_target"},
  {"lose 4 kg in 8 weeks", "energy_target"},
  {"quiero comer 700 calorías al día", "unsafe_target"},
  {"perder 10 kilos en un mes", "unsafe_target"},
  {"I have chest pain", "emergency"},
  {"me duele el pecho", "emergency"},
  {"I make myself vomit after meals", "eating_disorder"},
  {"tengo anorexia, ¿cuánto debo comer?", "eating_disorder"},
});

TEST(CoachIntent, ReadsWhatPeopleSay) {
  static_assert(wordings.size() >= 80);
  for (const auto& [question, name] : wordings)
    EXPECT_EQ(read_intent(tom_asks(std::string{question})).name, name) << question;
}

TEST(CoachIntent, IsSureOfClearQuestionsAndUnsureOfUnclearOnes) {
  EXPECT_GE(read_intent(tom_asks("How much should I eat to lose weight?")).confidence, 0.9);
  EXPECT_GE(read_intent(tom_asks("¿Debería entrenar hoy?")).confidence, 0.9);
  EXPECT_LE(read_intent(tom_asks("asdf qwer")).confidence, 0.3);
  for (const auto& [question, name] : wordings) {
    const auto what = read_intent(tom_asks(std::string{question}));
    EXPECT_TRUE(what.confidence > 0 && what.confidence <= 1) << question;
    ASSERT_EQ(what.agents.size(), 1u) << question;
    EXPECT_TRUE(can_answer(what.agents[0], *parse_enum<topic>(what.name))) << question;
  }
}

TEST(CoachIntent, GoesToTheSpecialistOfTheSubject) {
  EXPECT_EQ(read_intent(tom_asks("how much protein?")).agents, std::vector{agent::sage});
  EXPECT_EQ(read_intent(tom_asks("I benched 100 kg for 5")).agents, std::vector{agent::blaze});
  EXPECT_EQ(read_intent(tom_asks("How should I train?")).agents, std::vector{agent::blaze});
  EXPECT_EQ(read_intent(tom_asks("how am I doing?")).agents, std::vector{agent::stella});
  EXPECT_EQ(read_intent(tom_asks("should I train today?")).agents, std::vector{agent::wave});
  EXPECT_EQ(read_intent(tom_asks("hello")).agents, std::vector{agent::nexus});
}

TEST(CoachIntent, GoesToTheSpecialistAskedForWhoCanAnswer) {
  auto asked = tom_asks("how much protein?");
  asked.asked_for = agent::blaze;
  EXPECT_EQ(read_intent(asked).agents, std::vector{agent::blaze});
  asked.asked_for = agent::stella;
  EXPECT_EQ(read_intent(asked).agents, std::vector{agent::sage});
  asked.question = "hello";
  EXPECT_EQ(read_intent(asked).agents, std::vector{agent::stella});
}

TEST(CoachIntent, GoesToAPreferredSpecialistWhoCanAnswer) {
  auto asked = tom_asks("how much protein?");
  asked.prefs.preferred_agents = {agent::stella, agent::blaze};
  EXPECT_EQ(read_intent(asked).agents, std::vector{agent::blaze});
  asked.asked_for = agent::sage;
  EXPECT_EQ(read_intent(asked).agents, std::vector{agent::sage});
}

// Follow-ups

std::string follow_up(std::string first, std::string then) {
  auto asked = tom_asks(std::move(then));
  add_exchange(asked, std::move(first));
  return read_intent(asked).name;
}

TEST(CoachIntent, KeepsTheTopicOfAFollowUpWithoutOne) {
  EXPECT_EQ(follow_up("How much should I eat to lose weight?", "and if I train more?"), "energy_target");
  EXPECT_EQ(follow_up("How much should I eat?", "and to build muscle?"), "energy_target");
  EXPECT_EQ(follow_up("How much should I eat?", "with Harris-Benedict?"), "energy_target");
  EXPECT_EQ(follow_up("How much should I eat?", "why?"), "energy_target");
  EXPECT_EQ(follow_up("How much should I eat?", "what if I weighed 75 kg?"), "energy_target");
  EXPECT_EQ(follow_up("How many calories?", "I'm 34 and I train 4 times a week"), "energy_target");
  EXPECT_EQ(follow_up("I benched 100 kg for 5", "and in pounds?"), "one_rep_max");
  EXPECT_EQ(follow_up("hice 100 kg x 5 en banca", "¿y en libras?"), "one_rep_max");
  EXPECT_EQ(follow_up("hice 100 kg x 5 en banca", "¿y si hago 110 por 3?"), "one_rep_max");
  EXPECT_EQ(follow_up("mis zonas de frecuencia cardiaca", "¿y con Fox?"), "heart_rate_zones");
  EXPECT_EQ(follow_up("¿cómo voy?", "¿por qué?"), "weight_trend");
}

TEST(CoachIntent, TakesBareNumbersForWhatTheTalkIsOf) {
  EXPECT_EQ(follow_up("is it fine to eat 1900 kcal a day?", "what about 1400?"), "unsafe_target");
  EXPECT_EQ(follow_up("how many days should I train?", "4 days"), "training_advice");
}

TEST(CoachIntent, TakesTheTopicThatAFollowUpNames) {
  EXPECT_EQ(follow_up("How much should I eat to lose weight?", "and how much protein?"), "protein");
  EXPECT_EQ(follow_up("¿Cuánto debo comer?", "¿y la proteína?"), "protein");
  EXPECT_EQ(follow_up("¿Cuánto debo comer?", "¿y cuánta agua?"), "water");
  EXPECT_EQ(follow_up("¿cómo voy?", "¿y cuánto debería comer?"), "energy_target");
  EXPECT_EQ(follow_up("How am I doing?", "and should I train today?"), "readiness");
}

TEST(CoachIntent, GoesFromEnergyToThatAtRest) {
  for (const auto* question : {"How many calories do I burn a day?", "How much should I eat?", "¿Cuánto debo comer?",
         "What are my macros?", "What's my BMR with Harris-Benedict?"})
    for (const auto* then : {"And at rest?", "at rest?", "and when I'm resting?", "what about at rest?",
           "¿Y en reposo?", "¿en reposo?", "¿y estando en reposo?"})
      EXPECT_EQ(follow_up(question, then), "resting_energy") << question << ' ' << then;
  EXPECT_EQ(follow_up("How much should I eat?", "and my heart rate at rest?"), "heart_rate_zones");
  EXPECT_EQ(follow_up("How much water should I drink?", "And at rest?"), "out_of_scope");
}

TEST(CoachIntent, ExplainsTheTopicThatIsNamed) {
  EXPECT_EQ(follow_up("how much water should I drink?", "how do you calculate my calories?"), "energy_target");
  EXPECT_EQ(follow_up("how much water should I drink?", "which formula did you use?"), "water");
}

TEST(CoachIntent, DoesNotTakeAGoalForMoreOfASorrow) {
  EXPECT_EQ(follow_up("I feel sad today", "my goal is to gain muscle now"), "training_advice");
}

TEST(CoachIntent, LooksPastSmallTalkForTheTopic) {
  auto asked = tom_asks("and if I train more?");
  add_exchange(asked, "How much should I eat?");
  add_exchange(asked, "thanks!");
  EXPECT_EQ(read_intent(asked).name, "energy_target");
}

TEST(CoachIntent, IsOutOfScopeForAFollowUpToNothing) {
  EXPECT_EQ(read_intent(tom_asks("and in pounds?")).name, "out_of_scope");
}

TEST(CoachIntent, TreatsAnUnclearMessageAsANewOne) {
  EXPECT_EQ(follow_up("How much should I eat?", "the neighbour's cat is orange today, isn't it"), "out_of_scope");
  EXPECT_EQ(follow_up("How much should I eat?", "and who won the race in Rome?"), "out_of_scope");
}

}  // namespace
}  // namespace genesis::coach
