#include "storage/invariants.hpp"
#include "storage/maintenance.hpp"
#include "storage/table_layout.hpp"
#include "tests/storage/store_under_test.hpp"

#include <gmock/gmock.h>

namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

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
          put_item<nutrition_plan>{plain_nutrition_plan(1)}, put_api_key{api_key_of(1)}})));
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
  std::vector<damage> all{
    {"every fence belongs to a person", "insert into user_fences values ('y', 1, 1, 1)",
      "delete from user_fences where user_id = 'y'"},
    {"every address is one person's, in lower case", "update users set email = 'A@B'",
      "update users set email = 'a@b'"},
    {"every choice is one of those that there are", "update users set role = 'king'", "update users set role = 'user'"},
    {"every choice is one of those that there are", "update runs set status = ''",
      "update runs set status = 'success'"},
    {"every object has a revision from 1 on", "update messages set revision = 0 where seq = 1",
      "update messages set revision = 1 where seq = 1"},
    {"a profile's weight and body fat are records of that person",
      "update users set weight_record_id = 'x', weight_kg = 1",
      "update users set weight_record_id = null, weight_kg = null"},
    {"every conversation counts its messages", "update conversations set message_count = 3",
      "update conversations set message_count = 2"},
    {"the messages of a conversation are numbered from 1 without gaps", "update messages set seq = 9 where seq = 2",
      "update messages set seq = 2 where seq = 9"},
    {"every answer has its question and its message in the same conversation", "update runs set message_id = 'x'",
      "update runs set message_id = '" + to_string(id_of<message_id>(2)) + "'"},
    {"every answer that has ended says when", "update runs set ended_at = null", "update runs set ended_at = 60"},
    {"nobody has two active plans of a kind",
      "drop index idx_workout_plans_user_active; update workout_plans set is_active = 1",
      "update workout_plans set is_active = 0; create unique index idx_workout_plans_user_active on workout_plans "
      "(user_id) where is_active = 1"},
  };
  const auto second = to_string(id_of<message_id>(2));
  if (GetParam() == engine::sqlite)
    all.push_back({of_index, "delete from message_search_queue where message_id = '" + second + "'",
      "insert into message_search_queue values ('" + to_string(id_of<user_id>(1)) + "', '" + second + "')"});
  else
    all.push_back({of_index, "update messages set search_vector = null where seq = 2",
      "update messages set search_vector = '' where seq = 2"});
  expect_seen(all);
  for (const auto& each : invariants())
    EXPECT_TRUE(each.sentence == "every person has a fence" ||  // which the schema itself sees to
                std::ranges::find(all, each.sentence, &damage::sentence) != all.end())
      << each.sentence;
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
