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
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(bucket.take(twenty_a_minute, start).is_granted);
  EXPECT_EQ(bucket.take(twenty_a_minute, start), (rate_verdict{.is_granted = false, .retry_after = 3s}));
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

TEST(TokenBucket, IsFullAgainWhenTheShareOfWhatWasTakenHasPassed) {
  token_bucket bucket;
  EXPECT_TRUE(bucket.is_full(start));
  bucket.take(twenty_a_minute, start);
  EXPECT_FALSE(bucket.is_full(start + 2'999ms));
  EXPECT_TRUE(bucket.is_full(start + 3s));
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(bucket.take(twenty_a_minute, start + 1h).is_granted);
  EXPECT_FALSE(bucket.take(twenty_a_minute, start + 1h).is_granted) << "an hour holds no more than the quota";
}

TEST(TokenBucket, LookingTakesNothing) {
  token_bucket bucket;
  const rate_quota two{2, 900s};
  for (int i = 0; i < 5; ++i)
    EXPECT_TRUE(bucket.look(two, start).is_granted);
  EXPECT_TRUE(bucket.take(two, start).is_granted);
  EXPECT_TRUE(bucket.take(two, start).is_granted);
  EXPECT_EQ(bucket.look(two, start), (rate_verdict{.is_granted = false, .retry_after = 450s}));
}

TEST(TokenBucket, IsAsBeforeWhenATokenIsGivenBack) {
  token_bucket bucket;
  bucket.take(twenty_a_minute, start);
  const auto before = bucket.full_at();
  bucket.take(twenty_a_minute, start);
  EXPECT_NE(bucket.full_at(), before);
  bucket.give_back(twenty_a_minute);
  EXPECT_EQ(bucket.full_at(), before);
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
