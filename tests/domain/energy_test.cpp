#include "domain/energy.hpp"
#include "tests/domain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::measured;
using testing::person_of;
using testing::today;

constexpr auto male = reference_sex::male;
constexpr auto female = reference_sex::female;

struct measured_case {
  reference_sex sex;
  double weight_kg;
  double height_cm;
  int age_years;
  double kcal;
};

TEST(RestingEnergy, FollowsMifflinStJeor) {
  for (const auto& [sex, weight, height, age, kcal] : std::initializer_list<measured_case>{
         {female, 65, 170, 30, 1401.5}, {male, 80, 180, 30, 1780.0}, {male, 70, 175, 25, 1673.75},
         {female, 60, 165, 30, 1320.25}, {male, 85, 175, 28, 1808.75}, {female, 68, 163, 52, 1277.75}})
    EXPECT_NEAR(mifflin_st_jeor_kcal(sex, weight, height, age), kcal, 1e-9) << weight << " kg";
}

TEST(EnergyOfWeight, TurnsAPaceIntoDailyEnergyAndBack) {
  EXPECT_NEAR(kcal_per_day_of(-0.5), -550, 1e-9);
  EXPECT_NEAR(kcal_per_day_of(0.25), 275, 1e-9);
  EXPECT_NEAR(kg_per_week_of(1100), 1, 1e-9);
  EXPECT_NEAR(kg_per_week_of(-550), -0.5, 1e-9);
  for (const double pace : {-1.3, -0.01, 0.0, 0.7})
    EXPECT_NEAR(kg_per_week_of(kcal_per_day_of(pace)), pace, 1e-12);
}

TEST(RestingEnergy, FollowsHarrisBenedictAsRevised) {
  for (const auto& [sex, weight, height, age, kcal] : std::initializer_list<measured_case>{
         {male, 80, 180, 30, 1853.632}, {female, 65, 170, 30, 1445.408}, {male, 100, 185, 45, 2060.412}})
    EXPECT_NEAR(harris_benedict_kcal(sex, weight, height, age), kcal, 1e-9) << weight << " kg";
}

TEST(RestingEnergy, FollowsKatchMcArdle) {
  EXPECT_NEAR(katch_mcardle_kcal(80, 20), 1752.4, 1e-9);
  EXPECT_NEAR(katch_mcardle_kcal(80, 15), 1838.8, 1e-9);
  EXPECT_NEAR(katch_mcardle_kcal(80, 30), 1579.6, 1e-9);
}

TEST(RestingEnergy, IsComputedFromTheProfile) {
  const auto energy = resting_energy_of(person_of(sex::female, 65, 170, 30), today);
  ASSERT_TRUE(energy);
  EXPECT_NEAR(energy->kcal_per_day, 1401.5, 1e-9);
  EXPECT_EQ(energy->formula, "mifflin_st_jeor");
  EXPECT_THAT(energy->inputs,
    ElementsAre(named_value{"weight_kg", 65}, named_value{"height_cm", 170}, named_value{"age_years", 30}));
}

TEST(RestingEnergy, UsesTheBodyFatWhenItIsKnown) {
  auto person = person_of(sex::male, 80, 180, 30);
  person.body_fat_pct = measured(20);
  const auto energy = resting_energy_of(person, today);
  ASSERT_TRUE(energy);
  EXPECT_NEAR(energy->kcal_per_day, 1752.4, 1e-9);
  EXPECT_EQ(energy->formula, "katch_mcardle");
  EXPECT_THAT(energy->inputs, ElementsAre(named_value{"weight_kg", 80}, named_value{"body_fat_pct", 20}));
}

TEST(RestingEnergy, UsesTheFormulaAskedFor) {
  auto person = person_of(sex::male, 80, 180, 30);
  person.body_fat_pct = measured(20);
  const auto energy = resting_energy_of(person, today, resting_energy_formula::harris_benedict);
  ASSERT_TRUE(energy);
  EXPECT_NEAR(energy->kcal_per_day, 1853.632, 1e-9);
  EXPECT_EQ(energy->formula, "harris_benedict");
}

TEST(RestingEnergy, NamesEveryGapOfTheProfile) {
  const auto energy = resting_energy_of(user{}, today);
  ASSERT_FALSE(energy);
  EXPECT_THAT(energy.error().fields, ElementsAre("date_of_birth", "sex", "height_cm", "weight_kg"));
}

TEST(RestingEnergy, CountsAnUnspecifiedSexAsAGap) {
  const auto energy = resting_energy_of(person_of(sex::unspecified, 80, 180, 30), today);
  ASSERT_FALSE(energy);
  EXPECT_THAT(energy.error().fields, ElementsAre("sex"));
}

