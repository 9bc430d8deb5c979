#include "actors/user_draft.hpp"

#include <gtest/gtest.h>

namespace genesis {

namespace {

constexpr timestamp now{std::chrono::hours{1'000'000 / 2}};

progress_record weight(std::uint8_t number, double kg, int hours_ago) {
  progress_record made;
  made.id.value.bytes[15] = number;
  made.value = kg;
  made.recorded_at = now - std::chrono::hours{hours_ago};
  return made;
}

std::optional<double> shown(const user_draft& draft) {
  const auto& value = draft.person().weight_kg;
  return value ? std::optional{value->value} : std::nullopt;
}

}  // namespace

class UserDraft : public ::testing::Test {
protected:
  /// What storage holds, newest first, and the profile that shows it.
  void given(std::vector<progress_record> records) {
    if (!records.empty())
      committed.person.weight_kg = latest_measurement{records[0].id, records[0].recorded_at, records[0].value};
    rows.latest.emplace(progress_metric::weight_kg, std::move(records));
  }
  user_data committed;
  loaded_rows rows;
  user_draft draft{committed, rows, now};
};

TEST_F(UserDraft, IsTheCommittedStateUntilItChanges) {
  EXPECT_TRUE(draft.is_empty());
  EXPECT_EQ(draft.person(), committed.person);
  auto person = draft.person();
  person.full_name = "Ann";
  EXPECT_EQ(draft.change(person).revision, 2);
  person.full_name = "Anna";
  EXPECT_EQ(draft.change(person).revision, 3) << "each change raises the revision";
  EXPECT_EQ(committed.person.revision, 1);
  EXPECT_EQ(draft.committed_state().person.full_name, "Anna");
  EXPECT_EQ(draft.take_mutations().size(), 2u);
}

TEST_F(UserDraft, ChangesNothingBeforeItWasMade) {  // the clock was set back
  conversation talk;
  talk.created_at = talk.updated_at = now + std::chrono::hours{1};
  draft.put(talk);
  talk.title = "Sleep";
  EXPECT_EQ(draft.change(talk).updated_at, talk.created_at);
  talk.created_at = now - std::chrono::hours{1};
  talk.title = "Food";
  EXPECT_EQ(draft.change(talk).updated_at, now);
}

TEST_F(UserDraft, ShowsTheNewestOfStoredAndChangedRecords) {
  given({weight(1, 80, 1)});
  draft.put(weight(2, 90, 5));
  EXPECT_EQ(shown(draft), 80);
  draft.put(weight(3, 70, 0));
  EXPECT_EQ(shown(draft), 70);
}

TEST_F(UserDraft, TakesTheGreaterIdWhereTimesAreEqual) {
  given({weight(1, 80, 1)});
  draft.put(weight(2, 81, 1));
  EXPECT_EQ(shown(draft), 81);
  draft.put(weight(0, 79, 1));
  EXPECT_EQ(shown(draft), 81);
}

TEST_F(UserDraft, FallsBackWhenNewestRecordsGo) {
  given({weight(3, 83, 0), weight(2, 82, 1), weight(1, 81, 2)});
  draft.remove(weight(3, 83, 0));
  EXPECT_EQ(shown(draft), 82);
  draft.remove(weight(2, 82, 1));
  EXPECT_EQ(shown(draft), 81);
  draft.remove(weight(1, 81, 2));
  EXPECT_EQ(shown(draft), std::nullopt);
}

TEST_F(UserDraft, KeepsTheRevisionWhenAnotherRecordHasTheSameValue) {
  given({weight(2, 80, 0), weight(1, 80, 1)});
  draft.remove(weight(2, 80, 0));
  EXPECT_EQ(draft.person().revision, 1);
  EXPECT_EQ(draft.person().weight_kg->record, weight(1, 80, 1).id);
}

TEST_F(UserDraft, KeepsARevisionThatShowsTheSame) {
  EXPECT_EQ(draft.change(draft.person()), committed.person);
  EXPECT_EQ(draft.change(draft.prefs()), committed.prefs);
  conversation thread;
  rows.conversations.emplace(thread.id, thread);
  EXPECT_EQ(draft.change(thread), thread);
  const auto record = weight(1, 80, 1);
  std::get<loaded_items<progress_record>>(rows.items).emplace(record.id, record);
  EXPECT_EQ(draft.change(record), record);
  EXPECT_TRUE(draft.is_empty());
}

TEST_F(UserDraft, WritesWhatIsNotShownUnderTheSameRevision) {
  auto person = draft.person();
  person.is_active = false;
  EXPECT_EQ(draft.change(person).revision, 1);
  EXPECT_FALSE(draft.committed_state().person.is_active);
  EXPECT_EQ(draft.take_mutations().size(), 1u);
}

TEST_F(UserDraft, KnowsKeysOfStorageAndOfItsOwnBatch) {
  const idempotency_key key{"k", {}};
  auto other = key;
  other.fingerprint.fill(9);
  rows.keys.emplace("k", std::optional<idempotency_record>{});
  ASSERT_TRUE(draft.find(key));
  EXPECT_FALSE(draft.find(key)->has_value());
  draft.put(idempotency_record{key, 201, {}, {}, {}, {}, now});
  EXPECT_EQ(draft.find(key).error().code, errc::in_progress);
  rows.keys.insert_or_assign("q", std::optional{idempotency_record{{"q", {}}, 201, {}, {}, {}, {}, now}});
  EXPECT_TRUE(draft.find(idempotency_key{"q", {}})->has_value());
  EXPECT_EQ(draft.find(idempotency_key{"q", other.fingerprint}).error().code, errc::key_reused);
}

TEST_F(UserDraft, DoesNotFindWhatItHasRemoved) {
  conversation thread;
  rows.conversations.emplace(thread.id, thread);
  ASSERT_TRUE(draft.find(thread.id));
  draft.remove(thread.id);
  EXPECT_EQ(draft.find(thread.id).error().code, errc::not_found);
  EXPECT_TRUE(draft.has_removed(thread.id));
}

TEST_F(UserDraft, RefusesToDecideOverARowThatWasNotLoaded) {
  EXPECT_EQ(draft.find(conversation_id{}).error().code, errc::internal);
  EXPECT_EQ(draft.find_item<progress_record>({}).error().code, errc::internal);
}

TEST_F(UserDraft, KeepsSessionsApart) {
  session one;
  one.id.value.bytes[15] = 1;
  session two;
  two.id.value.bytes[15] = 2;
  draft.put(one);
  draft.put(two);
  two.address = "changed";
  draft.put(two);
  EXPECT_EQ(draft.sessions().size(), 2u);
  draft.remove_sessions({one.id});
  ASSERT_EQ(draft.sessions().size(), 1u);
  EXPECT_EQ(draft.sessions().front().address, "changed");
}

}  // namespace genesis
