#include "actors/bucket_table.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

using namespace std::chrono_literals;
using table = bucket_table<std::uint64_t, std::hash<std::uint64_t>>;

constexpr token_bucket::time_point start{1'000'000s};
constexpr rate_quota ten{10, 60s};

TEST(BucketTable, KeepsKeysApart) {
  table limits{100, {}};
  for (int i = 0; i < 10; ++i)
    EXPECT_TRUE(limits.take(1, ten, start).is_granted);
  EXPECT_FALSE(limits.take(1, ten, start).is_granted);
  EXPECT_TRUE(limits.take(2, ten, start).is_granted);
  EXPECT_TRUE(limits.look(3, ten, start).is_granted);
  EXPECT_EQ(limits.size(), 2U) << "looking makes no bucket";
  for (int i = 1; i < 10; ++i)
    EXPECT_TRUE(limits.take(2, ten, start).is_granted);
  EXPECT_FALSE(limits.take(2, ten, start).is_granted);
}

TEST(BucketTable, HasItsBoundUnderAMillionKeys) {
  table limits{1'000, {}};
  for (std::uint64_t key = 0; key < 1'000'000; ++key)
    ASSERT_TRUE(limits.take(key, ten, start).is_granted);
  EXPECT_EQ(limits.size(), 1'000U);
}

TEST(BucketTable, AFloodOfKeysDoesNotFreeWhoHasUsedUpTheirs) {
  table limits{1'000, {}};
  constexpr std::uint64_t spent = 1'000'000'007;
  while (limits.take(spent, ten, start).is_granted) {
  }
  for (std::uint64_t key = 0; key < 100'000; ++key)
    limits.take(key, ten, start);
  EXPECT_FALSE(limits.look(spent, ten, start).is_granted);
}

}  // namespace
}  // namespace genesis
