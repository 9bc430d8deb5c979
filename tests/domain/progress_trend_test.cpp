#include "domain/progress_trend.hpp"
#include "tests/domain/people.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using testing::noon;
using testing::reading;
using testing::today;

std::vector<progress_record> stress_on(std::initializer_list<std::pair<int, double>> values) {
  std::vector<progress_record> records;
  for (const auto& [ago, value] : values)
    records.push_back(reading(progress_metric::stress, value, noon(ago)));
  return records;
}

calendar_day ago(int count) {
  return calendar_day{sys_days{today} - days{count}};
}

TEST(ProgressTrend, IsTheSlopeOfTheDays) {
  const auto records = stress_on({{14, 4}, {7, 3}, {0, 2}});
  const auto trend = progress_trend_of(records, progress_metric::stress, ago(20), today);
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->metric, "stress");
  EXPECT_NEAR(trend->change_per_week, -1, 1e-9);
  EXPECT_NEAR(trend->low, -1, 1e-9) << "on one line";
  EXPECT_EQ(trend->points.size(), 3u);
}

TEST(ProgressTrend, TakesTheMeanOfADayAndOnlyItsMetric) {
  auto records = stress_on({{14, 5}, {14, 3}, {7, 3}, {0, 2}});
  records.push_back(reading(progress_metric::energy, 1, noon(3)));
  const auto trend = progress_trend_of(records, progress_metric::stress, ago(20), today);
  ASSERT_TRUE(trend);
  EXPECT_EQ(trend->points.front().value, 4);
  EXPECT_EQ(trend->points.size(), 3u);
}

TEST(ProgressTrend, KeepsToTheDaysAskedForBothIncluded) {
  const auto records = stress_on({{21, 5}, {14, 4}, {7, 3}, {0, 2}});
  EXPECT_EQ(progress_trend_of(records, progress_metric::stress, ago(21), ago(7))->points.size(), 3u);
  EXPECT_EQ(progress_trend_of(records, progress_metric::stress, ago(20), ago(7)).error(), trend_gap::too_few_days);
}

TEST(ProgressTrend, NamesWhyNoneCanBeTold) {
  EXPECT_EQ(progress_trend_of({}, progress_metric::stress, ago(20), today).error(), trend_gap::no_values);
  const auto two = stress_on({{14, 4}, {0, 2}});
  EXPECT_EQ(progress_trend_of(two, progress_metric::stress, ago(20), today).error(), trend_gap::too_few_days);
  const auto close = stress_on({{6, 4}, {3, 3}, {0, 2}});
  EXPECT_EQ(progress_trend_of(close, progress_metric::stress, ago(20), today).error(), trend_gap::span_too_short);
  const auto week = stress_on({{7, 4}, {3, 3}, {0, 2}});
  EXPECT_TRUE(progress_trend_of(week, progress_metric::stress, ago(20), today));
}

}  // namespace
}  // namespace genesis
