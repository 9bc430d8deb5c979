#include "storage/message_index.hpp"
#include "tests/storage/fixtures.hpp"
#include "tests/storage/postgres_server.hpp"

#include <gmock/gmock.h>

#include <array>

/// How both databases read a database that has grown: which index serves a list, and how many statements a question
/// takes.
namespace genesis::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Which index a list, or a look-up that is no primary key's, is read through.
struct indexed_question {
  statement_id id;
  std::string_view index;
};

constexpr std::array indexed_questions{
  indexed_question{statement_id::list_users_newest_first, "idx_users_created_at"},
  indexed_question{statement_id::list_users_oldest_first, "idx_users_created_at"},
  indexed_question{statement_id::select_credentials_by_email, "idx_users_email"},
  indexed_question{statement_id::list_conversations_newest_first, "idx_conversations_user_created"},
  indexed_question{statement_id::list_conversations_oldest_first, "idx_conversations_user_created"},
  indexed_question{statement_id::list_conversations_by_archived_newest_first, "idx_conversations_user_archived"},
  indexed_question{statement_id::list_conversations_by_archived_oldest_first, "idx_conversations_user_archived"},
  indexed_question{statement_id::list_messages_newest_first, "idx_messages_conversation_seq"},
  indexed_question{statement_id::list_messages_oldest_first, "idx_messages_conversation_seq"},
  indexed_question{statement_id::list_progress_newest_first, "idx_user_progress_date"},
  indexed_question{statement_id::list_progress_oldest_first, "idx_user_progress_date"},
  indexed_question{statement_id::list_progress_by_metric_newest_first, "idx_progress_user_metric"},
  indexed_question{statement_id::list_progress_by_metric_oldest_first, "idx_progress_user_metric"},
  indexed_question{statement_id::select_workout_plan_standing, "idx_workout_plans_user_active"},
  indexed_question{statement_id::list_workout_plans_newest_first, "idx_workout_plans_user_created"},
  indexed_question{statement_id::list_workout_plans_oldest_first, "idx_workout_plans_user_created"},
  indexed_question{statement_id::select_nutrition_plan_standing, "idx_nutrition_plans_user_active"},
  indexed_question{statement_id::list_nutrition_plans_newest_first, "idx_nutrition_plans_user_created"},
  indexed_question{statement_id::list_nutrition_plans_oldest_first, "idx_nutrition_plans_user_created"},
  indexed_question{statement_id::list_nutrition_logs_newest_first, "idx_nutrition_logs_user_date"},
  indexed_question{statement_id::list_nutrition_logs_oldest_first, "idx_nutrition_logs_user_date"},
  indexed_question{statement_id::select_first_pages, "idx_workout_plans_user_created"},
  indexed_question{statement_id::select_first_pages, "idx_nutrition_plans_user_created"},
  indexed_question{statement_id::select_first_pages, "idx_user_progress_date"},
  indexed_question{statement_id::select_first_pages, "idx_conversations_user_archived"},
  indexed_question{statement_id::select_person_with_plans, "idx_sessions_user"},
  indexed_question{statement_id::select_person_with_plans, "idx_api_keys_user"},
  indexed_question{statement_id::select_person_with_plans, "idx_user_progress_date"},
  indexed_question{statement_id::select_person_with_plans, "idx_conversations_user_archived"},
  indexed_question{statement_id::select_person_with_plans, "idx_workout_plans_user_created"},
  indexed_question{statement_id::select_person_with_plans, "idx_nutrition_plans_user_created"},
  indexed_question{statement_id::select_person, "idx_user_progress_date"},
  indexed_question{statement_id::select_person, "idx_conversations_user_archived"},
  indexed_question{statement_id::select_recently_active_users, "idx_user_fences_changed_at"},
  indexed_question{statement_id::select_person, "idx_sessions_user"},
  indexed_question{statement_id::select_person, "idx_api_keys_user"},
};

/// SQL of both databases: `count` numbers from 1 as `i`, behind an `insert into t (...)`.
std::string numbers(int count) {
  return " with recursive n (i) as (select 1 union all select i + 1 from n where i < " + std::to_string(count) +
         ") select ";
}
std::string id_text(const std::string& number) {
  return "'00000000-0000-7000-8000-' || cast(100000000000 + " + number + " as text)";
}

constexpr int people = 300;
constexpr int rows_each = 20;

