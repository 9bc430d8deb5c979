#include "storage/invariants.hpp"
#include "storage/table_layout.hpp"
#include "storage/transfer.hpp"
#include "storage/unfinished_copy.hpp"
#include "tests/storage/postgres_server.hpp"
#include "tests/storage/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sys/wait.h>

namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct direction {
  engine from;
  engine to;
};

std::string name_of(const ::testing::TestParamInfo<direction>& tested) {
  const auto name = [](engine kind) { return std::string{kind == engine::sqlite ? "Sqlite" : "Postgresql"}; };
  return name(tested.param.from) + "To" + name(tested.param.to);
}

/// Small batches: many places at which a copy may be cut off.
constexpr std::int64_t few_rows = 3;

/// An installation with some of everything, and a place to copy it to.
class Transfer : public ::testing::TestWithParam<direction> {
protected:
  Transfer() {
    postgres_server::shared();  // before anybody forks
    from_ = GetParam().from == engine::sqlite ? database_url{directory_.file("from.db")}
                                              : server().location_of(server().create_database());
    to_ = new_target();
    EXPECT_TRUE(migrate(from_));
    fill();
  }

  static postgres_server& server() { return postgres_server::shared(); }

  /// Nothing is there yet: no file, or no table.
  database_url new_target() {
    if (GetParam().to == engine::sqlite)
      return directory_.file("to" + std::to_string(++targets_) + ".db");
    return server().location_of(server().create_empty_database());
  }

  static std::unique_ptr<sql_store> open(const database_url& database, std::string claimed_by = {}) {
    store_options options;
    options.database = database;
    options.claimed_by = std::move(claimed_by);
    auto opened = sql_store::open(options, access::writer);
    EXPECT_TRUE(opened) << opened.error().detail;
    return std::move(*opened);
  }
  /// Over a connection of its own, which ends at once.
  static text_rows sql(const database_url& database, const std::string& text) {
    const auto opened = connection::open({.database = database});
    EXPECT_TRUE(opened) << opened.error().detail;
    return (*opened)->ask(text);
  }

  void fill() {
    const auto store = open(from_);
    talk ann(*store, 1);
    talk bob(*store, 2);
    for (const auto& text : texts())
      ann.say(text);
    bob.say("Nobody else's");
    auto person = full_user(1);
    person.weight_kg.reset();  // its measurement is not there
    person.body_fat_pct.reset();
    std::vector<mutation> rest{put_user{person}, put_preferences{full_preferences()}, put_session{session_of(3)},
      put_session{session_of(4)}, put_used_refresh_token{hash_of(9), id_of<session_id>(3), at_ms(7)},
      put_used_refresh_token{hash_of(8), id_of<session_id>(3), at_ms(8)}, put_api_key{api_key_of(3)},
      put_item<workout_plan>{full_workout_plan(5)}, put_item<nutrition_plan>{full_nutrition_plan(6)},
      put_item<nutrition_log>{full_log(7)}, put_run{ended_run()},
      put_run_events{id_of<run_id>(1), {token_of(1, awkward_text), token_of(2, "b")}},
      put_run_events{id_of<run_id>(1), {token_of(3, "c")}}, put_run_events{id_of<run_id>(1), {token_of(4, "d")}},
      put_run_events{id_of<run_id>(1), {token_of(11, "e")}}};
    for (const double value : {60.1 + 0.2, 100.0 / 3, std::nextafter(90.0, 91.0), std::nextafter(500.0, 0.0), 80.0})
      rest.push_back(put_progress{record_of(static_cast<std::uint32_t>(rest.size()), at_, {}, value)});
    for (const auto* key : {"a", "b'\\", "c:d"})
      rest.push_back(put_idempotency{{{key, hash_of(1)}, 201, awkward_text, "/x", "\"1\"", "", at_ms(3)}});
    auto of_ann = conversation_of(1);
    of_ann.message_count = std::ssize(texts());
    rest.push_back(put_conversation{of_ann});
    EXPECT_TRUE(ann.write(std::move(rest)));
    auto of_bob = conversation_of(2);
    of_bob.message_count = 1;
    EXPECT_TRUE(bob.write({put_conversation{of_bob}}));
    EXPECT_TRUE(store->answer(put_invitation{{hash_of(5), "new@example.org", user_role::coach, at_ms(1), at_ms(9)}}));
  }

