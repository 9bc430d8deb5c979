#include "domain/macros.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

namespace genesis {
namespace {

using ::testing::ElementsAre;

void expect_grams(const std::expected<macro_targets, infeasible_macros>& day, double protein_g, double carbs_g,
  double fat_g, double kcal) {
  ASSERT_TRUE(day);
  EXPECT_EQ(day->protein_g, protein_g);
  EXPECT_EQ(day->carbs_g, carbs_g);
  EXPECT_EQ(day->fat_g, fat_g);
  EXPECT_EQ(day->kcal, kcal);
}

TEST(Macros, FollowTheBalancedScheme) {
  const auto loss = macro_targets_for(2100, 80, goal::lose_weight, 3);
  expect_grams(loss, 176, 203, 65, 2101);
  EXPECT_EQ(loss->fibre_g, 29);
  const auto gain = macro_targets_for(3000, 80, goal::gain_muscle, 3);
  expect_grams(gain, 160, 381, 93, 3001);
  EXPECT_EQ(gain->fibre_g, 40) << "the cap";
}

TEST(Macros, GiveProteinByGoal) {
  EXPECT_EQ(protein_g_per_kg(goal::lose_weight), 2.2);
  EXPECT_EQ(protein_g_per_kg(goal::gain_muscle), 2.0);
  EXPECT_EQ(protein_g_per_kg(goal::recomposition), 2.0);
  EXPECT_EQ(protein_g_per_kg(goal::maintain), 1.8);
  EXPECT_EQ(protein_g_per_kg(goal::performance), 1.8);
}

TEST(Macros, KeepEnoughFatOnLittleEnergy) {
  // 28 % of 1,700 kcal are 53 g; 0.8 g/kg are 64.
  expect_grams(macro_targets_for(1700, 80, goal::lose_weight, 3), 176, 105, 64, 1700);
}

TEST(Macros, ShrinkFatBeforeProtein) {
  // 176 g of protein and 64 g of fat would leave 30 g of carbohydrate; with 50 g of it there are 55 g for fat.
  expect_grams(macro_targets_for(1400, 80, goal::lose_weight, 3), 176, 50, 55, 1399);
}

TEST(Macros, ShrinkProteinWhenFatIsAtItsLeast) {
  // Fat stops at 48 g; 168 kcal less protein than 2.2 g/kg.
  expect_grams(macro_targets_for(1200, 80, goal::lose_weight, 3), 142, 50, 48, 1200);
}

TEST(Macros, HaveAPlanDownToTheSmallestEnergy) {
  EXPECT_EQ(smallest_feasible_kcal(80), 128 * 4 + 50 * 4 + 48 * 9);
  expect_grams(macro_targets_for(1144, 80, goal::lose_weight, 3), 128, 50, 48, 1144);
}

TEST(Macros, TellTheSmallestEnergyWhenThereIsNoPlan) {
  EXPECT_EQ(macro_targets_for(1143.9, 80, goal::lose_weight, 3).error(), infeasible_macros{1144});
  EXPECT_EQ(macro_targets_for(1200, 110, goal::lose_weight, 3).error(), infeasible_macros{1498});
  EXPECT_FALSE(macro_targets_for(std::numeric_limits<double>::quiet_NaN(), 80, goal::maintain, 3));
}

TEST(Macros, KeepTheirPromisesWhateverTheBody) {
  for (unsigned seed = 0; seed < 5000; ++seed) {
    std::mt19937 random{seed};
    std::uniform_real_distribution weights{20.0, 500.0};
    std::uniform_real_distribution energies{800.0, 6000.0};
    std::uniform_int_distribution goals{0, 4};
    std::uniform_int_distribution meal_counts{1, 8};
    const double weight_kg = weights(random);
    const double kcal = energies(random);
    const auto aim = static_cast<goal>(goals(random));
    const int meals = meal_counts(random);
    const auto day = macro_targets_for(kcal, weight_kg, aim, meals);
    ASSERT_EQ(day.has_value(), kcal >= smallest_feasible_kcal(weight_kg)) << "seed " << seed;
    if (!day)
      continue;
    EXPECT_LE(std::abs(day->kcal - kcal), 2.0 + 1e-6) << "seed " << seed;
    EXPECT_EQ(day->kcal, 4 * day->protein_g + 4 * day->carbs_g + 9 * day->fat_g) << "seed " << seed;
    EXPECT_GE(day->carbs_g, carbs_g_min) << "seed " << seed;
    EXPECT_GE(day->fat_g, fat_g_per_kg_min * weight_kg - 1e-6) << "seed " << seed;
    EXPECT_GE(day->protein_g, protein_g_per_kg_min * weight_kg - 1e-6) << "seed " << seed;
    EXPECT_LE(day->protein_g, std::round(protein_g_per_kg(aim) * weight_kg)) << "seed " << seed;
    EXPECT_LE(day->fibre_g, fibre_g_max) << "seed " << seed;

    ASSERT_EQ(day->per_meal.size(), static_cast<std::size_t>(meals)) << "seed " << seed;
    double energy = 0;
    double protein = 0;
    double carbs = 0;
    double fat = 0;
    int number = 0;
    for (const auto& meal : day->per_meal) {
      EXPECT_EQ(meal.meal, ++number) << "seed " << seed;
      EXPECT_GE(std::min({meal.protein_g, meal.carbs_g, meal.fat_g}), 0) << "seed " << seed;
      energy += meal.kcal;
      protein += meal.protein_g;
      carbs += meal.carbs_g;
      fat += meal.fat_g;
    }
    EXPECT_EQ(energy, day->kcal) << "seed " << seed;
    EXPECT_EQ(protein, day->protein_g) << "seed " << seed;
    EXPECT_EQ(carbs, day->carbs_g) << "seed " << seed;
    EXPECT_EQ(fat, day->fat_g) << "seed " << seed;
  }
}

TEST(Macros, GiveMoreCarbohydrateForMoreEnergy) {
  double before = 0;
  for (double kcal = 1500; kcal <= 4500; kcal += 50) {
    const auto day = macro_targets_for(kcal, 80, goal::maintain, 3);
    ASSERT_TRUE(day);
    EXPECT_GE(day->carbs_g, before) << kcal;
    before = day->carbs_g;
  }
}

TEST(Meals, ShareTheDayAsStated) {
  EXPECT_THAT(meal_shares(3), ElementsAre(0.30, 0.40, 0.30));
  EXPECT_THAT(meal_shares(4), ElementsAre(0.25, 0.30, 0.20, 0.25));
  EXPECT_THAT(meal_shares(5), ElementsAre(0.20, 0.10, 0.25, 0.20, 0.25));
  EXPECT_THAT(meal_shares(6), ElementsAre(0.18, 0.10, 0.22, 0.10, 0.22, 0.18));
}

TEST(Meals, ShareTheDayEvenlyElse) {
  EXPECT_THAT(meal_shares(1), ElementsAre(1.0));
  EXPECT_THAT(meal_shares(2), ElementsAre(0.5, 0.5));
  EXPECT_EQ(meal_shares(7), std::vector<double>(7, 1.0 / 7));
  EXPECT_EQ(meal_shares(8), std::vector<double>(8, 0.125));
}

TEST(Meals, AddUpToTheDay) {
  for (int meals = 1; meals <= 8; ++meals) {
    const auto shares = meal_shares(meals);
    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12) << meals;
  }
}

TEST(Meals, KeepTheCountInItsRange) {
  EXPECT_EQ(meal_shares(0).size(), 1u);
  EXPECT_EQ(meal_shares(-3).size(), 1u);
  EXPECT_EQ(meal_shares(9).size(), 8u);
}

TEST(Meals, FollowTheirShares) {
  const auto day = macro_targets_for(2100, 80, goal::lose_weight, 3);
  ASSERT_TRUE(day);
  ASSERT_EQ(day->per_meal.size(), 3u);
  EXPECT_EQ(day->per_meal[0].protein_g, 53);  // 30 % of 176 is 52.8
  EXPECT_EQ(day->per_meal[1].protein_g, 70);  // up to 123.2
  EXPECT_EQ(day->per_meal[2].protein_g, 53);
}

}  // namespace
}  // namespace genesis