/// Three hundred people with some twenty things of each kind; nineteen of them have a long conversation.
std::string filling() {
  const auto owner = id_text("(i % 300 + 1)");
  const auto times = std::string{", i, i, 1 from n;"};
  const auto hash = "'" + std::string(64, 'a') + "'";
  const auto rows = numbers(people * rows_each);
  return "insert into user_fences (user_id, version, epoch, changed_at)" + numbers(people) + id_text("i") +
         ", 1, 1, i from n;"
         "insert into users (id, email, password_hash, role, is_active, dietary_restrictions, allergies, "
         "medical_conditions, units, created_at, updated_at, revision)" +
         numbers(people) + id_text("i") + ", 'person' || i, 'h', 'user', 1, '[]', '[]', '[]', 'metric'" + times +
         "insert into preferences (user_id, personality, response_length, preferred_agents, training_days, "
         "session_minutes, meals_per_day, theme, notifications, created_at, updated_at, revision)" +
         numbers(people) + id_text("i") + ", 'prime', 'normal', '[]', '[]', 60, 3, 'system', '{}'" + times +
         "insert into sessions (id, user_id, created_at, last_used_at, authenticated_at, expires_at, refresh_hash, "
         "user_agent, address)" +
         rows + id_text("i") + ", " + owner + ", i, i, i, i, " + hash + ", '', '' from n;" +
         "insert into api_keys (id, user_id, name, scopes, hash, created_at, updated_at, revision)" + rows +
         id_text("i") + ", " + owner + ", 'key', '[]', " + hash + times +
         "insert into conversations (id, user_id, is_archived, message_count, created_at, updated_at, revision)" +
         rows + id_text("i") + ", " + owner + ", i % 2, 0" + times +
         "insert into messages (id, user_id, conversation_id, seq, role, content, status, artifacts, metadata, "
         "created_at, updated_at, revision)" +
         rows + id_text("i") + ", " + id_text("(i % 20 + 1)") + ", " + id_text("(i % 20)") +
         ", i / 20, 'user', 'text', 'complete', '[]', '{}', i, i, 1 from n where i % 20 > 0;" +
         "insert into runs (id, user_id, conversation_id, user_message_id, message_id, status, created_at, last_seq)" +
         rows + id_text("i") + ", " + owner + ", " + id_text("i") + ", " + id_text("i") + ", " + id_text("i") +
         ", 'success', i, 5 from n;" +
         "insert into progress_records (id, user_id, metric, value, recorded_at, source, created_at, updated_at, "
         "revision)" +
         rows + id_text("i") + ", " + owner + ", case i % 2 when 0 then 'energy' else 'stress' end, 3, i, 'manual'" +
         times + "insert into workout_plans (id, user_id, name, is_active, days, created_at, updated_at, revision)" +
         rows + id_text("i") + ", " + owner + ", 'plan', case when i <= 300 then 1 else 0 end, '[]'" + times +
         "insert into nutrition_plans (id, user_id, name, is_active, energy_kcal, protein_g, carbs_g, fat_g, meals, "
         "created_at, updated_at, revision)" +
         rows + id_text("i") + ", " + owner + ", 'plan', case when i <= 300 then 1 else 0 end, 2000, 1, 1, 1, '[]'" +
         times +
         "insert into nutrition_logs (id, user_id, log_date, meal, description, energy_kcal, created_at, updated_at, "
         "revision)" +
         rows + id_text("i") + ", " + owner + ", '2026-03-' || cast(10 + i % 20 as text), 'lunch', 'food', 500" + times;
}

/// What ran on a connection.
class recorder : public statement_observer {
public:
  void on_statement(const statement_run& run) noexcept override { names.push_back(run.name); }
  std::vector<std::string_view> names;
};

/// A store over a database that is filled, of either kind.
class FilledStore : public ::testing::TestWithParam<engine> {
protected:
  FilledStore() {
    store_options options;
    if (GetParam() == engine::postgresql) {
      options.database = postgres_server::shared().location_of(postgres_server::shared().create_database());
    } else {
      EXPECT_TRUE(migrate(directory_.file()));
      options.database = directory_.file();
    }
    options.statement_timeout = std::chrono::minutes{1};  // filling is one text
    options.observer = &seen_;
    auto opened = sql_store::open(options, access::writer);
    if (!opened)
      throw std::runtime_error(opened.error().detail);
    store_ = std::move(*opened);
    store_->database().run_script(filling());
    if (GetParam() == engine::postgresql)
      index_messages(store_->database());
    else
      while (index_queued_messages(store_->database()) != 0) {
      }
    store_->database().run_script("analyze");
    seen_.names.clear();
  }

  static user_id person(int number) { return *user_id::parse(text_of_person(number)); }
  static std::string text_of_person(int number) {
    return "00000000-0000-7000-8000-" + std::to_string(100'000'000'000 + number);
  }

  database_directory directory_;
  recorder seen_;
  std::unique_ptr<sql_store> store_;
};

INSTANTIATE_TEST_SUITE_P(QueryPlans, FilledStore, ::testing::Values(engine::sqlite, engine::postgresql),
  [](const auto& chosen) { return chosen.param == engine::sqlite ? "Sqlite" : "Postgresql"; });

TEST_P(FilledStore, ReadsEachListThroughItsIndex) {
  for (const auto& [id, index] : indexed_questions)
    EXPECT_THAT(store_->database().plan_of(id), HasSubstr(index)) << statement_of(id).name;
}

/// An index of owners would lead to all of a person's messages instead.
TEST_P(FilledStore, SearchesThroughTheFullTextIndex) {
  const auto plan = store_->database().plan_of(statement_id::search_messages);
  if (GetParam() == engine::postgresql) {
    EXPECT_THAT(plan, HasSubstr("Bitmap Index Scan on idx_messages_content_search"));
    EXPECT_THAT(plan, Not(HasSubstr("idx_messages_user")));
    return;
  }
  EXPECT_THAT(plan, HasSubstr("SCAN message_search VIRTUAL TABLE INDEX"));
  EXPECT_THAT(plan, HasSubstr("SEARCH message_search_rows USING INTEGER PRIMARY KEY"));
  EXPECT_THAT(plan, HasSubstr("SEARCH messages USING INDEX sqlite_autoindex_messages_1 (id=?)"));
  EXPECT_THAT(plan, HasSubstr("SEARCH message_search_queue USING PRIMARY KEY (user_id=?)"));
}

TEST_P(FilledStore, FindsAPageOfMessagesWithOneStatement) {
  const auto found = store_->answer(search_messages{person(7), *parse_search_query("text"), {}});
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->items.size(), 20u);
  EXPECT_TRUE(found->has_more);
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("search_messages"));
}

