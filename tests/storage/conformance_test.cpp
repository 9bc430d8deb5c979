#include "tests/storage/store_conformance.hpp"

#include <gmock/gmock.h>

#include <algorithm>

/// What every store promises, held against those over SQLite and PostgreSQL and the one that actor tests use.
namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

INSTANTIATE_TEST_SUITE_P(Conformance, Store,
  ::testing::Values(kind_of_store::memory, kind_of_store::sqlite, kind_of_store::postgresql),
  [](const auto& chosen) { return std::string{name_of(chosen.param)}; });

invitation invitation_for(std::string email, std::uint8_t number) {
  return {hash_of(number), std::move(email), user_role::coach, at_ms(1), at_ms(1'000'000)};
}

TEST_P(Store, FindsAnInvitationByItsHash) {
  const auto made = invitation_for("new@example.org", 7);
  ASSERT_TRUE(store_->answer(put_invitation{made}));
  EXPECT_EQ(*store_->answer(find_invitation{hash_of(7)}), made);
  EXPECT_EQ(code_of(store_->answer(find_invitation{hash_of(8)})), errc::not_found);
}

TEST_P(Store, KeepsTheNewestInvitationOfAnAddress) {
  EXPECT_EQ(store_->answer(put_invitation{invitation_for("new@example.org", 7)}), false);
  EXPECT_EQ(store_->answer(put_invitation{invitation_for("new@example.org", 8)}), true) << "in place of one";
  EXPECT_EQ(store_->answer(put_invitation{invitation_for("other@example.org", 9)}), false);
  EXPECT_EQ(code_of(store_->answer(find_invitation{hash_of(7)})), errc::not_found);
  EXPECT_TRUE(store_->answer(find_invitation{hash_of(8)}));
  EXPECT_TRUE(store_->answer(find_invitation{hash_of(9)}));
}

TEST_P(Store, CountsNoInvitationThatHasExpiredAsReplaced) {
  auto late = invitation_for("new@example.org", 8);
  const auto before = invitation_for("new@example.org", 7);
  late.created_at = before.expires_at;
  EXPECT_EQ(store_->answer(put_invitation{before}), false);
  EXPECT_EQ(store_->answer(put_invitation{late}), false);
}

TEST_P(Store, UsesAnInvitationUpWithTheAccountOrNotAtAll) {
  auto person = plain_user(3);
  ASSERT_TRUE(store_->answer(put_invitation{invitation_for(person.email, 7)}));
  const auto register_as = [&](std::uint32_t number, std::uint8_t hash) {
    auto made = plain_user(number);
    made.email = person.email;
    const auto owner = made.id;
    return write(owner, 0, {use_invitation{hash_of(hash), person.email}, create_user{made, {}, "hash"}});
  };
  EXPECT_EQ(code_of(register_as(3, 8)), errc::forbidden) << "another invitation";
  EXPECT_EQ(code_of(store_->answer(load_user{person.id})), errc::not_found);
  EXPECT_TRUE(store_->answer(find_invitation{hash_of(7)}));
  EXPECT_EQ(code_of(register_as(3, 7)), errc::none);
  EXPECT_EQ(code_of(store_->answer(find_invitation{hash_of(7)})), errc::not_found);
  EXPECT_EQ(code_of(register_as(4, 7)), errc::forbidden) << "used";
}

TEST_P(Store, KeepsTheInvitationOfARegistrationThatFails) {
  const auto taken = plain_user(1).email;
  ASSERT_TRUE(store_->answer(put_invitation{invitation_for(taken, 7)}));
  auto made = plain_user(3);
  made.email = taken;
  EXPECT_EQ(
    code_of(write(made.id, 0, {use_invitation{hash_of(7), taken}, create_user{made, {}, "hash"}})), errc::email_taken);
  EXPECT_TRUE(store_->answer(find_invitation{hash_of(7)}));
}

TEST_P(Store, RaisesTheVersionBySteps) {
  auto batch = batch_of(ann_, 1, {put_password{"a"}});
  batch.steps = 5;
  EXPECT_EQ(write_alone(*store_, batch)->version, 6);
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 6);
}

