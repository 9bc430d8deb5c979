#include "benchmarks/load/statistics.hpp"

#include <gtest/gtest.h>

namespace genesis::load {
namespace {

TEST(Statistics, AreOfTheNearestRank) {
  std::vector<float> samples;
  for (int i = 100; i >= 1; --i)
    samples.push_back(static_cast<float>(i));
  const auto figures = summarise(samples);
  EXPECT_EQ(figures.count, 100U);
  EXPECT_DOUBLE_EQ(figures.median, 50);
  EXPECT_DOUBLE_EQ(figures.p95, 95);
  EXPECT_DOUBLE_EQ(figures.p99, 99);
  EXPECT_DOUBLE_EQ(figures.mean, 50.5);
  EXPECT_NEAR(figures.stddev, 28.866, 0.001);
  EXPECT_DOUBLE_EQ(figures.min, 1);
  EXPECT_DOUBLE_EQ(figures.max, 100);
}

TEST(Statistics, OfNothingAreZero) {
  std::vector<float> none;
  EXPECT_EQ(summarise(none).count, 0U);
  EXPECT_EQ(summarise(none).p99, 0);
}

TEST(Statistics, OfOneSampleAreTheSample) {
  std::vector<float> one{3};
  const auto figures = summarise(one);
  EXPECT_DOUBLE_EQ(figures.median, 3);
  EXPECT_DOUBLE_EQ(figures.p99, 3);
  EXPECT_DOUBLE_EQ(figures.stddev, 0);
}

}  // namespace
}  // namespace genesis::load
