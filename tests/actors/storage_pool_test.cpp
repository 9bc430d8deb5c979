#include "tests/actors/actor_fixture.hpp"

#include <deque>
#include <stdexcept>

namespace genesis {

namespace {

storage::write_batch rename_batch(const person& who, std::int64_t version, std::string name) {
  storage::write_batch batch;
  batch.user = who.id;
  batch.version = version;
  user changed;
  changed.id = who.id;
  changed.email = "person1@example.org";
  changed.full_name = std::move(name);
  batch.mutations.emplace_back(storage::put_user{changed});
  return batch;
}

}  // namespace

class StoragePool : public ActorTest {};

TEST_F(StoragePool, RelaysAnswersAndErrors) {
  EXPECT_TRUE(world.get<storage::user_snapshot>(world.pool, storage::load_user{ann.id}));
  EXPECT_CODE(world.get<conversation>(world.pool, storage::find_conversation{ann.id, {}}), errc::not_found);
  EXPECT_TRUE(*world.get<bool>(world.pool, storage::check_database{}));
}

TEST_F(StoragePool, RefusesBeyondItsBound) {
  actor_world narrow{{.storage_queue_max = 4}};
  const auto bob = narrow.add_person(2);
  std::vector<asked<storage::user_snapshot>> all;
  for (int i = 0; i < 6; ++i)
    all.push_back(narrow.ask<storage::user_snapshot>(narrow.pool, storage::load_user{bob.id}));
  int refused = 0;
  for (const auto& each : all)
    refused += !narrow.wait_for<storage::user_snapshot>(each).has_value();
  EXPECT_GE(refused, 1);
  EXPECT_TRUE(narrow.get<storage::user_snapshot>(narrow.pool, storage::load_user{bob.id}))
    << "what was answered makes room";
}

TEST_F(StoragePool, CommitsWhatWaitsTogether) {
  const auto bob = world.add_person(2);
  const auto first = world.ask<storage::write_receipt>(world.pool, rename_batch(ann, 0, "A"));
  auto other = rename_batch(bob, 0, "B");
  std::get<storage::put_user>(other.mutations.front()).person.email = "person2@example.org";
  const auto second = world.ask<storage::write_receipt>(world.pool, other);
  const auto fenced = world.ask<storage::write_receipt>(world.pool, rename_batch(ann, 9, "C"));
  EXPECT_EQ(world.wait_for<storage::write_receipt>(first)->version, 1);
  EXPECT_EQ(world.wait_for<storage::write_receipt>(second)->version, 1);
  EXPECT_CODE(world.wait_for<storage::write_receipt>(fenced), errc::fenced);
  EXPECT_EQ(world.database->groups, 1) << "one that fails does not fail its neighbours";
}

TEST_F(StoragePool, RefusesAWriteWhoseDeadlineHasPassed) {
  auto batch = rename_batch(ann, 0, "A");
  batch.deadline = world.time() - std::chrono::milliseconds{1};
  EXPECT_CODE(world.get<storage::write_receipt>(world.pool, batch), errc::unavailable);
  EXPECT_EQ(world.stored(ann).version, 0);
}

TEST_F(StoragePool, ReplacesAWorkerThatDied) {
  const auto before = world.workers_spawned();
  for (std::size_t i = 0; i < before; ++i)
    world.kill_worker(i);
  world.run();
  EXPECT_EQ(world.workers_spawned(), 2 * before);
  EXPECT_TRUE(world.get<storage::user_snapshot>(world.pool, storage::load_user{ann.id}));
  EXPECT_TRUE(world.get<storage::write_receipt>(world.pool, rename_batch(ann, 0, "A")));
}

TEST_F(StoragePool, AsksAQuestionOnceMoreWhenItsWorkerIsDead) {
  for (std::size_t i = 0; i < world.workers_spawned(); ++i)
    world.kill_worker(i);
  EXPECT_TRUE(world.get<storage::user_snapshot>(world.pool, storage::load_user{ann.id}));
}

/// Each schedule lets the question meet the death at another point.
TEST(StoragePoolSchedules, AnswersAQuestionWhateverItsWorkerDoes) {
  for_each_seed(200, [](std::uint64_t seed) {
    actor_world world{{.seed = seed, .readers = 1}};
    const auto ann = world.add_person(1);
    const auto question = world.ask<storage::user_snapshot>(world.pool, storage::load_user{ann.id});
    world.kill_worker(1);
    const auto later = world.ask<storage::user_snapshot>(world.pool, storage::load_user{ann.id});
    EXPECT_TRUE(world.wait_for<storage::user_snapshot>(question));
    EXPECT_TRUE(world.wait_for<storage::user_snapshot>(later));
  });
}

TEST_F(StoragePool, CallsAWriteUnknownWhenItsWorkerDiedOverIt) {
  world.failures_expected = 2;
  world.faults->throws_after_write = 1;
  EXPECT_CODE(world.get<storage::write_receipt>(world.pool, rename_batch(ann, 0, "A")), errc::outcome_unknown);
  EXPECT_EQ(world.stored(ann).version, 1) << "and it had happened";
  world.faults->throws_before_write = 1;
  EXPECT_CODE(world.get<storage::write_receipt>(world.pool, rename_batch(ann, 1, "B")), errc::outcome_unknown);
}

TEST_F(StoragePool, CallsWritesUnknownWhenItDiesItself) {
  const auto write = world.ask<storage::write_receipt>(world.pool, rename_batch(ann, 0, "A"));
  while (world.stored(ann).version == 0 && !write->has_value())
    ASSERT_TRUE(world.step());
  caf::anon_send_exit(world.pool, caf::exit_reason::kill);
  // Ahead of the worker's answer, which lies in the pool's mailbox: the pool never reads it.
  world.run();
  const auto outcome = world.wait_for<storage::write_receipt>(write);
  EXPECT_TRUE(outcome || outcome.error().code == errc::outcome_unknown);
}

TEST(StoragePoolSchedules, NeverCallsACommittedWriteUndone) {
  for_each_seed(200, [](std::uint64_t seed) {
    actor_world world{{.seed = seed}};
    const auto ann = world.add_person(1);
    const auto write = world.ask<storage::write_receipt>(world.pool, rename_batch(ann, 0, "A"));
    const auto when = world.dice()() % 8;
    for (std::uint64_t i = 0; i < when; ++i)
      world.step();
    if (seed % 2 == 0)
      caf::anon_send_exit(world.pool, caf::exit_reason::kill);
    else
      world.kill_worker(0);
    const auto outcome = world.wait_for<storage::write_receipt>(write);
    const auto happened = world.stored(ann).version == 1;
    EXPECT_TRUE(!outcome || happened);
    EXPECT_TRUE(outcome || outcome.error().code == errc::outcome_unknown || !happened) << "a lie";
  });
}

/// A pool of two readers and one of overflow, whose workers answer when they are told to.
class FullStoragePool : public ActorTest {
protected:
  using answers = std::deque<caf::response_promise>;

