#include "domain/coach/mentions.hpp"
#include "domain/coach/quantities.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

mentions read(std::string_view question, number_context context = {}) {
  return read_mentions(question, fold(question), context);
}

void expect_near(std::optional<double> value, double wanted) {
  ASSERT_TRUE(value);
  EXPECT_NEAR(*value, wanted, 1e-6);
}

TEST(CoachQuantities, ReadNumbersAsBothLanguagesWriteThem) {
  expect_near(number_of("82.5"), 82.5);
  expect_near(number_of("82,5"), 82.5);
  expect_near(number_of("1,850"), 1850);
  expect_near(number_of("1.850"), 1850);
  expect_near(number_of("1,850.5"), 1850.5);
  expect_near(number_of("0.125"), 0.125);
  expect_near(number_of("cinco"), 5);
  expect_near(number_of("twelve"), 12);
  expect_near(number_of("forty"), 40);
  expect_near(number_of("veintidos"), 22);
  EXPECT_FALSE(number_of("kg"));
  EXPECT_FALSE(number_of(""));
}

TEST(CoachQuantities, ReadNumbersInWords) {
  const auto single = [](std::string_view text) {
    const auto found = read_quantities(fold(text));
    return found.size() == 1 ? std::optional{found[0].value} : std::nullopt;
  };
  expect_near(single("thirty five reps"), 35);
  expect_near(single("thirty-five reps"), 35);
  expect_near(single("treinta y cinco repeticiones"), 35);
  expect_near(single("half a kilo"), 0.5);
  expect_near(single("medio kilo"), 0.5);
  expect_near(single("un kilo"), 1);
  expect_near(single("un kilo y medio"), 1.5);
  expect_near(single("a pound and a half"), 1.5 * 0.45359237);
  expect_near(single("2000 mg"), 2);
  expect_near(single("two gallons"), 2 * 3.785411784);
  EXPECT_EQ(read_quantities(fold("veinte, cinco")).size(), 2u);
  EXPECT_TRUE(read_quantities(fold("a libras")).empty());
}

TEST(CoachQuantities, ReadAtMostTheirBound) {
  std::string text;
  for (std::size_t i = 0; i <= quantities_count_max; ++i)
    text += "1 kg ";
  EXPECT_EQ(read_quantities(fold(text)).size(), quantities_count_max);
  EXPECT_EQ(read_quantities(fold("1 kg 2 kg")).size(), 2u);
}

TEST(CoachMentions, ReadASet) {
  for (const auto* question : {"I benched 100 kg for 5", "100 kg x 5", "100kg×5", "bench 5 reps at 100 kg",
         "I did 5 reps with 100 kg", "hice 5 repeticiones con 100 kilos", "100 kilos por 5 en banca",
         "levanté 100 kg 5 veces", "benched 100 for five", "bench: 3x5 100 kg"}) {
    const auto said = read(question);
    expect_near(said.lifted_kg, 100);
    EXPECT_EQ(said.repetitions, 5) << question;
    EXPECT_FALSE(said.weight_kg) << question;
  }
}

TEST(CoachMentions, ReadASetInPounds) {
  expect_near(read("squat 225 lbs x 8").lifted_kg, 225 * 0.45359237);
  expect_near(read("squat 225 x 8", {unit_system::imperial, false}).lifted_kg, 225 * 0.45359237);
}

TEST(CoachMentions, TellTheBarFromTheBody) {
  const auto said = read("I weigh 80 kg and I benched 100 kg for 5 reps");
  expect_near(said.weight_kg, 80);
  expect_near(said.lifted_kg, 100);
  EXPECT_EQ(said.repetitions, 5);
  EXPECT_EQ(said.lift_name, lift::bench_press);
  expect_near(read("65 kg", {unit_system::metric, true}).lifted_kg, 65);
  expect_near(read("65 kg").weight_kg, 65);
}

TEST(CoachMentions, ReadRepetitionsInReserve) {
  const auto said = read("bench 100 kg x 5 rir 2");
  EXPECT_EQ(said.repetitions, 5);
  EXPECT_EQ(said.in_reserve, 2);
}

TEST(CoachMentions, ReadTheBody) {
  const auto said = read("I'm 34, male, 180 cm and 82.5 kg with 18% body fat");
  EXPECT_EQ(said.age_years, 34);
  EXPECT_EQ(said.sex, sex::male);
  expect_near(said.height_cm, 180);
  expect_near(said.weight_kg, 82.5);
  expect_near(said.body_fat_pct, 18);
  const auto dicho = read("tengo 41 años, soy mujer, mido 1,62 y peso 64,5 kilos con un 30 por ciento de grasa");
  EXPECT_EQ(dicho.age_years, 41);
  EXPECT_EQ(dicho.sex, sex::female);
  expect_near(dicho.height_cm, 162);
  expect_near(dicho.weight_kg, 64.5);
  expect_near(dicho.body_fat_pct, 30);
}