TEST_P(Store, LoadsAPersonAgainOnlyWhenTheVersionIsAnother) {
  const auto timeline = store_->timeline();
  EXPECT_EQ(store_->answer(load_newer{ann_, 1, 1, timeline}).value(), std::nullopt);
  EXPECT_TRUE(write(ann_, 1, {put_password{"x"}}));
  for (const std::int64_t other : {0, 1, 3}) {
    const auto newer = store_->answer(load_newer{ann_, 1, other, timeline}).value();
    ASSERT_TRUE(newer) << other;
    EXPECT_EQ(newer->version, 2);
    EXPECT_EQ(newer->person, store_->answer(load_user{ann_})->person);
  }
  EXPECT_EQ(store_->answer(load_newer{ann_, 1, 2, timeline}).value(), std::nullopt);
  EXPECT_EQ(code_of(store_->answer(load_newer{ann_, 2, 2, timeline})), errc::fenced);
  EXPECT_EQ(code_of(store_->answer(load_newer{id_of<user_id>(99), 1, 1, timeline})), errc::not_found);
}

TEST_P(Store, LoadsAPersonAgainWhoseVersionIsOneOfAnotherTimeline) {
  const auto newer = store_->answer(load_newer{ann_, 1, 1, store_->timeline() + 1}).value();
  ASSERT_TRUE(newer);
  EXPECT_EQ(newer->version, 1);
  EXPECT_EQ(newer->timeline, store_->timeline());
  EXPECT_EQ(store_->answer(load_user{ann_})->timeline, store_->timeline());
}

TEST_P(Store, RefusesAWrongVersionAndWritesNothing) {
  EXPECT_EQ(code_of(write(ann_, 0, {put_password{"x"}})), errc::fenced);
  EXPECT_EQ(code_of(write(ann_, 2, {put_password{"x"}})), errc::fenced);
  EXPECT_EQ(store_->answer(find_credentials_of{ann_})->password_hash, "hash1");
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 1);
}

TEST_P(Store, RefusesAWrongEpoch) {
  auto batch = batch_of(ann_, 1, {put_password{"x"}});
  batch.epoch = 2;
  EXPECT_EQ(code_of(write_alone(*store_, batch)), errc::fenced);
  EXPECT_EQ(code_of(store_->answer(load_user{ann_, 2})), errc::fenced);
  EXPECT_EQ(code_of(store_->answer(load_user{ann_, 2, true})), errc::fenced);
}

TEST_P(Store, OnlyTheFirstOfTwoBatchesWithOneVersionPasses) {
  const auto first = batch_of(ann_, 1, {put_password{"first"}});
  const auto second = batch_of(ann_, 1, {put_password{"second"}});
  const write_batch* all[] = {&first, &second};

  const auto written = store_->write(all);

  EXPECT_EQ(code_of(written[0]), errc::none);
  EXPECT_EQ(code_of(written[1]), errc::fenced);
  EXPECT_EQ(store_->answer(find_credentials_of{ann_})->password_hash, "first");
}

TEST_P(Store, AFailingBatchLeavesItsNeighboursAlone) {
  auto taken = plain_user(2);
  taken.email = plain_user(1).email;
  const auto good = batch_of(ann_, 1, {put_conversation{conversation_of(1)}});
  const auto bad = batch_of(bob_, 1, {put_conversation{conversation_of(2)}, put_user{taken}});
  const auto also_good = batch_of(ann_, 2, {put_conversation{conversation_of(3)}});
  const write_batch* all[] = {&good, &bad, &also_good};

  const auto written = store_->write(all);

  EXPECT_EQ(code_of(written[0]), errc::none);
  EXPECT_EQ(code_of(written[1]), errc::email_taken);
  EXPECT_EQ(code_of(written[2]), errc::none);
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 3);
  EXPECT_EQ(store_->answer(load_user{bob_})->version, 1);
  EXPECT_TRUE(store_->answer(find_conversation{ann_, id_of<conversation_id>(3)}));
  EXPECT_EQ(code_of(store_->answer(find_conversation{bob_, id_of<conversation_id>(2)})), errc::not_found);
}

TEST_P(Store, RefusesABatchWhoseDeadlineHasPassed) {
  auto batch = batch_of(ann_, 1, {put_password{"late"}});
  batch.deadline = std::chrono::steady_clock::time_point::min();
  EXPECT_EQ(code_of(write_alone(*store_, batch)), errc::unavailable);
  append_run_chunks chunks;
  chunks.deadline = batch.deadline;
  EXPECT_EQ(code_of(store_->write(chunks)), errc::unavailable);
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 1);
}

