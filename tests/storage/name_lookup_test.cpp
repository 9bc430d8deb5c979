#include "storage/name_lookup.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace genesis::storage {
namespace {

const name_lookup& wait_for(const std::shared_ptr<const name_lookup>& lookup) {
  while (!lookup->is_done())
    std::this_thread::yield();
  return *lookup;
}

TEST(NameLookup, FindsAHost) {
  const auto lookup = name_lookup::start("localhost", 6'379);
  const auto& found = wait_for(lookup).found();
  ASSERT_TRUE(found);
  ASSERT_FALSE(found->empty());
  for (const auto& each : *found) {
    EXPECT_TRUE(each.address().is_loopback());
    EXPECT_EQ(each.port(), 6'379);
  }
}

TEST(NameLookup, FindsNothingForANameThatNobodyHas) {
  const auto lookup = name_lookup::start("name with blanks", 1);
  EXPECT_EQ(wait_for(lookup).found().error().code, errc::unavailable);
}

TEST(NameLookup, IsLeftBehindByWhoDoesNotWait) {
  const std::weak_ptr<const name_lookup> left = name_lookup::start("localhost", 1);
  while (!left.expired())  // the thread's own hold on it
    std::this_thread::yield();
}

}  // namespace
}  // namespace genesis::storage
