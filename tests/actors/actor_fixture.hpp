#pragma once

#include "actors/background_worker.hpp"
#include "actors/chunk_writer.hpp"
#include "actors/coach_actors.hpp"
#include "actors/deadlines.hpp"
#include "actors/exporter.hpp"
#include "actors/owner_link.hpp"
#include "actors/replica_watch.hpp"
#include "actors/shard_state.hpp"
#include "actors/statistics.hpp"
#include "actors/storage_pool.hpp"
#include "actors/storage_worker.hpp"
#include "actors/user_state.hpp"
#include "tests/actors/memory_store.hpp"
#include "tests/actors/test_encoders.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace genesis {

/// What the stores of a test do that `memory_database` cannot: die, and write behind everybody's back.
struct store_faults {
  int throws_before_write = 0;  ///< So many groups make the worker throw before anything is written.
  int throws_after_write = 0;   ///< Likewise, after the commit.
  int writes_held_back = 0;     ///< So many groups are answered `outcome_unknown` and stay under way.
  bool throws_on_read = false;
  std::vector<storage::write_batch> held_back;
  std::uint64_t thrown = 0;

  // What was committed, whatever anybody was told.
  std::set<std::string> names;  ///< Names of people and titles of conversations that were written.
  std::int64_t steps = 0;       ///< Of all batches together.
  std::int64_t raises = 0;      ///< Of fences, by loads.
};

/// What stands for Redis.
struct false_cache {
  std::map<std::string, std::string> entries;
  bool is_away = false;     ///< Every question fails, nothing is kept or removed.
  bool loses_puts = false;  ///< What is put does not arrive.
  std::uint64_t gets = 0;
  std::uint64_t puts = 0;
};

/// What stands for a replica of the database: it has what the test had it replay.
struct false_replica {
  std::shared_ptr<storage::memory_database> rows = std::make_shared<storage::memory_database>();
  bool is_away = false;      ///< Every question fails.
  bool is_promoted = false;  ///< It takes changes itself, and says so.
  std::string identity = "memory";
  std::int64_t timeline = 1;
};

struct world_options {
  std::uint64_t seed = 0;  ///< 0 runs jobs in the order in which they came.
  std::size_t readers = 2;
  std::size_t storage_queue_max = 10'000;
  std::size_t overflow_max = 0;
  std::vector<std::int64_t> replica_weights = {};  ///< One for each replica.
  std::size_t batch_size = 16;
  std::size_t shard_users_max = 100;
  std::chrono::milliseconds idle_timeout = std::chrono::minutes{15};
  std::chrono::milliseconds sweep_interval = std::chrono::seconds{30};
  config::settings settings{};
  bool has_built_in_coach = false;  ///< Else a coach that says as many words as the question asks for.
  bool has_cache = false;           ///< A second one, which is `cached`.
  bool has_deadlines = true;        ///< Workers refuse writes whose deadline has passed.
  /// Questions to workers, and their answers, may be overtaken on the way: as when a worker's thread is held up between
  /// the database and its answer.
  bool has_lagging_workers = false;
  std::optional<personal_quotas> rates = {};  ///< None: as much as comes.
  memo_limits statistics = statistics_limits;
  std::size_t reader_window = 1;     ///< A reader gets more when it has written everything.
  int early_timeouts_per_mille = 0;  ///< Steps that let time leap ahead while jobs are waiting.

  [[nodiscard]] storage_pool_options pool_options() const {
    return {.readers = readers, .queue_max = storage_queue_max, .overflow_max = overflow_max};
  }
};

struct person {
  user_id id;
  session_id session;
};

/// An answer that may not have come yet.
template <class R>
using asked = std::shared_ptr<std::optional<result<R>>>;

struct seen_event {
  std::int64_t seq = 0;
  std::string type;
  std::string payload;

  friend bool operator==(const seen_event&, const seen_event&) = default;
};

/// What one reader of a run was sent.
struct reading {
  run_actor run;
  std::uint64_t id = 0;
  bool is_slow = false;       ///< Writes nothing by itself.
  std::size_t unwritten = 0;  ///< Bytes that it has been sent and has not written yet.
  std::size_t window = 1;     ///< Below which it is sent more.
  std::vector<seen_event> events;
  bool has_ended = false;
  bool is_dropped = false;

  /// The concatenated text of the tokens.
  [[nodiscard]] std::string text() const;
  /// The types, separated by blanks; runs of tokens as one.
  [[nodiscard]] std::string shape() const;
  [[nodiscard]] const seen_event* last() const { return events.empty() ? nullptr : &events.back(); }
};
using reading_ptr = std::shared_ptr<reading>;

/// Asks on behalf of a test.
class client_state {
public:
  using pointer = caf::stateful_actor<client_state>*;
  explicit client_state(pointer owner) : self(owner) {}