  FullStoragePool() {
    const spawn_storage_worker spawn = [this](worker_kind) {
      if (refuses_)
        throw std::runtime_error("no thread");
      auto held = std::make_shared<answers>();
      const auto worker = world.system().spawn([held](caf::event_based_actor* self) -> caf::behavior {
        self->set_default_handler(caf::drop);
        return {[self, held](const storage::check_database&) {
                  held->push_back(self->make_response_promise());
                  return held->back();
                },
          [held](const flush_due&) {
            held->front().deliver(true);
            held->pop_front();
          }};
      });
      workers_.push_back(held);
      actors_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
      return caf::actor_cast<storage_worker_actor>(worker);
    };
    pool_ = world.system().spawn(
      storage_pool_behavior, spawn, storage_pool_options{.readers = 2, .queue_max = 100, .overflow_max = 1});
    world.run();
  }
  ~FullStoragePool() override {
    for (const auto& each : workers_)
      each->clear();
    caf::anon_send_exit(pool_, caf::exit_reason::user_shutdown);
  }

  asked<bool> ask() {
    auto answer = world.ask<bool>(pool_, storage::check_database{});
    world.run();
    return answer;
  }
  void answer(std::size_t worker) {
    caf::anon_send(caf::actor_cast<storage_worker_actor>(actors_[worker]), flush_due{});
    world.run();
  }
  /// What each reader has to do, the writer left out.
  std::vector<std::size_t> tasks() const {
    std::vector<std::size_t> counts;
    for (std::size_t i = 1; i < workers_.size(); ++i)
      counts.push_back(workers_[i]->size());
    return counts;
  }

