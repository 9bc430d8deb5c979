#include "domain/weight_trend.hpp"
#include "tests/domain/people.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace genesis {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using testing::noon;
using testing::reading;
using testing::today;

calendar_day day_number(int n) {
  return calendar_day{sys_days{today} + days{n}};
}

progress_record weight(double kg, int days_ago) {
  return reading(progress_metric::weight_kg, kg, noon(days_ago));
}

TEST(WeightTrend, FollowsThePublishedSeries) {
  const std::vector<daily_weight> week{
    {day_number(0), 172.5}, {day_number(1), 171.5}, {day_number(2), 172.0}, {day_number(3), 171.5}};
  const auto points = smooth_weights(week, 173.6);
  ASSERT_EQ(points.size(), 4u);
  EXPECT_NEAR(points[0].trend_kg, 173.49, 1e-9);
  EXPECT_NEAR(points[1].trend_kg, 173.291, 1e-9);
  EXPECT_NEAR(points[2].trend_kg, 173.1619, 1e-9);
  EXPECT_NEAR(points[3].trend_kg, 172.99571, 1e-9);
  EXPECT_EQ(points[3].kg, 171.5);
  EXPECT_EQ(points[3].date, day_number(3));
}

TEST(WeightTrend, BeginsAtTheFirstWeight) {
  const std::vector<daily_weight> one{{day_number(0), 80}};
  EXPECT_EQ(smooth_weights(one).front().trend_kg, 80);
  EXPECT_TRUE(smooth_weights({}).empty());
}

TEST(WeightTrend, CountsAGapForItsDays) {
  const std::vector<daily_weight> sparse{{day_number(0), 80}, {day_number(3), 70}};
  EXPECT_NEAR(smooth_weights(sparse)[1].trend_kg, 80 - 10 * (1 - 0.9 * 0.9 * 0.9), 1e-9);
  const std::vector<daily_weight> full{
    {day_number(0), 80}, {day_number(1), 70}, {day_number(2), 70}, {day_number(3), 70}};
  EXPECT_NEAR(smooth_weights(sparse)[1].trend_kg, smooth_weights(full)[3].trend_kg, 1e-9);
}

TEST(WeightTrend, AveragesTheWeightsOfADayAndSortsTheDays) {
  const std::vector records{weight(79, 0), reading(progress_metric::weight_kg, 82, noon(1) + std::chrono::hours{8}),
    weight(80, 1), reading(progress_metric::waist_cm, 90, noon(2))};
  const auto result = daily_weights(records);
  EXPECT_EQ(result, (std::vector<daily_weight>{{day_number(-1), 81}, {day_number(0), 79}}));
}

TEST(WeightTrend, SplitsDaysAtMidnightUtc) {
  const timestamp midnight{sys_days{today}};
  const std::vector records{reading(progress_metric::weight_kg, 80, midnight - std::chrono::milliseconds{1}),
    reading(progress_metric::weight_kg, 81, midnight)};
  EXPECT_EQ(daily_weights(records).size(), 2u);
}

TEST(WeightChange, IsExactOnAStraightLine) {
  std::vector<daily_weight> line;
  for (const int n : {0, 1, 4, 9, 13})
    line.push_back({day_number(n), 80 - 0.1 * n});
  const auto change = weight_change_of(line);
  ASSERT_TRUE(change);
  EXPECT_NEAR(change->kg_per_week, -0.7, 1e-9);
  EXPECT_NEAR(change->low, -0.7, 1e-6);
  EXPECT_NEAR(change->high, -0.7, 1e-6);
}

TEST(WeightChange, HasStudentsInterval) {
  // By hand: x = 0, 7, 14, 21 and y = 80, 79, 79, 78: slope -6/70 kg a day, residual sum of squares 0.2,
  // standard error sqrt(0.2 / 2 / 245), t(2) = 4.3027.
  const std::vector<daily_weight> weeks{
    {day_number(0), 80}, {day_number(7), 79}, {day_number(14), 79}, {day_number(21), 78}};
  const auto change = weight_change_of(weeks);
  ASSERT_TRUE(change);
  EXPECT_NEAR(change->kg_per_week, -0.6, 1e-9);
  const double half_width = 7 * 4.3027 * std::sqrt(0.1 / 245);
  EXPECT_NEAR(change->low, -0.6 - half_width, 1e-6);
  EXPECT_NEAR(change->high, -0.6 + half_width, 1e-6);
}

