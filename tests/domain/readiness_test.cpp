#include "domain/readiness.hpp"
#include "tests/domain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::noon;
using testing::reading;
using ::testing::SizeIs;
using enum progress_metric;

constexpr readiness_readings good_morning{
  .sleep_quality = 4, .sleep_hours = 7.5, .soreness = 2, .energy = 4, .motivation = 4};

TEST(ReadinessScore, IsTheMeanOfSleepSorenessEnergyAndMotivation) {
  EXPECT_EQ(readiness_score(good_morning), 4.0);
  EXPECT_EQ(fatigue_of(4.0), fatigue_level::low);
}

TEST(ReadinessScore, FallsWithARaisedRestingRate) {
  auto readings = good_morning;
  readings.is_resting_rate_raised = true;
  EXPECT_EQ(readiness_score(readings), 3.5);
  EXPECT_EQ(fatigue_of(3.5), fatigue_level::moderate);
}

TEST(ReadinessScore, CountsFullSleepCyclesUpToTheQuality) {
  auto readings = good_morning;
  readings.sleep_quality = 5;
  EXPECT_EQ(readiness_score(readings), 4.25);
  readings.sleep_hours = 7.49;
  EXPECT_EQ(readiness_score(readings), 4.0);
  readings.sleep_hours = 24;
  EXPECT_EQ(readiness_score(readings), 4.25);
}

TEST(ReadinessScore, StaysBetweenOneAndFive) {
  const readiness_readings worst{
    .sleep_quality = 1, .sleep_hours = 0, .soreness = 5, .energy = 1, .motivation = 1, .is_resting_rate_raised = true};
  EXPECT_EQ(readiness_score(worst), 1.0);
  const readiness_readings best{.sleep_quality = 5, .sleep_hours = 9, .soreness = 1, .energy = 5, .motivation = 5};
  EXPECT_EQ(readiness_score(best), 5.0);
}

TEST(ReadinessScore, HasFourLevelsOfFatigue) {
  EXPECT_EQ(fatigue_of(3.99), fatigue_level::moderate);
  EXPECT_EQ(fatigue_of(3.0), fatigue_level::moderate);
  EXPECT_EQ(fatigue_of(2.99), fatigue_level::high);
  EXPECT_EQ(fatigue_of(2.0), fatigue_level::high);
  EXPECT_EQ(fatigue_of(1.99), fatigue_level::severe);
}

std::vector<progress_record> good_morning_records(int days_ago = 0) {
  const auto at = noon(days_ago);
  return {reading(sleep_quality, 4, at), reading(sleep_hours, 7.5, at), reading(soreness, 2, at),
    reading(energy, 4, at), reading(motivation, 4, at)};
}

TEST(Readiness, IsComputedFromTodaysReadings) {
  const auto today = readiness_of(good_morning_records(), noon());
  ASSERT_TRUE(today);
  EXPECT_EQ(today->score, 4.0);
  EXPECT_EQ(today->level, "low_fatigue");
  EXPECT_THAT(today->inputs, ElementsAre(named_value{"sleep_quality", 4}, named_value{"sleep_hours", 7.5},
                               named_value{"soreness", 2}, named_value{"energy", 4}, named_value{"motivation", 4}));
}

TEST(Readiness, TakesTheLatestReading) {
  auto records = good_morning_records();
  records.insert(records.begin(), reading(soreness, 5, noon() + std::chrono::hours{1}));
  records.push_back(reading(energy, 1, noon() - std::chrono::hours{5}));
  const auto today = readiness_of(records, noon() + std::chrono::hours{2});
  ASSERT_TRUE(today);
  EXPECT_EQ(today->score, (4 + 1 + 4 + 4) / 4.0);
}

TEST(Readiness, NamesTheReadingsThatAreMissingOrOld) {
  EXPECT_THAT(readiness_of({}, noon()).error(), ElementsAre(sleep_quality, sleep_hours, soreness, energy, motivation));
  auto records = good_morning_records();
  records.erase(records.begin() + 2);
  EXPECT_THAT(readiness_of(records, noon()).error(), ElementsAre(soreness));
  EXPECT_THAT(readiness_of(good_morning_records(1), noon()).error(), SizeIs(5)) << "just 24 hours old";
  EXPECT_TRUE(readiness_of(good_morning_records(1), noon() - std::chrono::milliseconds{1}));
}

TEST(Readiness, ComparesTheRestingRateWithItsBaseline) {
  auto records = good_morning_records();
  for (const auto& [bpm, days_ago] : {std::pair{52, 20}, {54, 10}, {70, 5}, {53, 2}})
    records.push_back(reading(resting_heart_rate_bpm, bpm, noon(days_ago)));
  EXPECT_EQ(resting_baseline_bpm(records, noon()), 53.5);

  records.push_back(reading(resting_heart_rate_bpm, 58, noon()));
  EXPECT_EQ(readiness_of(records, noon())->score, 4.0);
  records.back().value = 58.5;
  const auto raised = readiness_of(records, noon());
  EXPECT_EQ(raised->score, 3.5);
  EXPECT_EQ(raised->level, "moderate_fatigue");
  EXPECT_THAT(raised->inputs, Contains(named_value{"resting_heart_rate_bpm", 58.5}));
  EXPECT_THAT(raised->inputs, Contains(named_value{"resting_baseline_bpm", 53.5}));
}

TEST(Readiness, HasNoBaselineFromFewOrOldReadings) {
  auto records = good_morning_records();
  records.push_back(reading(resting_heart_rate_bpm, 50, noon(3)));
  records.push_back(reading(resting_heart_rate_bpm, 50, noon(2)));
  records.push_back(reading(resting_heart_rate_bpm, 50, noon(29)));
  records.push_back(reading(resting_heart_rate_bpm, 90, noon()));
  EXPECT_EQ(resting_baseline_bpm(records, noon()), std::nullopt);
  EXPECT_EQ(readiness_of(records, noon())->score, 4.0);
  records.push_back(reading(resting_heart_rate_bpm, 51, noon(28)));
  EXPECT_EQ(resting_baseline_bpm(records, noon()), 50) << "of 50, 50 and 51";
}

TEST(Readiness, LiesBetweenItsBoundsWhileReadingsAreMissing) {
  const std::vector<progress_record> records{
    reading(progress_metric::sleep_hours, 5, noon()), reading(progress_metric::soreness, 4, noon())};
  const auto bounds = readiness_bounds_of(records, noon());
  EXPECT_NEAR(bounds.low, (1 + 2 + 1 + 1) / 4.0, 1e-9);
  EXPECT_NEAR(bounds.high, (3 + 2 + 5 + 5) / 4.0, 1e-9);
  EXPECT_EQ(bounds.known_count, 2);
  const auto none = readiness_bounds_of({}, noon());
  EXPECT_EQ(none.low, 1);
  EXPECT_EQ(none.high, 5);
  EXPECT_EQ(none.known_count, 0);
}

}  // namespace
}  // namespace genesis
