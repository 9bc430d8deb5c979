#include "storage/connection.hpp"
#include "tests/actors/log_reader.hpp"
#include "tests/storage/fixtures.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sys/stat.h>

namespace genesis::storage {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Connection, MakesFilesThatOnlyTheirOwnerReads) {
  const database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  const auto opened = connection::open({.database = directory.file()});
  (*opened)->run_script("create table t (x integer)");
  EXPECT_EQ(mode_of(directory.file()), 0600u);
  EXPECT_EQ(mode_of(directory.file("genesis.db-wal")), 0600u);
  EXPECT_EQ(mode_of(directory.file("genesis.db-shm")), 0600u);
}

TEST(Connection, TakesTheFileAwayFromOthers) {
  const database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  ::chmod(directory.file().c_str(), 0644);
  ASSERT_TRUE(connection::open({.database = directory.file()}));
  EXPECT_EQ(mode_of(directory.file()), 0600u);
}

TEST(Connection, SaysWhatIsWrongWithTheFile) {
  const database_directory directory;
  const auto missing = connection::open({.database = directory.file()});
  EXPECT_EQ(code_of(missing), errc::unavailable);
  EXPECT_THAT(missing.error().detail, HasSubstr("genesis.db"));
  EXPECT_FALSE(std::filesystem::exists(directory.file()));
  EXPECT_EQ(
    code_of(connection::open({.database = directory.path() / "no" / "g.db", .may_create = true})), errc::unavailable);
  EXPECT_EQ(code_of(connection::open({.database = directory.path()})), errc::unavailable);
  EXPECT_EQ(code_of(connection::open({.database = directory.file("a\"b"), .may_create = true})), errc::unavailable);
}

TEST(Connection, RefusesADirectoryThatAnybodyWritesTo) {
  const database_directory directory;
  ::chmod(directory.path().c_str(), 0777);
  const auto refused = connection::open({.database = directory.file(), .may_create = true});
  EXPECT_EQ(code_of(refused), errc::unavailable);
  EXPECT_THAT(refused.error().detail, HasSubstr("anybody"));
  ::chmod(directory.path().c_str(), 01777);
  EXPECT_TRUE(connection::open({.database = directory.file(), .may_create = true}));
}

TEST(Connection, TellsThePlanOfASlowStatementThatHasOne) {
  const database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  const auto opened =
    connection::open({.database = directory.file(), .slow = std::make_shared<slow_log>(std::chrono::milliseconds{-1})});
  const log_reader log{spdlog::level::warn};
  (*opened)->execute(statement_id::begin_write);
  (*opened)->execute(statement_id::purge_sessions, at_ms(0), std::int64_t{1});
  (*opened)->execute(statement_id::commit);
  EXPECT_EQ(log.count("slow statement purge_sessions: "), 1u);
  EXPECT_EQ(log.count("slow statement commit: "), 1u);
  EXPECT_EQ(log.count("plan: "), 1u);
}

TEST(Connection, OpensAPathWithBlanksAndEqualSigns) {
  const database_directory directory;
  const auto file = directory.file("my own=data base.db");
  ASSERT_TRUE(migrate(file));
  ASSERT_TRUE(connection::open({.database = file}));
  EXPECT_GT(std::filesystem::file_size(file), 0u);
}

