#include "actors/database_timeline.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using news = database_timeline::news;

TEST(DatabaseTimeline, RisesAndIsLeftForGood) {
  database_timeline line;
  EXPECT_EQ(line.value(), 0);
  EXPECT_EQ(line.see(3), news::none) << "the first one that is known";
  EXPECT_EQ(line.see(3), news::none);
  EXPECT_EQ(line.see(4), news::risen);
  EXPECT_EQ(line.see(3), news::behind);
  EXPECT_EQ(line.value(), 4);
  EXPECT_TRUE(line.is_behind(3));
  EXPECT_FALSE(line.is_behind(4));
}

TEST(DatabaseTimeline, OneThatIsNotKnownIsNoNews) {
  database_timeline line;
  EXPECT_EQ(line.see(0), news::none);
  line.see(2);
  EXPECT_EQ(line.see(0), news::none);
  EXPECT_EQ(line.value(), 2);
  EXPECT_FALSE(line.is_behind(0));
}

}  // namespace
}  // namespace genesis
