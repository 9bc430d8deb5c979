#include "actors/statistics.hpp"
#include "domain/coach/reply.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {
namespace {

using namespace std::chrono_literals;

class Statistics : public ActorTest {
protected:
  result<records_ptr> records(std::int64_t version, const person& who) {
    return world.get<records_ptr>(world.statistics, get_recent_records{who.id, version});
  }
  static std::int64_t hits() { return total_of(&actor_counters::l1_memo_hits); }
  static std::int64_t misses() { return total_of(&actor_counters::l1_memo_misses); }
};

std::vector<double> values_of(const records_ptr& records) {
  std::vector<double> all;
  for (const auto& each : *records)
    all.push_back(each.value);
  return all;
}

TEST_F(Statistics, GiveTheRecordsOfTheWindowOldestFirst) {
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, 24h);
  world.add_progress(ann, 2, progress_metric::stress, 3, 48h);
  world.add_progress(ann, 3, progress_metric::weight_kg, 90, 24h * 100);
  const auto found = records(1, ann);
  ASSERT_TRUE(found);
  EXPECT_EQ(values_of(*found), (std::vector<double>{3, 80}));
}

TEST_F(Statistics, AskTheDatabaseOnceForAVersion) {
  const auto before = misses();
  const auto first = records(1, ann);
  ASSERT_TRUE(first);
  EXPECT_TRUE((*first)->empty()) << "nothing is a result too";
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, 24h);
  EXPECT_EQ(*records(1, ann), *first) << "the very same object";
  EXPECT_EQ((*records(2, ann))->size(), 1U);
  EXPECT_EQ(misses() - before, 2);
}

/// Whoever measures and asks in turns takes the room of one.
TEST_F(Statistics, KeepOneVersionOfAPerson) {
  const auto entries = [] {
    std::uint64_t sum = 0;
    per_thread<actor_counters>::for_each([&](const actor_counters& each) { sum += each.memo_entries_now[0].value(); });
    return sum;
  };
  const auto before = entries();
  for (int version = 1; version <= 20; ++version)
    ASSERT_TRUE(records(version, ann));
  EXPECT_EQ(entries(), before + 1);
}

TEST_F(Statistics, KnowAVersionForTenMinutes) {
  records(1, ann);
  const auto before = misses();
  world.advance(599s);
  records(1, ann);
  EXPECT_EQ(misses(), before);
  world.advance(1s);
  records(1, ann);
  EXPECT_EQ(misses(), before + 1);
}

TEST_F(Statistics, SayWhatTheDatabaseSaysWhenItFailsAndAskAgain) {
  world.database->fail_next(errc::unavailable);
  EXPECT_CODE(records(1, ann), errc::unavailable);
  EXPECT_TRUE(records(1, ann));
}

TEST_F(Statistics, ForgetWhomTheyAreTold) {
  const auto bob = world.add_person(2);
  records(1, ann);
  records(1, bob);
  EXPECT_EQ(
    world.get<std::int64_t>(world.statistics, let_people_go{key_pattern::parse("user:" + to_string(ann.id)).value()}),
    1);
  const auto before = misses();
  records(1, bob);
  EXPECT_EQ(misses(), before);
  records(1, ann);
  EXPECT_EQ(misses(), before + 1);
}

TEST(StatisticsSchedules, AskTheDatabaseOnceHoweverManyAskAtOnce) {
  for_each_seed(200, [](std::uint64_t seed) {
    world_options options;
    options.seed = seed;
    actor_world world{std::move(options)};
    const auto ann = world.add_person(1);
    const auto bob = world.add_person(2);
    const auto misses = total_of(&actor_counters::l1_memo_misses);
    const auto fails = seed % 4 == 0;
    if (fails)
      world.database->fail_next(errc::unavailable);
    std::vector<asked<records_ptr>> answers;
    for (std::size_t i = 0; i < 12; ++i)
      answers.push_back(world.ask<records_ptr>(
        world.statistics, get_recent_records{i % 2 == 0 ? ann.id : bob.id, 1}, front_deadline, i % 3));
    std::size_t failed = 0;
    for (const auto& each : answers)
      failed += world.wait_for<records_ptr>(each) ? 0 : 1;
    EXPECT_LE(failed, fails ? 6U : 0U) << "who waits for another's computation hears nothing of this one's failure";
    EXPECT_GE(total_of(&actor_counters::l1_memo_misses) - misses, 2);
    if (!fails) {
      EXPECT_EQ(total_of(&actor_counters::l1_memo_misses) - misses, 2);
    }
  });
}

/// Everything together: writes of measurements and questions to the coach in any order, over workers whose answers may
/// be overtaken. What a question sees is what was acknowledged before it, never less.
TEST(StatisticsSchedules, ShowTheCoachEveryMeasurementThatWasAcknowledged) {
  for_each_seed(150, [](std::uint64_t seed) {
    world_options options;
    options.seed = seed;
    options.has_lagging_workers = seed % 2 == 0;
    actor_world world{std::move(options)};
    const auto ann = world.add_person(1);
    // Few enough that the owner has all of them; as the schedule goes on, too many.
    for (std::uint32_t i = 1; i <= page_limit_default - 8; ++i)
      world.add_progress(ann, i, progress_metric::stress, 3, 24h);
    const auto talk = world.add_conversation(ann);
    run about;
    about.conversation = talk;
    std::size_t acknowledged = page_limit_default - 8;
    std::vector<asked<entity_reply>> writes;
    std::vector<std::pair<std::size_t, asked<turn_ptr>>> turns;
    for (int step = 0; step < 30; ++step) {
      if (world.one_in(2)) {
        create_progress one;
        one.by = ann.session;
        one.value = 80;
        writes.push_back(world.ask_owner<entity_reply>(ann.id, one));
      } else {
        turns.emplace_back(acknowledged, world.ask_owner<turn_ptr>(ann.id, get_turn{about, "How am I?"}));
      }
      for (int jobs = 0; jobs < 12 && world.step(); ++jobs) {
      }
      acknowledged = page_limit_default - 8 +
                     static_cast<std::size_t>(
                       std::ranges::count_if(writes, [](const auto& each) { return *each && (*each)->has_value(); }));
    }
    for (const auto& [at_least, answer] : turns) {
      const auto turn = world.wait_for<turn_ptr>(answer);
      ASSERT_TRUE(turn) << turn.error().detail;
      EXPECT_GE((*turn)->records.size(), at_least);
    }
  });
}

/// The owner of somebody with few measurements has all of them.
TEST_F(Statistics, AreAskedOnlyForWhatTheOwnerDoesNotHave) {
  run about;
  about.conversation = world.add_conversation(ann);
  world.add_progress(ann, 1, progress_metric::weight_kg, 80, 24h * 100);
  for (std::uint32_t i = 2; i <= page_limit_default; ++i)
    world.add_progress(ann, i, progress_metric::weight_kg, 60 + i, 24h);
  const auto seen = [&] {
    const auto turn = world.get_from_owner<turn_ptr>(ann.id, get_turn{about, "How am I?"});
    return turn ? std::ssize((*turn)->records) : -1;
  };
  const auto before = misses() + hits();
  EXPECT_EQ(seen(), page_limit_default - 1) << "one is older than what the coach looks at";
  EXPECT_EQ(misses() + hits(), before);
  create_progress one;
  one.by = ann.session;
  one.value = 80;
  ASSERT_TRUE(world.get_from_owner<entity_reply>(ann.id, one));
  EXPECT_EQ(seen(), page_limit_default);
  EXPECT_EQ(misses() + hits(), before + 1);
}

}  // namespace
}  // namespace genesis
