#include "actors/log_mark.hpp"

#include <gtest/gtest.h>

namespace genesis {

namespace {

using storage::log_position;

TEST(LogMark, IsTheLastPlaceThatWasTold) {
  log_mark mark{log_position{5}};
  EXPECT_EQ(mark.value(), log_position{5});
  const auto first = mark.begin();
  const auto second = mark.begin();
  mark.end(second, log_position{9});
  mark.end(first, log_position{7});
  EXPECT_EQ(mark.value(), log_position{9}) << "it never falls";
}

TEST(LogMark, IsUnknownUntilAChangeThatBeganLaterIsAnswered) {
  log_mark mark{log_position{5}};
  const auto before = mark.begin();
  mark.begin();
  mark.lose();
  EXPECT_FALSE(mark.value());
  mark.end(before, log_position{7});
  EXPECT_FALSE(mark.value()) << "the lost one may have been committed behind it";
  const auto after = mark.begin();
  mark.end(after, log_position{9});
  EXPECT_EQ(mark.value(), log_position{9});
}

TEST(LogMark, RisesWithWhatWasBegunBeforeADoubtAndIsAnsweredBehindOneThatEndsIt) {
  log_mark mark{log_position{5}};
  mark.begin();
  const auto slow = mark.begin();
  mark.lose();
  const auto overtakes = mark.begin();
  mark.end(overtakes, log_position{20});
  mark.end(slow, log_position{30});
  EXPECT_EQ(mark.value(), log_position{30});
}

TEST(LogMark, IsUnknownBehindACommitWithoutAPlace) {
  log_mark mark{log_position{5}};
  mark.end(mark.begin(), std::nullopt);
  EXPECT_FALSE(mark.value());
  mark.end(mark.begin(), log_position{8});
  EXPECT_EQ(mark.value(), log_position{8});
}

}  // namespace

}  // namespace genesis
