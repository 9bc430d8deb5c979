#include "storage/sql_store.hpp"
#include "tests/storage/fixtures.hpp"

namespace genesis::storage {
namespace {

TEST_F(SqlStore, KeepsEveryFieldOfAPerson) {
  const auto person = full_user(1);
  const auto prefs = full_preferences();
  ASSERT_TRUE(write_alone(*writer_, batch_of(person.id, 0, {create_user{person, prefs, "$argon2id$"}})));

  const auto loaded = writer_->answer(load_user{person.id});

  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->person, person);
  EXPECT_EQ(loaded->prefs, prefs);
  EXPECT_EQ(loaded->version, 1);
  EXPECT_TRUE(loaded->sessions.empty());
}

TEST_F(SqlStore, KeepsWhatIsUnknownOfAPerson) {
  const auto person = plain_user(1);
  const preferences prefs;
  ASSERT_TRUE(write_alone(*writer_, batch_of(person.id, 0, {create_user{person, prefs, ""}})));

  const auto loaded = writer_->answer(load_user{person.id});

  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->person, person);
  EXPECT_EQ(loaded->prefs, prefs);
}

TEST_F(SqlStore, ReplacesAPersonAndPreferencesAndClearsFields) {
  const auto full = full_user(1);
  ASSERT_TRUE(write_alone(*writer_, batch_of(full.id, 0, {create_user{full, full_preferences(), "old"}})));
  auto plain = plain_user(1);
  plain.email = "other@example.org";
  preferences prefs;
  prefs.revision = 9;

  ASSERT_TRUE(
    write_alone(*writer_, batch_of(full.id, 1, {put_user{plain}, put_preferences{prefs}, put_password{"new"}})));

  const auto loaded = writer_->answer(load_user{full.id});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->person, plain);
  EXPECT_EQ(loaded->prefs, prefs);
  EXPECT_EQ(writer_->answer(find_credentials{"other@example.org"})->password_hash, "new");
  EXPECT_EQ(code_of(writer_->answer(find_credentials{full.email})), errc::not_found);
}

TEST_F(SqlStore, KeepsEveryFieldOfSessions) {
  const auto who = add_person(*writer_, 1);
  const auto first = session_of(1);
  auto second = session_of(2);
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_session{first}, put_session{second}})));
  EXPECT_EQ(writer_->answer(load_user{who})->sessions, (std::vector{first, second}));

  second.refresh_hash = hash_of(200);
  second.last_used_at = at_ms(999);
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, {put_session{second}})));

  EXPECT_EQ(writer_->answer(load_user{who})->sessions, (std::vector{first, second}));
}

TEST_F(SqlStore, KeepsEveryFieldOfConversationsAndMessages) {
  const auto who = add_person(*writer_, 1);
  auto talk = conversation_of(5);
  talk.title = awkward_text;
  talk.agent = agent::blaze;
  talk.is_archived = true;
  talk.message_count = 3;
  talk.last_message_at = at_ms(7);
  talk.revision = 12;
  auto text = message_of(6, talk.id, 1);
  text.role = message_role::assistant;
  text.agent = agent::stella;
  text.content = awkward_text;
  text.status = message_status::incomplete;
  text.run = id_of<run_id>(8);
  text.artifacts_json = R"([{"type":"water_target"}])";
  text.metadata_json = "{ \"k\" : 1.50 }";
  text.revision = 4;
  const auto empty_talk = conversation_of(6);

  ASSERT_TRUE(
    write_alone(*writer_, batch_of(who, 1, {put_conversation{talk}, put_message{text}, put_conversation{empty_talk}})));

  EXPECT_EQ(*writer_->answer(find_conversation{who, talk.id}), talk);
  EXPECT_EQ(*writer_->answer(find_conversation{who, empty_talk.id}), empty_talk);
  EXPECT_EQ(*writer_->answer(find_message{who, text.id}), text);
  talk.title.reset();
  talk.agent.reset();
  text.run.reset();
  text.agent.reset();
  text.content.clear();
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, {put_conversation{talk}, put_message{text}})));
  EXPECT_EQ(*writer_->answer(find_conversation{who, talk.id}), talk);
  EXPECT_EQ(*writer_->answer(find_message{who, text.id}), text);
}

TEST_F(SqlStore, KeepsEveryFieldOfProgress) {
  const auto who = add_person(*writer_, 1);
  auto noted = record_of(1, 500, progress_metric::waist_cm, 1.0 / 3.0);
  noted.source = progress_source::profile;
  noted.note = awkward_text;
  noted.revision = 2;
  const auto bare = record_of(2, -1, progress_metric::soreness, 5);
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_progress{noted}, put_progress{bare}})));

  EXPECT_EQ(*writer_->answer(find_progress{who, noted.id}), noted);
  EXPECT_EQ(*writer_->answer(find_progress{who, bare.id}), bare);
}

TEST_F(SqlStore, KeepsEveryFieldOfRuns) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto answer = message_of(9, talk, 1);
  const auto bare = run_of(1, talk, answer.id, run_status::queued);
  auto ended = run_of(2, talk, answer.id, run_status::error);
  ended.agent = agent::sage;
  ended.started_at = at_ms(60);
  ended.ended_at = at_ms(70);
  ended.last_seq = 17;
  ended.usage = token_usage{120, 64, true};
  ended.failure = run_failure{"UNAVAILABLE", awkward_text, true};
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, {put_message{answer}, put_run{bare}, put_run{ended}})));

  EXPECT_EQ(*writer_->answer(find_run{who, bare.id}), bare);
  EXPECT_EQ(*writer_->answer(find_run{who, ended.id}), ended);
}