TEST_P(FilledStore, LoadsAPersonWithOneStatement) {
  const auto found = store_->answer(load_user{person(7)});
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("select_person"));
}

TEST_P(FilledStore, SeesThatAPersonHasNotChangedWithOneStatement) {
  const auto version = store_->answer(load_user{person(7)})->version;
  seen_.names.clear();
  const auto newer = store_->answer(load_newer{person(7), 1, version, store_->timeline()});
  ASSERT_TRUE(newer) << newer.error().detail;
  EXPECT_FALSE(*newer);
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("select_fence"));
}

void expect_twenty_each(const first_pages& found) {
  ASSERT_TRUE(found.workout_plans && found.nutrition_plans && found.progress && found.conversations);
  EXPECT_EQ(found.workout_plans->items.size(), 20u);
  EXPECT_EQ(found.nutrition_plans->items.size(), 20u);
  EXPECT_EQ(found.progress->items.size(), 20u);
  EXPECT_EQ(found.conversations->items.size(), 20u);
}

TEST_P(FilledStore, LoadsTheListsOfAPersonWithOneStatement) {
  const auto found = store_->answer(load_first_pages{person(7), {20, 20, 20, 20}});
  ASSERT_TRUE(found) << found.error().detail;
  expect_twenty_each(*found);
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("select_first_pages"));
}

TEST_P(FilledStore, LoadsAPersonWithTheirListsWithOneStatement) {
  const auto found = store_->answer(load_user{person(7), 1, false, {20, 20, 20, 20}});
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->person.id, person(7));
  expect_twenty_each(found->lists);
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("select_person_with_plans"));
}

TEST_P(FilledStore, FindsAHundredPeopleWithTheirPreferencesWithOneStatement) {
  find_people question;
  for (int i = 1; i <= 100; ++i)
    question.users.push_back(person(2 * i));
  const auto found = store_->answer(question);
  ASSERT_TRUE(found) << found.error().detail;
  ASSERT_EQ(found->size(), 100u);
  for (std::size_t i = 0; i < 100; ++i)
    EXPECT_EQ((*found)[i].person.id, (*found)[i].prefs.owner);
  EXPECT_THAT(seen_.names, ::testing::ElementsAre("select_people"));
}

TEST_P(FilledStore, FindsTheRunsOfAPartByTheirIds) {
  const auto plan = store_->database().plan_of(statement_id::select_runs);
  EXPECT_THAT(plan, HasSubstr(GetParam() == engine::postgresql ? "runs_pkey" : "sqlite_autoindex_runs_1 (id=?)"));
}

/// Twenty conversations, of which one has three hundred messages and the others have none.
TEST_P(FilledStore, ReadsOnInAConversationWithoutALookAtOthers) {
  store_->database().run_script("update conversations set message_count = 299 where id = " + id_text("3"));
  const conversation_id long_one{*parse_uuid(text_of_person(3))};
  const auto part = store_->answer(read_message_partition{.user = person(4), .conversation = long_one});
  ASSERT_TRUE(part) << part.error().detail;
  EXPECT_EQ(part->messages.size(), 299u);
  EXPECT_THAT(seen_.names, ::testing::Each("list_messages_oldest_first"));
  EXPECT_EQ(seen_.names.size(), 10u);
}

TEST_P(FilledStore, ReadsAPageOfAnyListWithOneStatement) {
  const auto who = person(7);
  const auto asks_once = [&](const auto& question) {
    seen_.names.clear();
    const auto found = store_->answer(question);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->items.size(), 20u);
    EXPECT_EQ(seen_.names.size(), 1u);
  };
  asks_once(list_plans<workout_plan>{.user = who});
  asks_once(list_plans<nutrition_plan>{.user = who});
  asks_once(list_nutrition_logs{.user = who});
  asks_once(list_progress{.user = who});
  asks_once(list_conversations{who, archived_filter::all, {}});
  seen_.names.clear();
  EXPECT_EQ(store_->answer(find_plan_standing<workout_plan>{who})->count, 20);
  EXPECT_EQ(seen_.names.size(), 1u);
}

}  // namespace
}  // namespace genesis::storage
