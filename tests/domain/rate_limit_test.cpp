#include "domain/rate_limit.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using namespace std::chrono_literals;
using moment = token_bucket::time_point;

constexpr moment start{1'000'000s};
constexpr rate_quota twenty_a_minute{20, 60s};

TEST(TokenBucket, GrantsTheQuotaAtOnceAndNotOneMore) {
  token_bucket bucket;
  for (std::int64_t left = 19; left >= 0; --left) {
    const auto verdict = bucket.take(twenty_a_minute, start);
    EXPECT_TRUE(verdict.is_granted);
    EXPECT_EQ(verdict.left, left);
  }
  const auto refused = bucket.take(twenty_a_minute, start);
  EXPECT_EQ(refused, (rate_verdict{.is_granted = false, .left = 0, .reset = 60s, .retry_after = 3s}));
}

TEST(TokenBucket, GrantsOneMoreWhenItsShareOfTheWindowHasPassed) {
  token_bucket bucket;
  while (bucket.take(twenty_a_minute, start).is_granted) {
  }
  EXPECT_FALSE(bucket.take(twenty_a_minute, start + 2'999ms).is_granted);
  EXPECT_TRUE(bucket.take(twenty_a_minute, start + 3s).is_granted);
  EXPECT_FALSE(bucket.take(twenty_a_minute, start + 3s).is_granted);
}

TEST(TokenBucket, RetryAfterIsWhenARetrySucceeds) {
  token_bucket bucket;
  moment now = start;
  for (int i = 0; i < 500; ++i) {
    const auto verdict = bucket.take(twenty_a_minute, now);
    if (verdict.is_granted)
      continue;
    ASSERT_GE(verdict.retry_after, 1s);
    now += verdict.retry_after;
    ASSERT_TRUE(bucket.take(twenty_a_minute, now).is_granted);
    now += 137ms;
  }
}

TEST(TokenBucket, NeverGrantsMoreThanItsRateOverALongTime) {
  token_bucket bucket;
  std::int64_t granted = 0;
  for (auto now = start; now < start + 10min; now += 100ms)
    granted += bucket.take(twenty_a_minute, now).is_granted ? 1 : 0;
  EXPECT_EQ(granted, 20 + 10 * 20 - 1) << "the first burst, then the rate";
}

TEST(TokenBucket, IsFullAgainAfterItsReset) {
  token_bucket bucket;
  EXPECT_TRUE(bucket.is_full(start));
  const auto verdict = bucket.take(twenty_a_minute, start);
  EXPECT_EQ(verdict.reset, 3s);
  EXPECT_FALSE(bucket.is_full(start + 2s));
  EXPECT_TRUE(bucket.is_full(start + verdict.reset));
  EXPECT_EQ(bucket.take(twenty_a_minute, start + 1h).left, 19);
}

TEST(TokenBucket, LookingTakesNothing) {
  token_bucket bucket;
  const rate_quota two{2, 900s};
  EXPECT_EQ(bucket.look(two, start).left, 2);
  EXPECT_EQ(bucket.look(two, start).left, 2);
  bucket.take(two, start);
  bucket.take(two, start);
  EXPECT_EQ(
    bucket.look(two, start), (rate_verdict{.is_granted = false, .left = 0, .reset = 900s, .retry_after = 450s}));
}

TEST(TokenBucket, IsAsBeforeWhenATokenIsGivenBack) {
  token_bucket bucket;
  bucket.take(twenty_a_minute, start);
  const auto before = bucket.look(twenty_a_minute, start);
  bucket.take(twenty_a_minute, start);
  bucket.give_back(twenty_a_minute);
  EXPECT_EQ(bucket.look(twenty_a_minute, start), before);
}

TEST(TokenBucket, HoldsNoMoreThanTheQuotaWhateverIsGivenBack) {
  token_bucket bucket;
  bucket.take(twenty_a_minute, start);
  bucket.give_back(twenty_a_minute);
  bucket.give_back(twenty_a_minute);
  int granted = 0;
  while (granted < 100 && bucket.take(twenty_a_minute, start).is_granted)
    ++granted;
  EXPECT_EQ(granted, 20);
}

TEST(TokenBucket, HoldsAQuotaThatDoesNotDivideItsWindow) {
  token_bucket bucket;
  const rate_quota odd{7, 60s};
  int granted = 0;
  while (granted < 100 && bucket.take(odd, start).is_granted)
    ++granted;
  EXPECT_EQ(granted, 7);
}

}  // namespace
}  // namespace genesis
