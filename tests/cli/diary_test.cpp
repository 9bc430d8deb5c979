#include "auth/random.hpp"
#include "cli/diary.hpp"

#include <gtest/gtest.h>

#include <set>

namespace genesis::cli {

namespace {

timestamp moment() {
  return parse_rfc3339("2026-03-20T19:45:12.000Z").value();
}

}  // namespace

TEST(Diary, GoesOnWhereItsLastPartHasEnded) {
  uuid_source ids{auth::fill_random};
  const auto who = ids.next_id<user_id>(moment());
  const auto first =
    order_diary({.user = who, .diary = {}, .version = 1, .first = 1, .count = 250}, moment(), auth::fill_random);
  const auto second = order_diary({.user = who, .diary = first.diary, .version = 2, .first = 251, .count = 10},
    moment() + std::chrono::seconds{1}, auth::fill_random);
  EXPECT_EQ(first.diary, second.diary);
  std::int64_t number = 0;
  std::set<message_id> seen;
  timestamp last{};
  for (const auto* part : {&first, &second}) {
    EXPECT_EQ(part->batch.user, who);
    EXPECT_EQ(part->batch.version, part == &first ? 1 : 2);
    for (const auto& each : part->batch.mutations) {
      const auto* entry = std::get_if<storage::put_message>(&each);
      if (entry == nullptr)
        continue;
      EXPECT_EQ(entry->value.seq, ++number);
      EXPECT_EQ(entry->value.conversation, first.diary);
      EXPECT_LT(last, entry->value.created_at);
      last = entry->value.created_at;
      EXPECT_TRUE(seen.insert(entry->value.id).second);
    }
    const auto& thread = std::get<storage::put_conversation>(part->batch.mutations.front()).value;
    EXPECT_EQ(thread.message_count, number);
    EXPECT_EQ(thread.last_message_at, last);
  }
  EXPECT_EQ(number, 260);
}

TEST(Diary, SaysTheSameUnderOneNumberAndHardlyEverUnderTwo) {
  std::set<std::string> entries;
  for (std::uint64_t number = 0; number < 10'000; ++number) {
    EXPECT_EQ(diary_entry(number), diary_entry(number));
    entries.insert(diary_entry(number));
  }
  EXPECT_GT(entries.size(), 9'900U);
}

}  // namespace genesis::cli