TEST_P(Store, RefusesAnAddressThatIsTaken) {
  auto person = plain_user(3);
  person.email = plain_user(1).email;
  EXPECT_EQ(code_of(write(person.id, 0, {create_user{person, {}, ""}})), errc::email_taken);
  EXPECT_EQ(code_of(store_->answer(load_user{person.id})), errc::not_found);
}

TEST_P(Store, RefusesToMakeAPersonTwice) {
  EXPECT_EQ(code_of(write(ann_, 0, {create_user{plain_user(1), {}, ""}})), errc::conflict);
}

TEST_P(Store, FreesAnAddressThatIsGivenUp) {
  auto moved = plain_user(1);
  moved.email = "new@example.org";
  ASSERT_TRUE(write(ann_, 1, {put_user{moved}}));
  auto follower = plain_user(3);
  follower.email = plain_user(1).email;
  EXPECT_TRUE(write(follower.id, 0, {create_user{follower, {}, ""}}));
  EXPECT_EQ(store_->answer(find_credentials{follower.email})->user, follower.id);
}

TEST_P(Store, FindsCredentialsOfDisabledPeopleToo) {
  auto disabled = plain_user(1);
  disabled.is_active = false;
  ASSERT_TRUE(write(ann_, 1, {put_user{disabled}}));
  const auto found = store_->answer(find_credentials{disabled.email});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->user, ann_);
  EXPECT_FALSE(found->is_active);
  EXPECT_EQ(code_of(store_->answer(find_credentials{"nobody@example.org"})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_credentials_of{id_of<user_id>(99)})), errc::not_found);
}

TEST_P(Store, AReloadThatRaisesTheFenceShutsOutAWriteOnItsWay) {
  const auto reloaded = store_->answer(load_user{ann_, 1, true});
  ASSERT_TRUE(reloaded);
  EXPECT_EQ(reloaded->version, 2);
  EXPECT_EQ(code_of(write(ann_, 1, {put_password{"stale"}})), errc::fenced);
  EXPECT_TRUE(write(ann_, 2, {put_password{"fresh"}}));
  EXPECT_EQ(code_of(store_->answer(load_user{id_of<user_id>(99), 1, true})), errc::not_found);
}

