#include "storage/maintenance.hpp"
#include "tests/storage/fixtures.hpp"

namespace genesis::storage {
namespace {

run_texts test_texts() {
  return {[](run_status status, const message_id& id) {
            return "\"status\":\"" + std::string{name_of(status)} + "\",\"message_id\":\"" + to_string(id) + "\"";
          },
    [](std::span<const run_event> events) {
      std::string array = "[";
      for (const auto& event : events)
        if (event.type == run_event_type::artifact)
          array += (array.size() > 1 ? ",{" : "{") + event.fields_json + "}";
      return array + "]";
    },
    [](const run& what) { return "\"run_id\":\"" + to_string(what.id) + "\""; }};
}

class Maintenance : public SqlStore {
protected:
  /// A run with its message, and these events stored.
  run add_run(const user_id& who, const conversation_id& talk, std::uint32_t number, run_status status,
    const std::vector<run_event>& events = {}) {
    auto answer = message_of(number, talk, number);
    answer.status = message_status::incomplete;
    answer.role = message_role::assistant;
    auto value = run_of(number, talk, answer.id, status);
    if (has_ended(status))
      value.ended_at = at_ms(1'000);
    EXPECT_TRUE(write_alone(*writer_,
      batch_of(who, version_of(who), {put_message{answer}, put_run{value}, put_run_events{value.id, events}})));
    return value;
  }
  std::int64_t version_of(const user_id& who) { return writer_->answer(load_user{who})->version; }
};

TEST_F(Maintenance, EndsARunThatACrashLeft) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto left = add_run(who, talk, 1, run_status::running,
    {event_of(1, run_event_type::start, "\"a\":1"), token_of(2, "Half "), token_of(3, "an ")});
  ASSERT_TRUE(writer_->write(append_run_chunks{
    {{who, 1, left.id, {event_of(4, run_event_type::artifact, "\"type\":\"water_target\""), token_of(5, "answer")}}}}));
  const auto version = version_of(who);
  const auto conversation = *writer_->answer(find_conversation{who, talk});

  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9'000), test_texts()), 1);

  const auto log = writer_->answer(load_run_log{who, left.id});
  ASSERT_TRUE(log) << log.error().detail;
  EXPECT_EQ(log->run.status, run_status::interrupted);
  EXPECT_EQ(log->run.ended_at, at_ms(9'000));
  EXPECT_EQ(log->run.last_seq, 6);
  ASSERT_EQ(log->events.size(), 6u);
  EXPECT_EQ(log->events.back(),
    event_of(6, run_event_type::end, test_texts().end_fields(run_status::interrupted, left.assistant_message)));
  EXPECT_EQ(log->answer.content, "Half an answer");
  EXPECT_EQ(log->answer.status, message_status::incomplete);
  EXPECT_EQ(log->answer.artifacts_json, R"([{"type":"water_target"}])");
  EXPECT_EQ(log->answer.revision, 2);
  EXPECT_EQ(log->answer.updated_at, at_ms(9'000));
  EXPECT_EQ(*writer_->answer(find_conversation{who, talk}), conversation) << "nothing shown of it has changed";
  EXPECT_EQ(version_of(who), version + 1);
}

TEST_F(Maintenance, KeepsWhatWasKnownOfARunThatACrashLeft) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto left = add_run(who, talk, 1, run_status::queued);
  const run_beginning known{agent::blaze, at_ms(700), token_usage{3, 40, true}};
  ASSERT_TRUE(writer_->write(append_run_chunks{{{who, 1, left.id, {token_of(1, "Lift ")}, known}}}));
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9'000), test_texts()), 1);
  const auto log = writer_->answer(load_run_log{who, left.id});
  EXPECT_EQ(log->run.agent, known.agent);
  EXPECT_EQ(log->run.started_at, known.started_at);
  EXPECT_EQ(log->run.usage, (token_usage{3, 1, true})) << "of what is stored";
  EXPECT_EQ(log->answer.agent, agent::blaze);
}

TEST_F(Maintenance, EndsAQueuedRunWithoutEvents) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto left = add_run(who, talk, 1, run_status::queued);
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 1);
  const auto log = writer_->answer(load_run_log{who, left.id});
  EXPECT_EQ(log->run.last_seq, 2);
  ASSERT_EQ(log->events.size(), 2u);
  EXPECT_EQ(log->events[0].type, run_event_type::start) << "readers have seen it, at once";
  EXPECT_EQ(log->events[1].type, run_event_type::end);
  EXPECT_EQ(log->answer.content, "");
}

TEST_F(Maintenance, LeavesEndedRunsAlone) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto ended = add_run(who, talk, 1, run_status::success, {token_of(1, "done")});
  const auto version = version_of(who);
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 0);
  EXPECT_EQ(*writer_->answer(find_run{who, ended.id}), ended);
  EXPECT_EQ(version_of(who), version);
}

TEST_F(Maintenance, RaisesAPersonOnceForSeveralRuns) {
  const auto [who, talk] = add_person_with_conversation(1);
  add_run(who, talk, 1, run_status::running, {token_of(1, "a")});
  add_run(who, talk, 2, run_status::queued);
  const auto version = version_of(who);
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 2);
  EXPECT_EQ(version_of(who), version + 1);
}

TEST_F(Maintenance, EndsMoreRunsThanFitOneTransaction) {
  const auto [who, talk] = add_person_with_conversation(1);
  std::vector<mutation> changes;
  for (std::uint32_t i = 1; i <= 250; ++i) {
    changes.emplace_back(put_message{message_of(i, talk, i)});
    changes.emplace_back(put_run{run_of(i, talk, id_of<message_id>(i))});
  }
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, changes)));
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 250);
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 0);
  EXPECT_EQ(writer_->answer(find_run{who, id_of<run_id>(250)})->status, run_status::interrupted);
  EXPECT_EQ(version_of(who), 3 + 3) << "three transactions";
}

