#include "storage/socket_watch.hpp"
#include "tests/storage/fixtures.hpp"
#include "tests/storage/postgres_server.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

/// What only the store over PostgreSQL does: another process serves it, over a connection that can be lost.
namespace genesis::storage {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// A migrated database on a server, and a writer to it.
class Postgres : public ::testing::Test {
protected:
  explicit Postgres(postgres_server& server = postgres_server::shared()) : server_(server) { writer_ = open(); }

  store_options options() {
    store_options options;
    options.database = server_.location_of(database_);
    options.busy_timeout = milliseconds{50};
    options.statement_timeout = std::chrono::seconds{30};  // a slow disk is none of the faults that are tried
    options.now = [this] { return at_ms(++clock_); };
    return options;
  }
  std::unique_ptr<sql_store> open(access mode = access::writer) { return open(options(), mode); }
  static std::unique_ptr<sql_store> open(const store_options& options, access mode = access::writer) {
    auto opened = sql_store::open(options, mode);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    return std::move(*opened);
  }

  std::vector<std::string> sql(const std::string& text) { return server_.sql(database_, text); }
  /// The server's process behind a store.
  static std::string process_of(sql_store& store) { return store.database().ask("select pg_backend_pid()")[0][0]; }
  void terminate(sql_store& store) { sql("select pg_terminate_backend(" + process_of(store) + ", 10000)"); }
  /// The database for a role that owns nothing.
  database_url location_for_app() {
    sql("do $$ begin if not exists (select from pg_roles where rolname = 'app') then create role app login; end if; "
        "end $$");
    return database_url::parse("postgresql://app@/" + database_ + "?host=" + server_.socket_directory()).value();
  }
  /// Every insert of a measurement runs this PL/pgSQL first.
  void when_measured(const std::string& statements) {
    sql("create function fault() returns trigger language plpgsql as $$ begin " + statements +
        " return new; end $$; create trigger fault before insert on progress_records for each row execute function "
        "fault()");
  }

  /// Waits for a lock for longer than batches do that are written apart.
  std::unique_ptr<sql_store> open_patient() {
    auto patient = options();
    patient.busy_timeout = milliseconds{200};
    return open(patient);
  }

  static write_batch measurement(const user_id& who, std::int64_t version, std::uint32_t number = 1) {
    return batch_of(who, version, {put_progress{record_of(number, 1)}});
  }

  postgres_server& server_;
  std::string database_ = server_.create_database();
  std::int64_t clock_ = 0;
  std::unique_ptr<sql_store> writer_;
};

/// With a server of the test's own, which it may stop.
class PostgresServer : public Postgres {
protected:
  PostgresServer() : Postgres(own()) {}
  ~PostgresServer() override { writer_ = nullptr; }

