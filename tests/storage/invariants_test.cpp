#include "storage/invariants.hpp"
#include "storage/maintenance.hpp"
#include "storage/schema_objects.hpp"
#include "storage/table_layout.hpp"
#include "tests/storage/store_under_test.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace genesis::storage {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// A sound database of each engine, with one of everything.
class Invariants : public ::testing::TestWithParam<engine> {
protected:
  Invariants() {
    if (GetParam() == engine::postgresql) {
      borrowed_ = postgres_server::shared().borrow_database();
      database_ = postgres_server::shared().location_of(borrowed_);
    } else {
      EXPECT_TRUE(migrate(directory_.file()));
      database_ = directory_.file();
    }
    store_options options;
    options.database = database_;
    options.statement_timeout = std::chrono::seconds{30};  // tables are changed here, however slow the disk
    auto opened = sql_store::open(options, access::writer);
    EXPECT_TRUE(opened) << opened.error().detail;
    store_ = std::move(*opened);
    const auto who = add_person(*store_, 1);
    const auto talk = conversation_of(1);
    auto counted = talk;
    counted.message_count = 2;
    EXPECT_TRUE(write_alone(*store_,
      batch_of(who, 1,
        {put_conversation{talk}, put_message{message_of(1, talk.id, 1)}, put_message{message_of(2, talk.id, 2)},
          put_conversation{counted}, put_progress{record_of(1, 1'000)}, put_run{answered_in(talk.id)},
          put_item<workout_plan>{plain_workout_plan(1)}, put_item<workout_plan>{plain_workout_plan(2)},
          put_item<nutrition_plan>{plain_nutrition_plan(1)}, put_item<nutrition_log>{log_of(1, 20'000)},
          put_session{session_of(1)}, put_used_refresh_token{hash_of(9), id_of<session_id>(1), at_ms(7)},
          put_api_key{api_key_of(1)}, put_run_events{id_of<run_id>(1), {token_of(1, "a")}},
          put_idempotency{{{"a", hash_of(1)}, 201, "", "/x", "\"1\"", "", at_ms(3)}}})));
    EXPECT_TRUE(store_->answer(put_invitation{{hash_of(5), "new@example.org", user_role::coach, at_ms(1), at_ms(9)}}));
  }
  ~Invariants() override {
    store_ = nullptr;
    if (!borrowed_.empty())
      postgres_server::shared().give_back(std::move(borrowed_));
  }

  static run answered_in(const conversation_id& talk) {
    auto made = run_of(1, talk, id_of<message_id>(2), run_status::success);
    made.user_message = id_of<message_id>(1);
    made.ended_at = at_ms(60);
    return made;
  }

  std::vector<std::string> broken_after(const std::string& sql) {
    store_->database().run_script(sql);
    std::vector<std::string> sentences;
    const auto found = check_invariants(database_);
    EXPECT_TRUE(found) << found.error().detail;
    for (const auto& each : found.value_or(std::vector<invariant_finding>{}))
      if (each.violations != 0)
        sentences.emplace_back(each.sentence);
    return sentences;
  }

  struct damage {
    std::string_view sentence;
    std::string done;
    std::string undone;
  };
  /// Breaks one after the other, and mends it again.
  void expect_seen(const std::vector<damage>& all) {
    for (const auto& each : all) {
      EXPECT_THAT(broken_after(each.done), ElementsAre(each.sentence)) << each.done;
      EXPECT_THAT(broken_after(each.undone), IsEmpty()) << each.sentence;
    }
  }

  database_directory directory_;
  std::string borrowed_;
  database_url database_;
  std::unique_ptr<sql_store> store_;
};

TEST_P(Invariants, HoldInASoundDatabaseAndAreToldAsTheyAreFound) {
  EXPECT_THAT(broken_after("select 1"), IsEmpty());
  std::size_t told = 0;
  const auto found = check_invariants(database_, [&](const invariant_finding&) { ++told; });
  ASSERT_TRUE(found);
  EXPECT_EQ(told, found->size());
  EXPECT_GE(told, invariants().size());
}

constexpr std::string_view of_index =
  "every message is in the full-text index or waits for it, and nothing else is found there";

TEST_P(Invariants, AreSeenToBeBroken) {
  const auto nobody = to_string(id_of<user_id>(99));
  std::vector<damage> all{
    {"every fence belongs to a person", "insert into user_fences values ('" + nobody + "', 1, 1, 1)",
      "delete from user_fences where user_id = '" + nobody + "'"},
    {"every person has preferences", "create table kept as select * from preferences; delete from preferences",
      "insert into preferences select * from kept; drop table kept"},
    {"every address is one person's, in lower case", "update users set email = 'A@B'",
      "update users set email = 'a@b'"},
    {"every object has a revision from 1 on", "update messages set revision = 0 where seq = 1",
      "update messages set revision = 1 where seq = 1"},
    {"a profile's weight and body fat are records of that person",
      "update users set weight_record_id = '" + nobody + "', weight_recorded_at = 1, weight_kg = 70",
      "update users set weight_record_id = null, weight_recorded_at = null, weight_kg = null"},
    {"every conversation counts its messages", "update conversations set message_count = 3",
      "update conversations set message_count = 2"},
    {"the messages of a conversation are numbered from 1 without gaps", "update messages set seq = 9 where seq = 2",
      "update messages set seq = 2 where seq = 9"},
    {"every answer has its question and its message in the same conversation",
      "update runs set message_id = '" + nobody + "'",
      "update runs set message_id = '" + to_string(id_of<message_id>(2)) + "'"},
    {"every answer that has ended says when", "update runs set ended_at = null", "update runs set ended_at = 60"},
  };
  const auto second = to_string(id_of<message_id>(2));
  if (GetParam() == engine::sqlite)
    all.push_back({of_index, "delete from message_search_queue where message_id = '" + second + "'",
      "insert into message_search_queue values ('" + to_string(id_of<user_id>(1)) + "', '" + second + "')"});
  else
    all.push_back({of_index, "update messages set search_vector = null where seq = 2",
      "update messages set search_vector = '' where seq = 2"});
  expect_seen(all);
  all.push_back({"nobody has two active plans of a kind",
    "drop index idx_workout_plans_user_active; update workout_plans set is_active = 1", {}});
  EXPECT_THAT(broken_after(all.back().done), Contains(all.back().sentence)) << "beside the index";
  store_->database().run_script(
    "update workout_plans set is_active = 0; create unique index idx_workout_plans_user_active on workout_plans "
    "(user_id) where is_active = 1");
  for (const auto& each : invariants())
    EXPECT_TRUE(each.sentence == "every person has a fence" ||  // which the schema itself sees to
                std::ranges::find(all, each.sentence, &damage::sentence) != all.end())
      << each.sentence;
}

/// Sets a column of every row to something else, and back.
std::string set_to(std::string_view table, std::string_view column, std::string_view value) {
  return "update " + std::string{table} + " set " + std::string{column} + " = " + std::string{value};
}

TEST_P(Invariants, OfWhatStandsForSomethingAreSeenToBeBroken) {
  const std::string_view of_meaning = "every id, day, hash and choice can be read";
  struct place {
    std::string_view table;
    std::string_view column;
  };
  for (const auto& [table, column] : std::to_array<place>({{"users", "role"}, {"users", "sex"},
         {"users", "activity_level"}, {"users", "goal"}, {"users", "experience_level"}, {"users", "units"},
         {"users", "date_of_birth"}, {"preferences", "personality"}, {"preferences", "response_length"},
         {"preferences", "theme"}, {"conversations", "agent_name"}, {"messages", "role"}, {"messages", "agent_name"},
         {"messages", "status"}, {"messages", "run_id"}, {"progress_records", "metric"}, {"progress_records", "source"},
         {"runs", "agent_name"}, {"runs", "status"}, {"workout_plans", "goal"}, {"workout_plans", "starts_on"},
         {"nutrition_plans", "ends_on"}, {"nutrition_logs", "meal"}, {"nutrition_logs", "log_date"},
         {"invitations", "role"}, {"invitations", "token_hash"}, {"api_keys", "hash"}, {"sessions", "refresh_hash"},
         {"refresh_tokens", "hash"}, {"run_chunks", "events"}, {"idempotency_keys", "fingerprint"}})) {
    const auto before = store_->database().ask(
      "select coalesce(" + std::string{column} + ", '-') from " + std::string{table} + " limit 1");
    ASSERT_FALSE(before.empty()) << table << " is not tried";
    const auto& value = before.at(0).at(0);
    // Where a status decides what else has to be there, more is found to be broken.
    EXPECT_THAT(broken_after(set_to(table, column, "'moonday'")), Contains(of_meaning)) << table << '.' << column;
    EXPECT_THAT(broken_after(set_to(table, column, value == "-" ? "null" : "'" + value + "'")), IsEmpty())
      << table << '.' << column;
  }
}

TEST_P(Invariants, OfBoundsAreSeenToBeBroken) {
  const std::string_view of_bounds = "every value is within its bounds";
  expect_seen({{of_bounds, "update users set height_cm = 9e99", "update users set height_cm = 180"},
    {of_bounds, "update users set date_of_birth = '1802-01-01'", "update users set date_of_birth = null"},
    {of_bounds, "update users set created_at = -9000000000000", "update users set created_at = 1"},
    {of_bounds, "update messages set created_at = 253402300800000", "update messages set created_at = 1"},
    {of_bounds, "update preferences set session_minutes = -5", "update preferences set session_minutes = 60"},
    {of_bounds, "update preferences set meals_per_day = 9", "update preferences set meals_per_day = 3"},
    {of_bounds, "update progress_records set value = 19", "update progress_records set value = 80"},
    {of_bounds, "update progress_records set metric = 'soreness', value = 2.5",
      "update progress_records set metric = 'weight_kg', value = 80"},
    {of_bounds, "update workout_plans set starts_on = '2026-02-01', ends_on = '2026-01-01'",
      "update workout_plans set starts_on = null, ends_on = null"},
    {of_bounds, "update nutrition_plans set energy_kcal = 799", "update nutrition_plans set energy_kcal = 2000"},
    {of_bounds, "update nutrition_plans set water_litres = 21", "update nutrition_plans set water_litres = null"},
    {of_bounds, "update nutrition_logs set energy_kcal = -1", "update nutrition_logs set energy_kcal = 250"},
    {of_bounds, "update nutrition_logs set fibre_g = 2001", "update nutrition_logs set fibre_g = null"}});
}

constexpr std::string_view of_schema = "what the migrations made is there";

TEST_P(Invariants, OfTheSchemaAreSeenToBeBroken) {
  std::vector<damage> all{
    {of_schema, "drop index idx_users_email", "create unique index idx_users_email on users (email)"},
    {of_schema, "drop index idx_users_email; create index idx_users_email on users (email)",
      "drop index idx_users_email; create unique index idx_users_email on users (email)"},
    {of_schema, "drop index idx_runs_conversation", "create index idx_runs_conversation on runs (conversation_id)"}};
  if (GetParam() == engine::postgresql) {
    const std::string key = "alter table preferences add constraint preferences_user_id_fkey foreign key (user_id) "
                            "references user_fences (user_id)";
    const std::string drop = "alter table preferences drop constraint preferences_user_id_fkey";
    const auto whole = key + " on delete cascade";
    all.push_back({of_schema, "alter table preferences drop constraint preferences_pkey",
      "alter table preferences add primary key (user_id)"});
    all.push_back({of_schema, drop, whole});
    all.push_back({of_schema, drop + "; " + key, drop + "; " + whole});
    all.push_back({of_schema, drop + "; " + whole + " not valid", drop + "; " + whole});
    all.push_back(
      {of_schema, "alter table preferences disable trigger all", "alter table preferences enable trigger all"});
    all.push_back({of_schema, "drop index idx_messages_content_search",
      "create index idx_messages_content_search on messages using gin (search_vector)"});
  } else {
    const auto text =
      store_->database().ask("select sql from sqlite_schema where name = 'message_search_gone_delete'").at(0).at(0);
    all.push_back({of_schema, "drop trigger message_search_gone_delete", text});
    all.push_back({of_schema,
      "drop trigger message_search_gone_delete; create trigger message_search_gone_delete before delete on "
      "message_search_gone begin select 1; end",
      "drop trigger message_search_gone_delete; " + text});
  }
  expect_seen(all);
}

/// A database of its own: what is done to it cannot be mended.
class SchemaFaults : public ::testing::TestWithParam<engine> {
protected:
  database_url new_database() {
    if (GetParam() == engine::sqlite)
      return directory_.file("of_schema.db");
    auto& server = postgres_server::shared();
    return server.location_of(server.create_empty_database());
  }

  database_directory directory_;
};

TEST_P(SchemaFaults, AreNoneAfterAnyMigration) {
  const auto database = new_database();
  for (std::size_t number = 1; number <= embedded_migrations().size(); ++number) {
    ASSERT_TRUE(migrate(database, {.migrations = embedded_migrations().first(number)}));
    for (const auto& each : faults_of_schema(*connection::open({.database = database}).value()))
      ADD_FAILURE() << number << ": " << to_string(each);
  }
}

TEST_P(SchemaFaults, EndTheCheckWhereRowsCannotBeRead) {
  for (const auto& [done, said] : {std::pair{"drop table nutrition_logs", "table nutrition_logs is missing"},
         std::pair{"alter table users drop column locale", "column users.locale is missing"}}) {
    const auto database = new_database();
    if (GetParam() == engine::sqlite)
      std::filesystem::remove(database.file());
    ASSERT_TRUE(migrate(database));
    connection::open({.database = database}).value()->run_script(done);
    std::vector<invariant_finding> told;
    const auto found = check_invariants(database, [&](const invariant_finding& each) { told.push_back(each); });
    EXPECT_EQ(code_of(found), errc::conflict);
    EXPECT_THAT(found.error().detail, HasSubstr("without all tables"));
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back().sentence, of_schema);
    EXPECT_THAT(told.back().detail, HasSubstr(said));
  }
}

/// Where a role's schema is named as it is.
TEST_P(SchemaFaults, AreNoneInASchemaWhoseNameNeedsQuotes) {
  if (GetParam() != engine::postgresql)
    return;
  auto& server = postgres_server::shared();
  const auto name = server.create_empty_database();
  server.sql(name, "create schema \"Tenant-1\"");
  server.sql(name, "alter database " + name + " set search_path = \"Tenant-1\"");
  const auto database = server.location_of(name);
  ASSERT_TRUE(migrate(database));
  EXPECT_THAT(faults_of_schema(*connection::open({.database = database}).value()), IsEmpty());
}

/// SQLite has them looked after by its own pragma.
TEST_P(SchemaFaults, OfReferencesAreSeenToBeBroken) {
  if (GetParam() != engine::postgresql)
    return;
  const auto database = new_database();
  ASSERT_TRUE(migrate(database));
  const auto opened = connection::open({.database = database}).value();
  std::size_t columns = 0;
  const auto references = references_of_schema();
  for (const auto& each : references)
    columns += each.columns.size();
  EXPECT_EQ(opened->ask("select count(*), sum(cardinality(conkey)) from pg_constraint where contype = 'f'").at(0),
    (std::vector{std::to_string(references.size()), std::to_string(columns)}));
  const auto nobody = to_string(id_of<user_id>(99));
  opened->run_script("alter table idempotency_keys disable trigger all; insert into idempotency_keys values ('" +
                     nobody + "', 'a', '" + std::string(64, '0') +
                     "', 201, '', '', '', '', 1);"
                     "alter table idempotency_keys enable trigger all");
  const auto found = check_invariants(database);
  ASSERT_TRUE(found) << found.error().detail;
  for (const auto& each : *found)
    EXPECT_EQ(each.violations, each.sentence == "every reference leads somewhere" ? 1 : 0) << each.sentence;
}

INSTANTIATE_TEST_SUITE_P(Each, SchemaFaults, ::testing::Values(engine::sqlite, engine::postgresql),
  [](const auto& tested) { return std::string{tested.param == engine::sqlite ? "Sqlite" : "Postgresql"}; });

TEST(InvariantsOfAFile, SayThatItIsDamaged) {
  const database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  {
    std::fstream file(directory.file(), std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 3; page < 20; ++page)
      file.seekp(page * 4'096).write(std::string(200, '\x7f').data(), 200);
  }
  std::vector<invariant_finding> told;
  check_invariants(directory.file(), [&](const invariant_finding& each) { told.push_back(each); });
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.front().sentence, "the file is sound");
  EXPECT_GT(told.front().violations, 0);
}

TEST_P(Invariants, OfHowValuesAreWrittenAreSeenToBeBroken) {
  const std::string_view of_meaning = "every id, day, hash and choice can be read";
  expect_seen({{of_meaning, "update users set is_active = 2", "update users set is_active = 1"},
    {of_meaning, "update refresh_tokens set hash = upper(hash)", "update refresh_tokens set hash = lower(hash)"},
    {of_meaning, "update messages set run_id = '0192ABCD-0000-7000-8000-000000000001' where seq = 2",
      "update messages set run_id = null where seq = 2"}});
}

TEST_P(Invariants, NameARowWhoseValuesAreBroken) {
  const auto example_after = [&](const std::string& sql) {
    store_->database().run_script(sql);
    const auto found = check_invariants(database_);
    for (const auto& each : found.value())
      if (each.violations != 0)
        return each.detail;
    return std::string{};
  };
  const auto first = "in the row of id " + to_string(id_of<user_id>(1));
  EXPECT_EQ(example_after("update users set sex = 'moonday'"), "for instance table users: " + first + ", sex");
  EXPECT_EQ(example_after("update users set sex = null, height_cm = 1"), "for instance table users: " + first);
  EXPECT_EQ(example_after("update users set height_cm = null, allergies = '['"),
    "for instance table users: " + first + ", allergies");
}

/// PostgreSQL refuses such values.
TEST_P(Invariants, OfValuesAreSeenToBeBroken) {
  if (GetParam() != engine::sqlite)
    return;
  const std::string_view of_kinds = "every value is of the kind that its column is for";
  const auto broken = [](const std::string& value) { return "update messages set " + value + " where seq = 2"; };
  expect_seen({{of_kinds, broken("created_at = 'never'"), broken("created_at = 2")},
    {of_kinds, broken("run_id = x'ff00fe'"), broken("run_id = null")},
    {of_kinds, broken("run_id = cast(x'ff' as text)"), broken("run_id = null")}});
}

TEST_P(Invariants, OfJsonAreSeenToBeBroken) {
  const std::string_view of_json = "what is kept as JSON can be read";
  const auto broken = [](const std::string& value) { return "update messages set " + value + " where seq = 2"; };
  expect_seen({{of_json, broken("metadata = '{oops'"), broken("metadata = '{}'")},
    {of_json, "update workout_plans set days = '[' where name <> ''", "update workout_plans set days = '[]'"},
    {of_json, "update workout_plans set days = '[1]' where name <> ''", "update workout_plans set days = '[]'"},
    {of_json, "update users set allergies = '{oops'", "update users set allergies = '[\"nuts\"]'"},
    {of_json, "update users set medical_conditions = '{}'", "update users set medical_conditions = '[]'"},
    {of_json, "update users set dietary_restrictions = '[1]'", "update users set dietary_restrictions = '[]'"},
    {of_json, "update preferences set training_days = 'x'", "update preferences set training_days = '[]'"},
    {of_json, "update preferences set training_days = '[\"moonday\"]'", "update preferences set training_days = '[]'"},
    {of_json, "update preferences set preferred_agents = '[\"king\"]'",
      "update preferences set preferred_agents = '[]'"},
    {of_json, "update preferences set preferred_agents = '[null]'", "update preferences set preferred_agents = '[]'"},
    {of_json, "update preferences set notifications = '{\"a\":1}'", "update preferences set notifications = '{}'"},
    {of_json, "update api_keys set scopes = '[\"king\"]'", "update api_keys set scopes = '[\"read\"]'"},
    {of_json, "update api_keys set scopes = '\"read\"'", "update api_keys set scopes = '[\"read\"]'"}});
}

/// A column for a list or a map that is not among those that are looked at would be found sound with half of one.
TEST_P(Invariants, OfJsonLookAtEveryColumnThatHoldsLists) {
  if (GetParam() != engine::sqlite)
    return;  // which can tell what is JSON
  std::size_t lists = 0;
  for (const auto& layout : layouts_in(store_->database()))
    for (const auto& column : layout.columns) {
      const auto table = std::string{layout.name};
      const auto sound =
        store_->database().ask("select " + column.name + " from " + table + " where json_valid(" + column.name +
                               ") and json_type(" + column.name + ") in ('array', 'object') limit 1");
      if (sound.empty())
        continue;
      ++lists;
      EXPECT_THAT(broken_after("update " + table + " set " + column.name + " = '['"),
        ElementsAre("what is kept as JSON can be read"))
        << table << '.' << column.name;
      EXPECT_THAT(
        broken_after("update " + table + " set " + column.name + " = '" + sound.at(0).at(0) + "'"), IsEmpty());
    }
  EXPECT_EQ(lists, 11);
}

TEST_P(Invariants, SeeThatTheFullTextIndexCannotBeRead) {
  if (GetParam() != engine::sqlite)
    return;
  ASSERT_EQ(purge_expired(*store_, at_ms(0))->indexed_messages, 2);
  EXPECT_THAT(
    broken_after("delete from message_search_data where id > 10"), ElementsAre("the full-text index can be read"));
}

/// Messages stand in one place of two on SQLite.
TEST_P(Invariants, OfTheFullTextIndexAreSeenToBeBrokenOnceMessagesAreInIt) {
  if (GetParam() != engine::sqlite)
    return;
  ASSERT_EQ(purge_expired(*store_, at_ms(0))->indexed_messages, 2);
  const auto person = to_string(id_of<user_id>(1));
  const auto second = to_string(id_of<message_id>(2));
  expect_seen({{of_index, "delete from message_search_rows where row_id = 2",
                 "insert into message_search_rows values (2, '" + second + "')"},
    {of_index, "insert into message_search_queue values ('" + person + "', '" + second + "')",
      "delete from message_search_queue"},
    {of_index, "insert into message_search_queue values ('" + person + "', 'nobody''s')",
      "delete from message_search_queue"}});
}

TEST_P(Invariants, AreNotLookedForInAnotherSchema) {
  store_->database().run_script("delete from schema_migrations where number = 3");
  EXPECT_EQ(code_of(check_invariants(database_)), errc::conflict);
  store_->database().run_script("insert into schema_migrations values (3, '0003_invitations', 'x', 1)");
}

INSTANTIATE_TEST_SUITE_P(Each, Invariants, ::testing::Values(engine::sqlite, engine::postgresql),
  [](const auto& tested) { return std::string{tested.param == engine::sqlite ? "Sqlite" : "Postgresql"}; });

}  // namespace
}  // namespace genesis::storage