TEST_P(Store, RemovesEveryRowOfAPerson) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto current = run_of(1, talk.id, answer.id);
  const idempotency_record key{{"k", hash_of(1)}, 201, "", "", "", "", at_ms(1)};
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{talk}, put_message{answer}, put_run{current}, put_run_events{current.id, {token_of(1, "a")}},
      put_progress{record_of(1, 5)}, put_session{session_of(1)}, put_api_key{api_key_of(1)}, put_idempotency{key},
      put_used_refresh_token{hash_of(9), session_of(1).id, at_ms(1)}}));

  EXPECT_EQ(write(ann_, 2, {remove_user{}})->version, 3);

  EXPECT_EQ(code_of(store_->answer(load_user{ann_})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_credentials{plain_user(1).email})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_conversation{ann_, talk.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_message{ann_, answer.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_run{ann_, current.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_progress{ann_, id_of<progress_id>(1)})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_used_refresh_token{ann_, hash_of(9)})), errc::not_found);
  EXPECT_EQ(*store_->answer(find_idempotency{ann_, "k"}), std::nullopt);
  EXPECT_EQ(code_of(write(ann_, 3, {put_password{"x"}})), errc::fenced);
  EXPECT_TRUE(store_->answer(load_user{bob_}));
  add_person(*store_, 1);
  EXPECT_THAT(store_->answer(list_progress{ann_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(load_user{ann_})->api_keys, IsEmpty());
}

TEST_P(Store, HidesWhatIsSomebodyElses) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto current = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{talk}, put_message{answer}, put_run{current}, put_progress{record_of(1, 5)},
      put_session{session_of(1)}, put_used_refresh_token{hash_of(9), session_of(1).id, at_ms(1)},
      put_idempotency{{{"k", hash_of(1)}, 201, "", "", "", "", at_ms(1)}}}));

  EXPECT_EQ(code_of(store_->answer(find_conversation{bob_, talk.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_message{bob_, answer.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(list_messages{bob_, talk.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_run{bob_, current.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(load_run_log{bob_, current.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_progress{bob_, id_of<progress_id>(1)})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_used_refresh_token{bob_, hash_of(9)})), errc::not_found);
  EXPECT_EQ(*store_->answer(find_idempotency{bob_, "k"}), std::nullopt);
  EXPECT_THAT(store_->answer(list_conversations{bob_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(list_progress{bob_})->items, IsEmpty());
  EXPECT_THAT(store_->answer(load_coaching_history{bob_, talk.id})->messages, IsEmpty());
  EXPECT_EQ(store_->answer(find_conversation{ann_, talk.id})->id, talk.id);
}

TEST_P(Store, RemovingSomebodyElsesThingsDoesNothing) {
  const auto talk = conversation_of(1);
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{talk}, put_progress{record_of(1, 5)}, put_session{session_of(1)}, put_api_key{api_key_of(1)}}));
  ASSERT_TRUE(write(bob_, 1,
    {remove_conversation{talk.id}, remove_progress{id_of<progress_id>(1)}, remove_sessions{{session_of(1).id}},
      remove_api_keys{{api_key_of(1).id}}}));
  EXPECT_TRUE(store_->answer(find_conversation{ann_, talk.id}));
  EXPECT_TRUE(store_->answer(find_progress{ann_, id_of<progress_id>(1)}));
  EXPECT_EQ(store_->answer(load_user{ann_})->sessions.size(), 1u);
  EXPECT_EQ(store_->answer(load_user{ann_})->api_keys.size(), 1u);
}

TEST_P(Store, GivesBackApiKeysAsTheyWerePut) {
  const std::vector keys{api_key_of(1), api_key_of(2), api_key_of(3)};
  ASSERT_TRUE(write(ann_, 1, {put_api_key{keys[2]}, put_api_key{keys[0]}, put_api_key{keys[1]}}));
  EXPECT_EQ(store_->answer(load_user{ann_})->api_keys, keys) << "in the order of their ids";
  EXPECT_THAT(store_->answer(load_user{bob_})->api_keys, IsEmpty());
  auto used = keys[1];
  used.last_used_at = at_ms(99);
  ++used.revision;
  ASSERT_TRUE(write(ann_, 2, {put_api_key{used}, remove_api_keys{{keys[0].id}}}));
  EXPECT_THAT(store_->answer(load_user{ann_})->api_keys, ElementsAre(used, keys[2]));
}

TEST_P(Store, RefusesAMessageInSomebodyElsesConversation) {
  const auto talk = conversation_of(1);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}}));
  EXPECT_EQ(code_of(write(bob_, 1, {put_message{message_of(1, talk.id, 1)}})), errc::conflict);
  EXPECT_EQ(code_of(write(bob_, 1, {put_run{run_of(1, talk.id, id_of<message_id>(1))}})), errc::conflict);
  EXPECT_EQ(code_of(write(ann_, 2, {put_message{message_of(1, id_of<conversation_id>(9), 1)}})), errc::conflict);
}

TEST_P(Store, RefusesTwoMessagesInOnePlace) {
  const auto talk = conversation_of(1);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{message_of(1, talk.id, 1)}}));
  EXPECT_EQ(code_of(write(ann_, 2, {put_message{message_of(2, talk.id, 1)}})), errc::conflict);
  EXPECT_TRUE(write(ann_, 2, {put_message{message_of(1, talk.id, 1)}, put_message{message_of(2, talk.id, 2)}}));
}

TEST_P(Store, RefusesANewMessageThatIsThereAlready) {
  const auto talk = conversation_of(1);
  const auto made = message_of(1, talk.id, 1);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{.value = made, .is_new = true}}));
  auto again = made;
  again.seq = 2;
  again.content = "Something else";
  EXPECT_EQ(code_of(write(ann_, 2, {put_message{.value = again, .is_new = true}})), errc::conflict);
  EXPECT_EQ(store_->answer(find_message{ann_, made.id})->content, made.content);
  EXPECT_TRUE(write(ann_, 2, {put_message{again}}));
  EXPECT_EQ(store_->answer(find_message{ann_, made.id})->content, again.content);
}

