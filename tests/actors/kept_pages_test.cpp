#include "actors/kept_pages.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

conversation_id numbered(std::uint8_t number) {
  conversation_id id;
  id.value.bytes[15] = number;
  return id;
}

message message_in(const conversation_id& thread, std::int64_t seq, std::size_t length = 5) {
  message made;
  made.id.value.bytes[14] = thread.value.bytes[15];
  made.id.value.bytes[15] = static_cast<std::uint8_t>(seq);
  made.conversation = thread;
  made.seq = seq;
  made.content = std::string(length, 'm');
  return made;
}

bool has(kept_pages& pages, const conversation_id& thread) {
  return pages.find<message>(thread, {1, {}, {}}).has_value();
}

/// Keeps a whole conversation of one message.
void keep(kept_pages& pages, const conversation_id& thread, std::size_t length = 5) {
  pages.keep<message>(thread, {}, {{message_in(thread, 1, length)}, false});
}

/// What the mutation leaves of the pages, when it is durable.
void write(kept_pages& pages, storage::mutation what) {
  pages.apply(pages.changes_in({&what, 1}));
}

TEST(KeptPages, KeepsThoseThatWereUsedLast) {
  kept_pages pages;
  for (std::uint8_t i = 1; i <= kept_pages_max; ++i)
    keep(pages, numbered(i));
  EXPECT_EQ(pages.size(), kept_pages_max);
  EXPECT_TRUE(has(pages, numbered(1)));  // used again
  keep(pages, numbered(100));
  EXPECT_EQ(pages.size(), kept_pages_max);
  EXPECT_TRUE(has(pages, numbered(1)));
  EXPECT_FALSE(has(pages, numbered(2)));
}

TEST(KeptPages, KeepsNoPageThatIsTooLarge) {
  kept_pages pages;
  const auto room = kept_page_bytes_max - kept_page<message>::item_bytes;
  keep(pages, numbered(1), room - 1);
  EXPECT_TRUE(has(pages, numbered(1)));
  keep(pages, numbered(2), room);
  EXPECT_FALSE(has(pages, numbered(2)));
}

TEST(KeptPages, HaveTheMeasurementsOfEachMetricWhenTheyHaveAll) {
  const auto record = [](std::uint8_t number, progress_metric metric) {
    progress_record made;
    made.id.value.bytes[15] = number;
    made.metric = metric;
    made.recorded_at = timestamp{std::chrono::milliseconds{number}};
    return made;
  };
  const page<progress_record> all{
    {record(3, progress_metric::energy), record(2, progress_metric::stress), record(1, progress_metric::energy)},
    false};
  const auto numbers = [](kept_pages& pages, progress_metric metric, const page_query& query) {
    std::vector<int> found;
    const auto listed = pages.find<progress_record>(metric, query);
    if (!listed)
      return std::vector{-1};
    for (const auto& each : listed->items)
      found.push_back(each.id.value.bytes[15]);
    found.push_back(listed->has_more ? 1 : 0);
    return found;
  };
  kept_pages pages;
  pages.keep<progress_record>({}, {}, all);
  EXPECT_EQ(numbers(pages, progress_metric::energy, {}), (std::vector{3, 1, 0}));
  EXPECT_EQ(numbers(pages, progress_metric::energy, {1, {}, {}}), (std::vector{3, 1}));
  EXPECT_EQ(numbers(pages, progress_metric::energy, {1, {}, list_order::oldest_first}), (std::vector{1, 1}));
  EXPECT_EQ(numbers(pages, progress_metric::weight_kg, {}), (std::vector{0}));
  EXPECT_EQ(
    numbers(pages, progress_metric::energy, {1, list_position{3, all.items[0].id.value}, {}}), (std::vector{-1}));
  kept_pages partial;
  partial.keep<progress_record>({}, {3, {}, {}}, {all.items, true});
  EXPECT_EQ(numbers(partial, progress_metric::energy, {}), (std::vector{-1}));
}

TEST(KeptPages, AreLookedAtWithoutUse) {
  kept_pages pages;
  pages.keep<conversation>({}, {}, {});
  for (std::uint8_t i = 1; i < kept_pages_max; ++i)
    keep(pages, numbered(i));
  EXPECT_TRUE(pages.look<conversation>({}, {}));
  keep(pages, numbered(100));
  EXPECT_FALSE(pages.look<conversation>({}, {})) << "the one used last is the first to go";
}

