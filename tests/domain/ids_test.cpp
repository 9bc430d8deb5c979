#include "domain/ids.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <unordered_set>
#include <utility>
#include <vector>

namespace genesis {
namespace {

constexpr timestamp start{std::chrono::milliseconds{1'700'000'000'000}};

uuid_source seeded_source(unsigned seed) {
  return uuid_source{[random = std::mt19937{seed}](std::uint8_t* bytes, std::size_t count) mutable {
    std::generate_n(bytes, count, [&] { return static_cast<std::uint8_t>(random()); });
  }};
}

/// Fills everything with one byte, so that the random part is known.
uuid_source constant_source(std::uint8_t byte) {
  return uuid_source{[byte](std::uint8_t* bytes, std::size_t count) { std::fill_n(bytes, count, byte); }};
}

std::int64_t milliseconds_in(const uuid& id) {
  std::int64_t ms = 0;
  for (std::size_t i = 0; i < 6; ++i)
    ms = ms * 256 + id.bytes[i];
  return ms;
}

void expect_version_7(const uuid& id) {
  EXPECT_EQ(id.bytes[6] >> 4, 7);
  EXPECT_EQ(id.bytes[8] >> 6, 2) << "the variant of RFC 9562";
}

TEST(Uuid, IsSpeltInLowerCaseWithDashes) {
  // RFC 9562, appendix A.6: an example of version 7.
  const uuid id{{0x01, 0x7F, 0x22, 0xE2, 0x79, 0xB0, 0x7C, 0xC3, 0x98, 0xC4, 0xDC, 0x0C, 0x0C, 0x07, 0x39, 0x8F}};
  EXPECT_EQ(to_string(id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_EQ(parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"), id);
  EXPECT_EQ(parse_uuid("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"), id);
}

TEST(Uuid, RefusesEveryOtherSpelling) {
  for (const auto* text : {"", "017f22e2-79b0-7cc3-98c4-dc0c0c07398", "017f22e2-79b0-7cc3-98c4-dc0c0c07398f0",
         "017f22e279b07cc398c4dc0c0c07398f", "{017f22e2-79b0-7cc3-98c4-dc0c0c0739}",
         "017f22e2-79b0-7cc3-98c4-dc0c0c07398g", "017f22e2_79b0-7cc3-98c4-dc0c0c07398f",
         "017f22e-279b0-7cc3-98c4-dc0c0c07398f", " 17f22e2-79b0-7cc3-98c4-dc0c0c07398f",
         "-17f22e2-79b0-7cc3-98c4-dc0c0c07398f"})
    EXPECT_EQ(parse_uuid(text), std::nullopt) << text;
}

TEST(Uuid, ReadsWhatItWrites) {
  auto source = seeded_source(1);
  for (int i = 0; i < 1000; ++i) {
    const auto id = source.next(start + std::chrono::milliseconds{i});
    EXPECT_EQ(parse_uuid(to_string(id)), id);
  }
}

TEST(Uuid, KnowsTheOneThatNamesNothing) {
  EXPECT_TRUE(uuid{}.is_nil());
  EXPECT_TRUE(user_id{}.is_nil());
  EXPECT_FALSE(seeded_source(1).next(start).is_nil());
}

TEST(UuidSource, WritesTheTimeVersionAndVariant) {
  const auto id = constant_source(0xFF).next(start);
  EXPECT_EQ(milliseconds_in(id), start.time_since_epoch().count());
  expect_version_7(id);
  expect_version_7(constant_source(0x00).next(start));
}

TEST(UuidSource, RisesWithinOneMillisecond) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto source = seeded_source(seed);
    auto last = source.next(start);
    for (int i = 0; i < 2000; ++i) {
      const auto id = source.next(start);
      ASSERT_GT(id, last) << "seed " << seed;
      expect_version_7(id);
      last = id;
    }
  }
}

TEST(UuidSource, CarriesIntoTheByteOfTheVariant) {
  // The last seven bytes are full, so that the smallest step carries through all of them.
  bool is_first = true;
  uuid_source source{[&is_first](std::uint8_t* bytes, std::size_t count) {
    std::fill_n(bytes, count, std::uint8_t{0});
    if (std::exchange(is_first, false))
      std::fill_n(bytes + 3, count - 3, std::uint8_t{0xFF});
  }};
  EXPECT_EQ(to_string(source.next(start)).substr(14), "7000-80ff-ffffffffffff");
  EXPECT_EQ(to_string(source.next(start)).substr(14), "7000-8100-000000000000");
}

TEST(UuidSource, BorrowsTheNextMillisecondWhenTheRandomPartIsFull) {
  auto source = constant_source(0xFF);  // all 62 bits set: the first step overflows
  const auto first = source.next(start);
  const auto second = source.next(start);
  EXPECT_EQ(milliseconds_in(second), milliseconds_in(first) + 1);
  EXPECT_GT(second, first);
}

TEST(UuidSource, RisesWhenTheClockStepsBack) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    auto source = seeded_source(seed);
    std::mt19937 random{seed};
    std::uniform_int_distribution jump{-5000, 100};
    auto now = start;
    auto last = source.next(now);
    for (int i = 0; i < 2000; ++i) {
      now += std::chrono::milliseconds{jump(random)};
      const auto id = source.next(now);
      ASSERT_GT(id, last) << "seed " << seed;
      last = id;
    }
    EXPECT_LT(milliseconds_in(last) - start.time_since_epoch().count(), 1000)
      << "time runs ahead of the clock hardly at all, seed " << seed;
  }
}

TEST(UuidSource, FollowsTheClockAgainOnceItCatchesUp) {
  auto source = seeded_source(3);
  source.next(start);
  source.next(start - std::chrono::hours{1});
  const auto later = start + std::chrono::milliseconds{1};
  EXPECT_EQ(milliseconds_in(source.next(later)), later.time_since_epoch().count());
}

TEST(UuidSource, MakesStrongIds) {
  auto source = seeded_source(4);
  const auto id = source.next_id<message_id>(start);
  EXPECT_EQ(message_id::parse(to_string(id)), id);
  EXPECT_EQ(message_id::parse("no id"), std::nullopt);
}

TEST(StableHash, NeverChanges) {
  // Shards are owned under these numbers by nodes that may run different builds.
  EXPECT_EQ(stable_hash(uuid{}), 0x8efd810dcb71afa3ull);
  EXPECT_EQ(stable_hash(*parse_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")), 0xf5373d657fdaac74ull);
}

TEST(StableHash, SpreadsIdsOfOneMomentEvenly) {
  constexpr std::size_t shards = 64;
  constexpr int ids = 64'000;
  std::vector<int> counts(shards);
  auto source = seeded_source(5);
  for (int i = 0; i < ids; ++i)
    ++counts[stable_hash(source.next(start)) % shards];
  const auto [least, most] = std::ranges::minmax(counts);
  EXPECT_GT(least, 850);
  EXPECT_LT(most, 1150);
}

TEST(StableHash, HashesIdsForContainers) {
  auto source = seeded_source(6);
  const auto one = source.next_id<user_id>(start);
  const auto other = source.next_id<user_id>(start);
  const std::unordered_set<user_id> ids{one, other, one};
  EXPECT_EQ(ids.size(), 2u);
  EXPECT_TRUE(ids.contains(one));
}

}  // namespace
}  // namespace genesis