  bool refuses_ = false;
  std::vector<std::shared_ptr<answers>> workers_;
  std::vector<caf::weak_actor_ptr> actors_;
  storage_pool_actor pool_;
};

TEST_F(FullStoragePool, OpensReadersWhileAllAreBusyAndOverflowWhileAllAreFull) {
  using counts = std::vector<std::size_t>;
  EXPECT_EQ(tasks(), counts{0}) << "one reader is there from the start";
  std::vector<asked<bool>> all;
  for (const auto& expected : {counts{1}, counts{1, 1}, counts{2, 1}, counts{2, 2}, counts{2, 2, 1}, counts{2, 2, 2}}) {
    all.push_back(ask());
    EXPECT_EQ(tasks(), expected);
  }
  const auto waiting = counters().storage_waiting_now.value();
  all.push_back(ask());
  EXPECT_EQ(tasks(), (counts{2, 2, 2}));
  EXPECT_EQ(counters().storage_waiting_now.value(), waiting + 1);
}

TEST_F(FullStoragePool, ServesThoseWhoWaitInTheOrderInWhichTheyCame) {
  for (int i = 0; i < 6; ++i)
    ask();
  const auto first = ask();
  const auto second = ask();
  answer(2);
  EXPECT_EQ(workers_[2]->size(), 2U) << "the first who waited";
  answer(2);
  answer(2);
  EXPECT_TRUE(*first);
  EXPECT_FALSE(*second);
  answer(2);
  EXPECT_TRUE(*second);
}

TEST_F(FullStoragePool, GivesUpOnAQuestionThatWaitedTooLong) {
  for (int i = 0; i < 6; ++i)
    ask();
  const auto late = ask();
  const auto given_up = counters().storage_waits_timed_out.value();
  world.advance(config::pool_wait_max - std::chrono::milliseconds{1});
  EXPECT_FALSE(*late);
  world.advance(std::chrono::milliseconds{101});
  ASSERT_TRUE(*late);
  EXPECT_CODE(**late, errc::unavailable);
  EXPECT_EQ(counters().storage_waits_timed_out.value(), given_up + 1);
  const auto tasks_left = tasks();
  answer(1);
  EXPECT_EQ(tasks()[0], tasks_left[0] - 1) << "nobody waits any more";
}

TEST_F(FullStoragePool, LetsOverflowGoThatHasNothingToDo) {
  for (int i = 0; i < 5; ++i)
    ask();
  ASSERT_EQ(actors_.size(), 4U);
  const auto overflow = counters().storage_overflow_now.value();
  world.advance(std::chrono::seconds{3});
  EXPECT_EQ(counters().storage_overflow_now.value(), overflow) << "it is busy";
  answer(3);
  world.advance(std::chrono::seconds{9});
  EXPECT_EQ(counters().storage_overflow_now.value(), overflow);
  world.advance(std::chrono::seconds{2});
  EXPECT_EQ(counters().storage_overflow_now.value(), overflow - 1);
  for (int i = 0; i < 5; ++i)
    ask();
  EXPECT_EQ(actors_.size(), 5U) << "it comes back with the need";
}

TEST_F(FullStoragePool, GivesNothingMoreToAReaderThatHasNotAnsweredInTime) {
  const auto silent = ask();
  world.advance(worker_deadline);
  ASSERT_TRUE(*silent);
  EXPECT_CODE(**silent, errc::unavailable);
  EXPECT_EQ(workers_[1]->size(), 2U) << "the question, and the one whether it works again";
  const auto other = ask();
  ASSERT_EQ(workers_.size(), 3U) << "another reader is opened for the next";
  EXPECT_EQ(workers_[2]->size(), 1U);
  answer(1);
  answer(1);
  ask();
  EXPECT_EQ(workers_[1]->size(), 1U) << "it works again and has the least to do";
}

TEST_F(FullStoragePool, GoesOnWithOneReaderWhileOthersCannotBeStarted) {
  world.failures_expected = 2;
  refuses_ = true;
  ask();
  ask();
  EXPECT_EQ(tasks(), std::vector<std::size_t>{2}) << "all that there is";
  ask();
  world.advance(worker_slots::start_pause);
  EXPECT_EQ(workers_.size(), 2U);
  refuses_ = false;
  world.advance(2 * worker_slots::start_pause);
  ASSERT_EQ(workers_.size(), 3U) << "tried again, after a while";
  EXPECT_EQ(workers_[2]->size(), 1U) << "for the one that waited";
}

}  // namespace genesis