TEST(WeightChange, KnowsTheQuantilesOfStudentsT) {
  const struct {
    std::size_t degrees;
    double quantile;
  } cases[] = {{1, 12.706}, {2, 4.303}, {5, 2.571}, {10, 2.228}, {11, 2.201}, {15, 2.131}, {20, 2.086}, {30, 2.042},
    {60, 2.000}, {120, 1.980}, {100000, 1.960}};
  for (const auto& [degrees, quantile] : cases)
    EXPECT_NEAR(student_t_975(degrees), quantile, 0.001) << degrees;
  for (std::size_t degrees = 2; degrees < 200; ++degrees)
    EXPECT_LT(student_t_975(degrees), student_t_975(degrees - 1)) << degrees;
}

TEST(WeightChange, HoldsTheTrueSlopeInAboutNineteenOfTwentyCases) {
  constexpr double true_kg_per_week = -0.5;
  constexpr unsigned seeds = 2000;
  unsigned held = 0;
  for (unsigned seed = 0; seed < seeds; ++seed) {
    std::mt19937 random{seed};
    std::normal_distribution noise{0.0, 0.6};
    std::vector<daily_weight> month;
    for (int n = 0; n < 28; n += 3)
      month.push_back({day_number(n), 80 + true_kg_per_week / 7 * n + noise(random)});
    const auto change = weight_change_of(month);
    ASSERT_TRUE(change) << "seed " << seed;
    held += change->low <= true_kg_per_week && true_kg_per_week <= change->high ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(held) / seeds, 0.95, 0.02);
}

TEST(WeightChange, NeedsThreeDaysOverAWeek) {
  EXPECT_EQ(weight_change_of({}).error(), trend_gap::no_values);
  const std::vector<daily_weight> two{{day_number(0), 80}, {day_number(20), 79}};
  EXPECT_EQ(weight_change_of(two).error(), trend_gap::too_few_days);
  const std::vector<daily_weight> close{{day_number(0), 80}, {day_number(3), 79}, {day_number(6), 79}};
  EXPECT_EQ(weight_change_of(close).error(), trend_gap::span_too_short);
  const std::vector<daily_weight> enough{{day_number(0), 80}, {day_number(3), 79}, {day_number(7), 79}};
  EXPECT_TRUE(weight_change_of(enough));
}

TEST(WeightTrend, TellsTheChangeOfItsWindow) {
  std::vector<progress_record> records;
  for (int days_ago = 80; days_ago >= 28; days_ago -= 4)
    records.push_back(weight(90, days_ago));
  for (int days_ago = 27; days_ago >= 0; days_ago -= 3)
    records.push_back(weight(80 + 0.1 * days_ago, days_ago));
  const auto trend = weight_trend_of(records, today);
  ASSERT_TRUE(trend);
  ASSERT_EQ(trend->points.size(), 10u);
  EXPECT_EQ(trend->points.front().date, day_number(-27));
  EXPECT_NEAR(trend->points.front().trend_kg, 90 - 0.1 * (90 - 82.7), 1e-9) << "warmed up by the weights before";
  EXPECT_NEAR(trend->change_kg_per_week, -0.7, 1e-9);
  EXPECT_LE(trend->low, trend->change_kg_per_week);
  EXPECT_GE(trend->high, trend->change_kg_per_week);
}

TEST(WeightTrend, HasNothingToTellFromOldWeights) {
  const std::vector records{weight(80, 60), weight(80, 50), weight(80, 28)};
  EXPECT_EQ(weight_trend_of(records, today).error(), trend_gap::no_values);
  EXPECT_TRUE(weight_trend_of(records, today, days{90}));
}

}  // namespace
}  // namespace genesis
