#include "actors/write_watch.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using news = write_watch::news;
constexpr write_watch::time_point start{};

TEST(WriteWatch, TellsEachChangeOnce) {
  write_watch watch;
  EXPECT_EQ(watch.on_written(), news::none);
  EXPECT_EQ(watch.on_failed(start), news::fails);
  EXPECT_EQ(watch.on_failed(start + 10 * write_watch::quiet), news::none) << "it goes on failing";
  EXPECT_EQ(watch.on_written(), news::works_again);
  EXPECT_EQ(watch.on_written(), news::none);
}

TEST(WriteWatch, KeepsQuietForAWhileWhereOnlySomeChangesFit) {
  write_watch watch;
  EXPECT_EQ(watch.on_failed(start), news::fails);
  EXPECT_EQ(watch.on_written(), news::works_again);
  EXPECT_EQ(watch.on_failed(start + write_watch::quiet - std::chrono::milliseconds{1}), news::none);
  EXPECT_EQ(watch.on_written(), news::none) << "nobody was told that it failed";
  EXPECT_EQ(watch.on_failed(start + write_watch::quiet), news::fails);
}

}  // namespace
}  // namespace genesis