  static postgres_server& own() {
    static postgres_server server;
    return server;
  }
};

TEST_F(Postgres, EveryStatementIsUnderstood) {
  for (const auto& each : all_statements()) {
    if (each.id >= statement_id::list_gone_messages)
      continue;  // SQLite's alone, all behind the others
    EXPECT_NO_THROW(writer_->database().plan_of(each.id)) << each.name;
  }
  EXPECT_TRUE(is_idle(writer_->database()));
}

TEST_F(Postgres, ListsUseTheIndexesMadeForThem) {
  writer_->database().run_script("set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off");
  const auto plan = [&](statement_id id) { return writer_->database().plan_of(id); };
  const std::pair<statement_id, const char*> expected[] = {
    {statement_id::list_users_newest_first, "idx_users_created_at"},
    {statement_id::list_users_oldest_first, "idx_users_created_at"},
    {statement_id::select_credentials_by_email, "idx_users_email"},
    {statement_id::list_conversations_newest_first, "idx_conversations_user_created"},
    {statement_id::list_conversations_by_archived_oldest_first, "idx_conversations_user_archived"},
    {statement_id::list_messages_newest_first, "idx_messages_conversation_seq"},
    {statement_id::list_messages_oldest_first, "idx_messages_conversation_seq"},
    {statement_id::list_progress_newest_first, "idx_user_progress_date"},
    {statement_id::list_progress_by_metric_oldest_first, "idx_progress_user_metric"},
    {statement_id::select_recently_active_users, "idx_user_fences_changed_at"},
    {statement_id::list_unfinished_runs, "idx_runs_unfinished"},
    {statement_id::list_runs_with_old_events, "idx_runs_events_ended"},
    {statement_id::purge_sessions, "idx_sessions_expires_at"},
    {statement_id::purge_idempotency_keys, "idx_idempotency_created_at"},
  };
  for (const auto& [id, index] : expected)
    EXPECT_THAT(plan(id), HasSubstr(index)) << statement_of(id).name;
}

TEST_F(Postgres, APlanIsThereInsideATransactionTooAndLeavesItAlone) {
  auto& database = writer_->database();
  const auto who = add_person(*writer_, 1);
  const transaction open(database, statement_id::begin_write);
  database.execute(statement_id::update_password, std::string{"new"}, who);
  EXPECT_THAT(database.plan_of(statement_id::select_credentials_by_id), HasSubstr("users_pkey"));
  EXPECT_TRUE(writer_->commit());
  EXPECT_EQ(writer_->answer(find_credentials_of{who})->password_hash, "new");
}

/// Looking at a plan may fail: the table is locked by whoever made the statement slow.
TEST_F(Postgres, APlanThatCannotBeHadLeavesNothingBehind) {
  auto& database = writer_->database();
  const auto who = add_person(*writer_, 1);
  const auto expect_sound = [&] {
    EXPECT_EQ(database.ask("select count(*) from pg_prepared_statements where name = 'plan'")[0][0], "0");
    EXPECT_THAT(database.plan_of(statement_id::select_credentials_by_id), HasSubstr("users_pkey"));
  };
  const statement_text fails_when_planned{statement_id::select_one, "fails_when_planned", "select 1 / 0"};
  EXPECT_ANY_THROW(database.backend().plan_of(fails_when_planned));
  EXPECT_TRUE(is_idle(database));
  expect_sound();

  const auto other = open();
  other->database().run_script("begin; lock table users");
  EXPECT_ANY_THROW(database.plan_of(statement_id::select_credentials_by_id));
  EXPECT_TRUE(is_idle(database));
  other->database().run_script("rollback");
  expect_sound();

  const transaction group(database, statement_id::begin_write);
  database.execute(statement_id::update_password, std::string{"new"}, who);
  EXPECT_ANY_THROW(database.backend().plan_of(fails_when_planned));
  expect_sound();
  EXPECT_TRUE(writer_->commit());
  EXPECT_EQ(writer_->answer(find_credentials_of{who})->password_hash, "new");
}

TEST_F(Postgres, AReadThatWaitedForALockInVainFailsAlone) {
  const auto who = add_person(*writer_, 1);
  auto patient = options();
  patient.busy_timeout = slow_log::usual_threshold + milliseconds{50};
  const auto reader = open(patient, access::reader);
  ASSERT_TRUE(reader->answer(load_user{who}));
  const auto other = open();
  other->database().run_script("begin; lock table users");
  EXPECT_EQ(code_of(reader->answer(load_user{who})), errc::unavailable);
  EXPECT_TRUE(is_idle(reader->database()));
  other->database().run_script("rollback");
  EXPECT_EQ(code_of(reader->answer(load_user{who})), errc::none);
  EXPECT_FALSE(reader->is_lost());
}

/// Such a statement fails for ever on its connection; whoever owns that opens another.
TEST_F(Postgres, AConnectionWhosePreparedStatementsAreOutdatedIsLost) {
  const auto who = add_person(*writer_, 1);
  const auto altered = open(access::reader);
  ASSERT_TRUE(altered->answer(load_user{who}));
  sql("alter table users alter column full_name type varchar(4000)");
  EXPECT_EQ(code_of(altered->answer(load_user{who})), errc::unavailable);
  EXPECT_TRUE(altered->is_lost());

  const auto emptied = open(access::reader);
  ASSERT_TRUE(emptied->answer(load_user{who}));
  emptied->database().run_script("discard all");
  EXPECT_EQ(code_of(emptied->answer(load_user{who})), errc::unavailable);
  EXPECT_TRUE(emptied->is_lost());
  EXPECT_TRUE(open(access::reader)->answer(load_user{who}));
}

TEST_F(Postgres, KeepsEveryFieldThatSqliteKeeps) {
  const auto person = full_user(1);
  const auto prefs = full_preferences();
  ASSERT_TRUE(write_alone(*writer_, batch_of(person.id, 0, {create_user{person, prefs, "$argon2id$"}})));
  const auto loaded = writer_->answer(load_user{person.id});
  ASSERT_TRUE(loaded) << loaded.error().detail;
  EXPECT_EQ(loaded->person, person);
  EXPECT_EQ(loaded->prefs, prefs);
  auto noted = record_of(1, 500, progress_metric::waist_cm, 1.0 / 3.0);
  noted.note = awkward_text;
  auto talk = conversation_of(5);
  auto text = message_of(6, talk.id, 1);
  text.content = awkward_text;
  text.metadata_json = "{ \"k\" : 1.50 }";
  auto ended = run_of(2, talk.id, text.id, run_status::error);
  ended.usage = token_usage{120, 64, true};
  ended.failure = run_failure{"UNAVAILABLE", awkward_text, true};
  ASSERT_TRUE(write_alone(*writer_,
    batch_of(person.id, 1, {put_progress{noted}, put_conversation{talk}, put_message{text}, put_run{ended}})));
  EXPECT_EQ(*writer_->answer(find_progress{person.id, noted.id}), noted);
  EXPECT_EQ(*writer_->answer(find_message{person.id, text.id}), text);
  EXPECT_EQ(*writer_->answer(find_run{person.id, ended.id}), ended);
}

TEST_F(Postgres, EveryNameFitsItsColumn) {
  const auto who = add_person(*writer_, 1);
  std::int64_t version = 1;
  const auto expect_written = [&](mutation change) {
    const auto written = write_alone(*writer_, batch_of(who, version++, {std::move(change)}));
    EXPECT_TRUE(written) << written.error().detail;
  };
  expect_written(put_conversation{conversation_of(1)});
  for (const auto& [metric, name] : enum_names<progress_metric>)
    expect_written(put_progress{record_of(1, 1, metric)});
  auto log = log_of(1, 1);
  for (const auto& [meal, name] : enum_names<genesis::meal>) {
    log.meal = meal;
    expect_written(put_item<nutrition_log>{log});
  }
  auto person = plain_user(1);
  person.email = std::string(254, 'e');
  expect_written(put_user{person});
}

TEST_F(Postgres, RefusesATextThatItWouldCut) {
  const auto who = add_person(*writer_, 1);
  auto record = record_of(1, 1);
  record.note = std::string("a\0b", 3);
  EXPECT_EQ(code_of(write_alone(*writer_, batch_of(who, 1, {put_progress{record}}))), errc::invalid_argument);
  EXPECT_EQ(code_of(writer_->answer(find_progress{who, record.id})), errc::not_found);
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

TEST_F(Postgres, ErrorsNeverShowWhatWasWritten) {
  const auto who = add_person(*writer_, 1);
  const auto talk = conversation_of(1);
  auto second = message_of(2, talk.id, 1);
  second.content = "my secret pain";
  const auto written = write_alone(
    *writer_, batch_of(who, 1, {put_conversation{talk}, put_message{message_of(1, talk.id, 1)}, put_message{second}}));
  EXPECT_EQ(code_of(written), errc::conflict);
  EXPECT_THAT(written.error().detail, HasSubstr("idx_messages_conversation_seq"));
  EXPECT_THAT(written.error().detail, Not(HasSubstr("secret")));
  EXPECT_THAT(written.error().detail, Not(HasSubstr(to_string(talk.id)))) << "no values of the row either";
}

TEST_F(Postgres, StatementsThatFailDoNotPileUpOnTheServer) {
  const auto who = add_person(*writer_, 1);
  add_person(*writer_, 2);
  auto taken = plain_user(1);
  taken.email = plain_user(2).email;
  const auto prepared = [&] { return writer_->database().ask("select count(*) from pg_prepared_statements")[0][0]; };
  const auto fail_once = [&] { return code_of(write_alone(*writer_, batch_of(who, 1, {put_user{taken}}))); };
  EXPECT_EQ(fail_once(), errc::email_taken);
  const auto before = prepared();
  for (int i = 0; i < 20; ++i)
    EXPECT_EQ(fail_once(), errc::email_taken);
  EXPECT_EQ(prepared(), before);
  EXPECT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_user{plain_user(1)}})));
}

