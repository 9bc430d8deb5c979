#include "actors/kept_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;

progress_record record(std::uint8_t id, std::int64_t at, double value = 1) {
  progress_record made;
  made.id.value.bytes[15] = id;
  made.recorded_at = timestamp{std::chrono::milliseconds{at}};
  made.value = value;
  return made;
}

/// A page of `limit` whose items are given in its order.
kept_page<progress_record> page_with(
  std::vector<progress_record> items, std::int64_t limit, bool has_more, list_order order = list_order::newest_first) {
  return {{std::move(items), has_more}, {limit, {}, order}};
}

/// The ids of what is known of the list, and whether there is more.
std::pair<std::vector<int>, bool> shown(const kept_page<progress_record>& page) {
  const auto found = page.answer({static_cast<std::int64_t>(page.size()), {}, page.order()});
  std::vector<int> ids;
  for (const auto& each : found->items)
    ids.push_back(each.id.value.bytes[15]);
  return {ids, found->has_more};
}

using ids = std::pair<std::vector<int>, bool>;

TEST(KeptPage, AnswersWhatIsInsideIt) {
  const auto page = page_with({record(3, 30), record(2, 20)}, 2, true);
  const auto all = page.answer({2, {}, {}});
  ASSERT_TRUE(all);
  EXPECT_THAT(all->items, ElementsAre(record(3, 30), record(2, 20)));
  EXPECT_TRUE(all->has_more);
  const auto one = page.answer({1, {}, {}});
  ASSERT_TRUE(one);
  EXPECT_THAT(one->items, ElementsAre(record(3, 30)));
  EXPECT_TRUE(one->has_more);
}

TEST(KeptPage, KnowsNothingOfWhatIsBehindIt) {
  const auto page = page_with({record(3, 30), record(2, 20)}, 2, true);
  EXPECT_FALSE(page.answer({3, {}, {}}));
  EXPECT_FALSE(page.answer({1, {}, list_order::oldest_first}));
  EXPECT_FALSE(page.answer({1, list_position{30, record(3, 30).id.value}, {}}));
}

TEST(KeptPage, OfAWholeListAnswersAnyNumberInBothOrders) {
  const auto page = page_with({record(3, 30), record(2, 20)}, 2, false);
  const auto many = page.answer({100, {}, {}});
  ASSERT_TRUE(many);
  EXPECT_EQ(many->items.size(), 2U);
  EXPECT_FALSE(many->has_more);
  const auto oldest = page.answer({1, {}, list_order::oldest_first});
  ASSERT_TRUE(oldest);
  EXPECT_THAT(oldest->items, ElementsAre(record(2, 20)));
  EXPECT_TRUE(oldest->has_more);
}

TEST(KeptPage, PutsWhatIsNewInItsPlace) {
  auto page = page_with({record(3, 30), record(2, 20)}, 5, false);
  EXPECT_TRUE(page.put(record(4, 25)));
  EXPECT_TRUE(page.put(record(5, 10)));
  EXPECT_TRUE(page.put(record(6, 20)));  // of equal times the greater id is newer
  EXPECT_EQ(shown(page), (ids{{3, 4, 6, 2, 5}, false}));
}

TEST(KeptPage, NeverGrowsBeyondWhatWasAskedFor) {
  auto page = page_with({record(3, 30), record(2, 20)}, 2, false);
  EXPECT_TRUE(page.put(record(4, 40)));
  EXPECT_EQ(shown(page), (ids{{4, 3}, true}));
  auto other = page_with({record(3, 30), record(2, 20)}, 2, false);
  EXPECT_TRUE(other.put(record(1, 10)));
  EXPECT_EQ(shown(other), (ids{{3, 2}, true})) << "the new one is what there is more of";
}

TEST(KeptPage, ReplacesWhatStaysWhereItWas) {
  auto page = page_with({record(3, 30), record(2, 20)}, 2, true);
  EXPECT_TRUE(page.put(record(2, 20, 7)));
  EXPECT_EQ(page.answer({2, {}, {}})->items.back().value, 7);
  EXPECT_EQ(shown(page), (ids{{3, 2}, true}));
}

TEST(KeptPage, FollowsWhatMoves) {
  auto page = page_with({record(3, 30), record(2, 20), record(1, 10)}, 3, true);
  EXPECT_TRUE(page.put(record(1, 25)));
  EXPECT_EQ(shown(page), (ids{{3, 1, 2}, true}));
  EXPECT_TRUE(page.put(record(3, 5)));
  EXPECT_EQ(shown(page), (ids{{1, 2}, true})) << "it moved behind what is known";
}

TEST(KeptPage, IsUncertainWhenTheOnlyOneBehindMayHaveComeForward) {
  auto full = page_with({record(3, 30), record(2, 20)}, 2, true);
  EXPECT_TRUE(full.put(record(1, 40)));
  EXPECT_EQ(shown(full), (ids{{1, 3}, true})) << "the one that made room is behind";
  auto short_of_one = page_with({record(3, 30), record(2, 20)}, 2, true);
  EXPECT_TRUE(short_of_one.leave(record(2, 20).id));
  EXPECT_FALSE(short_of_one.put(record(1, 40)));
}

TEST(KeptPage, IsUncertainWhenTheOnlyOneBehindMayHaveGone) {
  auto page = page_with({record(3, 30), record(2, 20)}, 2, true);
  EXPECT_FALSE(page.leave(record(1, 10).id));
  auto whole = page_with({record(3, 30), record(2, 20)}, 2, false);
  EXPECT_TRUE(whole.leave(record(1, 10).id));
  EXPECT_EQ(shown(whole), (ids{{3, 2}, false}));
}

TEST(KeptPage, IsUncertainWithNothingLeftAndMoreBehind) {
  auto page = page_with({record(3, 30)}, 1, true);
  EXPECT_FALSE(page.leave(record(3, 30).id));
  auto moved = page_with({record(3, 30)}, 1, true);
  EXPECT_FALSE(moved.put(record(3, 20)));
}

TEST(KeptPage, MayBeOfTheOldest) {
  auto page = page_with({record(1, 10), record(2, 20)}, 2, true, list_order::oldest_first);
  EXPECT_TRUE(page.put(record(9, 90)));
  EXPECT_EQ(shown(page), (ids{{1, 2}, true}));
  EXPECT_TRUE(page.put(record(5, 5)));
  EXPECT_EQ(shown(page), (ids{{5, 1}, true}));
}

TEST(KeptPage, CountsTheBytesOfLongTexts) {
  auto noted = record(3, 30);
  noted.note = std::string(1'000, 'n');
  auto page = page_with({}, 2, false);
  EXPECT_EQ(page.bytes(), 0U);
  ASSERT_TRUE(page.put(noted));
  EXPECT_GE(page.bytes(), 1'000 + sizeof(progress_record));
  ASSERT_TRUE(page.put(record(3, 30)));
  EXPECT_LT(page.bytes(), 1'000U);
  ASSERT_TRUE(page.put(noted));
  ASSERT_TRUE(page.leave(noted.id));
  EXPECT_LT(page.bytes(), 1'000U);
}

}  // namespace
}  // namespace genesis
