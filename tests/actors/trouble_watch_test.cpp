#include "actors/trouble_watch.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using news = trouble_watch::news;
constexpr trouble_watch::time_point start{};

TEST(TroubleWatch, TellsEachChangeOnce) {
  trouble_watch watch;
  EXPECT_EQ(watch.on_success(), news::none);
  EXPECT_EQ(watch.on_failed(start), news::fails);
  EXPECT_EQ(watch.on_failed(start + 10 * trouble_watch::quiet), news::none) << "it goes on failing";
  EXPECT_EQ(watch.on_success(), news::works_again);
  EXPECT_EQ(watch.on_success(), news::none);
}

TEST(TroubleWatch, KeepsQuietForAWhileWhereOnlySomeChangesFit) {
  trouble_watch watch;
  EXPECT_EQ(watch.on_failed(start), news::fails);
  EXPECT_EQ(watch.on_success(), news::works_again);
  EXPECT_EQ(watch.on_failed(start + trouble_watch::quiet - std::chrono::milliseconds{1}), news::none);
  EXPECT_EQ(watch.on_success(), news::none) << "nobody was told that it failed";
  EXPECT_EQ(watch.on_failed(start + trouble_watch::quiet), news::fails);
}

}  // namespace
}  // namespace genesis