TEST_F(Postgres, ReaderRefusesEveryChange) {
  const auto who = add_person(*writer_, 1);
  const auto reader = open(access::reader);
  EXPECT_EQ(code_of(write_alone(*reader, batch_of(who, 1, {put_password{"x"}}))), errc::unavailable);
  EXPECT_EQ(code_of(reader->answer(load_user{who, 1, true})), errc::unavailable);
  EXPECT_EQ(reader->answer(load_user{who})->version, 1);
}

TEST_F(Postgres, CommitsAreDurableWhateverTheServersDefault) {
  sql("alter database " + database_ + " set synchronous_commit = off");
  EXPECT_EQ(open()->database().ask("show synchronous_commit")[0][0], "on");
  sql("alter database " + database_ + " set synchronous_commit = remote_apply");
  EXPECT_EQ(open()->database().ask("show synchronous_commit")[0][0], "remote_apply");
}

/// Each of these may pass, so that a repetition may succeed: 503, never 500.
TEST_F(Postgres, FaultsOfTheServerOrTheMomentAreUnavailable) {
  const auto who = add_person(*writer_, 1);
  when_measured("raise exception 'fault' using errcode = (select note from fault_state);");
  sql("create table fault_state (note text)");
  for (const auto* const state : {"08006", "25006", "40001", "40P01", "53000", "53100", "53200", "53300", "55006",
         "55P03", "57014", "57P03", "58000", "58030", "XX000", "XX001"}) {
    sql("delete from fault_state; insert into fault_state values ('" + std::string{state} + "')");
    const auto failed = write_alone(*writer_, measurement(who, 1));
    EXPECT_EQ(code_of(failed), errc::unavailable) << state << ": " << failed.error().detail;
    EXPECT_FALSE(writer_->is_lost());
    EXPECT_TRUE(is_idle(writer_->database()));
  }
  sql("delete from fault_state; insert into fault_state values ('22003')");
  EXPECT_EQ(code_of(write_alone(*writer_, measurement(who, 1))), errc::internal) << "a fault of the program";
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

TEST_F(Postgres, AFaultFailsItsOwnBatchAlone) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  when_measured("raise exception 'fault' using errcode = '53100';");
  const auto good = batch_of(bob, 1, {put_password{"changed"}});
  const auto bad = measurement(ann, 1);
  const std::array<const write_batch*, 2> group{&good, &bad};
  const auto written = writer_->write(group);
  EXPECT_EQ(code_of(written[0]), errc::none);
  EXPECT_EQ(code_of(written[1]), errc::unavailable);
  EXPECT_EQ(writer_->answer(load_user{bob})->version, 2);
}

class name_list : public statement_observer {
public:
  void on_statement(const statement_run& run) noexcept override {
    names.emplace_back(run.name);
    rows += std::max<std::int64_t>(run.rows, 0);  // of a commit it is not known
  }
  std::vector<std::string> names;
  std::int64_t rows = 0;
};

TEST_F(Postgres, PeopleWhoAreWrittenTogetherShareTheirStatements) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  name_list seen;
  auto observed = options();
  observed.observer = &seen;
  const auto store = open(observed);
  const auto write_both = [&](std::int64_t version) {
    const auto first = batch_of(ann, version, {put_password{"a"}});
    const auto second = batch_of(bob, version, {put_password{"b"}, put_progress{record_of(1, version)}});
    seen.names.clear();
    seen.rows = 0;
    for (const auto& each : store->write(std::array{&first, &second}))
      EXPECT_TRUE(each) << each.error().detail;
    EXPECT_THAT(seen.names, ElementsAre("begin_write", "raise_fence", "update_password", "upsert_progress", "commit"));
    EXPECT_EQ(seen.rows, 5);
  };
  write_both(1);
  write_both(2);  // everything is prepared by now
  EXPECT_EQ(store->answer(load_user{bob})->version, 3);
}

