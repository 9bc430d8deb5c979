#include "tests/storage/store_conformance.hpp"

#include <gmock/gmock.h>

#include <functional>

/// All messages of a person, part by part, in every store.
namespace genesis::storage {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;

/// What the parts of one export held together.
struct whole_export {
  std::vector<message> messages;
  std::vector<run_id> runs;
  std::vector<std::size_t> sizes;  ///< Messages of each part.
};

class ExportingStore : public Store {
protected:
  /// `between` runs after each part that others follow.
  whole_export read_whole(read_message_partition question, const std::function<void()>& between = [] {}) {
    whole_export whole;
    for (int parts = 0; parts < 2'000; ++parts) {
      auto part = store_->answer(question);
      if (!part) {
        ADD_FAILURE() << part.error().detail;
        return whole;
      }
      whole.sizes.push_back(part->messages.size());
      for (auto& each : part->messages)
        whole.messages.push_back(std::move(each));
      for (const auto& each : part->runs)
        whole.runs.push_back(each.id);
      if (!part->next)
        return whole;
      question.after = part->next;
      between();
    }
    ADD_FAILURE() << "the export does not end";
    return whole;
  }

  /// A conversation with so many messages, numbered from a thousand times its own number on.
  conversation add_conversation(
    const user_id& who, std::uint32_t number, std::int64_t created_ms, std::int64_t messages, std::size_t length = 4) {
    auto made = conversation_of(number, created_ms);
    made.message_count = messages;
    std::vector<mutation> all{put_conversation{made}};
    for (std::int64_t seq = 1; seq <= messages; ++seq) {
      auto each = message_of(number * 10'000 + static_cast<std::uint32_t>(seq), made.id, seq);
      each.content = std::string(length, 'a');
      all.push_back(put_message{each});
    }
    EXPECT_TRUE(write(who, version_of(who), std::move(all)));
    return made;
  }
  std::int64_t version_of(const user_id& who) { return store_->answer(load_user{who})->version; }
};

INSTANTIATE_TEST_SUITE_P(Conformance, ExportingStore,
  ::testing::Values(kind_of_store::memory, kind_of_store::sqlite, kind_of_store::postgresql),
  [](const auto& chosen) { return std::string{name_of(chosen.param)}; });

std::vector<std::pair<conversation_id, std::int64_t>> places_of(const std::vector<message>& messages) {
  std::vector<std::pair<conversation_id, std::int64_t>> places;
  for (const auto& each : messages)
    places.emplace_back(each.conversation, each.seq);
  return places;
}

TEST_P(ExportingStore, ReadsConversationByConversationFromTheOldestOn) {
  const auto young = add_conversation(ann_, 1, 300, 2);
  const auto old = add_conversation(ann_, 2, 100, 5);
  add_conversation(ann_, 3, 200, 0);
  const auto twin = add_conversation(ann_, 4, 300, 1);
  add_conversation(bob_, 5, 150, 3);

  const auto whole = read_whole({ann_});

  EXPECT_THAT(places_of(whole.messages),
    ElementsAre(std::pair{old.id, 1}, std::pair{old.id, 2}, std::pair{old.id, 3}, std::pair{old.id, 4},
      std::pair{old.id, 5}, std::pair{young.id, 1}, std::pair{young.id, 2}, std::pair{twin.id, 1}));
  EXPECT_EQ(whole.messages.front(), *store_->answer(find_message{ann_, whole.messages.front().id}));
}

TEST_P(ExportingStore, ReadsOneConversationAlone) {
  add_conversation(ann_, 1, 100, 4);
  const auto wanted = add_conversation(ann_, 2, 200, 5);
  add_conversation(ann_, 3, 300, 4);
  const auto whole = read_whole({ann_, wanted.id});
  EXPECT_THAT(places_of(whole.messages), ElementsAre(std::pair{wanted.id, 1}, std::pair{wanted.id, 2},
                                           std::pair{wanted.id, 3}, std::pair{wanted.id, 4}, std::pair{wanted.id, 5}));
  EXPECT_THAT(read_whole({bob_, wanted.id}).messages, IsEmpty()) << "it is somebody else's";
}

TEST_P(ExportingStore, ReadsNothingOfWhoHasSaidNothing) {
  EXPECT_THAT(read_whole({ann_}).messages, IsEmpty());
  EXPECT_THAT(read_whole({id_of<user_id>(99)}).messages, IsEmpty());
}

TEST_P(ExportingStore, GoesOnBehindAConversationThatIsDeletedMeanwhile) {
  const auto first = add_conversation(ann_, 1, 100, 700);
  const auto second = add_conversation(ann_, 2, 200, 1);
  bool is_deleted = false;
  const auto whole = read_whole({ann_}, [&] {
    if (!std::exchange(is_deleted, true)) {
      EXPECT_TRUE(write(ann_, version_of(ann_), {remove_conversation{first.id}}));
    }
  });
  EXPECT_TRUE(is_deleted);
  EXPECT_EQ(whole.messages.back().conversation, second.id);
  EXPECT_LT(whole.messages.size(), 700u);
}

TEST_P(ExportingStore, ReadsAMessageOnceThatComesMeanwhile) {
  auto made = add_conversation(ann_, 1, 100, 600);
  const auto whole = read_whole({ann_}, [&] {
    ++made.message_count;
    const auto number = 90'000 + static_cast<std::uint32_t>(made.message_count);
    if (made.message_count <= 605) {
      EXPECT_TRUE(write(ann_, version_of(ann_),
        {put_conversation{made}, put_message{message_of(number, made.id, made.message_count)}}));
    }
  });
  for (std::size_t i = 0; i < whole.messages.size(); ++i)
    ASSERT_EQ(whole.messages[i].seq, static_cast<std::int64_t>(i) + 1);
  EXPECT_GT(whole.messages.size(), 600u);
}

TEST_P(ExportingStore, ReadsPartsOfABoundedNumberOfRows) {
  add_conversation(ann_, 1, 100, 1'030);
  const auto whole = read_whole({ann_});
  EXPECT_EQ(whole.messages.size(), 1'030u);
  EXPECT_THAT(whole.sizes, Each(Le(static_cast<std::size_t>(partition_rows_max))));
  if (GetParam() != kind_of_store::memory) {
    EXPECT_THAT(whole.sizes, ElementsAre(500, 500, 30));
  }
}

TEST_P(ExportingStore, ReadsPartsOfABoundedSize) {
  constexpr std::size_t length = message_length_max;
  add_conversation(ann_, 1, 100, 100, length);
  const auto whole = read_whole({ann_});
  EXPECT_EQ(whole.messages.size(), 100u);
  EXPECT_THAT(whole.sizes, Each(Le(partition_bytes_max / length + 32)));
}

TEST_P(ExportingStore, ReadsManyShortConversations) {
  for (std::uint32_t i = 1; i <= 150; ++i)
    add_conversation(ann_, i, 1'000 - i, i % 3);
  const auto whole = read_whole({ann_});
  EXPECT_EQ(whole.messages.size(), 150u);
  for (std::size_t i = 1; i < whole.messages.size(); ++i)
    EXPECT_NE(whole.messages[i - 1].id, whole.messages[i].id);
}

TEST_P(ExportingStore, ReadsTheRunsOfItsAnswersOnce) {
  const auto made = add_conversation(ann_, 1, 100, 0);
  std::vector<mutation> all;
  std::vector<run_id> expected;
  for (std::uint32_t i = 0; i < 8; ++i) {
    auto question = message_of(100 + 2 * i, made.id, 2 * i + 1);
    auto answer = message_of(101 + 2 * i, made.id, 2 * i + 2);
    const auto asked = run_of(i + 1, made.id, answer.id);
    question.role = message_role::user;
    answer.role = message_role::assistant;
    question.run = answer.run = asked.id;
    all.insert(all.end(), {put_message{question}, put_message{answer}, put_run{asked}});
    expected.push_back(asked.id);
  }
  auto counted = made;
  counted.message_count = 16;
  all.push_back(put_conversation{counted});
  ASSERT_TRUE(write(ann_, version_of(ann_), std::move(all)));

  EXPECT_EQ(read_whole({.user = ann_, .with_runs = true}).runs, expected);
  EXPECT_THAT(read_whole({.user = ann_}).runs, IsEmpty());
}

}  // namespace
}  // namespace genesis::storage