TEST_P(Store, RemovesAConversationWithAllThatHangsOnIt) {
  const auto talk = conversation_of(1);
  const auto other = conversation_of(2);
  const auto answer = message_of(1, talk.id, 1);
  const auto current = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{talk}, put_conversation{other}, put_message{answer}, put_message{message_of(2, other.id, 1)},
      put_run{current}, put_run_events{current.id, {token_of(1, "a")}}}));

  ASSERT_TRUE(write(ann_, 2, {remove_conversation{talk.id}}));

  EXPECT_EQ(code_of(store_->answer(find_message{ann_, answer.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(find_run{ann_, current.id})), errc::not_found);
  EXPECT_EQ(code_of(store_->answer(list_messages{ann_, talk.id})), errc::not_found);
  EXPECT_EQ(store_->answer(list_messages{ann_, other.id})->items.size(), 1u);
}

TEST_P(Store, FindsAUsedRefreshTokenUntilItsSessionGoes) {
  ASSERT_TRUE(write(ann_, 1,
    {put_session{session_of(1)}, put_session{session_of(2)},
      put_used_refresh_token{hash_of(50), session_of(1).id, at_ms(1)},
      put_used_refresh_token{hash_of(51), session_of(2).id, at_ms(2)}}));
  EXPECT_EQ(*store_->answer(find_used_refresh_token{ann_, hash_of(50)}), session_of(1).id);

  ASSERT_TRUE(write(ann_, 2, {put_session{session_of(1)}}));
  EXPECT_EQ(*store_->answer(find_used_refresh_token{ann_, hash_of(50)}), session_of(1).id);

  ASSERT_TRUE(write(ann_, 3, {remove_sessions{{session_of(1).id}}}));
  EXPECT_EQ(code_of(store_->answer(find_used_refresh_token{ann_, hash_of(50)})), errc::not_found);
  EXPECT_EQ(*store_->answer(find_used_refresh_token{ann_, hash_of(51)}), session_of(2).id);
  EXPECT_EQ(code_of(write(ann_, 4, {put_used_refresh_token{hash_of(52), session_of(1).id, at_ms(1)}})), errc::conflict);
}

TEST_P(Store, ListsConversationsByArchivedState) {
  auto archived = conversation_of(2, 200);
  archived.is_archived = true;
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{conversation_of(1, 100)}, put_conversation{archived},
      put_conversation{conversation_of(3, 300)}}));
  const auto list = [&](archived_filter filter, list_order order) {
    list_conversations question{ann_, filter, {}};
    question.page.order = order;
    return ids_of(store_->answer(question)->items);
  };
  const auto id = id_of<conversation_id>;
  EXPECT_THAT(list(archived_filter::active, list_order::newest_first), ElementsAre(id(3), id(1)));
  EXPECT_THAT(list(archived_filter::archived, list_order::oldest_first), ElementsAre(id(2)));
  EXPECT_THAT(list(archived_filter::all, list_order::oldest_first), ElementsAre(id(1), id(2), id(3)));
  EXPECT_THAT(list(archived_filter::all, list_order::newest_first), ElementsAre(id(3), id(2), id(1)));
}

TEST_P(Store, ListsProgressOfAPeriod) {
  std::vector<mutation> records;
  for (std::uint32_t i = 1; i <= 6; ++i)
    records.emplace_back(
      put_progress{record_of(i, 100 * i, i % 2 == 0 ? progress_metric::energy : progress_metric::weight_kg, 4)});
  ASSERT_TRUE(write(ann_, 1, records));
  const auto id = id_of<progress_id>;
  for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
    list_progress question{ann_, std::nullopt, at_ms(200), at_ms(500), {}};
    question.page.order = order;
    auto found = ids_of(store_->answer(question)->items);
    question.metric = progress_metric::energy;
    auto of_metric = ids_of(store_->answer(question)->items);
    if (order == list_order::newest_first) {
      std::ranges::reverse(found);
      std::ranges::reverse(of_metric);
    }
    EXPECT_THAT(found, ElementsAre(id(2), id(3), id(4)));
    EXPECT_THAT(of_metric, ElementsAre(id(2), id(4)));
  }
}

TEST_P(Store, GivesTheTwoLatestOfAMetric) {
  ASSERT_TRUE(write(ann_, 1,
    {put_progress{record_of(1, 100)}, put_progress{record_of(2, 300)}, put_progress{record_of(3, 300)},
      put_progress{record_of(4, 900, progress_metric::energy, 3)}}));
  const auto latest = store_->answer(latest_progress{ann_, progress_metric::weight_kg});
  EXPECT_THAT(ids_of(*latest), ElementsAre(id_of<progress_id>(3), id_of<progress_id>(2)));
  EXPECT_THAT(*store_->answer(latest_progress{ann_, progress_metric::stress}), IsEmpty());
  ASSERT_TRUE(write(ann_, 2, {remove_progress{id_of<progress_id>(3)}}));
  EXPECT_THAT(ids_of(*store_->answer(latest_progress{ann_, progress_metric::weight_kg})),
    ElementsAre(id_of<progress_id>(2), id_of<progress_id>(1)));
}