TEST(CoachMentions, ReadHeightsInEveryNotation) {
  expect_near(read("I'm 5'11\" tall").height_cm, 5 * 30.48 + 11 * 2.54);
  expect_near(read("5 ft 11").height_cm, 5 * 30.48 + 11 * 2.54);
  expect_near(read("6 feet").height_cm, 182.88);
  expect_near(read("1.80 m").height_cm, 180);
  expect_near(read("1m80").height_cm, 180);
  expect_near(read("mido 175").height_cm, 175);
  EXPECT_FALSE(read("my waist is 90 cm").height_cm);
}

TEST(CoachMentions, LeaveOutWhatNoProfileMayHold) {
  EXPECT_FALSE(read("I weigh 19 kg").weight_kg);
  EXPECT_TRUE(read("I weigh 20 kg").weight_kg);
  EXPECT_FALSE(read("I weigh 501 kg").weight_kg);
  EXPECT_EQ(read("I'm 12 years old").age_years, 12) << "a child is answered as one";
  EXPECT_FALSE(read("I have trained for 12 years").age_years);
  EXPECT_TRUE(read("I'm 13 years old").age_years);
  EXPECT_EQ(read("bench 100 kg x 37").repetitions, 37) << "the answer says that it is too long";
  EXPECT_EQ(read("bench 100 kg x 99999").repetitions, 1000);
}

TEST(CoachMentions, ReadGoals) {
  EXPECT_EQ(read("to lose weight").goal, goal::lose_weight);
  EXPECT_EQ(read("para bajar unos kilos").goal, goal::lose_weight);
  EXPECT_EQ(read("to gain muscle").goal, goal::gain_muscle);
  EXPECT_EQ(read("quiero ganar músculo").goal, goal::gain_muscle);
  EXPECT_EQ(read("lose fat and build muscle").goal, goal::recomposition);
  EXPECT_EQ(read("perder grasa y ganar músculo").goal, goal::recomposition);
  EXPECT_EQ(read("mantener mi peso").goal, goal::maintain);
  EXPECT_EQ(read("¿cuánto debo comer para bajar de peso?").goal, goal::lose_weight);
  EXPECT_EQ(read("how much should I eat?").goal, std::nullopt);
}

TEST(CoachMentions, ReadActivity) {
  EXPECT_EQ(read("soy sedentaria").activity_level, activity_level::sedentary);
  EXPECT_EQ(read("I train 2 times a week").activity_level, activity_level::light);
  EXPECT_EQ(read("I train 4 days a week").activity_level, activity_level::moderate);
  EXPECT_EQ(read("entreno seis días a la semana").activity_level, activity_level::active);
  EXPECT_EQ(read("I train 9 times a week").activity_level, activity_level::very_active);
  EXPECT_EQ(read("and if I train more?").activity_steps, 1);
  EXPECT_EQ(read("¿y si entrenara menos?").activity_steps, -1);
}

TEST(CoachMentions, ReadWishesOfEnergyAndPace) {
  expect_near(read("I want to eat 600 calories a day").intake_kcal, 600);
  expect_near(read("macros para 1.800 kcal").intake_kcal, 1800);
  EXPECT_FALSE(read("a deficit of 500 kcal").intake_kcal);
  EXPECT_FALSE(read("500 kcal menos al día").intake_kcal);
  EXPECT_FALSE(read("I burned 300 calories running").intake_kcal);
  const auto said = read("lose 10 kg in a week");
  expect_near(said.change_kg, -10);
  expect_near(said.change_days, 7);
  const auto dicho = read("perder 8 kilos en dos semanas");
  expect_near(dicho.change_kg, -8);
  expect_near(dicho.change_days, 14);
}

TEST(CoachMentions, ReadFormulasAndUnits) {
  EXPECT_EQ(read("with harris benedict").resting_formula, resting_energy_formula::harris_benedict);
  EXPECT_EQ(read("con Brzycki").strength_formula, one_rep_max_formula::brzycki);
  EXPECT_EQ(read("220 minus age").heart_formula, max_heart_rate_formula::fox);
  EXPECT_EQ(read("and in pounds?").units, unit_system::imperial);
  EXPECT_EQ(read("y en kilos").units, unit_system::metric);
}

TEST(CoachMentions, ReadTheUnitsOfAQuestion) {
  EXPECT_EQ(read("I benched 100 kg for 5").used_units, unit_system::metric);
  EXPECT_EQ(read("I weigh 180 lbs").used_units, unit_system::imperial);
  EXPECT_EQ(read("I'm 6 feet tall").used_units, unit_system::imperial);
  EXPECT_EQ(read("I'm 6 feet tall and weigh 80 kg").used_units, std::nullopt);
  EXPECT_EQ(read("bench 100 x 5").used_units, std::nullopt);
}