  pointer self;
  std::optional<owner_link<caf::stateful_actor<client_state>>> owners;
};

/// The actor core over a store in memory, on CAF's test scheduler: one thread, virtual time, and an order of jobs that
/// follows from the seed alone.
class actor_world {
public:
  explicit actor_world(world_options options = {});
  actor_world(const actor_world&) = delete;
  actor_world& operator=(const actor_world&) = delete;
  /// Tells every actor to leave, runs what is left, and fails the test when anybody stays.
  ~actor_world();

  // --- the schedule
  // -----------------------------------------------------------------------------------------------------

  /// Runs one message of one actor. False when nobody has anything to do.
  bool step();
  /// Runs until nobody has anything to do; time stands still.
  void run();
  /// Runs, and lets time pass, until the condition holds. False when it does not within the virtual time.
  bool run_until(const std::function<bool()>& condition, std::chrono::milliseconds limit = std::chrono::seconds{60});
  /// Runs whatever happens within this virtual time.
  void advance(std::chrono::milliseconds time);
  /// Goes to the next moment for which anybody waits. False when nobody does.
  bool go_to_next_timeout();
  [[nodiscard]] caf::actor_clock::time_point time() { return scheduler().clock().now(); }
  [[nodiscard]] timestamp wall_time();
  /// Sets the wall clock forth or, negative, back; nothing else notices.
  void shift_wall_clock(std::chrono::milliseconds by) { wall_shift_ += by; }
  std::mt19937_64& dice() { return dice_; }
  bool one_in(std::uint64_t n) { return dice_() % n == 0; }

  // --- people
  // -------------------------------------------------------------------------------------------------------------

  /// Puts a person with one session into the store.
  person add_person(std::uint32_t number = 1);
  conversation_id add_conversation(const person& who, std::uint32_t number = 1);
  progress_id add_progress(
    const person& who, std::uint32_t number, progress_metric metric, double value, std::chrono::hours ago);
  storage::memory_person& stored(const person& who) { return database->people.at(who.id); }

  // --- asking
  // ---------------------------------------------------------------------------------------------------------------

  template <class R, class Handle, class Q>
  asked<R> ask(Handle whom, Q question, std::chrono::milliseconds deadline = front_deadline, std::size_t client = 0) {
    auto answer = std::make_shared<std::optional<result<R>>>();
    act(client, [whom, question, deadline, answer](client_state& state) {
      state.self->request(whom, deadline, question)
        .then([answer](R& found) { *answer = std::move(found); },
          [answer](const caf::error& failed) { *answer = std::unexpected(from_caf(failed)); });
    });
    return answer;
  }
  /// Asks the owner of a person, wherever they live, as fronts do.
  template <class R, class Q>
  asked<R> ask_owner(const user_id& user, Q question, std::size_t client = 0) {
    auto answer = std::make_shared<std::optional<result<R>>>();
    act(client, [user, question, answer](client_state& state) {
      state.owners->ask<R>(
        user, question, state.self->clock().now() + front_deadline, [answer](R& found) { *answer = std::move(found); },
        [answer](const error& failed) { *answer = std::unexpected(failed); });
    });
    return answer;
  }
  template <class R>
  result<R> wait_for(const asked<R>& answer) {
    if (!run_until([&] { return answer->has_value(); })) {
      ADD_FAILURE() << "a request was not answered";
      return fail(errc::internal, "not answered");
    }
    return **answer;
  }
  template <class R, class Handle, class Q>
  result<R> get(Handle whom, Q question) {
    return wait_for<R>(ask<R>(whom, std::move(question)));
  }
  template <class R, class Q>
  result<R> get_from_owner(const user_id& user, Q question) {
    return wait_for<R>(ask_owner<R>(user, std::move(question)));
  }
  /// Does something as one of the clients.
  void act(std::size_t client, std::function<void(client_state&)> what);

  // --- chats
  // ---------------------------------------------------------------------------------------------------------------

  asked<run_ticket> ask_chat(const person& who, std::string text, std::optional<conversation_id> in = std::nullopt,
    std::optional<idempotency_key> key = std::nullopt);
  run_ticket chat(const person& who, std::string text, std::optional<conversation_id> in = std::nullopt);
  reading_ptr attach(
    const run_actor& run, std::int64_t after = 0, bool is_slow = false, stream_format format = stream_format::sse);
  void detach(reading& who);
  /// The reader has written what it was sent.
  void give_credit(reading& who);
  reading_ptr read_to_end(const run_actor& run, std::int64_t after = 0);

  // --- the actors
  // ------------------------------------------------------------------------------------------------------------