TEST_F(Maintenance, UndoesATransactionThatFails) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto left = add_run(who, talk, 1, run_status::running, {token_of(1, "a")});
  writer_->database().run_script(
    "create temp trigger fault before update on main.user_fences begin select raise(abort, 'fault'); end");
  EXPECT_FALSE(interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()));
  EXPECT_FALSE(writer_->database().is_in_transaction());
  EXPECT_EQ(*writer_->answer(find_run{who, left.id}), left);
  writer_->database().run_script("drop trigger fault");
  EXPECT_EQ(*interrupt_unfinished_runs(*writer_, at_ms(9), test_texts()), 1);
}

TEST_F(Maintenance, PurgesEventsOfRunsThatEndedLongAgo) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto ended = add_run(who, talk, 1, run_status::success, {token_of(1, "done")});  // at 1,000
  const auto going = add_run(who, talk, 2, run_status::running, {token_of(1, "on")});
  purge_limits limits;
  limits.run_events_keep = std::chrono::milliseconds{500};

  EXPECT_EQ(purge_expired(*writer_, at_ms(1'499), limits)->total(), 0);
  EXPECT_EQ(purge_expired(*writer_, at_ms(1'500), limits)->runs, 1);
  EXPECT_EQ(purge_expired(*writer_, at_ms(1'500), limits)->total(), 0) << "each run is looked at once";

  EXPECT_TRUE(writer_->answer(load_run_log{who, ended.id})->events.empty());
  EXPECT_EQ(writer_->answer(load_run_log{who, going.id})->events.size(), 1u);
}

TEST_F(Maintenance, PurgesOldIdempotencyKeysAndExpiredSessionsAndApiKeys) {
  const auto who = add_person(*writer_, 1);
  const idempotency_record old_key{{"old", hash_of(1)}, 200, "", "", "", "", at_ms(100)};
  const idempotency_record new_key{{"new", hash_of(1)}, 200, "", "", "", "", at_ms(101)};
  auto over = session_of(1);
  over.expires_at = at_ms(600);
  auto expired = api_key_of(2);
  expired.expires_at = at_ms(600);
  auto valid_key = api_key_of(4);
  valid_key.expires_at = at_ms(601);
  const auto lasting = api_key_of(5);
  auto valid = session_of(2);
  valid.expires_at = at_ms(601);
  ASSERT_TRUE(write_alone(*writer_,
    batch_of(who, 1,
      {put_idempotency{old_key}, put_idempotency{new_key}, put_session{over}, put_session{valid}, put_api_key{expired},
        put_api_key{valid_key}, put_api_key{lasting}, put_used_refresh_token{hash_of(1), over.id, at_ms(1)}})));
  purge_limits limits;
  limits.idempotency_keep = std::chrono::milliseconds{500};

  const auto report = purge_expired(*writer_, at_ms(600), limits);

  ASSERT_TRUE(report) << report.error().detail;
  EXPECT_EQ(report->idempotency_keys, 1);
  EXPECT_EQ(report->sessions, 1);
  EXPECT_EQ(report->api_keys, 1);
  EXPECT_EQ(*writer_->answer(find_idempotency{who, "old"}), std::nullopt);
  EXPECT_EQ(*writer_->answer(find_idempotency{who, "new"}), new_key);
  EXPECT_EQ(writer_->answer(load_user{who})->sessions, std::vector{valid});
  EXPECT_EQ(writer_->answer(load_user{who})->api_keys, (std::vector{valid_key, lasting}));
  EXPECT_EQ(code_of(writer_->answer(find_used_refresh_token{who, hash_of(1)})), errc::not_found);
}

TEST_F(Maintenance, PurgesInvitationsThatHaveExpired) {
  ASSERT_TRUE(writer_->answer(put_invitation{{hash_of(1), "over@example.org", user_role::user, at_ms(1), at_ms(600)}}));
  ASSERT_TRUE(
    writer_->answer(put_invitation{{hash_of(2), "valid@example.org", user_role::user, at_ms(1), at_ms(601)}}));

  EXPECT_EQ(purge_expired(*writer_, at_ms(600))->invitations, 1);

  EXPECT_EQ(code_of(writer_->answer(find_invitation{hash_of(1)})), errc::not_found);
  EXPECT_TRUE(writer_->answer(find_invitation{hash_of(2)}));
}

TEST_F(Maintenance, PurgesABoundedNumberOfRowsAtOnce) {
  const auto who = add_person(*writer_, 1);
  std::vector<mutation> keys;
  for (int i = 0; i < 7; ++i)
    keys.emplace_back(put_idempotency{{{"k" + std::to_string(i), hash_of(1)}, 200, "", "", "", "", at_ms(i)}});
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 1, keys)));
  purge_limits limits;
  limits.rows_max = 3;
  const auto now = at_ms(0) + std::chrono::hours{48};
  EXPECT_EQ(purge_expired(*writer_, now, limits)->total(), 3);
  EXPECT_EQ(*writer_->answer(find_idempotency{who, "k2"}), std::nullopt) << "the oldest go first";
  EXPECT_NE(*writer_->answer(find_idempotency{who, "k3"}), std::nullopt);
  EXPECT_EQ(purge_expired(*writer_, now, limits)->total(), 3);
  EXPECT_EQ(purge_expired(*writer_, now, limits)->total(), 1);
}

}  // namespace
}  // namespace genesis::storage
