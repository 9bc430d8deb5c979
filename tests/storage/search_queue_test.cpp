#include "storage/invariants.hpp"
#include "storage/maintenance.hpp"
#include "tests/storage/killed_writer.hpp"
#include "tests/storage/store_under_test.hpp"
#include "tests/storage/talk.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <optional>
#include <random>
#include <unistd.h>

/// Messages that wait for SQLite's full-text index: a search finds them as if they were in it.
namespace genesis::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Le;

std::unique_ptr<sql_store> open_store(const database_url& where, access mode) {
  store_options options;
  options.database = where;
  auto opened = sql_store::open(options, mode);
  EXPECT_TRUE(opened) << opened.error().detail;
  return std::move(*opened);
}

std::int64_t count_in(sql_store& store, const std::string& table) {
  return std::stoll(store.database().ask("select count(*) from " + table).at(0).at(0));
}

/// Messages that are in neither place, in both, or where none should be; -1 when nobody knows.
std::int64_t index_violations(const database_url& where) {
  const auto checked = check_invariants(where);
  if (!checked)
    return -1;
  const auto found = std::ranges::find(*checked,
    "every message is in the full-text index or waits for it, and nothing else is found there",
    &invariant_finding::sentence);
  return found == checked->end() ? -1 : found->violations;
}

class SearchQueue : public ::testing::Test {
protected:
  SearchQueue() {
    EXPECT_TRUE(migrate(directory_.file()));
    store_ = open_store(directory_.file(), access::writer);
    store_->database().run_script("pragma synchronous=off");
    ann_.emplace(*store_, 1);
  }

  /// Takes the first of the queue into the index.
  std::int64_t index(std::int64_t messages_max = queued_messages_max) {
    const transaction open(store_->database(), statement_id::begin_write);
    const auto count = index_queued_messages(store_->database(), messages_max);
    EXPECT_TRUE(store_->commit());
    return count;
  }
  std::int64_t queued() { return count_in(*store_, "message_search_queue"); }
  std::int64_t indexed() { return count_in(*store_, "message_search_docsize"); }
  std::vector<std::string> terms() {
    auto& database = store_->database();
    database.run_script("create virtual table if not exists temp.terms using fts5vocab (main, message_search, row)");
    std::vector<std::string> all;
    for (auto& row : database.ask("select substr(term, 34) from temp.terms order by term"))
      all.push_back(std::move(row.at(0)));
    return all;
  }
  void expect_sound() {
    EXPECT_NO_THROW(
      store_->database().run_script("insert into message_search (message_search, rank) values ('integrity-check', 1)"));
    EXPECT_EQ(index_violations(directory_.file()), 0);
  }

  database_directory directory_;
  std::unique_ptr<sql_store> store_;
  std::optional<talk> ann_;
};

TEST_F(SearchQueue, IsSearchedByOtherConnectionsAtOnce) {
  ann_->say("squats today");
  EXPECT_EQ(queued(), 1);
  EXPECT_EQ(indexed(), 0);
  const auto reader = open_store(directory_.file(), access::reader);
  const auto waiting = reader->answer(search_messages{ann_->who(), parsed("squat"), {}});
  ASSERT_TRUE(waiting) << waiting.error().detail;
  ASSERT_EQ(waiting->items.size(), 1u);
  expect_sound();

  EXPECT_EQ(index(), 1);
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(indexed(), 1);
  const auto found = reader->answer(search_messages{ann_->who(), parsed("squat"), {}});
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->items, waiting->items) << "with the same score and the same marks";
  expect_sound();
}

TEST_F(SearchQueue, ShowsNobodyWhatOthersHaveSaid) {
  talk bob{*store_, 2};
  bob.say("squats of bob");
  ann_->say("squats of ann");
  EXPECT_THAT(ann_->find("squat"), ElementsAre("squats of ann"));
  EXPECT_EQ(index(1), 1) << "of ann, whose id comes first";
  EXPECT_THAT(ann_->find("squat"), ElementsAre("squats of ann"));
  EXPECT_THAT(bob.find("squat"), ElementsAre("squats of bob"));
}

TEST_F(SearchQueue, TakesNoMessageWithoutText) {
  ann_->say("");
  EXPECT_EQ(queued(), 0);
  expect_sound();
  ann_->change(1, "squats");
  EXPECT_EQ(queued(), 1);
  EXPECT_THAT(ann_->find("squat"), ElementsAre("squats"));
  EXPECT_EQ(index(), 1);
  ann_->change(1, "");
  EXPECT_EQ(queued(), 0);
  EXPECT_THAT(ann_->find("squat"), IsEmpty());
  ASSERT_TRUE(purge_expired(*store_, at_ms(0)));
  expect_sound();
}

