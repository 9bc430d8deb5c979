#include "storage/invariants.hpp"
#include "storage/maintenance.hpp"
#include "tests/storage/store_under_test.hpp"
#include "tests/storage/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <random>
#include <set>

/// What a search finds, the same in every store.
namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class Search : public ::testing::TestWithParam<kind_of_store> {
protected:
  store_under_test store_{GetParam()};
  talk ann_{*store_, 1};
};

INSTANTIATE_TEST_SUITE_P(Conformance, Search,
  ::testing::Values(
    kind_of_store::memory, kind_of_store::sqlite, kind_of_store::sqlite_indexed, kind_of_store::postgresql),
  [](const auto& chosen) { return std::string{name_of(chosen.param)}; });

TEST_P(Search, FindsWordsInWhateverForm) {
  ann_.say("I was running by the river");
  ann_.say("Corr\u00eda cada ma\u00f1ana");
  ann_.say("nothing of the kind");
  EXPECT_THAT(ann_.find("runs"), ElementsAre("I was running by the river"));
  EXPECT_THAT(ann_.find("RUN"), ElementsAre("I was running by the river"));
  EXPECT_THAT(ann_.find("correr"), ElementsAre("Corr\u00eda cada ma\u00f1ana"));
  EXPECT_THAT(ann_.find("manana"), ElementsAre("Corr\u00eda cada ma\u00f1ana"));
  EXPECT_THAT(ann_.find("river running"), ElementsAre("I was running by the river"));
  EXPECT_THAT(ann_.find("river swimming"), IsEmpty());
}

TEST_P(Search, FindsPhrasesOnlyWhereTheirWordsStandSideBySide) {
  ann_.say("Leg days are hard");
  ann_.say("A leg hurts all day");
  EXPECT_THAT(ann_.find("\"leg day\""), ElementsAre("Leg days are hard"));
  EXPECT_THAT(ann_.find("leg-day"), ElementsAre("Leg days are hard"));
  EXPECT_THAT(ann_.find("leg day"), UnorderedElementsAre("Leg days are hard", "A leg hurts all day"));
  EXPECT_THAT(ann_.find("\"day leg\""), IsEmpty());
}

TEST_P(Search, LeavesOutWhatIsExcluded) {
  ann_.say("protein and whey");
  ann_.say("protein and beans after training");
  ann_.say("protein and beans");
  EXPECT_THAT(ann_.find("protein -whey -\"after training\""), ElementsAre("protein and beans"));
  EXPECT_THAT(ann_.find("protein -bea*"), ElementsAre("protein and whey"));
}

TEST_P(Search, FindsBeginningsOfWords) {
  ann_.say("Recuperaci\u00f3n activa");
  ann_.say("active recovery");
  EXPECT_THAT(ann_.find("recu*"), ElementsAre("Recuperaci\u00f3n activa"));
  EXPECT_THAT(ann_.find("recuperaci\u00f3*"), ElementsAre("Recuperaci\u00f3n activa"));
  EXPECT_THAT(ann_.find("active-rec*"), ElementsAre("active recovery"));
  EXPECT_THAT(ann_.find("covery*"), IsEmpty());
}

TEST_P(Search, TakesSignsAndWordsOfQueryLanguagesForText) {
  ann_.say("near or not and squat");
  EXPECT_EQ(ann_.find("NEAR OR NOT AND squat").size(), 1u);
  for (const auto* text : {"a'b", "squat:*", "a&b", "'); drop table messages; --", "content:squat", "owner:squat",
         "{x}", "x^y", "\\'squat", "$1", "squat(", "NEAR(squat)", "\u00bfsquat?"})
    EXPECT_TRUE(store_->answer(search_messages{ann_.who(), parsed(text), {}})) << text;
  EXPECT_EQ(ann_.find("squat(").size(), 1u);
  EXPECT_THAT(ann_.find("\u2603"), IsEmpty()) << "no letter in it";
}

TEST_P(Search, ShowsNobodyWhatOthersHaveSaid) {
  talk bob{*store_, 2};
  bob.say("squats of bob");
  ann_.say("squats of ann");
  EXPECT_THAT(ann_.find("squat"), ElementsAre("squats of ann"));
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
  // Who writes the other's term of the index does not get into their results.
  ann_.say(owner_term(bob.who()) + " squat @" + owner_term(bob.who()));
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
}