  static std::vector<std::string> texts() {
    return {awkward_text, "I went running", "Voy a correr ma\u00f1ana", "", "\\N", "\\", "tab\there\r\n\v\f\b", "''",
      std::string(70'000, 'x') + " running", "a:b,c", "the last word"};
  }

  run ended_run() {
    auto made = run_of(1, id_of<conversation_id>(1), id_of<message_id>(1'002), run_status::success);
    made.user_message = id_of<message_id>(1'001);
    made.ended_at = at_ms(60);
    return made;
  }

  /// What the program finds in both is the same.
  void expect_copy() {
    const auto source = open(from_);
    const auto target = open(to_);
    for (const std::uint32_t number : {1U, 2U}) {
      const auto who = id_of<user_id>(number);
      const auto before = source->answer(load_user{who}).value();
      const auto after = target->answer(load_user{who}).value();
      EXPECT_EQ(after.person, before.person);
      EXPECT_EQ(after.prefs, before.prefs);
      EXPECT_EQ(after.sessions, before.sessions);
      EXPECT_EQ(after.api_keys, before.api_keys);
      EXPECT_EQ(after.version, before.version);
      EXPECT_EQ(target->answer(find_credentials_of{who})->password_hash, "hash" + std::to_string(number));
      const auto same = [&](const auto& question) {
        const auto there = source->answer(question);
        const auto here = target->answer(question);
        ASSERT_TRUE(there && here);
        EXPECT_EQ(here->items, there->items);
      };
      const page_query all{100, {}};
      same(list_conversations{who, {}, all});
      same(list_messages{who, id_of<conversation_id>(number), all});
      same(list_progress{.user = who, .page = all});
      same(list_plans<workout_plan>{.user = who, .page = all});
      same(list_plans<nutrition_plan>{.user = who, .page = all});
      same(list_nutrition_logs{.user = who, .page = all});
    }
    const auto ann = id_of<user_id>(1);
    EXPECT_EQ(target->answer(list_messages{ann, id_of<conversation_id>(1), {100, {}}})->items.size(), texts().size());
    EXPECT_EQ(target->answer(load_run_log{ann, id_of<run_id>(1)})->events,
      source->answer(load_run_log{ann, id_of<run_id>(1)})->events);
    EXPECT_EQ(
      target->answer(find_idempotency{ann, "b'\\"}).value(), source->answer(find_idempotency{ann, "b'\\"}).value());
    EXPECT_EQ(target->answer(find_used_refresh_token{ann, hash_of(8)}).value(), id_of<session_id>(3));
    EXPECT_EQ(target->answer(find_invitation{hash_of(5)})->email, "new@example.org");
    for (const auto* query : {"run", "correr", "last word", "other", "-running word"})
      EXPECT_EQ(found_in(*target, query), found_in(*source, query)) << query;
    EXPECT_EQ(found_in(*target, "run").size(), 2U);
  }
  static std::vector<message_id> found_in(sql_store& store, std::string_view query) {
    std::vector<message_id> ids;
    const auto found = store.answer(search_messages{id_of<user_id>(1), parsed(query), {100, {}}});
    if (!found) {
      ADD_FAILURE() << query << ": " << found.error().detail;
      return ids;
    }
    for (const auto& each : found->items)
      ids.push_back(each.message.id);
    std::ranges::sort(ids);
    return ids;
  }

  static std::vector<std::string_view> broken(const database_url& database) {
    std::vector<std::string_view> sentences;
    const auto found = check_invariants(database);
    EXPECT_TRUE(found) << found.error().detail;
    for (const auto& each : found.value_or(std::vector<invariant_finding>{}))
      if (each.violations != 0)
        sentences.push_back(each.sentence);
    return sentences;
  }

  result<transfer_report> copy() { return transfer_database(from_, to_, {.batch_rows = few_rows}); }

  /// Copies in a process of its own, which is killed where it is told for the `number`th time how far it has come in
  /// this phase. False when it has come to its end before.
  bool copy_until_killed(transfer_phase phase, int number) {
    const auto child = ::fork();
    if (child == 0) {
      const auto done =
        transfer_database(from_, to_, {.batch_rows = few_rows, .on_progress = [&](const transfer_progress& now) {
                                         if (now.phase == phase && --number == 0)
                                           ::kill(::getpid(), SIGKILL);
                                       }});
      ::_exit(done ? 0 : 1);
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "it failed by itself";
    return WIFSIGNALED(status);
  }

  /// The error of a copy that must not come to pass.
  error refusal() {
    const auto done = copy();
    EXPECT_FALSE(done) << "it was copied";
    return done ? error{} : done.error();
  }
  void expect_refusal(errc code, const std::string& word) {
    const auto why = refusal();
    EXPECT_EQ(why.code, code) << why.detail;
    EXPECT_THAT(why.detail, HasSubstr(word));
  }

  database_directory directory_;
  database_url from_;
  database_url to_;
  std::int64_t at_ = 1'000;
  int targets_ = 0;
};

TEST_P(Transfer, BringsEverythingAndFinishes) {
  const auto done = copy();
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_EQ(done->tables.size(), 16U);
  EXPECT_EQ(done->rows, done->rows_copied);
  EXPECT_FALSE(done->went_on);
  for (const auto& each : done->tables)
    EXPECT_GT(each.rows, 0) << each.name << " is not tried by this test";
  EXPECT_THAT(broken(to_), IsEmpty());
  expect_copy();
}

TEST_P(Transfer, LeavesTheSourceAsItIsAndGivesItBack) {
  const auto before = sql(from_, "select count(*), max(version) from user_fences");
  ASSERT_TRUE(copy());
  EXPECT_EQ(sql(from_, "select count(*), max(version) from user_fences"), before);
  const auto store = open(from_, "somebody");
  const auto bob = id_of<user_id>(2);
  EXPECT_TRUE(write_alone(*store, batch_of(bob, store->answer(load_user{bob})->version, {put_password{"x"}})));
}

TEST_P(Transfer, CanBeWrittenToAndSearchedInLikeAnyOther) {
  ASSERT_TRUE(copy());
  const auto store = open(to_);
  const auto bob = id_of<user_id>(2);
  const auto version = store->answer(load_user{bob})->version;
  auto said = message_of(9'999, id_of<conversation_id>(2), 2);
  said.content = "and now swimming";
  ASSERT_TRUE(write_alone(*store, batch_of(bob, version, {put_message{said}})));
  EXPECT_EQ(store->answer(search_messages{bob, parsed("swim"), {}})->items.size(), 1U);
  auto changed = said;
  changed.content = "and now cycling";
  ASSERT_TRUE(write_alone(*store, batch_of(bob, version + 1, {put_message{changed}})));
  EXPECT_EQ(store->answer(search_messages{bob, parsed("swim"), {}})->items.size(), 0U);
  EXPECT_TRUE(write_alone(
    *store, batch_of(id_of<user_id>(1), store->answer(load_user{id_of<user_id>(1)})->version, {remove_user{}})));
}

TEST_P(Transfer, GoesOnWhereItWasKilled) {
  int at = 0;
  for (const auto phase : {transfer_phase::copying, transfer_phase::verifying})
    for (int step = 1;; step += 1 + step / 2) {
      to_ = new_target();
      if (!copy_until_killed(phase, step))
        break;
      ++at;
      const auto refused = pending_migrations(to_);
      ASSERT_FALSE(refused) << "half of an installation is not to be served";
      EXPECT_THAT(refused.error().detail, HasSubstr("not finished"));
      EXPECT_EQ(code_of(migrate(to_)), errc::conflict);
      const auto done = copy();
      ASSERT_TRUE(done) << done.error().detail;
      EXPECT_TRUE(done->went_on);
      EXPECT_EQ(done->rows_copied < done->rows, step > 1 || phase == transfer_phase::verifying)
        << "nothing is copied twice; killed at " << step;
      EXPECT_THAT(broken(to_), IsEmpty());
      expect_copy();
    }
  EXPECT_GE(at, 12);
}

TEST_P(Transfer, IsKilledAgainAndAgainAndComesToItsEnd) {
  int kills = 0;
  while (copy_until_killed(transfer_phase::copying, 7))  // the tables that are done are told of, too
    ASSERT_LT(++kills, 40);
  EXPECT_GE(kills, 1);
  expect_copy();
}

TEST_P(Transfer, IsRefusedAsASourceWhileItIsUnfinished) {
  ASSERT_TRUE(copy_until_killed(transfer_phase::copying, 20));
  from_ = std::exchange(to_, new_target());
  expect_refusal(errc::conflict, "itself the target of a copy");
}

TEST_P(Transfer, SaysWhenTheSourceHasChangedMeanwhile) {
  ASSERT_TRUE(copy_until_killed(transfer_phase::copying, 20));
  const auto before = sql(to_, "select count(*) from user_fences");
  sql(from_, "delete from invitations");
  const auto why = refusal();
  EXPECT_EQ(why.code, errc::conflict);
  EXPECT_THAT(why.detail, HasSubstr("the source has changed since that copy was begun (invitations)"));
  EXPECT_EQ(sql(to_, "select count(*) from user_fences"), before);
}

TEST_P(Transfer, TellsAnotherSourceApart) {
  ASSERT_TRUE(copy_until_killed(transfer_phase::copying, 20));
  const database_url other = directory_.file("other.db");
  ASSERT_TRUE(migrate(other));
  from_ = other;
  expect_refusal(errc::conflict, "this is another source");
}

TEST_P(Transfer, BeginsAnewWhereNothingWasCopiedYet) {
  ASSERT_TRUE(copy_until_killed(transfer_phase::copying, 1));
  sql(from_, "delete from invitations");
  const auto done = copy();
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_FALSE(done->went_on);
}

TEST_P(Transfer, KeepsServersAwayFromTheFirstRowThatItReads) {
  ASSERT_TRUE(copy_until_killed(transfer_phase::reading, 1));
  const auto refused = pending_migrations(to_);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().detail, HasSubstr("not finished"));
  const auto done = copy();
  ASSERT_TRUE(done) << done.error().detail;
  EXPECT_FALSE(done->went_on);
  expect_copy();
}

TEST_P(Transfer, SeesWhatIsNotTheSame) {
  struct damage {
    const char* sql;
    const char* said;
  };
  for (const auto& [change, said] :
    {damage{
       "update messages set content = content || '.' where seq = 2", "messages has other values in some of its rows"},
      damage{"update progress_records set value = value * 1.0000000000000002 where value = 80",
        "progress_records has other values in some of its rows"},
      damage{"update users set full_name = '' where full_name is null", "users has other values in some of its rows"},
      damage{"delete from run_chunks where first_seq = 3", "run_chunks has 3 rows for 4"},
      damage{"insert into invitations values ('x@example.org', 'y', 'user', 1, 1)", "invitations has 2 rows for 1"}}) {
    to_ = new_target();
    ASSERT_TRUE(copy_until_killed(transfer_phase::verifying, 1));
    sql(to_, change);
    expect_refusal(errc::conflict, said);
    EXPECT_FALSE(pending_migrations(to_)) << "it is not to be served";
  }
}

TEST_P(Transfer, GoesIntoAnEmptyDatabaseOnly) {
  ASSERT_TRUE(copy());
  expect_refusal(errc::conflict, "is not empty: there are rows in user_fences");
  to_ = new_target();
  ASSERT_TRUE(migrate(to_));
  sql(to_, "insert into invitations values ('x@example.org', 'y', 'user', 1, 1)");
  expect_refusal(errc::conflict, "is not empty: there are rows in invitations");
  sql(to_, "delete from invitations");
  EXPECT_TRUE(copy());
}

TEST_P(Transfer, LeavesAnotherProgramsDatabaseAlone) {
  to_ = GetParam().to == engine::sqlite ? database_url{directory_.file("other.db")} : new_target();
  ASSERT_TRUE(connection::open({.database = to_, .may_create = true}));
  sql(to_, "create table things (id integer)");
  sql(to_, "insert into things values (7)");
  expect_refusal(errc::conflict, "another program");
  EXPECT_THAT(sql(to_, "select id from things"), ElementsAre(ElementsAre("7")));
}

TEST_P(Transfer, NeedsTheProgramsSchemaOnBothSides) {
  sql(from_, "update schema_migrations set number = 99 where number = 7");
  expect_refusal(errc::conflict, "newer than the program");
  sql(from_, "delete from schema_migrations where number = 99");
  expect_refusal(errc::conflict, "run genesis migrate");
  std::error_code ignored;
  EXPECT_FALSE(GetParam().to == engine::sqlite && std::filesystem::exists(to_.file(), ignored))
    << "nothing is made before the source is looked at";
}

TEST_P(Transfer, NeedsTheProgramsSchemaInTheTarget) {
  ASSERT_TRUE(migrate(to_, {.migrations = embedded_migrations().first(6)}));
  expect_refusal(errc::conflict, "run genesis migrate");
}

TEST_P(Transfer, IsForDatabasesThatNobodyUses) {
  {
    const auto server_of_source = open(from_, "somebody");
    expect_refusal(errc::unavailable, "in use");
  }
  ASSERT_TRUE(migrate(to_));
  {
    const auto server_of_target = open(to_, "somebody");
    expect_refusal(errc::unavailable, "in use");
  }
  EXPECT_TRUE(copy());
}

TEST_P(Transfer, LetsNobodyInMeanwhile) {
  bool was_asked = false;
  const auto done = transfer_database(from_, to_, {.on_progress = [&](const transfer_progress& now) {
    if (now.phase != transfer_phase::copying || std::exchange(was_asked, true))
      return;
    for (const auto& database : {from_, to_}) {
      store_options options;
      options.database = database;
      options.busy_timeout = std::chrono::milliseconds{1};
      options.claimed_by = "somebody";
      EXPECT_FALSE(sql_store::open(options, access::writer)) << database.text();
    }
  }});
  EXPECT_TRUE(done) << done.error().detail;
  EXPECT_TRUE(was_asked);
}

TEST_P(Transfer, IsNotFromADatabaseIntoItself) {
  if (GetParam().from == engine::sqlite) {
    const auto link = directory_.file("link.db");
    std::filesystem::create_symlink(from_.file(), link);
    to_ = link;
  } else {
    to_ = database_url::parse(from_.text() + "&application_name=other").value();
  }
  expect_refusal(errc::invalid_argument, "is the database that is to be copied");
  to_ = from_;
  expect_refusal(errc::invalid_argument, "is the database that is to be copied");
}

TEST_P(Transfer, NamesWhatTheTargetCannotHoldBeforeAnythingIsCopied) {
  struct stray {
    std::string done;
    std::string said;
  };
  std::vector<stray> strays;
  if (GetParam().from == engine::sqlite)
    strays = {{"update conversations set title = 'a' || char(0) || 'b' where user_id like '%1'", "title holds NUL"},
      {"update conversations set title = cast(x'61ff' as text) where user_id like '%1'", "title is not UTF-8"},
      {"update conversations set title = x'61' where user_id like '%1'", "title is not a text"},
      {"update conversations set title = null; update users set is_active = 'yes' where email like 'person2%'",
        "is_active is not a whole number"}};
  if (GetParam().from == engine::sqlite && GetParam().to == engine::postgresql)
    strays.push_back({"update users set is_active = 1; update users set sex = 'seventeen letters' where email like "
                      "'person2%'",
      "sex has more than 16 characters"});
  if (GetParam().from == engine::postgresql && GetParam().to == engine::sqlite)
    strays.push_back({"update progress_records set value = 'NaN' where value = 80", "value is not a number"});
  for (const auto& each : strays) {
    sql(from_, each.done);
    const auto why = refusal();
    EXPECT_EQ(why.code, errc::invalid_argument);
    EXPECT_THAT(why.detail, HasSubstr(each.said));
    EXPECT_THAT(why.detail, HasSubstr("id"));
    EXPECT_THAT(sql(to_, "select count(*) from user_fences"), ElementsAre(ElementsAre("0")));
    EXPECT_TRUE(pending_migrations(to_)) << "nothing was begun there";
  }
}

TEST_P(Transfer, GivesTheTargetBackWhenTheSourceCannotBeRead) {
  if (GetParam().from != engine::sqlite)
    return;
  sql(from_, "pragma wal_checkpoint(truncate)");
  {
    // The long message goes on from page to page: one of them leads nowhere now.
    std::fstream file(from_.file(), std::ios::in | std::ios::out | std::ios::binary);
    const std::string pages{std::istreambuf_iterator<char>{file}, {}};
    std::size_t at = 0;
    while (at + 4'096 <= pages.size() && pages.compare(at + 4, 4'092, std::string(4'092, 'x')) != 0)
      at += 4'096;
    ASSERT_LT(at + 4'096, pages.size());
    file.clear();
    file.seekp(static_cast<std::streamoff>(at)).write("\x7f\x7f\x7f\x7f", 4);
  }
  const auto why = refusal();
  EXPECT_THAT(why.detail, HasSubstr("from.db"));
  EXPECT_TRUE(pending_migrations(to_)) << "nothing was begun there";
}

TEST_P(Transfer, KeepsNumbersToTheLastBit) {
  sql(from_, "update progress_records set value = -0.0 where value = 80");
  sql(from_, "update user_fences set changed_at = -9223372036854775807 where user_id like '%2'");
  ASSERT_TRUE(copy());
  EXPECT_THAT(sql(to_, "select count(*) from progress_records where value = 0"), ElementsAre(ElementsAre("1")));
  EXPECT_THAT(sql(to_, "select changed_at from user_fences where user_id like '%2'"),
    ElementsAre(ElementsAre("-9223372036854775807")));
}

TEST_P(Transfer, TellsHowFarItHasCome) {
  std::vector<transfer_progress> told;
  ASSERT_TRUE(transfer_database(
    from_, to_, {.batch_rows = few_rows, .on_progress = [&](const transfer_progress& now) { told.push_back(now); }}));
  for (const auto phase : {transfer_phase::reading, transfer_phase::copying, transfer_phase::verifying}) {
    const auto last = std::ranges::find(told.rbegin(), told.rend(), phase, &transfer_progress::phase);
    ASSERT_NE(last, told.rend());
    EXPECT_EQ(last->rows, last->rows_all);
    std::int64_t before = 0;
    for (const auto& each : told)
      if (each.phase == phase) {
        EXPECT_GE(each.rows, before);
        EXPECT_LE(each.table_rows, each.table_rows_all);
        before = each.rows;
      }
  }
}

INSTANTIATE_TEST_SUITE_P(Each, Transfer,
  ::testing::Values(direction{engine::sqlite, engine::postgresql}, direction{engine::postgresql, engine::sqlite},
    direction{engine::sqlite, engine::sqlite}, direction{engine::postgresql, engine::postgresql}),
  &name_of);

/// A migration that adds a table has to say whether it is copied.
TEST(TableLayouts, KnowEveryTableOfBothDatabases) {
  const database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  const auto& server = postgres_server::shared();
  std::vector<std::vector<table_layout>> both;
  for (const database_url& each :
    {database_url{directory.file()}, server.location_of(postgres_server::shared().create_database())}) {
    const auto opened = connection::open({.database = each});
    ASSERT_TRUE(opened);
    const auto layouts = layouts_in(**opened);
    for (const auto& table : (*opened)->backend().tables())
      EXPECT_TRUE(table == "schema_migrations" || table.starts_with("message_search") ||
                  std::ranges::find(layouts, table, &table_layout::name) != layouts.end())
        << table;
    both.push_back(layouts);
  }
  ASSERT_EQ(both[0].size(), both[1].size());
  for (std::size_t i = 0; i < both[0].size(); ++i) {
    EXPECT_EQ(both[0][i].columns, both[1][i].columns) << both[0][i].name;
    EXPECT_GE(both[0][i].columns.size(), 3U);
  }
}

}  // namespace
}  // namespace genesis::storage
