#include "actors/replica_health.hpp"

#include <gtest/gtest.h>

namespace genesis {

namespace {

using storage::log_position;
using storage::server_condition;
using namespace std::chrono_literals;

class ReplicaHealth : public ::testing::Test {
protected:
  void primary_is_at(std::uint64_t position) {
    health.see_primary({.position = log_position{position}, .identity = "1/genesis", .timeline = 1}, now);
  }
  static server_condition replica_at(std::uint64_t position) {
    return {.is_replica = true, .position = log_position{position}, .identity = "1/genesis", .timeline = 1};
  }
  replica_health::verdict judge(const server_condition& replica) { return health.judge(replica, now); }

  replica_health::time_point now{1'000s};
  replica_health health{10s};
};

TEST_F(ReplicaHealth, SaysNothingGoodBeforeThePrimaryWasSeen) {
  EXPECT_FALSE(judge(replica_at(5)).fault.empty());
  primary_is_at(5);
  EXPECT_EQ(judge(replica_at(5)).fault, "");
}

TEST_F(ReplicaHealth, TellsTheLagInThePrimarysTime) {
  primary_is_at(100);
  now += 1s;
  primary_is_at(150);
  now += 1s;
  primary_is_at(200);
  const auto behind = judge(replica_at(120));
  EXPECT_EQ(behind.lag, 1s) << "since when the primary has had what comes behind 120";
  EXPECT_EQ(behind.lag_bytes, 80U);
  const auto level = judge(replica_at(200));
  EXPECT_EQ(level.lag, 0s);
  EXPECT_EQ(level.lag_bytes, 0U);
}

TEST_F(ReplicaHealth, KnowsNoLagBehindAPrimaryThatIsGone) {
  primary_is_at(500);
  now += 1s;
  health.see_primary({.position = log_position{200}, .identity = "1/genesis", .timeline = 2}, now);
  auto follower = replica_at(200);
  follower.timeline = 2;
  follower.position = log_position{190};
  EXPECT_EQ(judge(follower).lag_bytes, 10U);
  follower.position = log_position{200};
  now += 1h;
  EXPECT_EQ(judge(follower).fault, "");
}

TEST_F(ReplicaHealth, AnIdlePrimaryMakesNoLag) {
  primary_is_at(100);
  now += 1h;
  primary_is_at(100);
  EXPECT_EQ(judge(replica_at(100)).lag, 0s);
  primary_is_at(101);
  EXPECT_EQ(judge(replica_at(100)).lag, 0s) << "the change has just been made";
}

TEST_F(ReplicaHealth, LeavesWhatIsBehindTheLimitAndTakesItBack) {
  primary_is_at(100);
  now += 10s;
  EXPECT_EQ(judge(replica_at(99)).fault, "") << "at the limit";
  now += 1ms;
  EXPECT_EQ(judge(replica_at(99)).fault, "it is 10001ms behind");
  EXPECT_EQ(judge(replica_at(100)).fault, "");
}

TEST_F(ReplicaHealth, ALagThatLastsIsNoLessForAllThatIsWritten) {
  for (std::uint64_t second = 0; second < 3'000; ++second) {
    primary_is_at(second);
    now += 1s;
  }
  EXPECT_EQ(judge(replica_at(0)).lag, 2'999s);
  EXPECT_EQ(judge(replica_at(2'999)).fault, "");
}

TEST_F(ReplicaHealth, LeavesWhatIsNoReplicaOfThePrimary) {
  primary_is_at(100);
  auto promoted = replica_at(100);
  promoted.is_replica = false;
  EXPECT_EQ(judge(promoted).fault, "it takes changes itself now");
  auto another = replica_at(100);
  another.identity = "1/other";
  EXPECT_EQ(judge(another).fault, "it has another database than the primary");
  auto of_promoted = replica_at(100);
  of_promoted.timeline = 2;
  EXPECT_EQ(judge(of_promoted).fault, "it follows another server than the primary");
  of_promoted.timeline.reset();
  EXPECT_EQ(judge(of_promoted).fault, "") << "it receives nothing now; the lag will show that";
}

/// It may follow the one that was abandoned, and be no further behind than the others.
TEST_F(ReplicaHealth, LeavesWhatCannotTellWhomItFollowsBehindAFailover) {
  primary_is_at(100);
  auto silent = replica_at(300);
  silent.timeline.reset();
  EXPECT_EQ(judge(silent).fault, "");
  health.see_primary({.position = log_position{200}, .identity = "1/genesis", .timeline = 2}, now);
  EXPECT_TRUE(judge(silent).fault.contains("pg_read_all_stats"));
  silent.timeline = 2;
  EXPECT_EQ(judge(silent).fault, "");
}

}  // namespace

}  // namespace genesis