TEST_P(Store, GivesAsManyOfTheLatestAsAreAskedFor) {
  ASSERT_TRUE(write(ann_, 1,
    {put_progress{record_of(1, 100)}, put_progress{record_of(2, 200)}, put_progress{record_of(3, 300)},
      put_progress{record_of(4, 400)}}));
  EXPECT_THAT(ids_of(*store_->answer(latest_progress{ann_, progress_metric::weight_kg, 3})),
    ElementsAre(id_of<progress_id>(4), id_of<progress_id>(3), id_of<progress_id>(2)));
}

TEST_P(Store, GivesTheCoachRecentRecordsOfAllMetrics) {
  ASSERT_TRUE(write(ann_, 1,
    {put_progress{record_of(1, 99)}, put_progress{record_of(2, 100)},
      put_progress{record_of(3, 101, progress_metric::stress, 1)}}));
  list_progress recent;
  recent.user = ann_;
  recent.from = at_ms(100);
  recent.page.limit = coaching_records_max;
  const auto found = store_->answer(recent);
  ASSERT_TRUE(found);
  EXPECT_THAT(ids_of(found->items), ElementsAre(id_of<progress_id>(3), id_of<progress_id>(2)));
  EXPECT_FALSE(found->has_more);
}

TEST_P(Store, GivesTheCoachTheLastMessages) {
  const auto talk = conversation_of(1);
  std::vector<mutation> changes{put_conversation{talk}};
  constexpr auto all = static_cast<std::uint32_t>(coaching_messages_max) + 5;
  for (std::uint32_t seq = 1; seq <= all; ++seq)
    changes.emplace_back(put_message{message_of(seq, talk.id, seq)});
  ASSERT_TRUE(write(ann_, 1, changes));

  const auto history = store_->answer(load_coaching_history{ann_, talk.id});

  ASSERT_TRUE(history);
  ASSERT_EQ(std::ssize(history->messages), coaching_messages_max);
  EXPECT_EQ(history->messages.front().seq, 6);
  EXPECT_EQ(history->messages.back().seq, all);
}

TEST_P(Store, AppendsChunksOnlyToRunsThatGoOn) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto going = run_of(1, talk.id, answer.id, run_status::queued);
  const auto ended = run_of(2, talk.id, answer.id, run_status::success);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{answer}, put_run{going}, put_run{ended}}));

  EXPECT_TRUE(store_->write(append_run_chunks{{
    {ann_, 1, going.id, {token_of(1, "a"), token_of(2, "b")}},
    {ann_, 1, ended.id, {token_of(1, "late")}},
    {ann_, 2, going.id, {token_of(3, "wrong epoch")}},
    {bob_, 1, going.id, {token_of(3, "wrong person")}},
    {ann_, 1, id_of<run_id>(9), {token_of(1, "no run")}},
    {ann_, 1, going.id, {}},
  }}));

  EXPECT_EQ(text_of(store_->answer(load_run_log{ann_, going.id})->events), "ab");
  EXPECT_THAT(store_->answer(load_run_log{ann_, ended.id})->events, IsEmpty());
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 2);
}

TEST_P(Store, AChunkTellsHowARunThatGoesOnBegan) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  auto going = run_of(1, talk.id, answer.id, run_status::queued);
  const auto ended = run_of(2, talk.id, answer.id, run_status::success);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{answer}, put_run{going}, put_run{ended}}));
  const auto began = [](agent who) { return run_beginning{who, at_ms(70), token_usage{3, 40, true}}; };

  ASSERT_TRUE(store_->write(append_run_chunks{{
    {ann_, 1, going.id, {token_of(1, "a")}, began(agent::blaze)},
    {ann_, 1, going.id, {token_of(2, "b")}},
    {ann_, 1, ended.id, {}, began(agent::wave)},
    {ann_, 2, going.id, {}, began(agent::wave)},
    {bob_, 1, going.id, {}, began(agent::wave)},
  }}));

  going.status = run_status::running;
  going.agent = agent::blaze;
  going.started_at = at_ms(70);
  going.usage = token_usage{3, 40, true};
  EXPECT_EQ(*store_->answer(find_run{ann_, going.id}), going);
  EXPECT_EQ(*store_->answer(find_run{ann_, ended.id}), ended);
  EXPECT_EQ(store_->answer(load_user{ann_})->version, 2);
}

