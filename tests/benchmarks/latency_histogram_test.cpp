#include "benchmarks/load/latency_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace genesis::load {
namespace {

using std::chrono::microseconds;

TEST(LatencyHistogram, SaysNothingOfNothing) {
  const latency_histogram none;
  EXPECT_EQ(none.count(), 0U);
  EXPECT_EQ(none.at_share_ms(0.5), 0);
  EXPECT_EQ(none.mean_ms(), 0);
  EXPECT_EQ(none.max_ms(), 0);
}

TEST(LatencyHistogram, IsExactForShortDurations) {
  latency_histogram figures;
  for (int us = 1; us <= 100; ++us)
    figures.add(microseconds{us});
  EXPECT_DOUBLE_EQ(figures.at_share_ms(0.5), 0.050);
  EXPECT_DOUBLE_EQ(figures.at_share_ms(0.99), 0.099);
  EXPECT_DOUBLE_EQ(figures.at_share_ms(1), 0.100);
  EXPECT_DOUBLE_EQ(figures.min_ms(), 0.001);
  EXPECT_DOUBLE_EQ(figures.mean_ms(), 0.0505);
}

TEST(LatencyHistogram, IsAtMostTwoPercentAboveTheSample) {
  std::mt19937_64 random{1};
  std::lognormal_distribution<double> durations{7, 2};
  latency_histogram figures;
  std::vector<double> samples;
  for (int i = 0; i < 20'000; ++i) {
    const auto us = static_cast<std::int64_t>(durations(random));
    samples.push_back(static_cast<double>(us));
    figures.add(microseconds{us});
  }
  std::ranges::sort(samples);
  for (const double share : {0.001, 0.1, 0.5, 0.9, 0.99, 0.999, 1.0}) {
    const auto rank = static_cast<std::size_t>(std::ceil(share * 20'000)) - 1;
    EXPECT_GE(figures.at_share_ms(share) * 1e3, samples[rank]) << share;
    EXPECT_LE(figures.at_share_ms(share) * 1e3, samples[rank] * 1.02 + 1) << share;
  }
}

TEST(LatencyHistogram, TwoAddUpToWhatOneWouldHaveSeen) {
  latency_histogram one;
  latency_histogram other;
  latency_histogram both;
  for (int us = 1; us < 1'000'000; us += 977) {
    (us % 2 == 0 ? one : other).add(microseconds{us});
    both.add(microseconds{us});
  }
  one.add(other);
  EXPECT_EQ(one.count(), both.count());
  for (const double share : {0.01, 0.5, 0.95, 1.0})
    EXPECT_EQ(one.at_share_ms(share), both.at_share_ms(share));
}

TEST(LatencyHistogram, KeepsWhatIsLongerThanItsLastBucket) {
  latency_histogram figures;
  figures.add(std::chrono::hours{5});
  EXPECT_DOUBLE_EQ(figures.max_ms(), 5 * 3'600e3);
  EXPECT_GT(figures.at_share_ms(1), 1e6);
}

}  // namespace
}  // namespace genesis::load
