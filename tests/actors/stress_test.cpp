#include "actors/chunk_writer.hpp"
#include "actors/coach_actors.hpp"
#include "actors/io_scheduler.hpp"
#include "actors/owner_link.hpp"
#include "actors/shard_state.hpp"
#include "actors/statistics.hpp"
#include "actors/storage_pool.hpp"
#include "actors/storage_worker.hpp"
#include "actors/user_state.hpp"
#include "auth/random.hpp"
#include "tests/actors/memory_store.hpp"
#include "tests/actors/test_encoders.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/stateful_actor.hpp>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

// The actor core as it is wired in the program: real threads, detached database workers, owners that come and go. What
// the seeded schedules cannot reach are races inside the scheduler and inside CAF.

namespace genesis {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t people_count = 12;
constexpr std::size_t clients_per_person = 2;
constexpr int operations_per_client = 400;

/// What was committed, by name; several workers write it down.
struct commit_record {
  std::mutex mutex;
  std::set<std::string> names;
};

class recording_store final : public storage::memory_store {
public:
  recording_store(std::shared_ptr<storage::memory_database> database, std::shared_ptr<commit_record> record)
      : memory_store(std::move(database)), record_(std::move(record)) {}

  using memory_store::answer;
  using memory_store::write;

  storage::write_results write(std::span<const storage::write_batch* const> batches) override {
    auto receipts = memory_store::write(batches);
    const std::scoped_lock lock{record_->mutex};
    for (std::size_t i = 0; i < batches.size(); ++i)
      if (receipts[i])
        for (const auto& each : batches[i]->mutations)
          if (const auto* person = std::get_if<storage::put_user>(&each))
            record_->names.insert(person->person.full_name.value_or(""));
    return receipts;
  }

private:
  std::shared_ptr<commit_record> record_;
};

/// What the clients of one person know together.
struct shared_story {
  user_id user;
  session_id session;
  std::atomic<std::int64_t> acknowledged{0};  ///< The greatest revision anybody was told.
};

struct verdict {
  std::mutex mutex;
  std::vector<std::string> faults;
  std::set<std::string> acknowledged_names;
  std::atomic<std::size_t> unfinished{people_count * clients_per_person};
  std::atomic<std::size_t> refused{0};
  std::promise<void> finished;

  void complain(std::string what) {
    const std::scoped_lock lock{mutex};
    faults.push_back(std::move(what));
  }
};

/// One client: writes, reads and now and then chats, one thing after another.
class stress_client_state {
public:
  using pointer = caf::stateful_actor<stress_client_state>*;
  explicit stress_client_state(pointer self) : self_(self) {}

  void start(std::vector<shard_actor> shards, shared_story* story, verdict* judge, std::string name, bool may_fail) {
    owners_.emplace(self_, std::move(shards));
    story_ = story;
    judge_ = judge;
    name_ = std::move(name);
    may_fail_ = may_fail;
    next();
  }

private:
  void next() {
    if (++count_ > operations_per_client) {
      if (--judge_->unfinished == 0)
        judge_->finished.set_value();
      self_->quit();
      return;
    }
    if (count_ % 25 == 0)
      chat();
    else if (count_ % 3 == 0)
      write();
    else
      read();
  }

  [[nodiscard]] auto deadline() const { return self_->clock().now() + front_deadline; }

  static std::int64_t revision_in(const std::string& body) { return std::stoll(body.substr(body.find(" r") + 2)); }

  void on_failed(const error& what) {
    ++judge_->refused;
    const bool is_fair = what.code == errc::overloaded ||
                         (may_fail_ && (what.code == errc::unavailable || what.code == errc::outcome_unknown));
    if (!is_fair)
      judge_->complain(std::string{to_string(what.code)} + ": " + what.detail);
    next();
  }