TEST_P(Store, AChunkThatComesTwiceIsKeptOnce) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto going = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{answer}, put_run{going}}));
  const append_run_chunks chunk{{{ann_, 1, going.id, {token_of(1, "a"), token_of(2, "b")}}}};
  EXPECT_TRUE(store_->write(chunk));
  EXPECT_TRUE(store_->write(chunk));
  EXPECT_EQ(text_of(store_->answer(load_run_log{ann_, going.id})->events), "ab");
}

/// The chunks before it may be missing there.
TEST_P(Store, AChunkOfAnotherTimelineIsLeftOut) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto going = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{answer}, put_run{going}}));
  const auto append = [&](std::int64_t timeline, std::int64_t seq, std::string text) {
    run_chunk chunk{ann_, 1, going.id, {token_of(seq, std::move(text))}};
    chunk.timeline = timeline;
    EXPECT_TRUE(store_->write(append_run_chunks{{chunk}}));
  };
  append(store_->timeline(), 1, "a");
  append(store_->timeline() + 1, 2, "b");
  const bool knows_its_timeline = store_->timeline() != 0;
  EXPECT_EQ(text_of(store_->answer(load_run_log{ann_, going.id})->events), knows_its_timeline ? "a" : "ab");
}

TEST_P(Store, EventsOfABatchReplaceThoseFromTheirFirstOn) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  const auto going = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1, {put_conversation{talk}, put_message{answer}, put_run{going}}));
  ASSERT_TRUE(store_->write(append_run_chunks{
    {{ann_, 1, going.id, {token_of(1, "a")}}, {ann_, 1, going.id, {token_of(2, "b"), token_of(3, "c")}}}}));

  ASSERT_TRUE(write(ann_, 2, {put_run_events{going.id, {token_of(2, "B")}}, put_run_events{going.id, {}}}));

  EXPECT_EQ(text_of(store_->answer(load_run_log{ann_, going.id})->events), "aB");
  EXPECT_EQ(code_of(write(ann_, 3, {put_run_events{id_of<run_id>(9), {token_of(1, "x")}}})), errc::conflict);
  EXPECT_EQ(code_of(write(bob_, 1, {put_run_events{going.id, {token_of(9, "x")}}})), errc::conflict);
}

TEST_P(Store, AnUpsertOfARunKeepsItsEvents) {
  const auto talk = conversation_of(1);
  const auto answer = message_of(1, talk.id, 1);
  auto going = run_of(1, talk.id, answer.id);
  ASSERT_TRUE(write(ann_, 1,
    {put_conversation{talk}, put_message{answer}, put_run{going}, put_run_events{going.id, {token_of(1, "a")}}}));
  going.status = run_status::success;
  ASSERT_TRUE(write(ann_, 2, {put_conversation{talk}, put_message{answer}, put_run{going}}));
  EXPECT_EQ(text_of(store_->answer(load_run_log{ann_, going.id})->events), "a");
}

TEST_P(Store, AnIdempotencyKeyCanBeUsedAnewAfterItsTime) {
  idempotency_record record{{"k", hash_of(1)}, 201, "one", "", "", "", at_ms(1)};
  ASSERT_TRUE(write(ann_, 1, {put_idempotency{record}}));
  record.body = "two";
  record.key.fingerprint = hash_of(2);
  ASSERT_TRUE(write(ann_, 2, {put_idempotency{record}}));
  EXPECT_EQ(*store_->answer(find_idempotency{ann_, "k"}), record);
}

TEST_P(Store, ListsThePersonsIdempotencyKeys) {
  EXPECT_THAT(*store_->answer(list_idempotency_keys{ann_, 10}), IsEmpty());
  std::vector<mutation> records;
  for (const char* key : {"one", "two", "three"})
    records.push_back(put_idempotency{{{key, hash_of(1)}, 201, "", "", "", "", at_ms(1)}});
  ASSERT_TRUE(write(ann_, 1, records));
  ASSERT_TRUE(write(bob_, 1, {put_idempotency{{{"four", hash_of(1)}, 201, "", "", "", "", at_ms(1)}}}));
  EXPECT_THAT(*store_->answer(list_idempotency_keys{ann_, 10}), UnorderedElementsAre("one", "two", "three"));
  EXPECT_EQ(store_->answer(list_idempotency_keys{ann_, 2})->size(), 2u);
}

