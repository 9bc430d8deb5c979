#include "domain/strength.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace genesis {
namespace {

using enum one_rep_max_formula;

TEST(OneRepMax, FollowsEachFormula) {
  const struct {
    one_rep_max_formula formula;
    double at_100x5;
    double at_100x10;
    double at_80x8;
    double at_50x8;
  } cases[] = {{epley, 116.667, 133.333, 101.333, 63.333}, {brzycki, 112.500, 133.333, 99.310, 62.069},
    {lombardi, 117.462, 125.893, 98.492, 61.557}, {mayhew, 119.011, 130.934, 101.029, 63.143},
    {oconner, 112.500, 125.000, 96.000, 60.000}, {wathan, 116.583, 134.747, 102.137, 63.836},
    {lander, 113.709, 134.070, 100.087, 62.555}};
  for (const auto& [formula, at_100x5, at_100x10, at_80x8, at_50x8] : cases) {
    EXPECT_NEAR(*estimate_one_rep_max_kg(formula, 100, 5), at_100x5, 0.0006) << name_of(formula);
    EXPECT_NEAR(*estimate_one_rep_max_kg(formula, 100, 10), at_100x10, 0.0006) << name_of(formula);
    EXPECT_NEAR(*estimate_one_rep_max_kg(formula, 80, 8), at_80x8, 0.0006) << name_of(formula);
    EXPECT_NEAR(*estimate_one_rep_max_kg(formula, 50, 8), at_50x8, 0.0006) << name_of(formula);
  }
}

TEST(OneRepMax, IsTheWeightItselfForOneRepetition) {
  for (const auto& [formula, name] : enum_names<one_rep_max_formula>)
    EXPECT_EQ(estimate_one_rep_max_kg(formula, 100, 1), 100) << name;
}

TEST(OneRepMax, IsTheSameByEpleyAndBrzyckiAtTen) {
  EXPECT_DOUBLE_EQ(*estimate_one_rep_max_kg(epley, 87.5, 10), *estimate_one_rep_max_kg(brzycki, 87.5, 10));
}

TEST(OneRepMax, EndsAtThePoles) {
  EXPECT_TRUE(estimate_one_rep_max_kg(brzycki, 100, 36));
  EXPECT_FALSE(estimate_one_rep_max_kg(brzycki, 100, 37));
  EXPECT_TRUE(estimate_one_rep_max_kg(lander, 100, 37));
  EXPECT_FALSE(estimate_one_rep_max_kg(lander, 100, 38));
  EXPECT_TRUE(estimate_one_rep_max_kg(epley, 100, 50));
  EXPECT_FALSE(estimate_one_rep_max_kg(epley, 100, 0));
}

TEST(OneRepMax, RisesWithEveryRepetition) {
  for (const auto& [formula, name] : enum_names<one_rep_max_formula>)
    for (int repetitions = 2; repetitions <= repetitions_max; ++repetitions)
      EXPECT_GT(
        *estimate_one_rep_max_kg(formula, 100, repetitions), *estimate_one_rep_max_kg(formula, 100, repetitions - 1))
        << name << " at " << repetitions;
}

TEST(OneRepMax, ListsAllEstimatesAndAnswersWithEpley) {
  const auto best = one_rep_max_of(100, 5);
  ASSERT_TRUE(best);
  EXPECT_NEAR(best->kg, 116.667, 0.0006);
  ASSERT_EQ(best->estimates.size(), 7u);
  EXPECT_EQ(best->estimates.front().formula, "epley");
  EXPECT_EQ(best->estimates.front().kg, best->kg);
  EXPECT_EQ(best->estimates.back().formula, "lander");
}

TEST(OneRepMax, CountsRepetitionsInReserveAsDone) {
  EXPECT_EQ(one_rep_max_of(100, 5, 3)->kg, one_rep_max_of(100, 8)->kg);
  EXPECT_EQ(one_rep_max_of(100, 1, 1)->kg, one_rep_max_of(100, 2)->kg);
}

TEST(OneRepMax, HoldsItsRanges) {
  EXPECT_TRUE(one_rep_max_of(0.5, 1));
  EXPECT_TRUE(one_rep_max_of(1000, 36));
  EXPECT_TRUE(one_rep_max_of(100, 26, 10));
  for (const double weight :
    {0.0, -20.0, 0.49, 1000.1, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
    EXPECT_EQ(one_rep_max_of(weight, 5).error().code, errc::invalid_argument) << weight;
  for (const int repetitions : {std::numeric_limits<int>::min(), -1, 0, 37, std::numeric_limits<int>::max()})
    EXPECT_EQ(one_rep_max_of(100, repetitions).error().code, errc::invalid_argument) << repetitions;
  EXPECT_FALSE(one_rep_max_of(100, 27, 10)) << "37 together";
  EXPECT_FALSE(one_rep_max_of(100, 5, 11));
  EXPECT_FALSE(one_rep_max_of(100, 5, -1));
}

TEST(OneRepMax, TellsTheSourceOfEachFormula) {
  for (const auto& [formula, name] : enum_names<one_rep_max_formula>) {
    EXPECT_FALSE(source_of(formula).title.empty()) << name;
    EXPECT_FALSE(source_of(formula).reference.empty()) << name;
  }
}

}  // namespace
}  // namespace genesis
