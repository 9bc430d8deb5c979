#include "storage/circuit_breaker.hpp"

#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

using namespace std::chrono_literals;

class CircuitBreaker : public testing::Test {
protected:
  /// The pause that the breaker asks for now.
  [[nodiscard]] std::chrono::milliseconds pause() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(breaker.try_again_at() - now);
  }
  /// The trial that is due fails.
  void fail_trial() {
    now = breaker.try_again_at();
    breaker.begin_trial();
    EXPECT_TRUE(breaker.on_failure(now));
  }

  circuit_breaker breaker{
    {.failures_max = 3, .slow_max = 4, .slow_for = 1s, .pause_min = 100ms, .pause_max = 1s, .trust_after = 30s}};
  circuit_breaker::time_point now{1h};
};

TEST_F(CircuitBreaker, OpensAfterSoManyFailuresInARow) {
  EXPECT_FALSE(breaker.on_failure(now));
  EXPECT_FALSE(breaker.on_failure(now));
  EXPECT_TRUE(breaker.is_closed());
  EXPECT_TRUE(breaker.on_failure(now));
  EXPECT_FALSE(breaker.is_closed());
  EXPECT_EQ(pause(), 100ms);
}

TEST_F(CircuitBreaker, CountsAnewAfterASuccess) {
  breaker.on_failure(now);
  breaker.on_failure(now);
  breaker.on_success(now);
  EXPECT_FALSE(breaker.on_failure(now));
  EXPECT_FALSE(breaker.on_failure(now));
  EXPECT_TRUE(breaker.on_failure(now));
}

TEST_F(CircuitBreaker, OpensAtOnceWhenTheServiceIsLost) {
  breaker.on_loss(now);
  EXPECT_FALSE(breaker.is_closed());
}

TEST_F(CircuitBreaker, OpensAfterSlowAnswersForAWhile) {
  for (int i = 0; i < 3; ++i)
    EXPECT_FALSE(breaker.on_slow(now));
  now += 1s;
  EXPECT_TRUE(breaker.on_slow(now));
  EXPECT_FALSE(breaker.is_closed());
  EXPECT_EQ(pause(), 100ms);
}

TEST_F(CircuitBreaker, StaysClosedAfterAHitch) {
  for (int i = 0; i < 100; ++i)
    EXPECT_FALSE(breaker.on_slow(now)) << "all at one time";
  now += 999ms;
  EXPECT_FALSE(breaker.on_slow(now));
  breaker.on_success(now);
  now += 1s;
  EXPECT_FALSE(breaker.on_slow(now)) << "one came in good time";
}

TEST_F(CircuitBreaker, StaysClosedAfterFewSlowAnswersHoweverFarApart) {
  for (int i = 0; i < 3; ++i) {
    now += 1h;
    EXPECT_FALSE(breaker.on_slow(now));
  }
  now += 1h;
  EXPECT_TRUE(breaker.on_slow(now));
}

TEST_F(CircuitBreaker, TakesASlowAnswerForNoFailure) {
  breaker.on_failure(now);
  breaker.on_failure(now);
  breaker.on_slow(now);
  EXPECT_FALSE(breaker.on_failure(now));
}

TEST_F(CircuitBreaker, WaitsTwiceAsLongAfterEachTrialThatFails) {
  breaker.on_loss(now);
  for (const auto expected : {200ms, 400ms, 800ms, 1'000ms, 1'000ms}) {
    fail_trial();
    EXPECT_EQ(pause(), expected);
  }
}

TEST_F(CircuitBreaker, ClosesWithTheFirstSuccessOfATrial) {
  breaker.on_loss(now);
  breaker.begin_trial();
  EXPECT_FALSE(breaker.is_closed());
  breaker.on_success(now);
  EXPECT_TRUE(breaker.is_closed());
  EXPECT_FALSE(breaker.on_failure(now)) << "one failure is none again";
}

TEST_F(CircuitBreaker, TrustsWhatWorksAgainOnlyAfterAWhile) {
  breaker.on_loss(now);
  fail_trial();
  breaker.begin_trial();
  breaker.on_success(now);
  now += 29s;
  breaker.on_success(now);
  breaker.on_loss(now);
  EXPECT_EQ(pause(), 400ms) << "it has not worked for long enough";
  breaker.begin_trial();
  breaker.on_success(now);
  now += 30s;
  breaker.on_success(now);
  breaker.on_loss(now);
  EXPECT_EQ(pause(), 100ms);
}

}  // namespace
}  // namespace genesis::storage