TEST_P(Search, FollowsWhatIsChangedAndRemoved) {
  ann_.say("");
  ann_.say("squats");
  ann_.change(1, "deadlifts and squats");
  EXPECT_THAT(ann_.find("deadlift"), ElementsAre("deadlifts and squats"));
  ann_.change(1, "nothing");
  EXPECT_THAT(ann_.find("deadlift"), IsEmpty());
  EXPECT_THAT(ann_.find("squat"), ElementsAre("squats"));
  ASSERT_TRUE(ann_.write({remove_conversation{ann_.where()}}));
  EXPECT_THAT(ann_.find("squat"), IsEmpty());
}

TEST_P(Search, ForgetsWithAPerson) {
  ann_.say("squats");
  ASSERT_TRUE(ann_.write({remove_user{}}));
  EXPECT_THAT(ann_.find("squat"), IsEmpty());
  talk bob{*store_, 2};
  bob.say("squats of bob");
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
}

TEST_P(Search, RanksWhatIsMoreAboutItHigher) {
  ann_.say("There is one squat in this long message about many other things that have nothing to do with it at all");
  ann_.say("squat, squat and squat");
  ann_.say("squat today");
  const auto found = ann_.search("squat").items;
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found.front().message.content, "squat, squat and squat");
  EXPECT_GT(found[0].score, 0);
  EXPECT_TRUE(std::ranges::is_sorted(found, std::greater{}, &found_message::score));
}

TEST_P(Search, ShowsTheNewestOfEquals) {
  ann_.say("squat one");
  ann_.say("squat two");
  EXPECT_THAT(ann_.find("squat"), ElementsAre("squat two", "squat one"));
}

TEST_P(Search, MarksWhatWasFound) {
  ann_.say("I was running");
  EXPECT_THAT(
    ann_.search("run").items.at(0).snippet, ElementsAre(snippet_part{"I was ", false}, snippet_part{"running", true}));
}

TEST_P(Search, IsReadPageByPage) {
  std::set<std::string> said;
  for (int i = 0; i < 23; ++i) {
    ann_.say("squat " + std::string(static_cast<std::size_t>(i % 5), 'x') + " number " + std::to_string(i));
    ann_.say("something else");
  }
  std::vector<message_id> read;
  page_query query{5, std::nullopt, list_order::newest_first};
  for (bool has_more = true; has_more;) {
    const auto found = ann_.search("squat", query);
    ASSERT_FALSE(found.items.empty());
    for (const auto& each : found.items)
      read.push_back(each.message.id);
    const auto& last = found.items.back();
    query.after = list_position{last.score, last.message.id.value};
    has_more = found.has_more;
    ann_.say("squat between two pages, which is long enough to stand behind or before what was read already");
  }
  EXPECT_GE(read.size(), 23u);
  EXPECT_EQ(std::set(read.begin(), read.end()).size(), read.size()) << "a message was shown twice";
}

TEST_P(Search, KeepsTheLongestMessage) {
  std::string longest;
  for (std::size_t i = 0; i < message_length_max / 2; ++i)
    longest += "\ufdfa ";
  ann_.say(longest);
  std::string words = "squat";
  while (words.size() < message_length_max - 8)
    words += " w" + std::to_string(words.size());
  ann_.say(words + " finale");
  EXPECT_EQ(ann_.find("squat finale").size(), 1u);
}