TEST_P(Store, KnowsWhoseDataChangedLast) {
  EXPECT_THAT(*store_->answer(recently_active_users{10}), UnorderedElementsAre(bob_, ann_));
  store_.let_a_minute_pass();
  ASSERT_TRUE(write(ann_, 1, {put_password{"x"}}));
  EXPECT_THAT(*store_->answer(recently_active_users{10}), ElementsAre(ann_, bob_));
  EXPECT_THAT(*store_->answer(recently_active_users{1}), ElementsAre(ann_));
}

TEST_P(Store, KnowsThatToTheMinuteSoThatAChangeNeedsNoIndex) {
  if (GetParam() == kind_of_store::memory)
    return;  // it has no rows
  ASSERT_TRUE(write(ann_, 1, {put_password{"x"}}));
  store_.let_a_minute_pass();
  ASSERT_TRUE(write(bob_, 1, {put_password{"x"}}));
  EXPECT_EQ(store_.count_of("select count(*) from user_fences where changed_at % 60000 <> 0"), 0);
  EXPECT_EQ(store_.count_of("select count(*) from user_fences where changed_at = 60000"), 1);
}

TEST_P(Store, AnswersAHealthCheck) {
  EXPECT_TRUE(*store_->answer(check_database{}));
}

TEST_P(Store, PagesAreStableUnderInsertsWithEqualKeys) {
  for (const auto order : {list_order::newest_first, list_order::oldest_first}) {
    store_under_test fresh(GetParam());
    const auto who = add_person(*fresh, 1);
    std::vector<mutation> rows;
    std::vector<uuid> expected;
    for (std::uint32_t i = 1; i <= 9; ++i) {  // three share each moment
      rows.emplace_back(put_conversation{conversation_of(100 * i, 1'000 + (i - 1) / 3)});
      rows.emplace_back(put_progress{record_of(100 * i, 1'000 + (i - 1) / 3)});
      expected.push_back(id_of<conversation_id>(100 * i).value);
    }
    ASSERT_TRUE(write_alone(*fresh, batch_of(who, 1, rows)));
    if (order == list_order::newest_first)
      std::ranges::reverse(expected);

    std::int64_t version = 2;
    std::uint32_t next = 1;
    const auto insert_on_both_ends = [&] {
      const auto behind_us = order == list_order::newest_first ? 5'000 : 0;
      ASSERT_TRUE(write_alone(
        *fresh, batch_of(who, version++,
                  {put_conversation{conversation_of(next, behind_us)}, put_progress{record_of(next, behind_us)}})));
      ++next;
    };
    list_conversations conversations{who, archived_filter::all, {2, std::nullopt, order}};
    EXPECT_EQ(read_all(*fresh, conversations, insert_on_both_ends), expected);
    list_progress records{who, std::nullopt, at_ms(1'000), at_ms(2'000), {2, std::nullopt, order}};
    EXPECT_EQ(read_all(*fresh, records, insert_on_both_ends), expected);
    records.metric = progress_metric::weight_kg;
    EXPECT_EQ(read_all(*fresh, records, insert_on_both_ends), expected);
  }
}

TEST_P(Store, PagesOfMessagesAndPeopleFollowTheirOrder) {
  const auto talk = conversation_of(1);
  std::vector<mutation> rows{put_conversation{talk}};
  for (std::uint32_t seq = 1; seq <= 5; ++seq)
    rows.emplace_back(put_message{message_of(50 - seq, talk.id, seq)});
  ASSERT_TRUE(write(ann_, 1, rows));
  const auto id = [](std::uint32_t number) { return id_of<message_id>(number).value; };
  const auto nothing = [] {};
  EXPECT_THAT(read_all(*store_, list_messages{ann_, talk.id, {2, std::nullopt, list_order::oldest_first}}, nothing),
    ElementsAre(id(49), id(48), id(47), id(46), id(45)));
  EXPECT_THAT(read_all(*store_, list_messages{ann_, talk.id, {5, std::nullopt, list_order::newest_first}}, nothing),
    ElementsAre(id(45), id(46), id(47), id(48), id(49)));
  add_person(*store_, 3);
  EXPECT_THAT(read_all(*store_, list_users{{1, std::nullopt, list_order::oldest_first}}, nothing),
    ElementsAre(ann_.value, bob_.value, id_of<user_id>(3).value));
  EXPECT_THAT(read_all(*store_, list_users{{2, std::nullopt, list_order::newest_first}}, nothing),
    ElementsAre(id_of<user_id>(3).value, bob_.value, ann_.value));
}

}  // namespace
}  // namespace genesis::storage
