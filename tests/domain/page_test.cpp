#include "domain/page.hpp"

#include <gmock/gmock.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

uuid id_of(std::uint8_t number) {
  uuid id;
  id.bytes[15] = number;
  return id;
}

/// Keys 1, 2, 2, 3 in no order; the two with the same key differ in their ids.
const std::vector<list_position> some{{2, id_of(9)}, {3, id_of(1)}, {1, id_of(5)}, {2, id_of(4)}};
const auto itself = [](const list_position& each) { return each; };

TEST(PageOf, OrdersByKeyAndId) {
  EXPECT_THAT(page_of(some, {}, itself).items, ElementsAre(some[1], some[0], some[3], some[2]));
  EXPECT_THAT(page_of(some, {20, std::nullopt, list_order::oldest_first}, itself).items,
    ElementsAre(some[2], some[3], some[0], some[1]));
}

TEST(PageOf, GoesOnBehindTheLastItemOfThePageBefore) {
  for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
    const auto whole = page_of(some, {20, std::nullopt, order}, itself).items;
    std::vector<list_position> read;
    page_query query{1, std::nullopt, order};
    for (bool has_more = true; has_more;) {
      const auto next = page_of(some, query, itself);
      ASSERT_EQ(next.items.size(), 1u);
      read.push_back(next.items.front());
      query.after = read.back();
      has_more = next.has_more;
    }
    EXPECT_EQ(read, whole);
    EXPECT_THAT(page_of(some, query, itself).items, IsEmpty());
  }
}

TEST(PageOf, SaysWhetherThereIsMore) {
  EXPECT_TRUE(page_of(some, {3, std::nullopt}, itself).has_more);
  EXPECT_FALSE(page_of(some, {4, std::nullopt}, itself).has_more);
  EXPECT_FALSE(page_of(std::vector<list_position>{}, {}, itself).has_more);
}

}  // namespace
}  // namespace genesis