TEST(RestingEnergy, TakesMeasuresThatAreNotOfOneBodyForUnknown) {
  const auto energy = resting_energy_of(person_of(sex::female, 20, 50, 110), today);
  ASSERT_FALSE(energy);
  EXPECT_THAT(energy.error().fields, ElementsAre("date_of_birth", "height_cm", "weight_kg"));
}

TEST(RestingEnergy, NeedsNoSexWithBodyFat) {
  user person;
  person.weight_kg = measured(80);
  person.body_fat_pct = measured(20);
  EXPECT_TRUE(resting_energy_of(person, today));
  EXPECT_THAT(missing_for_resting_energy(user{}, resting_energy_formula::katch_mcardle),
    ElementsAre("weight_kg", "body_fat_pct"));
}

TEST(RestingEnergy, TellsTheSourceOfEachFormula) {
  EXPECT_EQ(source_of(resting_energy_formula::mifflin_st_jeor).title, "Mifflin-St Jeor");
  EXPECT_EQ(source_of(resting_energy_formula::katch_mcardle).title, "Katch-McArdle");
  EXPECT_EQ(
    source_of(resting_energy_formula::harris_benedict).reference, "Roza and Shizgal 1984, Am J Clin Nutr 40:168-182");
}

TEST(DailyEnergy, GrowsWithActivity) {
  const struct {
    activity_level level;
    double male_kcal;
    double female_kcal;
  } cases[] = {{activity_level::sedentary, 2136.0, 1681.8}, {activity_level::light, 2447.5, 1927.06},
    {activity_level::moderate, 2759.0, 2172.33}, {activity_level::active, 3070.5, 2417.59},
    {activity_level::very_active, 3382.0, 2662.85}};
  for (const auto& [level, male_kcal, female_kcal] : cases) {
    EXPECT_NEAR(1780.0 * activity_factor(level), male_kcal, 0.005);
    EXPECT_NEAR(1401.5 * activity_factor(level), female_kcal, 0.006);
  }
}

TEST(EnergyTarget, FollowsTheGoal) {
  auto person = person_of(sex::male, 80, 180, 30);
  const struct {
    goal aim;
    double kcal;
  } cases[] = {{goal::lose_weight, 2207.2}, {goal::maintain, 2759.0}, {goal::gain_muscle, 3034.9},
    {goal::recomposition, 2483.1}, {goal::performance, 2759.0}};
  for (const auto& [aim, kcal] : cases) {
    person.goal = aim;
    const auto target = energy_target_of(person, today);
    ASSERT_TRUE(target);
    EXPECT_NEAR(target->target_kcal, kcal, 1e-9) << name_of(aim);
    EXPECT_EQ(target->bound_by, "requested");
    EXPECT_NEAR(target->resting_kcal, 1780, 1e-9);
    EXPECT_NEAR(target->maintenance_kcal, 2759, 1e-9);
    EXPECT_EQ(target->floor_kcal, 1500);
    EXPECT_EQ(target->activity_factor, 1.55);
  }
}

TEST(EnergyTarget, IsHeldByTheFloor) {
  auto person = person_of(sex::female, 60, 165, 30);
  person.activity_level = activity_level::sedentary;  // 1320.25 * 1.2 = 1584.3; a fifth less is 1267.44
  const auto target = energy_target_of(person, today, {.formula = {}, .goal = {}, .kcal = 1000});
  ASSERT_TRUE(target);
  EXPECT_EQ(target->target_kcal, 1200);
  EXPECT_EQ(target->bound_by, "floor");
}

TEST(EnergyTarget, NeverMakesASmallWomanGainForTheSakeOfTheFloor) {
  auto person = person_of(sex::female, 45, 150, 65);
  person.activity_level = activity_level::sedentary;
  const auto target = energy_target_of(person, today);
  ASSERT_TRUE(target);
  EXPECT_NEAR(target->maintenance_kcal, 1.2 * (450 + 937.5 - 325 - 161), 1e-9);
  EXPECT_EQ(target->target_kcal, target->maintenance_kcal);
  EXPECT_EQ(target->bound_by, "maintenance");
}

TEST(EnergyTarget, HoldsASmallWomanJustUnderHerMaintenance) {
  auto person = person_of(sex::female, 50, 155, 60);
  person.activity_level = activity_level::sedentary;
  const auto target = energy_target_of(person, today);
  ASSERT_TRUE(target);
  EXPECT_NEAR(target->maintenance_kcal, 1209.3, 1e-9);
  EXPECT_EQ(target->target_kcal, 1200);
  EXPECT_EQ(target->bound_by, "floor");
}

TEST(EnergyTarget, LetsARequestAtTheFloorStand) {
  EXPECT_EQ(bounded_energy_target(1500, 1.5, 1500, 1500).bound_by, "requested");
  EXPECT_EQ(bounded_energy_target(1500, 1.5, 1500, 1499.9).bound_by, "floor");
  EXPECT_EQ(bounded_energy_target(1000, 1.2, 1500, 1200).bound_by, "requested");
  EXPECT_EQ(bounded_energy_target(1000, 1.2, 1500, 1199.9).bound_by, "maintenance");
  EXPECT_EQ(bounded_energy_target(1000, 1.5, 1500, 1400).bound_by, "floor") << "the floor is maintenance itself";
}