TEST(SearchStores, FindTheSameForRandomQueries) {
  store_under_test memory{kind_of_store::memory};
  store_under_test sqlite{kind_of_store::sqlite};
  store_under_test postgresql{kind_of_store::postgresql};
  talk people[] = {{*memory, 1}, {*sqlite, 1}, {*postgresql, 1}};
  std::mt19937 random{7};
  for (int i = 0; i < 100; ++i) {
    const auto text = random_text(random, 8);
    for (auto& each : people)
      each.say(text);
  }
  std::size_t hits = 0;
  for (int i = 0; i < 300; ++i) {
    const auto query = random_query(random);
    if (!parse_search_query(query))
      continue;
    SCOPED_TRACE(query);
    const page_query all{1'000, std::nullopt, list_order::newest_first};
    const auto expected = people[0].search(query, all).items;
    EXPECT_EQ(people[1].search(query, all).items, expected) << "SQLite, in the same order with the same scores";
    std::set<message_id> ids;
    std::set<message_id> found;
    for (const auto& each : expected)
      ids.insert(each.message.id);
    for (const auto& each : people[2].search(query, all).items)
      found.insert(each.message.id);
    EXPECT_EQ(found, ids) << "PostgreSQL";
    hits += expected.size();
  }
  EXPECT_GT(hits, 300u);
}

std::unique_ptr<sql_store> open_store(const database_url& where, access mode) {
  store_options options;
  options.database = where;
  auto opened = sql_store::open(options, mode);
  EXPECT_TRUE(opened) << opened.error().detail;
  return std::move(*opened);
}

constexpr int old_messages = 50'000;

/// A database with the messages of one person from before there was a search.
void fill_old_database(const database_url& where) {
  std::vector<migration> old;
  std::ranges::copy_if(
    embedded_migrations(), std::back_inserter(old), [](const auto& each) { return each.number < 5; });
  ASSERT_TRUE(migrate(where, {.migrations = old}));
  const auto database = connection::open({.database = where});
  const auto who = to_string(id_of<user_id>(1));
  const auto talk = to_string(id_of<conversation_id>(1));
  (*database)->run_script("insert into user_fences values ('" + who +
                          "', 1, 1, 1); insert into conversations values ('" + talk + "', '" + who +
                          "', null, null, 0, 1, 1, 1, 1, 1)");
  (*database)->run_script(
    "insert into messages with recursive n (i) as (select 1 union all select i + 1 from n where i < " +
    std::to_string(old_messages) + ") select '00000000-0000-7000-8000-' || cast(100000000000 + i as text), '" + who +
    "', '" + talk + "', i, 'user', null, 'O''Brien ran ' || i, 'complete', null, '[]', '{}', 1, 1, 1 from n");
}

void expect_old_messages_found(const database_url& where) {
  ASSERT_TRUE(migrate(where));
  const auto opened = open_store(where, access::reader);
  EXPECT_EQ(opened->database().ask("select count(*) from messages").at(0).at(0), std::to_string(old_messages));
  for (const auto* text : {"brien 1", "brien 500", "brien 501", "brien 50000"}) {
    const auto found = opened->answer(search_messages{id_of<user_id>(1), parsed(text), {}});
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->items.size(), 1u) << text;
  }
  const auto checked = check_invariants(where);
  ASSERT_TRUE(checked) << checked.error().detail;
  const auto index = std::ranges::find(*checked,
    "every message is in the full-text index or waits for it, and nothing else is found there",
    &invariant_finding::sentence);
  ASSERT_NE(index, checked->end());
  EXPECT_EQ(index->violations, 0);
}

TEST(SearchMigration, IndexesTheMessagesThatAreThereOnSqlite) {
  database_directory directory;
  fill_old_database(directory.file());
  expect_old_messages_found(directory.file());
}

TEST(SearchMigration, IndexesTheMessagesThatAreThereOnPostgresql) {
  auto& server = postgres_server::shared();
  const auto where = server.location_of(server.create_empty_database());
  fill_old_database(where);
  expect_old_messages_found(where);
}

/// `vacuum` gives rows of tables other numbers, and `vacuum into` makes the copies before migrations.
TEST(SearchIndex, OfSqliteOutlivesAVacuum) {
  database_directory directory;
  ASSERT_TRUE(migrate(directory.file()));
  const auto opened = open_store(directory.file(), access::writer);
  talk ann{*opened, 1};
  for (int i = 0; i < 5; ++i)
    ann.say("word" + std::to_string(i));
  auto& database = opened->database();
  EXPECT_EQ(purge_expired(*opened, at_ms(1))->indexed_messages, 5);
  database.run_script("delete from messages where seq = 2; vacuum");
  EXPECT_EQ(purge_expired(*opened, at_ms(1))->unindexed_messages, 1);
  ann.change(6, "word6");
  EXPECT_THAT(ann.find("word3"), ElementsAre("word3"));
  EXPECT_THAT(ann.find("word6"), ElementsAre("word6"));
  EXPECT_THAT(ann.find("word1"), IsEmpty());
  EXPECT_NO_THROW(
    database.run_script("insert into message_search (message_search, rank) values ('integrity-check', 1)"));
}

/// SQLite's index is left by deleted messages some at a time, behind their deletion.
class SearchPurge : public ::testing::Test {
protected:
  SearchPurge() {
    EXPECT_TRUE(migrate(directory_.file()));
    store_ = open_store(directory_.file(), access::writer);
    ann_.emplace(*store_, 1);
    store_->database().run_script("create virtual table temp.terms using fts5vocab (main, message_search, row)");
  }