TEST_F(SqlStore, KeepsEventsWithTheirBoundaries) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto answer = message_of(9, talk, 1);
  const auto current = run_of(1, talk, answer.id);
  const std::vector first{event_of(1, run_event_type::start, R"("run_id":"x")"), token_of(2, awkward_text)};
  const std::vector second{token_of(3, ""), event_of(4, run_event_type::artifact, R"("type":"a\nb")")};
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, {put_message{answer}, put_run{current}})));
  ASSERT_TRUE(writer_->write(append_run_chunks{{{who, 1, current.id, first}, {who, 1, current.id, second}}}));

  const auto log = writer_->answer(load_run_log{who, current.id});

  ASSERT_TRUE(log) << log.error().detail;
  EXPECT_EQ(log->run, current);
  EXPECT_EQ(log->answer, answer);
  EXPECT_EQ(log->events, (std::vector{first[0], first[1], second[0], second[1]}));
}

TEST_F(SqlStore, LaterEventsHoldWhereStoredRowsOverlap) {
  const auto [who, talk] = add_person_with_conversation(1);
  const auto answer = message_of(9, talk, 1);
  const auto current = run_of(1, talk, answer.id);
  const std::vector early{token_of(1, "a"), token_of(2, "b"), token_of(3, "c")};
  const std::vector late{token_of(2, "B"), token_of(3, "C"), token_of(4, "D")};
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 2, {put_message{answer}, put_run{current}})));
  ASSERT_TRUE(writer_->write(append_run_chunks{{{who, 1, current.id, early}}}));

  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 3, {put_run_events{current.id, late}})));

  EXPECT_EQ(text_of(writer_->answer(load_run_log{who, current.id})->events), "aBCD");
}

TEST_F(SqlStore, KeepsEveryFieldOfIdempotencyRecords) {
  const auto who = add_person(*writer_, 1);
  const idempotency_record full{{"key '\"1", hash_of(3)}, 201, awkward_text, "/api/v1/x", "\"tag\"", "run", at_ms(9)};
  const idempotency_record bare{{"key 2", hash_of(4)}, 204, "", "", "", "", at_ms(10)};
  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_idempotency{full}, put_idempotency{bare}})));

  EXPECT_EQ(*writer_->answer(find_idempotency{who, full.key.key}), full);
  EXPECT_EQ(*writer_->answer(find_idempotency{who, bare.key.key}), bare);
}

TEST_F(SqlStore, ReaderSeesWhatTheWriterCommitted) {
  const auto reader = open(access::reader);
  const auto who = add_person(*writer_, 1);
  EXPECT_EQ(reader->answer(load_user{who})->version, 1);

  ASSERT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_conversation{conversation_of(1)}})));

  EXPECT_EQ(reader->answer(load_user{who})->version, 2);
  EXPECT_TRUE(reader->answer(find_conversation{who, id_of<conversation_id>(1)}));
}

TEST_F(SqlStore, ReaderRefusesEveryChange) {
  const auto who = add_person(*writer_, 1);
  const auto reader = open(access::reader);

  EXPECT_EQ(code_of(write_alone(*reader, batch_of(who, 1, {put_password{"x"}}))), errc::unavailable);
  EXPECT_EQ(code_of(reader->answer(load_user{who, 1, true})), errc::unavailable);
  EXPECT_EQ(
    code_of(reader->write(append_run_chunks{{{who, 1, id_of<run_id>(1), {token_of(1, "a")}}}})), errc::unavailable);
  EXPECT_TRUE(reader->answer(load_user{who}));
}

TEST_F(SqlStore, TellsAnUnreadableRowFromAMissingOne) {
  const auto who = add_person(*writer_, 1);
  writer_->database().run_script("update preferences set theme = 'neon'");

  const auto loaded = writer_->answer(load_user{who});

  EXPECT_EQ(code_of(loaded), errc::internal);
  EXPECT_TRUE(is_idle(writer_->database()));
  writer_->database().run_script("update preferences set theme = 'dark'");
  EXPECT_EQ(writer_->answer(load_user{who})->prefs.theme, colour_theme::dark);
}

TEST_F(SqlStore, AnswersAHealthCheckWhileTheFileIsInPlace) {
  EXPECT_TRUE(*writer_->answer(check_database{}));
  std::filesystem::rename(directory_.file(), directory_.file("moved.db"));
  EXPECT_EQ(code_of(writer_->answer(check_database{})), errc::unavailable);
}

TEST_F(SqlStore, LetsNobodyInWithAnInvitationThatHasExpired) {
  auto made = plain_user(1);
  ASSERT_TRUE(writer_->answer(put_invitation{{hash_of(1), made.email, user_role::user, at_ms(1), at_ms(100)}}));
  const auto registers = batch_of(made.id, 0, {use_invitation{hash_of(1), made.email}, create_user{made, {}, "hash"}});
  clock_ = 99;  // the write is at 100
  EXPECT_EQ(code_of(write_alone(*writer_, registers)), errc::forbidden);
  clock_ = 98;
  EXPECT_EQ(code_of(write_alone(*writer_, registers)), errc::none);
}

}  // namespace
}  // namespace genesis::storage