TEST_F(SearchQueue, FollowsWhatIsChangedWhileItWaits) {
  ann_->say("squats");
  ann_->change(1, "deadlifts");
  EXPECT_EQ(queued(), 1);
  EXPECT_EQ(count_in(*store_, "message_search_gone"), 0) << "it was not in the index";
  EXPECT_THAT(ann_->find("squat"), IsEmpty());
  EXPECT_THAT(ann_->find("deadlift"), ElementsAre("deadlifts"));
  EXPECT_EQ(index(), 1);
  EXPECT_THAT(terms(), ElementsAre("deadlift", "deadlifts"));
  expect_sound();
}

TEST_F(SearchQueue, TakesBackWhatIsChangedInTheIndex) {
  ann_->say("squats");
  EXPECT_EQ(index(), 1);
  ann_->change(1, "deadlifts");
  EXPECT_EQ(queued(), 1);
  EXPECT_THAT(ann_->find("squat"), IsEmpty());
  EXPECT_THAT(ann_->find("deadlift"), ElementsAre("deadlifts"));
  ASSERT_TRUE(purge_expired(*store_, at_ms(0)));
  EXPECT_THAT(terms(), ElementsAre("deadlift", "deadlifts"));
  EXPECT_THAT(ann_->find("deadlift"), ElementsAre("deadlifts"));
  expect_sound();
}

TEST_F(SearchQueue, ForgetsWhatIsDeletedWhileItWaits) {
  ann_->say("squats");
  talk bob{*store_, 2};
  bob.say("squats of bob");
  ASSERT_TRUE(ann_->write({remove_conversation{ann_->where()}}));
  EXPECT_EQ(queued(), 1);
  EXPECT_EQ(count_in(*store_, "message_search_gone"), 0) << "it was not in the index";
  EXPECT_THAT(ann_->find("squat"), IsEmpty());
  ASSERT_TRUE(bob.write({remove_user{}}));
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(index(), 0);
  EXPECT_THAT(terms(), IsEmpty());
  expect_sound();
}

TEST_F(SearchQueue, IsPartOfAPageInTheRightOrder) {
  ann_->say("squat, squat and squat");
  ann_->say("a squat among other things");
  EXPECT_EQ(index(), 2);
  ann_->say("squat and squat");
  ann_->say("nothing of the kind");
  ann_->say("one more squat among many other things");
  const std::vector<std::string> all{"squat, squat and squat", "squat and squat", "a squat among other things",
    "one more squat among many other things"};
  EXPECT_EQ(ann_->find("squat"), all);
  EXPECT_EQ(index(), 3);
  EXPECT_EQ(ann_->find("squat"), all) << "as from the index alone";
}