  std::int64_t purge(std::int64_t unindexed_max = 200) {
    const auto purged = purge_expired(*store_, at_ms(1), {.unindexed_max = unindexed_max});
    EXPECT_TRUE(purged) << purged.error().detail;
    return purged ? purged->unindexed_messages : -1;
  }
  /// Empties the queue before the index, so that it is the index that is left.
  void index() { EXPECT_EQ(purge(), 0); }
  std::vector<std::string> terms() {
    std::vector<std::string> all;
    for (auto& row : store_->database().ask("select substr(term, 34) from temp.terms order by term"))
      all.push_back(std::move(row.at(0)));
    return all;
  }
  /// Deleted messages whose terms are in the index.
  int gone() { return std::stoi(store_->database().ask("select count(*) from message_search_gone").at(0).at(0)); }
  void expect_sound() {
    EXPECT_NO_THROW(
      store_->database().run_script("insert into message_search (message_search, rank) values ('integrity-check', 1)"));
  }

  database_directory directory_;
  std::unique_ptr<sql_store> store_;
  std::optional<talk> ann_;
};

TEST_F(SearchPurge, TakesTheTermsOfDeletedMessagesOutOfTheIndexSomeAtATime) {
  for (int i = 1; i <= 5; ++i)
    ann_->say("word" + std::to_string(i));
  index();
  store_->database().run_script("delete from messages");
  EXPECT_THAT(ann_->find("word1"), IsEmpty()) << "at once";
  EXPECT_EQ(terms().size(), 5u);
  EXPECT_EQ(purge(2), 2);
  EXPECT_THAT(terms(), ElementsAre("word3", "word4", "word5")) << "the oldest first";
  EXPECT_EQ(purge(2), 2);
  EXPECT_EQ(purge(2), 1);
  EXPECT_EQ(purge(2), 0);
  EXPECT_THAT(terms(), IsEmpty());
  expect_sound();
  EXPECT_EQ(gone(), 0);
}

TEST_F(SearchPurge, TakesFewerLongMessagesAtATime) {
  constexpr std::int64_t length = 30'000;
  constexpr int said = 20;
  for (int i = 0; i < said; ++i)
    ann_->say(std::string(length, 'x'));
  index();
  store_->database().run_script("delete from messages");
  const auto first = purge();
  EXPECT_EQ(first, unindexed_characters_max / length + 1);
  EXPECT_EQ(gone(), said - first);
  while (purge() > 0) {
  }
  EXPECT_EQ(gone(), 0);
  expect_sound();
}

TEST_F(SearchPurge, KeepsDeletedMessagesApartFromThoseThatComeAfterThem) {
  ann_->say("squat");
  index();
  store_->database().run_script("delete from messages");
  ann_->change(1, "bench press");
  EXPECT_THAT(ann_->find("squat"), IsEmpty());
  EXPECT_THAT(ann_->find("bench"), ElementsAre("bench press"));
  EXPECT_EQ(purge(), 1);
  EXPECT_THAT(ann_->find("bench"), ElementsAre("bench press"));
  EXPECT_THAT(terms(), ElementsAre("bench", "press"));
  expect_sound();
}

TEST_F(SearchPurge, HasNothingToDoForAConversationOfUsualLength) {
  std::vector<mutation> said;
  for (std::uint32_t i = 1; i <= unindexed_at_once_max; ++i)
    said.emplace_back(put_message{message_of(1'000 + i, ann_->where(), i)});
  ASSERT_TRUE(ann_->write(said));
  index();
  ASSERT_TRUE(ann_->write({remove_conversation{ann_->where()}}));
  EXPECT_EQ(gone(), 0);
  EXPECT_THAT(terms(), IsEmpty());
  EXPECT_EQ(purge(), 0);
  expect_sound();
}

TEST_F(SearchPurge, FollowsTheDeletionOfAPersonWithVeryManyMessages) {
  talk bob{*store_, 2};
  bob.say("squats of bob");
  std::vector<mutation> said;
  for (std::uint32_t i = 1; i <= unindexed_at_once_max + 1; ++i)
    said.emplace_back(put_message{message_of(1'000 + i, ann_->where(), i)});
  ASSERT_TRUE(ann_->write(said));
  index();
  ASSERT_TRUE(ann_->write({remove_user{}}));
  EXPECT_EQ(gone(), 1);
  EXPECT_EQ(purge(), 1);
  EXPECT_EQ(gone(), 0);
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
  EXPECT_THAT(terms(), ElementsAre("bob", "of", "squat", "squats"));
  expect_sound();
}

}  // namespace
}  // namespace genesis::storage