  /// The live owner of a person, asked of the shard.
  user_actor owner_of(const user_id& user);
  void kill_worker(std::size_t index);
  /// The replica has everything that has been committed.
  void catch_up(std::size_t replica) { replicas.at(replica)->rows->become(*database); }
  void kill_replica_worker(std::size_t index);
  [[nodiscard]] std::size_t replica_workers_spawned() const { return replica_workers_.size(); }
  /// Until it is let go, the thread that writes does nothing.
  void hold_writer() { held_.push_back(writer_); }
  /// Likewise what workers have answered and nobody has read yet stays on its way; others go on. With lagging workers.
  void hold_answers();
  void let_go();
  /// Writes that were held back land now; whether each committed.
  std::vector<bool> land_held_writes();
  /// The owner of a person who lives now, if any does; nobody is activated.
  user_actor live_owner(const user_id& user);
  [[nodiscard]] std::size_t workers_spawned() const { return workers_.size(); }
  [[nodiscard]] std::size_t owners_spawned() const { return owners_spawned_; }
  void set_rate(std::int64_t tokens_per_second);
  /// The `nth` allocation that this actor makes from now on fails, once.
  template <class Handle>
  void fail_allocation_of(const Handle& whom, std::int64_t nth) {
    scarce_actor_ = static_cast<caf::scheduled_actor*>(caf::actor_cast<caf::abstract_actor*>(whom));
    allocations_left_ = nth;
  }
  /// False while it is still to come. From now on all succeed.
  bool has_allocation_failed();

  caf::scheduler::test_coordinator& scheduler();
  caf::actor_system& system() { return *system_; }

  world_options options;
  std::shared_ptr<storage::memory_database> database = std::make_shared<storage::memory_database>();
  std::shared_ptr<store_faults> faults = std::make_shared<store_faults>();
  std::shared_ptr<false_cache> cached = std::make_shared<false_cache>();
  std::vector<std::shared_ptr<false_replica>> replicas;
  std::shared_ptr<database_timeline> timeline = std::make_shared<database_timeline>();
  storage_pool_actor pool;
  cache_actor cache;
  chunk_writer_actor chunks;
  background_actor encoder;
  exporter_actor exporter;
  statistics_actor statistics;
  nexus_actor nexus;
  shard_actor shard;
  reader_host_actor host;
  user_services_ptr services;
  std::uint64_t failures_expected = 0;  ///< Actors that the test makes fail.

private:
  void wire();
  user_actor spawn_owner(const user_id& user);
  storage_worker_actor spawn_worker(worker_kind kind);
  storage_worker_actor spawn_replica_worker(const std::shared_ptr<false_replica>& of);
  [[nodiscard]] storage_pool_options prepare_pool();
  void watch_replicas();
  void end_everything();

  std::chrono::milliseconds wall_shift_{0};
  std::mt19937_64 dice_;
  std::uint64_t failures_before_ = 0;
  std::unique_ptr<caf::actor_system_config> config_;
  std::unique_ptr<caf::actor_system> system_;
  std::vector<caf::actor> clients_;
  std::vector<client_state*> client_states_;
  std::vector<caf::weak_actor_ptr> workers_;
  std::vector<caf::weak_actor_ptr> replica_workers_;
  std::vector<replica_watch_actor> replica_watches_;
  caf::weak_actor_ptr writer_;
  std::vector<caf::weak_actor_ptr> couriers_;  ///< What stands before lagging workers.
  std::vector<caf::weak_actor_ptr> held_;
  std::vector<caf::resumable*> held_jobs_;  ///< Of those who are held and have something to do.
  std::vector<specialist_actor> specialists_;
  std::map<user_id, std::vector<caf::weak_actor_ptr>> owners_;
  std::map<std::uint64_t, reading_ptr> readings_;
  std::uint64_t next_reader_ = 1;
  std::size_t owners_spawned_ = 0;
  const caf::resumable* scarce_actor_ = nullptr;
  std::int64_t allocations_left_ = 0;
  std::shared_ptr<user_services> shared_services_;
};

/// A secret's hash that is nothing but a number.
secret_hash hash_of(std::uint8_t number);

idempotency_key key_of(std::string key, std::uint8_t fingerprint = 1);

/// Runs the test for many schedules and names the one that fails. `GENESIS_SEED` in the environment runs that one
/// alone, `GENESIS_SEEDS` decides how many.
void for_each_seed(std::uint64_t count, const std::function<void(std::uint64_t seed)>& test);

/// One world whose jobs run in order.
class ActorTest : public ::testing::Test {
protected:
  actor_world world;
  person ann = world.add_person(1);
};

#define EXPECT_CODE(outcome, expected)                                                                                 \
  do {                                                                                                                 \
    const auto& genesis_outcome = (outcome);                                                                           \
    if (genesis_outcome)                                                                                               \
      ADD_FAILURE() << #outcome " has a value";                                                                        \
    else                                                                                                               \
      EXPECT_EQ(to_string(genesis_outcome.error().code), to_string(expected)) << genesis_outcome.error().detail;       \
  } while (false)

}  // namespace genesis
