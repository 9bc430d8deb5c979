#include "auth/random.hpp"
#include "domain/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

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

TEST(Random, ReservesGiveNothingTwice) {
  random_reserve one;
  random_reserve other;
  auto same = one;
  std::set<std::vector<std::uint8_t>> seen;
  for (std::size_t i = 0; i < 3'000; ++i) {
    std::vector<std::uint8_t> bytes(i == 1'000 ? 2'000 : 8 + i % 16);
    (i % 3 == 0 ? one : i % 3 == 1 ? other : same)(bytes.data(), bytes.size());
    EXPECT_TRUE(seen.insert(std::move(bytes)).second) << i;
  }
}

}  // namespace
}  // namespace genesis::auth