TEST_F(Postgres, WhoIsAloneIsToldOneByOne) {
  const auto ann = add_person(*writer_, 1);
  name_list seen;
  auto observed = options();
  observed.observer = &seen;
  const auto store = open(observed);
  EXPECT_TRUE(write_alone(*store, batch_of(ann, 1, {put_password{"a"}, put_progress{record_of(1, 1)}})));
  EXPECT_THAT(seen.names, ElementsAre("begin_write", "raise_fence", "update_password", "upsert_progress", "commit"));
}

/// What PostgreSQL's arrays take for something else, and what the rows of a statement must not mix up.
TEST_F(Postgres, RowsThatAreWrittenTogetherAreThoseThatWereGiven) {
  const std::vector<std::string> texts{"", "NULL", "null", "{a,b}", "\"quoted\", {\\back\\\\}", " with ends ", "\t\n\r",
    "a:b ::text $1 'c'", "\u00f1 \U0001F4AA", std::string(40'000, '\\')};
  std::vector<write_batch> batches;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    auto talk = conversation_of(i + 1);
    talk.title = i % 2 == 0 ? std::optional{texts[i]} : std::nullopt;
    auto said = message_of(i + 1, talk.id, 1);
    said.content = texts[i];
    batches.push_back(batch_of(add_person(*writer_, i + 1), 1, {put_conversation{talk}, put_message{said}}));
  }
  std::vector<const write_batch*> group;
  for (const auto& each : batches)
    group.push_back(&each);
  for (const auto& each : writer_->write(group))
    EXPECT_TRUE(each) << each.error().detail;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    const auto& talk = std::get<put_conversation>(batches[i].mutations[0]).value;
    EXPECT_EQ(writer_->answer(find_conversation{batches[i].user, talk.id}).value(), talk) << i;
    const auto& said = std::get<put_message>(batches[i].mutations[1]).value;
    EXPECT_EQ(writer_->answer(find_message{batches[i].user, said.id}).value(), said) << i;
  }
}

TEST_F(Postgres, OfWhatIsSentTogetherOnlyTheMisfitsAreRefused) {
  std::vector<user_id> people;
  for (std::uint32_t i = 1; i <= 5; ++i)
    people.push_back(add_person(*writer_, i));
  auto cut = record_of(4, 1);
  cut.note = std::string("a\0b", 3);
  const std::array batches{batch_of(people[0], 1, {put_password{"fits"}}),
    batch_of(people[1], 7, {put_password{"stale"}}),
    batch_of(
      people[2], 1, {put_conversation{conversation_of(2)}, put_message{message_of(1, id_of<conversation_id>(9), 1)}}),
    batch_of(people[3], 1, {put_progress{cut}}), batch_of(people[4], 1, {put_progress{record_of(5, 1)}})};
  std::array<const write_batch*, 5> group{};
  std::ranges::transform(batches, group.begin(), [](const auto& each) { return &each; });
  const auto written = writer_->write(group);
  EXPECT_TRUE(written[0]);
  EXPECT_EQ(code_of(written[1]), errc::fenced);
  EXPECT_EQ(code_of(written[2]), errc::conflict);
  EXPECT_EQ(code_of(written[3]), errc::invalid_argument);
  EXPECT_TRUE(written[4]);
  for (std::size_t i = 0; i < people.size(); ++i)
    EXPECT_EQ(writer_->answer(load_user{people[i]})->version, i == 0 || i == 4 ? 2 : 1) << i;
  EXPECT_EQ(code_of(writer_->answer(find_conversation{people[2], id_of<conversation_id>(2)})), errc::not_found);
  EXPECT_TRUE(is_idle(writer_->database()));
}

/// Alone, each is refused for what it is, and nothing is written twice to find out.
TEST_F(Postgres, AMisfitThatIsAloneIsSentOnce) {
  const auto who = add_person(*writer_, 1);
  name_list seen;
  auto observed = options();
  observed.observer = &seen;
  const auto store = open(observed);
  EXPECT_EQ(code_of(write_alone(*store, batch_of(who, 7, {put_password{"stale"}}))), errc::fenced);
  EXPECT_EQ(code_of(write_alone(*store, batch_of(who, 1, {use_invitation{}}))), errc::forbidden);
  EXPECT_EQ(code_of(write_alone(*store, batch_of(id_of<user_id>(9), 1, {put_password{"nobody"}}))), errc::fenced);
  EXPECT_EQ(std::ranges::count(seen.names, "begin_write"), 3);
  EXPECT_TRUE(write_alone(*store, batch_of(who, 1, {put_password{"fits"}})));
}

TEST_F(Postgres, AServerThatEndsTheConnectionUnderAGroupFailsAllOfIt) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  when_measured("perform pg_terminate_backend(pg_backend_pid());");
  const auto first = batch_of(ann, 1, {put_password{"x"}});
  const auto second = measurement(bob, 1);
  const auto store = open();
  for (const auto& each : store->write(std::array{&first, &second}))
    EXPECT_EQ(code_of(each), errc::unavailable);
  EXPECT_TRUE(store->is_lost());
  EXPECT_EQ(writer_->answer(load_user{ann})->version, 1);
}