TEST(Connection, RefusesAFileThatIsNoDatabase) {
  const database_directory directory;
  {
    std::unique_ptr<FILE, int (*)(FILE*)> text(std::fopen(directory.file().c_str(), "w"), &std::fclose);
    for (int i = 0; i < 1'000; ++i)
      std::fputs("this is a letter\n", text.get());
  }
  EXPECT_EQ(code_of(connection::open({.database = directory.file()})), errc::unavailable);
  EXPECT_EQ(code_of(migrate(directory.file())), errc::unavailable);
}

TEST_F(SqlStore, ConnectionIsDurableAndChecksForeignKeys) {
  auto& database = writer_->database();
  const auto setting = [&](const std::string& name) { return database.ask("pragma " + name)[0][0]; };
  EXPECT_EQ(setting("journal_mode"), "wal");
  EXPECT_EQ(setting("synchronous"), "2");
  EXPECT_EQ(setting("foreign_keys"), "1");
  EXPECT_EQ(setting("busy_timeout"), "20");
  EXPECT_EQ(setting("query_only"), "0");
  EXPECT_EQ(open(access::reader)->database().ask("pragma query_only")[0][0], "1");
}

TEST_F(SqlStore, EveryStatementIsUnderstood) {
  std::set<std::string_view> names;
  for (const auto& each : all_statements()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    EXPECT_NO_THROW(writer_->database().plan_of(each.id)) << each.name;
  }
}

TEST_F(SqlStore, NoQuestionReadsAWholeTableOrSorts) {
  for (const auto& each : all_statements()) {
    if (each.id == statement_id::select_migrations)  // a handful of rows
      continue;
    if (each.id == statement_id::search_messages)  // sorts what the index finds; FilledStore looks at it
      continue;
    const auto plan = writer_->database().plan_of(each.id);
    EXPECT_THAT(plan, Not(HasSubstr("TEMP B-TREE"))) << each.name;
    for (std::size_t at = plan.find("SCAN "); at != std::string::npos; at = plan.find("SCAN ", at + 1)) {
      const auto step = plan.substr(at, plan.find('\n', at) - at);
      EXPECT_THAT(step, ::testing::AnyOf(HasSubstr(" USING "), HasSubstr("CONSTANT ROW"), HasSubstr("SCAN page_of_"),
                          HasSubstr("SCAN json_each "), ::testing::StrEq("SCAN queued")))  // in the order of its key
        << each.name;
    }
  }
}

TEST_F(SqlStore, ListsUseTheIndexesMadeForThem) {
  const auto plan = [&](statement_id id) { return writer_->database().plan_of(id); };
  EXPECT_THAT(plan(statement_id::list_users_newest_first), HasSubstr("idx_users_created_at"));
  EXPECT_THAT(plan(statement_id::list_users_oldest_first), HasSubstr("idx_users_created_at"));
  EXPECT_THAT(plan(statement_id::select_credentials_by_email), HasSubstr("idx_users_email"));
  EXPECT_THAT(plan(statement_id::list_conversations_newest_first), HasSubstr("idx_conversations_user_created"));
  EXPECT_THAT(plan(statement_id::list_conversations_oldest_first), HasSubstr("idx_conversations_user_created"));
  EXPECT_THAT(
    plan(statement_id::list_conversations_by_archived_newest_first), HasSubstr("idx_conversations_user_archived"));
  EXPECT_THAT(
    plan(statement_id::list_conversations_by_archived_oldest_first), HasSubstr("idx_conversations_user_archived"));
  EXPECT_THAT(plan(statement_id::list_messages_newest_first), HasSubstr("idx_messages_conversation_seq"));
  EXPECT_THAT(plan(statement_id::list_messages_oldest_first), HasSubstr("idx_messages_conversation_seq"));
  EXPECT_THAT(plan(statement_id::list_progress_newest_first), HasSubstr("idx_user_progress_date"));
  EXPECT_THAT(plan(statement_id::list_progress_oldest_first), HasSubstr("idx_user_progress_date"));
  EXPECT_THAT(plan(statement_id::list_progress_by_metric_newest_first), HasSubstr("idx_progress_user_metric"));
  EXPECT_THAT(plan(statement_id::list_progress_by_metric_oldest_first), HasSubstr("idx_progress_user_metric"));
  EXPECT_THAT(plan(statement_id::select_recently_active_users), HasSubstr("idx_user_fences_changed_at"));
  EXPECT_THAT(plan(statement_id::select_person), HasSubstr("idx_sessions_user"));
  EXPECT_THAT(plan(statement_id::list_unfinished_runs), HasSubstr("idx_runs_unfinished"));
  EXPECT_THAT(plan(statement_id::list_runs_with_old_events), HasSubstr("idx_runs_events_ended"));
  EXPECT_THAT(plan(statement_id::purge_sessions), HasSubstr("idx_sessions_expires_at"));
  EXPECT_THAT(plan(statement_id::purge_idempotency_keys), HasSubstr("idx_idempotency_created_at"));
}

TEST_F(SqlStore, TheRoadmapsIndexesAreThere) {
  std::set<std::string> names;
  for (const auto& row : writer_->database().ask("select name from sqlite_master where type = 'index'"))
    names.insert(row[0]);
  for (const auto* name : {"idx_users_email_active", "idx_users_created_at", "idx_messages_user_conversation",
         "idx_messages_agent", "idx_workout_plans_user_active", "idx_workout_plans_created", "idx_user_progress_date",
         "idx_nutrition_logs_user_date"})
    EXPECT_TRUE(names.contains(name)) << name;
}

class recorder : public statement_observer {
public:
  void on_statement(const statement_run& run) noexcept override { runs.push_back(run); }
  std::vector<statement_run> runs;
};

TEST_F(SqlStore, TellsTheObserverOfEveryStatement) {
  recorder seen;
  const auto who = add_person(*writer_, 1);
  const auto reader = open(access::reader, &seen);
  ASSERT_TRUE(reader->answer(find_credentials_of{who}));
  ASSERT_FALSE(reader->answer(find_conversation{who, id_of<conversation_id>(1)}));
  ASSERT_FALSE(write_alone(*reader, batch_of(who, 1, {put_password{"x"}})));

  ASSERT_GE(seen.runs.size(), 3u);
  EXPECT_EQ(seen.runs[0].name, "select_credentials_by_id");
  EXPECT_EQ(seen.runs[0].rows, 1);
  EXPECT_TRUE(seen.runs[0].is_ok);
  EXPECT_GT(seen.runs[0].duration.count(), 0);
  EXPECT_EQ(seen.runs[1].name, "select_conversation");
  EXPECT_EQ(seen.runs[1].rows, 0);
  EXPECT_TRUE(seen.runs[1].is_ok);
  const auto failed = std::ranges::find(seen.runs, false, &statement_run::is_ok);
  ASSERT_NE(failed, seen.runs.end());
  EXPECT_EQ(failed->name, "begin_write") << "a reader is refused at once";
}

TEST_F(SqlStore, AnUnboundedDatabaseMayGrowAgain) {
  auto& database = writer_->database();
  ASSERT_TRUE(writer_->set_max_bytes(1));
  const auto pages = database.ask("pragma page_count")[0][0];
  EXPECT_EQ(database.ask("pragma max_page_count")[0][0], pages);
  ASSERT_TRUE(writer_->set_max_bytes(std::int64_t{1} << 30));
  EXPECT_EQ(database.ask("pragma max_page_count")[0][0], std::to_string((std::int64_t{1} << 30) / 4'096));
  ASSERT_TRUE(writer_->set_max_bytes(0));
  EXPECT_GT(std::stoll(database.ask("pragma max_page_count")[0][0]), 1'000'000'000);
}

TEST_F(SqlStore, IsNotOpenedOverAnotherFileThanTheOneOfTheStart) {
  store_options options;
  options.database = directory_.file();
  options.files = std::make_shared<const database_files>(directory_.file());
  ASSERT_TRUE(options.files->identity());
  EXPECT_TRUE(sql_store::open(options, access::reader));
  add_person(*writer_, 1);
  const auto log = directory_.file("genesis.db-wal");
  const auto logged = std::filesystem::file_size(log);
  ASSERT_GT(logged, 0U);
  const auto aside = directory_.file("aside.db");
  std::filesystem::rename(directory_.file(), aside);
  std::filesystem::copy_file(aside, directory_.file());
  EXPECT_EQ(code_of(sql_store::open(options, access::reader)), errc::unavailable);
  ASSERT_TRUE(std::filesystem::exists(log)) << "what is committed is in there alone";
  EXPECT_EQ(std::filesystem::file_size(log), logged);
  std::filesystem::rename(aside, directory_.file());
  EXPECT_TRUE(sql_store::open(options, access::reader)) << "it is back";
}

/// A connection that is opened later shares the index that this process has open, whatever bears its name by then.
TEST_F(SqlStore, IsNotOpenedAgainOverAnotherIndexThanTheOneOfTheStart) {
  store_options options;
  options.database = directory_.file();
  options.files = std::make_shared<const database_files>(directory_.file());
  const auto index = directory_.file("genesis.db-shm");
  ASSERT_TRUE(std::filesystem::exists(index));
  std::filesystem::remove(index);
  EXPECT_EQ(code_of(sql_store::open(options, access::writer)), errc::unavailable);
  EXPECT_FALSE(std::filesystem::exists(index));
  std::ofstream{index} << "another's";
  EXPECT_EQ(code_of(sql_store::open(options, access::writer)), errc::unavailable);
}

TEST_F(SqlStore, LeavesTheLogOfAFileThatHasTakenItsPlaceWhenItIsClosed) {
  add_person(*writer_, 1);
  const auto log = directory_.file("genesis.db-wal");
  const auto aside = directory_.file("aside.db");
  std::filesystem::rename(directory_.file(), aside);
  std::filesystem::copy_file(aside, directory_.file());
  const auto logged = std::filesystem::file_size(log);
  ASSERT_GT(logged, 0U);
  writer_.reset();
  ASSERT_TRUE(std::filesystem::exists(log));
  EXPECT_EQ(std::filesystem::file_size(log), logged);
}

}  // namespace
}  // namespace genesis::storage