  void write() {
    patch_user what{story_->session, {}, std::nullopt};
    what.changes.full_name = std::optional{name_ + std::to_string(count_)};
    owners_->ask<entity_reply>(
      story_->user, what, deadline(),
      [this, name = name_ + std::to_string(count_)](entity_reply& reply) {
        const auto revision = revision_in(*reply.body);
        auto known = story_->acknowledged.load();
        while (known < revision && !story_->acknowledged.compare_exchange_weak(known, revision)) {
        }
        {
          const std::scoped_lock lock{judge_->mutex};
          judge_->acknowledged_names.insert(name);
        }
        next();
      },
      [this](const error& failed) { on_failed(failed); });
  }

  void read() {
    owners_->ask<entity_reply>(
      story_->user, get_user{story_->session}, deadline(),
      [this, at_least = story_->acknowledged.load()](entity_reply& reply) {
        if (revision_in(*reply.body) < at_least)
          judge_->complain("a stale read");
        next();
      },
      [this](const error& failed) { on_failed(failed); });
  }

  void chat() {
    owners_->ask<run_ticket>(
      story_->user,
      start_chat{story_->session, "How much protein do I need?", std::nullopt, std::nullopt, "{}", std::nullopt},
      deadline(),
      [this](run_ticket& ticket) {
        self_->request(ticket.actor, 20s, await_run{})
          .then(
            [this](const run_outcome& outcome) {
              if (outcome.run.status != run_status::success && !may_fail_)
                judge_->complain("a run that did not succeed");
              if (outcome.run.status == run_status::success && outcome.answer.content.empty())
                judge_->complain("an empty answer");
              next();
            },
            [this](const caf::error& why) { on_failed(from_caf(why)); });
      },
      [this](const error& failed) { on_failed(failed); });
  }