TEST(EnergyTarget, PrefersTheWishToTheProfile) {
  const auto person = person_of(sex::male, 80, 180, 30);
  const auto gaining = energy_target_of(person, today, {.formula = {}, .goal = goal::gain_muscle, .kcal = {}});
  ASSERT_TRUE(gaining);
  EXPECT_NEAR(gaining->target_kcal, 3034.9, 1e-9);
  const auto exact = energy_target_of(
    person, today, {.formula = resting_energy_formula::harris_benedict, .goal = goal::gain_muscle, .kcal = 2000});
  ASSERT_TRUE(exact);
  EXPECT_EQ(exact->target_kcal, 2000);
  EXPECT_NEAR(exact->resting_kcal, 1853.632, 1e-9);
}

TEST(EnergyTarget, NamesEveryGapOfTheProfile) {
  const auto target = energy_target_of(user{}, today);
  ASSERT_FALSE(target);
  EXPECT_THAT(
    target.error().fields, ElementsAre("date_of_birth", "sex", "height_cm", "weight_kg", "activity_level", "goal"));
}

TEST(EnergyTarget, NeedsNoGoalBesideAWish) {
  auto person = person_of(sex::male, 80, 180, 30);
  person.goal.reset();
  EXPECT_THAT(missing_for_energy_target(person), ElementsAre("goal"));
  EXPECT_THAT(missing_for_energy_target(person, {.formula = {}, .goal = {}, .kcal = 2000}), IsEmpty());
  EXPECT_THAT(missing_for_energy_target(person, {.formula = {}, .goal = goal::maintain, .kcal = {}}), IsEmpty());
}

TEST(EnergyTarget, NeedsTheSexForTheFloorEvenWithBodyFat) {
  auto person = person_of(sex::unspecified, 80, 180, 30);
  person.body_fat_pct = measured(20);
  EXPECT_THAT(missing_for_energy_target(person), ElementsAre("sex"));
}

TEST(EnergyTarget, NeverLeavesItsBoundsWhateverTheBody) {
  for (unsigned seed = 0; seed < 2000; ++seed) {
    std::mt19937 random{seed};
    std::uniform_real_distribution weight{weight_kg_range.low, weight_kg_range.high};
    std::uniform_real_distribution height{height_cm_range.low, height_cm_range.high};
    std::uniform_int_distribution age{13, 110};
    std::uniform_int_distribution level{0, 4};
    auto person = person_of(seed % 2 == 0 ? sex::male : sex::female, weight(random), height(random), age(random));
    person.activity_level = static_cast<activity_level>(level(random));
    const auto target = energy_target_of(person, today);
    if (!target) {
      EXPECT_LE(mifflin_st_jeor_kcal(
                  *reference_sex_of(person), person.weight_kg->value, *person.height_cm, *age_of(person, today)),
        0)
        << "seed " << seed;
      continue;
    }
    EXPECT_GT(target->resting_kcal, 0) << "seed " << seed;
    EXPECT_LE(target->target_kcal, target->maintenance_kcal) << "seed " << seed;
    EXPECT_GE(target->target_kcal, std::min(target->floor_kcal, target->maintenance_kcal)) << "seed " << seed;
  }
}

TEST(EnergyTarget, KnowsWhichGoalsNeedADeficit) {
  EXPECT_TRUE(is_deficit(goal::lose_weight));
  EXPECT_TRUE(is_deficit(goal::recomposition));
  EXPECT_FALSE(is_deficit(goal::maintain));
  EXPECT_FALSE(is_deficit(goal::gain_muscle));
  EXPECT_FALSE(is_deficit(goal::performance));
}

TEST(EnergyTarget, FollowsAPaceInPlaceOfAGoal) {
  auto person = person_of(sex::male, 80, 180, 30);
  person.goal.reset();
  EXPECT_TRUE(missing_for_energy_target(person, {.change_kg_per_week = -0.5}).empty());
  const auto target = energy_target_of(person, today, {.change_kg_per_week = -0.5});
  EXPECT_NEAR(target->target_kcal, 2759 - 550, 1e-9);
  EXPECT_NEAR(energy_target_of(person, today, {.change_kg_per_week = 0.25})->target_kcal, 2759 + 275, 1e-9);
  EXPECT_EQ(energy_target_of(person, today, {.change_kg_per_week = -1.2})->bound_by, "floor");
  EXPECT_EQ(energy_target_of(person, today, {.kcal = 2000, .change_kg_per_week = -0.5})->target_kcal, 2000);
}

}  // namespace
}  // namespace genesis