TEST_F(SearchQueue, MovesIntoTheIndexBetweenTwoPagesAndNothingIsMissedOrShownTwice) {
  constexpr int said = 60;
  for (int i = 0; i < said; ++i)
    ann_->say("squat " + std::string(static_cast<std::size_t>(i % 3), 'x') + (i % 4 == 0 ? " and squat" : ""));
  const auto all = ann_->search("squat", {1'000, std::nullopt, list_order::newest_first}).items;
  ASSERT_EQ(all.size(), std::size_t{said});
  std::vector<found_message> read;
  page_query query{7, std::nullopt, list_order::newest_first};
  for (bool has_more = true; has_more;) {
    auto found = ann_->search("squat", query);
    ASSERT_FALSE(found.items.empty());
    EXPECT_THAT(found.items.size(), Le(7u));
    std::ranges::move(found.items, std::back_inserter(read));
    query.after = list_position{read.back().score, read.back().message.id.value};
    has_more = found.has_more;
    index(9);
  }
  EXPECT_EQ(read, all);
  EXPECT_EQ(queued(), 0) << "the last pages came from the index alone";
}

TEST_F(SearchQueue, HoldsWhatThePlainSearchFindsHoweverManyOfItAreIndexed) {
  std::mt19937 random{11};
  store_under_test memory{kind_of_store::memory};
  talk expected{*memory, 1};
  for (int i = 0; i < 100; ++i) {
    const auto text = random_text(random, 8);
    expected.say(text);
    ann_->say(text);
  }
  std::size_t hits = 0;
  for (const std::int64_t more : {0, 1, 40, 59}) {
    EXPECT_EQ(index(more), more);
    for (int i = 0; i < 60; ++i) {
      const auto query = random_query(random);
      if (!parse_search_query(query))
        continue;
      SCOPED_TRACE(query);
      const page_query page{20, std::nullopt, list_order::newest_first};
      const auto plain = expected.search(query, page);
      const auto found = ann_->search(query, page);
      EXPECT_EQ(found.items, plain.items);
      EXPECT_EQ(found.has_more, plain.has_more);
      hits += found.items.size();
    }
  }
  EXPECT_EQ(queued(), 0);
  EXPECT_GT(hits, 100u);
}

TEST_F(SearchQueue, IsEmptiedByTheWriteThatFillsIt) {
  for (std::int64_t i = 1; i < queued_messages_max; ++i)
    ann_->say("squat");
  EXPECT_EQ(queued(), queued_messages_max - 1);
  EXPECT_EQ(indexed(), 0);
  ann_->say("squat");
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(indexed(), queued_messages_max);
  ann_->say("squat");
  EXPECT_EQ(queued(), 1) << "and fills again";
  EXPECT_EQ(ann_->search("squat", {1'000, std::nullopt, list_order::newest_first}).items.size(), 257u);
  expect_sound();
}

TEST_F(SearchQueue, IsEmptiedByTheCharactersThatFillIt) {
  const auto half = std::string(queued_characters_max / 2, 'x');
  static_assert(queued_characters_max / 2 <= static_cast<std::int64_t>(message_length_max));
  ann_->say(half);
  ann_->say(half.substr(1));
  EXPECT_EQ(queued(), 2);
  ann_->say("x");
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(indexed(), 3);
}

TEST_F(SearchQueue, IsEmptiedOfWhateverOneWritePutThere) {
  std::vector<mutation> said;
  for (std::uint32_t i = 1; i <= 3 * queued_messages_max + 5; ++i)
    said.emplace_back(put_message{message_of(1'000 + i, ann_->where(), i)});
  ASSERT_TRUE(ann_->write(said));
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(indexed(), std::ssize(said));
  expect_sound();
}

TEST_F(SearchQueue, KeepsTheIndexFreeOfTheOldTextsOfManyChanges) {
  ann_->say("squat");
  for (std::int64_t i = 0; i < 6 * queued_messages_max; ++i) {
    ann_->change(1, "squat " + std::to_string(i));
    index();
  }
  EXPECT_THAT(count_in(*store_, "message_search_gone"), Le(queued_messages_max));
  EXPECT_EQ(ann_->find("squat").size(), 1u);
}

TEST_F(SearchQueue, CountsNoMessageThatIsNotWritten) {
  ann_->say("squat");
  // No such conversation: the batch is undone.
  EXPECT_FALSE(ann_->write({put_message{message_of(7, id_of<conversation_id>(99), 1)}}));
  EXPECT_EQ(queued(), 1);
  expect_sound();
}

TEST_F(SearchQueue, IsEmptiedWhenInterruptedAnswersGetTheirText) {
  std::vector<mutation> begun;
  for (std::uint32_t i = 1; i <= 3; ++i) {
    auto answer = message_of(1'000 + i, ann_->where(), i);
    answer.content.clear();
    const auto said = run_of(i, ann_->where(), answer.id, run_status::running);
    begun.insert(begun.end(), {put_message{answer}, put_run{said}, put_run_events{said.id, {token_of(1, "squat")}}});
  }
  ASSERT_TRUE(ann_->write(begun));
  const run_texts texts{[](run_status, const message_id&) { return std::string{}; },
    [](std::span<const run_event>) { return std::string{"[]"}; }, [](const run&) { return std::string{}; }};
  EXPECT_EQ(interrupt_unfinished_runs(*store_, at_ms(9), texts), 3);
  EXPECT_EQ(queued(), 0);
  EXPECT_EQ(indexed(), 3);
  EXPECT_THAT(ann_->find("squat"), ElementsAre("squat", "squat", "squat"));
  expect_sound();
}

TEST_F(SearchQueue, IsTakenByTheHousekeeper) {
  ann_->say("squat");
  ann_->say("bench");
  const auto purged = purge_expired(*store_, at_ms(0));
  ASSERT_TRUE(purged) << purged.error().detail;
  EXPECT_EQ(purged->indexed_messages, 2);
  EXPECT_EQ(purged->total(), 0) << "nothing that it should come back for soon";
  EXPECT_EQ(queued(), 0);
  EXPECT_THAT(ann_->find("squat"), ElementsAre("squat"));
}

/// An index that cannot be written stops nobody from writing messages.
TEST_F(SearchQueue, GrowsWhileTheIndexIsDamaged) {
  auto& database = store_->database();
  ann_->say("squat 0");
  EXPECT_EQ(index(), 1);
  database.run_script("delete from message_search_data");
  for (std::int64_t i = 1; i <= queued_messages_max + 3; ++i)
    ann_->say("squat " + std::to_string(i));
  EXPECT_EQ(count_in(*store_, "messages"), queued_messages_max + 4);
  EXPECT_EQ(queued(), queued_messages_max + 3);
  ASSERT_TRUE(store_->answer(put_invitation{{{}, "bob@example.org", user_role::user, at_ms(1), at_ms(5)}}));
  EXPECT_FALSE(purge_expired(*store_, at_ms(6)));
  EXPECT_EQ(count_in(*store_, "invitations"), 0) << "what has expired goes nevertheless";

  database.run_script("insert into message_search (message_search) values ('rebuild')");
  while (index() != 0) {
  }
  EXPECT_EQ(ann_->search("squat", {1'000, std::nullopt, list_order::newest_first}).items.size(), 260u);
  expect_sound();
}

/// Says one thing after the other, and tells each number through the pipe once it is written. Never returns.
[[noreturn]] void say_for_ever(const std::filesystem::path& file, int acknowledge) {
  const auto store = open_store(file, access::writer);
  talk ann{*store, 1};
  for (std::uint32_t number = 1;; ++number) {
    ann.say("squat number" + std::to_string(number));
    if (::testing::Test::HasFailure() || ::write(acknowledge, &number, sizeof number) != sizeof number)
      ::_exit(1);
  }
}

TEST(SearchQueueCrash, KeepsWhatWaitedWhenTheProcessIsKilled) {
  for (const std::uint32_t kill_after : {1u, 20u, 300u}) {
    const database_directory directory;
    ASSERT_TRUE(migrate(directory.file()));
    const auto acknowledged =
      acknowledged_by_killed_writer(kill_after, [&](int acknowledge) { say_for_ever(directory.file(), acknowledge); });
    ASSERT_GT(acknowledged, 0u);

    const auto store = open_store(directory.file(), access::writer);
    const auto find = [&](const std::string& text) {
      const auto found = store->answer(search_messages{id_of<user_id>(1), parsed(text), {}});
      EXPECT_TRUE(found) << found.error().detail;
      return found ? std::ssize(found->items) : -1;
    };
    const auto expect_all_found = [&] {
      for (std::uint32_t number = 1; number <= acknowledged; ++number)
        EXPECT_EQ(find("number" + std::to_string(number)), 1) << number;
    };
    expect_all_found();
    EXPECT_EQ(count_in(*store, "message_search_queue") % queued_messages_max,
      count_in(*store, "messages") % queued_messages_max)
      << "all but those that were indexed together";
    ASSERT_TRUE(purge_expired(*store, at_ms(0)));
    EXPECT_EQ(count_in(*store, "message_search_queue"), 0);
    expect_all_found();
    EXPECT_EQ(index_violations(directory.file()), 0);
  }
}

/// A file whose messages were indexed as they were written.
TEST(SearchQueueMigration, KeepsWhatIsInTheIndex) {
  database_directory directory;
  std::vector<migration> old;
  std::ranges::copy_if(
    embedded_migrations(), std::back_inserter(old), [](const auto& each) { return each.number < 6; });
  ASSERT_TRUE(migrate(directory.file(), {.migrations = old}));
  {
    const auto database = *connection::open({.database = directory.file()});
    const auto who = to_string(id_of<user_id>(1));
    const auto talk = to_string(id_of<conversation_id>(1));
    database->run_script("insert into user_fences values ('" + who +
                         "', 1, 1, 1); insert into conversations values ('" + talk + "', '" + who +
                         "', null, null, 0, 4, 1, 1, 1, 1)");
    const std::array texts{"squats", "", "squats and more", "squats that go"};
    for (std::uint32_t i = 0; i < texts.size(); ++i)
      database->run_script("insert into messages values ('" + to_string(id_of<message_id>(1'001 + i)) + "', '" + who +
                           "', '" + talk + "', " + std::to_string(i + 1) + ", 'user', null, '" + texts[i] +
                           "', 'complete', null, '[]', '{}', 1, 1, 1)");
    database->run_script("delete from messages where seq = 4");
  }
  ASSERT_TRUE(migrate(directory.file()));
  const auto store = open_store(directory.file(), access::writer);
  const auto find = [&](std::string_view text) {
    std::vector<std::string> found;
    const auto page = store->answer(search_messages{id_of<user_id>(1), parsed(text), {}}).value();
    for (const auto& each : page.items)
      found.push_back(each.message.content);
    return found;
  };
  EXPECT_EQ(count_in(*store, "message_search_queue"), 0);
  EXPECT_THAT(find("squat"), ElementsAre("squats", "squats and more"));
  store->database().run_script("update messages set content = 'bench' where seq = 1");
  store->database().run_script("update messages set content = 'bench press' where seq = 2");
  store->database().run_script("delete from messages where seq = 3");
  EXPECT_THAT(find("squat"), IsEmpty());
  EXPECT_THAT(find("bench"), ElementsAre("bench", "bench press"));
  ASSERT_TRUE(purge_expired(*store, at_ms(0)));
  EXPECT_THAT(find("bench"), ElementsAre("bench", "bench press"));
  EXPECT_EQ(count_in(*store, "message_search_gone"), 0);
  EXPECT_NO_THROW(
    store->database().run_script("insert into message_search (message_search, rank) values ('integrity-check', 1)"));
}

}  // namespace
}  // namespace genesis::storage
