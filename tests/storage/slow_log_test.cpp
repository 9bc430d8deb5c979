#include "storage/slow_log.hpp"

#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

using namespace std::chrono_literals;

TEST(SlowLog, CallsSlowWhatTakesLongerThanItsThreshold) {
  const slow_log log{100ms};
  EXPECT_FALSE(log.is_slow(100ms));
  EXPECT_TRUE(log.is_slow(100ms + 1ns));
}

TEST(SlowLog, TellsOfEachStatementOnceAnHour) {
  slow_log log;
  const slow_log::clock::time_point start{5s};
  EXPECT_TRUE(log.may_tell(statement_id::select_one, true, start));
  EXPECT_FALSE(log.may_tell(statement_id::select_one, true, start + 1h - 1ns));
  EXPECT_TRUE(log.may_tell(statement_id::select_one, false, start)) << "a failure is news of its own";
  EXPECT_TRUE(log.may_tell(statement_id::commit, true, start));
  EXPECT_TRUE(log.may_tell(statement_id::select_one, true, start + 1h));
  EXPECT_FALSE(log.may_tell(statement_id::select_one, true, start + 1h));
}

}  // namespace
}  // namespace genesis::storage