TEST(CoachMentions, ReadAnAgeForAMaximalHeartRate) {
  for (const auto* question :
    {"max heart rate for age 50", "What is the max heart rate for a 50 year old?", "max heart rate at age 50?",
      "maximum heart rate at 50", "¿frecuencia cardíaca máxima a los 50?", "frecuencia cardíaca máxima para 50 años",
      "my max heart rate if I'm 50", "heart rate zones at age 50 with resting 60", "pulso en reposo 60, edad 50"}) {
    EXPECT_EQ(read(question).age_years, 50) << question;
    EXPECT_FALSE(read(question).repetitions) << question;
  }
  EXPECT_FALSE(read("max heart rate with a resting pulse of 50").age_years);
  EXPECT_FALSE(read("max bench at 50").age_years);
}

TEST(CoachMentions, ReadAMaximalHeartRate) {
  for (const auto* question :
    {"My maximal heart rate is 190, what are my zones?", "zones for max heart rate 190", "my max HR is 190 bpm",
      "HRmax 190", "what are my zones with a max of 190?", "max heart rate: 190", "my maximum pulse was 190 beats",
      "190 bpm is my max heart rate, what are my zones?", "zones at 190 max", "I'm 40 and my max heart rate is 190",
      "my resting heart rate is 55 and max is 190", "max heart rate 190, resting 55", "I'm a man, max heart rate 190",
      "mi frecuencia cardíaca máxima es 190, ¿cuáles son mis zonas?", "zonas para una FC máxima de 190", "FCmáx 190",
      "mi pulso máximo es de 190", "tengo 190 pulsaciones de máxima, ¿mis zonas?", "zonas con un máximo de 190 lpm"}) {
    expect_near(read(question).max_bpm, 190);
    EXPECT_FALSE(read(question).repetitions || read(question).lifted_kg) << question;
  }
  const auto both = read("my resting heart rate is 55 and max is 190");
  expect_near(both.resting_bpm, 55);
  for (const auto* question : {"max heart rate 190, resting 55", "my max heart rate is 190 and 55 at rest",
         "mi pulso máximo es 190 y 55 en reposo"})
    expect_near(read(question).resting_bpm, 55);
  expect_near(read("the highest heart rate I have reached is 193").max_bpm, 193);
  EXPECT_EQ(read("I'm 40 and my max heart rate is 190").age_years, 40);
  for (const auto* question : {"max heart rate for age 50", "maximum heart rate at 50", "my max squat is 190",
         "max bench 190 lbs", "is my max heart rate 220 minus age?", "max heart rate: 220 - 40",
         "my max squat is 140 and my heart rate is high", "my resting heart rate is 110"})
    EXPECT_FALSE(read(question).max_bpm) << question;
}

TEST(CoachMentions, ReadAMaximalHeartRateWithinItsBounds) {
  expect_near(read("my max heart rate is 100").max_bpm, 100);
  expect_near(read("my max heart rate is 230").max_bpm, 230);
  for (const auto* question :
    {"my max heart rate is 99", "my max heart rate is 231", "mi frecuencia cardíaca máxima es 300", "max HR 300 bpm"}) {
    const auto said = read(question);
    EXPECT_FALSE(said.max_bpm) << question;
    ASSERT_EQ(said.impossible.size(), 1u) << question;
    EXPECT_EQ(said.impossible[0].kind, impossible_value::kind_type::max_bpm) << question;
  }
}

TEST(CoachMentions, DoNotTakeTheNameOfTheMaximumForASet) {
  EXPECT_FALSE(read("what's my 1RM if I bench 100 kg?").repetitions);
  EXPECT_FALSE(read("estimate my one rep max with 100 kg").repetitions);
}

TEST(CoachMentions, ReadSleepAndPulse) {
  expect_near(read("I slept 6.5 hours").sleep_hours, 6.5);
  expect_near(read("dormí cinco horas").sleep_hours, 5);
  expect_near(read("my resting heart rate is 52").resting_bpm, 52);
  expect_near(read("pulso en reposo 48 lpm").resting_bpm, 48);
  EXPECT_FALSE(read("my max was 190 bpm").resting_bpm);
}

TEST(CoachMentions, ReadConditions) {
  EXPECT_TRUE(read("I'm pregnant").is_pregnant);
  EXPECT_TRUE(read("estoy dando el pecho").is_lactating || read("lactancia").is_lactating);
  EXPECT_TRUE(read("I have bulimia").has_eating_disorder);
  EXPECT_FALSE(read("I'm not pregnant").is_pregnant);
}

TEST(CoachMentions, LaterOnesWinAndLeaveTheRest) {
  const auto both = merged(read("I'm 34, 180 cm and I weigh 80 kg, to lose weight"), read("and if I weighed 75 kg?"));
  expect_near(both.weight_kg, 75);
  expect_near(both.height_cm, 180);
  EXPECT_EQ(both.goal, goal::lose_weight);
}

TEST(CoachMentions, ANewSetDoesNotMixWithAnOlderOne) {
  const auto both = merged(read("bench 100 kg x 5 rir 2"), read("and 110 kg x 3"));
  expect_near(both.lifted_kg, 110);
  EXPECT_EQ(both.repetitions, 3);
  EXPECT_EQ(both.in_reserve, 0);
  EXPECT_EQ(both.lift_name, lift::bench_press);
}

}  // namespace
}  // namespace genesis::coach
