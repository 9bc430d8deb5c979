#include "domain/heart_rate.hpp"
#include "tests/domain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using testing::person_of;
using testing::today;
using enum max_heart_rate_formula;

TEST(MaxHeartRate, FollowsEachFormula) {
  const struct {
    max_heart_rate_formula formula;
    double at_40;
    double at_50;
  } cases[] = {{tanaka, 180, 173}, {fox, 180, 170}, {gellish, 179, 172}, {gulati, 170.8, 162}, {nes, 185.4, 179}};
  for (const auto& [formula, at_40, at_50] : cases) {
    EXPECT_NEAR(max_heart_rate_bpm(formula, 40), at_40, 1e-9) << name_of(formula);
    EXPECT_NEAR(max_heart_rate_bpm(formula, 50), at_50, 1e-9) << name_of(formula);
    EXPECT_FALSE(source_of(formula).reference.empty()) << name_of(formula);
  }
}

TEST(Karvonen, TakesAShareOfTheReserve) {
  EXPECT_NEAR(karvonen_bpm(max_heart_rate_bpm(fox, 50), 65, 0.75), 143.75, 1e-9);
  EXPECT_NEAR(karvonen_bpm(max_heart_rate_bpm(fox, 40), 60, 0.6), 132, 1e-9);
  EXPECT_NEAR(karvonen_bpm(max_heart_rate_bpm(fox, 40), 60, 0.7), 144, 1e-9);
  EXPECT_NEAR(karvonen_bpm(max_heart_rate_bpm(fox, 40), 60, 0.8), 156, 1e-9);
  EXPECT_NEAR(karvonen_bpm(max_heart_rate_bpm(fox, 30), 70, 0.7), 154, 1e-9);
}

void expect_zone(const heart_rate_zone& zone, int number, int low, int high) {
  EXPECT_EQ(zone.zone, number);
  EXPECT_EQ(zone.low_bpm, low);
  EXPECT_EQ(zone.high_bpm, high);
}

TEST(HeartRateZones, AreSharesOfTheMaximum) {
  const auto zones = zones_between(183.5, std::nullopt);
  ASSERT_EQ(zones.size(), 5u);
  expect_zone(zones[0], 1, 92, 110);
  expect_zone(zones[1], 2, 110, 128);
  expect_zone(zones[2], 3, 128, 147);
  expect_zone(zones[3], 4, 147, 165);
  expect_zone(zones[4], 5, 165, 184);
}

TEST(HeartRateZones, AreSharesOfTheReserveWhenTheRestingRateIsKnown) {
  const auto zones = zones_between(183.5, 60);
  ASSERT_EQ(zones.size(), 5u);
  expect_zone(zones[1], 2, 134, 146);
  expect_zone(zones[3], 4, 159, 171);
}

TEST(HeartRateZones, IgnoreARestingRateThatIsNotBelowTheMaximum) {
  EXPECT_TRUE(uses_reserve(150, 149.9));
  EXPECT_FALSE(uses_reserve(150, 150));
  EXPECT_FALSE(uses_reserve(150, std::nullopt));
  expect_zone(zones_between(150, 220)[0], 1, 75, 90);
}

TEST(HeartRateZones, AreComputedFromTheProfile) {
  const auto zones = heart_rate_zones_of(person_of(sex::male, 80, 180, 35), today, std::nullopt);
  ASSERT_TRUE(zones);
  EXPECT_NEAR(zones->max_bpm, 183.5, 1e-9);
  EXPECT_EQ(zones->formula, "tanaka");
  expect_zone(zones->zones[1], 2, 110, 128);
}

TEST(HeartRateZones, UseTheFormulaAskedFor) {
  const auto zones = heart_rate_zones_of(person_of(sex::female, 60, 170, 40), today, 60, gulati);
  ASSERT_TRUE(zones);
  EXPECT_NEAR(zones->max_bpm, 170.8, 1e-9);
  EXPECT_EQ(zones->formula, "gulati");
}

TEST(HeartRateZones, StandOnAMaximumThatIsKnown) {
  const auto zones = zones_of_maximum(190, 60);
  EXPECT_EQ(zones.max_bpm, 190);
  EXPECT_EQ(zones.formula, "stated");
  expect_zone(zones.zones[1], 2, 138, 151);
  expect_zone(zones_of_maximum(190, std::nullopt).zones[1], 2, 114, 133);
}

TEST(HeartRateZones, NeedTheDateOfBirth) {
  const auto zones = heart_rate_zones_of(user{}, today, 60);
  ASSERT_FALSE(zones);
  EXPECT_THAT(zones.error().fields, ElementsAre("date_of_birth"));
}

TEST(HeartRateZones, RiseWithoutGaps) {
  for (int age = age_years_min; age <= 120; ++age)
    for (const auto resting : {std::optional<double>{}, std::optional<double>{48}, std::optional<double>{110}}) {
      const auto zones = zones_between(max_heart_rate_bpm(tanaka, age), resting);
      for (std::size_t i = 0; i < zones.size(); ++i) {
        EXPECT_LT(zones[i].low_bpm, zones[i].high_bpm) << "age " << age;
        EXPECT_EQ(zones[i].low_bpm, i > 0 ? zones[i - 1].high_bpm : zones[0].low_bpm) << "age " << age;
      }
    }
}

}  // namespace
}  // namespace genesis
