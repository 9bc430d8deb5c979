#include "auth/random.hpp"
#include "domain/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace genesis::auth {
namespace {

TEST(Random, GivesNothingTwice) {
  std::set<std::array<std::uint8_t, 16>> seen;
  for (int i = 0; i < 1'000; ++i)
    EXPECT_TRUE(seen.insert(random_bytes<16>()).second);
}

TEST(Random, FillsExactlyWhatItIsGiven) {
  std::array<std::uint8_t, 66> bytes{};
  fill_random(bytes.data() + 1, bytes.size() - 2);
  EXPECT_EQ(bytes.front(), 0);
  EXPECT_EQ(bytes.back(), 0);
  EXPECT_TRUE(std::any_of(bytes.begin() + 1, bytes.end() - 1, [](auto byte) { return byte != 0; }));
  fill_random(nullptr, 0);
}

TEST(Random, FeedsASourceOfIds) {
  uuid_source ids(fill_random);
  const timestamp now{std::chrono::milliseconds{1'700'000'000'000}};
  const auto first = ids.next(now);
  EXPECT_LT(first, ids.next(now));
}

}  // namespace
}  // namespace genesis::auth