TEST(KeptPages, LetsAPageGoThatBecomesTooLarge) {
  kept_pages pages;
  keep(pages, numbered(1));
  write(pages, storage::put_message{message_in(numbered(1), 1, kept_page_bytes_max)});
  EXPECT_FALSE(has(pages, numbered(1)));
}

TEST(KeptPages, TakeABoundedAmountOfMemory) {
  kept_pages pages;
  for (std::uint8_t i = 1; i <= 3; ++i) {
    keep(pages, numbered(i), kept_page_bytes_max - 1'000);
    EXPECT_LE(pages.bytes(), kept_bytes_max);
  }
  EXPECT_FALSE(has(pages, numbered(1)));
  EXPECT_TRUE(has(pages, numbered(3)));
  for (std::uint8_t i = 4; i <= 8; ++i)
    keep(pages, numbered(i));
  for (std::uint8_t i = 4; i <= 8; ++i)
    write(pages, storage::put_message{message_in(numbered(i), 2, kept_page_bytes_max / 2)});
  EXPECT_LE(pages.bytes(), kept_bytes_max);
}

TEST(KeptPages, AreOfOneBeginningEach) {
  kept_pages pages;
  const page_query oldest{1, {}, list_order::oldest_first};
  pages.keep<message>(numbered(1), {1, {}, {}}, {{message_in(numbered(1), 2)}, true});
  pages.keep<message>(numbered(1), oldest, {{message_in(numbered(1), 1)}, true});
  EXPECT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages.find<message>(numbered(1), {1, {}, {}})->items.front().seq, 2);
  EXPECT_EQ(pages.find<message>(numbered(1), oldest)->items.front().seq, 1);
  pages.keep<message>(numbered(1), {}, {{message_in(numbered(1), 2), message_in(numbered(1), 1)}, false});
  EXPECT_EQ(pages.size(), 1U) << "the whole list has both beginnings";
  EXPECT_EQ(pages.find<message>(numbered(1), oldest)->items.front().seq, 1);
}

TEST(KeptPages, KeepNothingFromTheMiddleOfAList) {
  kept_pages pages;
  pages.keep<message>(numbered(1), {20, list_position{3, {}}, {}}, {{message_in(numbered(1), 2)}, false});
  EXPECT_EQ(pages.size(), 0U);
}

TEST(KeptPages, TakeNoPartInWhatTheyDoNotShow) {
  kept_pages pages;
  keep(pages, numbered(1));
  const std::vector<storage::mutation> changes{storage::put_message{message_in(numbered(2), 1)},
    storage::put_progress{progress_record{}}, storage::remove_progress{{}}, storage::put_conversation{{}},
    storage::put_user{}, storage::put_run{}};
  EXPECT_TRUE(pages.changes_in(changes).empty());
}

TEST(KeptPages, ForgetTheMessagesOfADeletedConversation) {
  kept_pages pages;
  keep(pages, numbered(1));
  keep(pages, numbered(2));
  write(pages, storage::remove_conversation{numbered(1)});
  EXPECT_FALSE(has(pages, numbered(1)));
  EXPECT_TRUE(has(pages, numbered(2)));
}

TEST(KeptPages, ShowAConversationUntilItIsArchived) {
  kept_pages pages;
  conversation thread;
  thread.id = numbered(1);
  pages.keep<conversation>({}, {}, {{thread}, false});
  thread.is_archived = true;
  write(pages, storage::put_conversation{thread});
  EXPECT_TRUE(pages.find<conversation>({}, {})->items.empty());
  thread.is_archived = false;
  write(pages, storage::put_conversation{thread});
  EXPECT_EQ(pages.find<conversation>({}, {})->items.size(), 1U);
}

TEST(KeptPages, ShowAMeasurementInTheListOfItsMetricAndOfAll) {
  kept_pages pages;
  pages.keep<progress_record>(std::nullopt, {}, {{}, false});
  pages.keep<progress_record>(progress_metric::energy, {}, {{}, false});
  pages.keep<progress_record>(progress_metric::stress, {}, {{}, false});
  progress_record made;
  made.metric = progress_metric::energy;
  write(pages, storage::put_progress{made});
  EXPECT_EQ(pages.find<progress_record>(std::nullopt, {})->items.size(), 1U);
  EXPECT_EQ(pages.find<progress_record>(progress_metric::energy, {})->items.size(), 1U);
  EXPECT_TRUE(pages.find<progress_record>(progress_metric::stress, {})->items.empty());
}

}  // namespace
}  // namespace genesis