  pointer self_;
  std::optional<owner_link<caf::stateful_actor<stress_client_state>>> owners_;
  shared_story* story_ = nullptr;
  verdict* judge_ = nullptr;
  std::string name_;
  bool may_fail_ = false;
  int count_ = 0;
};

caf::behavior stress_client(caf::stateful_actor<stress_client_state>* self, std::vector<shard_actor> shards,
  shared_story* story, verdict* judge, std::string name, bool may_fail) {
  self->state.start(std::move(shards), story, judge, std::move(name), may_fail);
  return {[](const background_job&) {}};
}

class stressed_world {
public:
  explicit stressed_world(bool may_fail) : may_fail_(may_fail) {
    io_scheduler::install(config_, runtime_);
    system_ = std::make_unique<caf::actor_system>(config_);
    runtime_.start();
    wire();
  }
  stressed_world(const stressed_world&) = delete;
  stressed_world& operator=(const stressed_world&) = delete;
  ~stressed_world() {
    for (const auto& each : shards_)
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(nexus_, caf::exit_reason::user_shutdown);
    for (const auto& each : team_.by_agent)
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(chunks_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(pool_, caf::exit_reason::user_shutdown);
    shards_.clear();
    team_ = {};
    nexus_ = nullptr;
    caf::anon_send_exit(statistics_, caf::exit_reason::user_shutdown);
    statistics_ = nullptr;
    chunks_ = nullptr;
    pool_ = nullptr;
    services_ = nullptr;
    system_ = nullptr;
    runtime_.stop();
  }

  void run() {
    std::array<shared_story, people_count> stories;
    verdict judge;
    auto finished = judge.finished.get_future();
    for (std::size_t i = 0; i < people_count; ++i) {
      stories[i].user = add_person(static_cast<std::uint8_t>(i + 1), stories[i].session);
      for (std::size_t c = 0; c < clients_per_person; ++c)
        system_->spawn(stress_client, shards_, &stories[i], &judge,
          "p" + std::to_string(i) + "c" + std::to_string(c) + "-", may_fail_);
    }
    while (finished.wait_for(5ms) != std::future_status::ready) {
      if (may_fail_)
        kill_a_worker();
      ASSERT_LT(std::chrono::steady_clock::now() - begin_, 120s) << judge.unfinished << " clients wait for an answer";
    }
    EXPECT_EQ(judge.faults, std::vector<std::string>{});
    const std::scoped_lock lock{record_->mutex, database_->mutex};
    for (const auto& name : judge.acknowledged_names)
      EXPECT_TRUE(record_->names.contains(name)) << "a lost acknowledged write: " << name;
    for (const auto& story : stories)
      EXPECT_GE(database_->people.at(story.user).person.revision, story.acknowledged);
    EXPECT_GT(judge.acknowledged_names.size(), people_count * operations_per_client / 4);
  }

private:
  void wire() {
    pool_ = system_->spawn(storage_pool_behavior, spawn_storage_worker{[this](worker_kind) {
      auto worker = system_->spawn<caf::detached>(storage_worker_behavior,
        store_factory{[database = database_, record = record_]() -> result<std::unique_ptr<storage::store>> {
          return std::make_unique<recording_store>(database, record);
        }},
        storage_worker_options{.batch_size = 16});
      const std::scoped_lock lock{workers_mutex_};
      workers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
      return worker;
    }},
      storage_pool_options{2, 10'000});
    chunks_ = system_->spawn(chunk_writer_behavior, pool_);
    for (std::size_t i = 0; i < team_.by_agent.size(); ++i)
      team_.by_agent[i] = system_->spawn(specialist_behavior, static_cast<agent>(i));
    nexus_ = system_->spawn(nexus_behavior, team_);
    auto services = std::make_shared<user_services>();
    services->storage = pool_;
    services->chunks = chunks_;
    services->nexus = nexus_;
    statistics_ = system_->spawn(statistics_behavior, pool_,
      environment{[] { return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()); }, {}},
      statistics_limits);
    services->statistics = statistics_;
    services->encode = test_encoders();
    services->world.now = [] {
      return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    };
    services->world.random = [](std::uint8_t* out, std::size_t size) { auth::fill_random(out, size); };
    services_ = std::move(services);
    // Two people per shard are too many: owners come and go all the time.
    for (int i = 0; i < 4; ++i)
      shards_.push_back(system_->spawn(shard_behavior, spawn_user{[this](const user_id& user) {
        return system_->spawn(user_behavior, user, std::int64_t{1}, services_);
      }},
        shard_options{2, 50ms, 20ms}));
  }

  user_id add_person(std::uint8_t number, session_id& session_out) {
    storage::memory_person row;
    row.person.id.value.bytes[3] = number;
    row.person.email = "person" + std::to_string(number) + "@example.org";
    session open;
    open.id.value.bytes[3] = number;
    open.expires_at = services_->world.now() + std::chrono::days{1};
    session_out = open.id;
    row.sessions.emplace(open.id, open);
    const std::scoped_lock lock{database_->mutex};
    const auto id = row.person.id;
    database_->people.emplace(id, std::move(row));
    return id;
  }

  void kill_a_worker() {
    const std::scoped_lock lock{workers_mutex_};
    if (const auto worker = workers_[++killed_ % workers_.size()].lock())
      caf::anon_send_exit(caf::actor_cast<caf::actor>(worker), caf::exit_reason::kill);
  }

  bool may_fail_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  std::shared_ptr<storage::memory_database> database_ = std::make_shared<storage::memory_database>();
  std::shared_ptr<commit_record> record_ = std::make_shared<commit_record>();
  std::mutex workers_mutex_;
  std::vector<caf::weak_actor_ptr> workers_;
  std::size_t killed_ = 0;
  io_runtime runtime_{2};
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
  storage_pool_actor pool_;
  chunk_writer_actor chunks_;
  nexus_actor nexus_;
  statistics_actor statistics_;
  specialists team_;
  user_services_ptr services_;
  std::vector<shard_actor> shards_;
};

}  // namespace

TEST(Stress, KeepsItsPromisesOnRealThreads) {
  stressed_world world{false};
  world.run();
}

TEST(Stress, KeepsItsPromisesWhileDatabaseWorkersDie) {
  stressed_world world{true};
  world.run();
}

}  // namespace genesis