/// More than either side's buffers hold: who waits for whom?
TEST_F(Postgres, AGroupMayBeLargerThanWhatIsOnItsWay) {
  std::vector<write_batch> batches;
  std::vector<const write_batch*> group;
  for (std::uint32_t i = 1; i <= 200; ++i) {
    std::vector<mutation> notes;
    for (std::uint32_t j = 0; j < 40; ++j) {
      auto record = record_of(i * 100 + j, j);
      record.note = std::string(1'000, 'n');
      notes.emplace_back(put_progress{record});
    }
    batches.push_back(batch_of(add_person(*writer_, i), 1, std::move(notes)));
  }
  for (const auto& each : batches)
    group.push_back(&each);
  for (const auto& each : writer_->write(group))
    EXPECT_TRUE(each) << each.error().detail;
  EXPECT_THAT(sql("select count(*) from progress_records"), ElementsAre("8000"));
}

TEST_F(Postgres, AStatementBeyondItsTimeOutIsStoppedByTheServer) {
  const auto who = add_person(*writer_, 1);
  when_measured("perform pg_sleep(100);");
  auto hurried = options();
  hurried.statement_timeout = milliseconds{2'000};
  const auto store = open(hurried);
  const auto failed = write_alone(*store, measurement(who, 1));
  EXPECT_EQ(code_of(failed), errc::unavailable);
  EXPECT_THAT(failed.error().detail, HasSubstr("time-out"));
  EXPECT_FALSE(store->is_lost()) << "the server has said so itself";
  EXPECT_TRUE(write_alone(*store, batch_of(who, 1, {put_password{"x"}})));
}

TEST_F(Postgres, ALockedPersonIsUnavailableAndNobodyElse) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  const auto other = open();
  other->database().run_script("begin; update user_fences set epoch = epoch where user_id = '" + to_string(ann) + "'");
  const auto locked = batch_of(ann, 1, {put_password{"x"}});
  const auto open_one = batch_of(bob, 1, {put_password{"x"}});
  // As somebody has who writes a row that belongs to the person.
  const auto referring = open();
  referring->database().run_script(
    "begin; select from user_fences where user_id = '" + to_string(bob) + "' for key share");
  const std::array<const write_batch*, 2> group{&locked, &open_one};
  savepoint_counter seen;
  auto watched = options();
  watched.observer = &seen;
  const auto written = open(watched)->write(group);
  EXPECT_EQ(code_of(written[0]), errc::unavailable);
  EXPECT_EQ(code_of(written[1]), errc::none);
  EXPECT_EQ(seen.count, 1) << "nobody waits for the lock once more";
  other->database().run_script("rollback");
  EXPECT_TRUE(write_alone(*writer_, locked));
}

/// A row that is not the person's fence says nothing of whose it is: the group is written again with less patience.
TEST_F(Postgres, WhoWaitedForALockedRowWaitsForAMomentTheNextTime) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  const auto other = open();
  const auto writer = open_patient();
  other->database().run_script("begin; update users set full_name = full_name where id = '" + to_string(ann) + "'");
  when_measured("new.note := current_setting('lock_timeout');");
  const auto locked = batch_of(ann, 1, {put_password{"x"}});
  const auto open_one = measurement(bob, 1);
  const auto written = writer->write(std::array{&locked, &open_one});
  EXPECT_EQ(code_of(written[0]), errc::unavailable);
  EXPECT_EQ(code_of(written[1]), errc::none);
  EXPECT_THAT(sql("select note from progress_records"), ElementsAre("50ms"));
  other->database().run_script("rollback");
  EXPECT_TRUE(write_alone(*writer, locked));
}

