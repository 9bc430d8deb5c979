#include "domain/nutrition_plan.hpp"
#include "domain/workout_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

calendar_day march(unsigned day) {
  return std::chrono::year{2026} / std::chrono::March / std::chrono::day{day};
}

TEST(PlanPeriod, MayBeOneDayOrHaveOneEndOrNone) {
  EXPECT_THAT(period_faults(march(1), march(1)), IsEmpty());
  EXPECT_THAT(period_faults(march(1), march(2)), IsEmpty());
  EXPECT_THAT(period_faults(march(1), std::nullopt), IsEmpty());
  EXPECT_THAT(period_faults(std::nullopt, march(1)), IsEmpty());
  EXPECT_THAT(period_faults(std::nullopt, std::nullopt), IsEmpty());
}

TEST(PlanPeriod, DoesNotEndBeforeItStarts) {
  const field_error fault{"ends_on", "range", "must not be before starts_on"};
  EXPECT_THAT(period_faults(march(2), march(1)), ElementsAre(fault));
  workout_plan workout;
  workout.starts_on = march(2);
  apply(workout_plan_patch{.ends_on = std::optional{march(1)}}, workout);
  EXPECT_THAT(faults_of(workout), ElementsAre(fault));
  nutrition_plan nutrition;
  nutrition.ends_on = march(1);
  apply(nutrition_plan_patch{.starts_on = std::optional{march(2)}}, nutrition);
  EXPECT_THAT(faults_of(nutrition), ElementsAre(fault));
}

TEST(WorkoutPlanPatch, ChangesWhatItNamesAndNothingElse) {
  workout_plan what;
  what.name = "Before";
  what.goal = goal::maintain;
  what.notes = "kept";
  what.starts_on = march(1);
  auto expected = what;
  apply(workout_plan_patch{}, what);
  EXPECT_EQ(what, expected);
  apply({.name = "After",
          .goal = std::optional<goal>{},
          .is_active = true,
          .ends_on = std::optional{march(9)},
          .days_json = R"([{"name":"Legs"}])"},
    what);
  expected.name = "After";
  expected.goal.reset();
  expected.is_active = true;
  expected.ends_on = march(9);
  expected.days_json = R"([{"name":"Legs"}])";
  EXPECT_EQ(what, expected);
  apply({.notes = std::optional<std::string>{}, .starts_on = std::optional<calendar_day>{}}, what);
  EXPECT_EQ(what.notes, std::nullopt);
  EXPECT_EQ(what.starts_on, std::nullopt);
}

TEST(NutritionPlanPatch, ChangesWhatItNamesAndNothingElse) {
  nutrition_plan what;
  what.name = "Before";
  what.fibre_g = 30;
  auto expected = what;
  apply(nutrition_plan_patch{}, what);
  EXPECT_EQ(what, expected);
  apply({.name = "After",
          .notes = std::optional<std::string>{"new"},
          .is_active = true,
          .energy_kcal = 2'000,
          .protein_g = 1,
          .carbs_g = 2,
          .fat_g = 3,
          .fibre_g = std::optional<double>{},
          .water_litres = std::optional{2.5},
          .meals_json = "[{}]"},
    what);
  expected.name = "After";
  expected.notes = "new";
  expected.is_active = true;
  expected.energy_kcal = 2'000;
  expected.protein_g = 1;
  expected.carbs_g = 2;
  expected.fat_g = 3;
  expected.fibre_g.reset();
  expected.water_litres = 2.5;
  expected.meals_json = "[{}]";
  EXPECT_EQ(what, expected);
}

}  // namespace
}  // namespace genesis
