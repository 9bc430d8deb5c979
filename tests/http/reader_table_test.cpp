#include "http/reader_table.hpp"

#include <gtest/gtest.h>

#include <set>

namespace genesis::http {

TEST(ReaderTable, FindsWhoIsThere) {
  reader_table<int> table;
  const auto one = std::make_shared<int>(1);
  auto two = std::make_shared<int>(2);
  const auto first = table.add(one);
  const auto second = table.add(two);
  EXPECT_EQ(table.find(first), one);
  EXPECT_EQ(table.find(second), two);
  EXPECT_EQ(table.all().size(), 2U);
  two = nullptr;
  EXPECT_EQ(table.find(second), nullptr) << "it kept the reader alive";
  EXPECT_EQ(table.all().size(), 1U);
  EXPECT_EQ(table.find(0), nullptr);
  EXPECT_EQ(table.find(~std::uint64_t{0}), nullptr);
}

TEST(ReaderTable, GivesNoNumberTwice) {
  reader_table<int> table;
  const auto who = std::make_shared<int>(1);
  std::set<std::uint64_t> given;
  for (int i = 0; i < 100; ++i) {
    const auto number = table.add(who);
    EXPECT_TRUE(given.insert(number).second);
    table.remove(number);
    table.remove(number);
    EXPECT_EQ(table.find(number), nullptr);
  }
  const auto one = table.add(who);
  const auto other = table.add(who);
  EXPECT_NE(one, other);
  table.remove(*given.begin());
  EXPECT_EQ(table.find(one), who);
  EXPECT_EQ(table.find(other), who);
}

}  // namespace genesis::http