/// Many who need a locked table do not take the time of who does not, nor does the next group wait as long once more.
TEST_F(Postgres, WhoNeedsNoLockedTableIsWrittenThoughMostOthersDo) {
  std::vector<write_batch> batches;
  for (std::uint32_t number = 1; number <= 16; ++number) {
    const auto who = add_person(*writer_, number);
    batches.push_back(number == 16 ? batch_of(who, 1, {put_password{"x"}})
                                   : batch_of(who, 1, {put_progress{record_of(number, 1'000)}}));
  }
  const auto other = open();
  other->database().run_script("begin; lock table progress_records in share mode");
  std::vector<const write_batch*> group;
  for (const auto& each : batches)
    group.push_back(&each);
  const auto written = writer_->write(group);
  EXPECT_EQ(code_of(written[15]), errc::none);
  for (std::size_t i = 0; i < 15; ++i)
    EXPECT_EQ(code_of(written[i]), errc::unavailable) << i;
  other->database().run_script("rollback");
  for (std::size_t i = 0; i < 15; ++i)
    EXPECT_TRUE(write_alone(*writer_, batches[i])) << i;
}

TEST_F(Postgres, WhoComesBehindOneThatWaitedAloneWaitsForAMoment) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  const auto cleo = add_person(*writer_, 3);
  const auto other = open();
  const auto writer = open_patient();
  other->database().run_script("begin; update users set full_name = full_name where id = '" + to_string(ann) + "'");
  const auto locked = batch_of(ann, 1, {put_password{"x"}});
  EXPECT_EQ(code_of(write_alone(*writer, locked)), errc::unavailable);
  when_measured("new.note := current_setting('lock_timeout');");
  const auto first = batch_of(bob, 1, {put_progress{record_of(2, 1'000)}});
  const auto second = batch_of(cleo, 1, {put_progress{record_of(3, 1'000)}});
  for (const auto& each : writer->write(std::array{&first, &second}))
    EXPECT_EQ(code_of(each), errc::none);
  EXPECT_THAT(sql("select distinct note from progress_records"), ElementsAre("50ms"));
}

TEST_F(Postgres, WhoReadsWaitsForALockForAMoment) {
  const auto shown = [](sql_store& store, const std::string& setting) {
    return store.database().ask("show " + setting).at(0).at(0);
  };
  auto usual = options();
  usual.busy_timeout = store_options{}.busy_timeout;
  EXPECT_EQ(shown(*open(usual), "lock_timeout"), "1s");
  auto reading = sql_store::open(usual, access::reader);
  ASSERT_TRUE(reading);
  EXPECT_EQ(shown(**reading, "lock_timeout"), "250ms");
}

TEST_F(Postgres, WhatIsOfAnotherTimelineIsNotWritten) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  ASSERT_GT(writer_->timeline(), 0);
  auto elsewhere = batch_of(ann, 1, {put_password{"x"}});
  elsewhere.timeline = writer_->timeline() + 1;
  auto here = batch_of(bob, 1, {put_password{"x"}});
  here.timeline = writer_->timeline();
  EXPECT_EQ(code_of(write_alone(*writer_, elsewhere)), errc::fenced);
  const auto written = writer_->write(std::array{&elsewhere, &here});
  EXPECT_EQ(code_of(written[0]), errc::fenced);
  ASSERT_TRUE(written[1]);
  EXPECT_EQ(written[1]->timeline, writer_->timeline());
  EXPECT_EQ(writer_->answer(load_user{ann})->version, 1);
}

/// What a statement's rows take in memory is bounded, and nothing shows where they were parted.
TEST_F(Postgres, ManyLongRowsGoInParts) {
  name_list seen;
  auto observed = options();
  observed.observer = &seen;
  const auto store = open(observed);
  std::vector<write_batch> batches;
  for (std::uint32_t i = 1; i <= 50; ++i) {
    auto said = message_of(i, id_of<conversation_id>(i), 1);
    said.content = std::string(60'000, 'x');
    batches.push_back(batch_of(add_person(*writer_, i), 1, {put_conversation{conversation_of(i)}, put_message{said}}));
  }
  std::vector<const write_batch*> group;
  for (const auto& each : batches)
    group.push_back(&each);
  for (const auto& each : store->write(group))
    EXPECT_TRUE(each) << each.error().detail;
  EXPECT_EQ(std::ranges::count(seen.names, "upsert_message"), 3);
  EXPECT_EQ(std::ranges::count(seen.names, "begin_write"), 1);
  EXPECT_THAT(sql("select count(*) from messages where length(content) = 60000"), ElementsAre("50"));
}

/// While the rest of a group is put together.
TEST_F(Postgres, TheServerBeginsWithTheFirstStepOfAGroup) {
  const auto who = add_person(*writer_, 1);
  const auto process = process_of(*writer_);
  auto& database = writer_->database();
  database.send(statement_id::begin_write, changes::any_rows);
  database.gather(statement_id::raise_fence, std::int64_t{1}, at_ms(1), who, std::int64_t{1}, std::int64_t{1});
  database.send_gathered();
  server_.wait_until("exists (select from pg_locks where pid = " + process + " and locktype = 'transactionid')");
  database.collect();
  database.abandon();
}

/// That would be a deadlock. Behind a slow disk a lock may be held for longer than a writer waits: that is none.
TEST_F(Postgres, GroupsOfTwoWritersNeverWaitForEachOther) {
  std::vector<user_id> people;
  for (std::uint32_t i = 1; i <= 8; ++i)
    people.push_back(add_person(*writer_, i));
  auto patient = options();
  patient.busy_timeout = std::chrono::seconds{20};
  // Each writes everybody, one in this order and one in the other, behind whatever version the other has left.
  const auto write_all = [&](bool backwards) {
    const auto store = open(patient);
    auto order = people;
    if (backwards)
      std::ranges::reverse(order);
    for (int round = 0; round < 30; ++round) {
      std::vector<write_batch> batches;
      for (const auto& who : order)
        batches.push_back(batch_of(who, store->answer(load_user{who})->version, {put_password{"x"}}));
      std::vector<const write_batch*> group;
      for (const auto& each : batches)
        group.push_back(&each);
      for (const auto& each : store->write(group))
        EXPECT_TRUE(each || each.error().code == errc::fenced || each.error().detail.contains("(SQLSTATE 55P03)"))
          << each.error().detail;
    }
  };
  std::thread other([&] { write_all(true); });
  write_all(false);
  other.join();
}

TEST_F(Postgres, ATerminatedConnectionIsLostAndNothingWasDone) {
  const auto who = add_person(*writer_, 1);
  terminate(*writer_);
  EXPECT_FALSE(writer_->is_lost()) << "nobody has looked";
  EXPECT_EQ(code_of(write_alone(*writer_, batch_of(who, 1, {put_password{"x"}}))), errc::unavailable);
  EXPECT_TRUE(writer_->is_lost());
  EXPECT_EQ(code_of(writer_->answer(load_user{who})), errc::unavailable);
  EXPECT_EQ(code_of(writer_->answer(check_database{})), errc::unavailable);
  EXPECT_EQ(code_of(writer_->write(append_run_chunks{})), errc::unavailable);
  writer_ = open();
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

TEST_F(Postgres, AConnectionThatIsLostInsideAGroupHasWrittenNothing) {
  const auto ann = add_person(*writer_, 1);
  const auto bob = add_person(*writer_, 2);
  when_measured("perform pg_terminate_backend(pg_backend_pid());");
  const auto good = batch_of(ann, 1, {put_password{"x"}});
  const auto fatal = measurement(bob, 1);
  const std::array<const write_batch*, 2> group{&good, &fatal};
  for (const auto& each : writer_->write(group))
    EXPECT_EQ(code_of(each), errc::unavailable) << "begun and never committed";
  writer_ = open();
  EXPECT_EQ(writer_->answer(load_user{ann})->version, 1);
}

TEST_F(Postgres, ACommitWhoseAnswerIsLostIsUnknownAndTheFenceSettlesIt) {
  const auto who = add_person(*writer_, 1);
  // A deferred trigger runs inside the commit.
  sql("create function fault() returns trigger language plpgsql as $$ begin perform "
      "pg_terminate_backend(pg_backend_pid()); return null; end $$; create constraint trigger fault after insert on "
      "progress_records deferrable initially deferred for each row execute function fault()");
  EXPECT_EQ(code_of(write_alone(*writer_, measurement(who, 1))), errc::outcome_unknown);
  sql("drop function fault cascade");
  writer_ = open();
  EXPECT_EQ(writer_->answer(load_user{who, 1, true})->version, 2) << "raised by the reload, not by the write";
  EXPECT_EQ(code_of(writer_->answer(find_progress{who, id_of<progress_id>(1)})), errc::not_found);
  EXPECT_EQ(code_of(write_alone(*writer_, measurement(who, 1))), errc::fenced) << "a write on its way would miss";
  EXPECT_TRUE(write_alone(*writer_, measurement(who, 2)));
}

TEST_F(Postgres, ACommitThatTheServerRefusesIsNotUnknown) {
  const auto who = add_person(*writer_, 1);
  sql("create function fault() returns trigger language plpgsql as $$ begin raise exception 'fault' using errcode = "
      "'53100'; end $$; create constraint trigger fault after insert on progress_records deferrable initially deferred "
      "for each row execute function fault()");
  EXPECT_EQ(code_of(write_alone(*writer_, measurement(who, 1))), errc::unavailable);
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

TEST_F(Postgres, TooManyConnectionsAreUnavailable) {
  auto as_app = options();
  as_app.database = location_for_app();
  sql("alter database " + database_ + " connection limit 0");
  const auto refused = sql_store::open(as_app, access::writer);
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("too many connections"));
}

TEST_F(Postgres, ADatabaseThatHasNotEveryCharacterIsRefused) {
  const auto named = [&](const std::string& encoding) {
    const auto name = database_ + '_' + encoding;
    server_.sql("postgres",
      "create database " + name + " template template0 encoding '" + encoding + "' lc_collate 'C' lc_ctype 'C'");
    return name;
  };
  const auto refused = migrate(server_.location_of(named("latin1")));
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("is kept in LATIN1"));
  EXPECT_TRUE(migrate(server_.location_of(named("sql_ascii"))));
}

TEST_F(Postgres, OneProcessClaimsADatabase) {
  auto ours = options();
  ours.claimed_by = "genesis one";
  auto theirs = options();
  theirs.claimed_by = "genesis other";
  auto first = open(ours);
  const auto refused = sql_store::open(theirs, access::writer);
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("in use by another server"));
  EXPECT_TRUE(sql_store::open(theirs, access::reader)) << "reading needs no claim";

  const auto again = open(ours);  // a connection that we lost may live on at the server
  EXPECT_EQ(code_of(first->answer(check_database{})), errc::unavailable) << "it was ended";
  EXPECT_TRUE(*again->answer(check_database{}));
}

TEST_F(Postgres, AClaimThatFailsForAnotherReasonSaysWhy) {
  auto ours = options();
  ours.claimed_by = "genesis one";
  const auto first = open(ours);
  auto as_app = ours;
  as_app.database = location_for_app();
  const auto refused = sql_store::open(as_app, access::writer);
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("superuser")) << "whose connection it may not end";
  EXPECT_THAT(refused.error().detail, Not(HasSubstr("in use")));
}

/// The claim of a process that ends is there for some milliseconds more, however short locks are waited for.
TEST_F(Postgres, AClaimIsWaitedForWhileItsProcessEnds) {
  auto ours = options();
  ours.claimed_by = "genesis one";
  ours.busy_timeout = milliseconds{0};
  auto theirs = ours;
  theirs.claimed_by = "genesis other";
  for (int i = 0; i < 20; ++i) {
    EXPECT_TRUE(sql_store::open(ours, access::writer));
    EXPECT_TRUE(sql_store::open(theirs, access::writer));
  }
}

TEST_F(PostgresServer, AStoppedServerIsUnavailableAndAnAcknowledgedWriteIsThereAfterIt) {
  const auto who = add_person(*writer_, 1);
  server_.stop();
  const auto failed = write_alone(*writer_, batch_of(who, 1, {put_password{"x"}}));
  EXPECT_EQ(code_of(failed), errc::unavailable) << failed.error().detail;
  EXPECT_TRUE(writer_->is_lost());
  EXPECT_EQ(code_of(sql_store::open(options(), access::writer)), errc::unavailable);
  server_.start();
  writer_ = open();
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
  EXPECT_TRUE(write_alone(*writer_, batch_of(who, 1, {put_password{"x"}})));
}

TEST_F(PostgresServer, ASilentServerEndsInAnErrorAndNotInAWaitForEver) {
  const auto who = add_person(*writer_, 1);
  auto hurried = options();
  hurried.database = server_.location_of(database_, postgres_server::impatient);
  hurried.statement_timeout = milliseconds{1'000};
  hurried.watch = std::make_shared<socket_watch>();
  const auto reader = open(hurried, access::reader);
  const auto writer = open(hurried);
  ASSERT_TRUE(reader->answer(load_user{who}));
  server_.pause();
  EXPECT_EQ(code_of(reader->answer(load_user{who})), errc::unavailable);
  EXPECT_TRUE(reader->is_lost());
  EXPECT_EQ(code_of(write_alone(*writer, batch_of(who, 1, {put_password{"x"}}))), errc::unavailable);
  EXPECT_EQ(code_of(sql_store::open(hurried, access::reader)), errc::unavailable) << "it takes connections, silently";
  server_.resume();
  writer_ = open();
  EXPECT_EQ(writer_->answer(load_user{who})->version, 1);
}

/// The database has committed; only the word of it is missing.
constexpr migration first{1, "0001_first", "create table a (x integer); insert into a values (1);"};
constexpr migration second{2, "0002_second", "create table b (y integer);", "create table b (y bigint);"};
constexpr migration broken{2, "0002_broken", "create table b (y integer); insert into nowhere values (1);"};

class PostgresMigrations : public ::testing::Test {
protected:
  template <class... Steps>
  result<migration_report> apply(const Steps&... steps) {
    const std::array<migration, sizeof...(steps)> all{steps...};
    return migrate(where_, {.migrations = all});
  }
  std::vector<std::string> sql(const std::string& text) { return server_.sql(database_, text); }

  postgres_server& server_ = postgres_server::shared();
  std::string database_ = server_.create_empty_database();
  database_url where_ = server_.location_of(database_);
};

TEST_F(PostgresMigrations, AreAppliedInOrderAndOnce) {
  EXPECT_EQ(pending_migrations(where_)->size(), embedded_migrations().size());
  EXPECT_THAT(sql("select tablename from pg_tables where schemaname = 'public'"), IsEmpty())
    << "asking changes nothing";
  EXPECT_THAT(apply(first)->applied, ElementsAre("0001_first"));
  const auto report = apply(first, second);
  EXPECT_THAT(report->applied, ElementsAre("0002_second"));
  EXPECT_EQ(report->backup, std::nullopt);
  EXPECT_THAT(apply(first, second)->applied, IsEmpty());
  EXPECT_THAT(sql("select x from a"), ElementsAre("1"));
}

TEST_F(PostgresMigrations, HaveATextOfTheirOwnWhereThereIsOne) {
  ASSERT_TRUE(apply(first, second));
  EXPECT_THAT(sql("select data_type from information_schema.columns where table_name = 'b'"), ElementsAre("bigint"));
  EXPECT_THAT(sql("select checksum from schema_migrations order by number"),
    ElementsAre(checksum_of(first), checksum_of(second, engine::postgresql)));
  EXPECT_NE(checksum_of(second, engine::postgresql), checksum_of(second));
}

TEST_F(PostgresMigrations, AreAppliedOnceByProgramsThatStartTogether) {
  std::vector<result<migration_report>> reports(4);
  std::vector<std::thread> programs;
  for (auto& each : reports)
    programs.emplace_back([&] { each = migrate(where_); });
  for (auto& each : programs)
    each.join();
  std::size_t applied = 0;
  for (const auto& each : reports) {
    ASSERT_TRUE(each) << each.error().detail;
    applied += each->applied.size();
  }
  EXPECT_EQ(applied, embedded_migrations().size());
}

TEST_F(PostgresMigrations, NeverChangeADatabaseUnderTheServerThatRunsOnIt) {
  ASSERT_TRUE(apply(first));
  store_options server;
  server.database = where_;
  server.claimed_by = "genesis one";
  auto running = sql_store::open(server, access::writer);
  ASSERT_TRUE(running) << running.error().detail;
  const auto refused = apply(first, second);
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("in use by another server"));
  EXPECT_THAT(sql("select tablename from pg_tables where tablename = 'b'"), IsEmpty());
  EXPECT_TRUE(apply(first)) << "nothing is pending";
  *running = nullptr;
  EXPECT_THAT(apply(first, second)->applied, ElementsAre("0002_second"));
}

TEST_F(PostgresMigrations, AFailingOneIsUndoneAndNamed) {
  ASSERT_TRUE(apply(first));
  const auto failed = apply(first, broken);
  ASSERT_FALSE(failed);
  EXPECT_THAT(failed.error().detail, HasSubstr("0002_broken"));
  EXPECT_THAT(sql("select tablename from pg_tables where tablename = 'b'"), IsEmpty());
  EXPECT_THAT(apply(first, second)->applied, ElementsAre("0002_second"));
}

TEST_F(PostgresMigrations, RefuseWhatDiffersAndWhatIsAnotherPrograms) {
  ASSERT_TRUE(apply(first));
  EXPECT_EQ(code_of(apply(migration{1, "0001_first", "create table a (x text)"})), errc::conflict);
  const auto foreign = server_.create_empty_database();
  server_.sql(foreign, "create table their_things (x integer)");
  const auto refused = migrate(server_.location_of(foreign));
  EXPECT_EQ(code_of(refused), errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr("another program"));
}

TEST_F(PostgresMigrations, SayWhichDatabaseIsNotThere) {
  const auto refused = migrate(database_url::parse(server_.url_of("nowhere")).value());
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("\"nowhere\" does not exist"));
  EXPECT_EQ(refused.error().detail.find_first_of("\n\t"), std::string::npos) << "it goes into lines of logs";
}

}  // namespace
}  // namespace genesis::storage
