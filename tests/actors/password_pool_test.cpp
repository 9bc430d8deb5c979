#include "actors/accounts.hpp"
#include "actors/failure.hpp"
#include "actors/password_pool.hpp"
#include "domain/ensure.hpp"
#include "tests/actors/actor_fixture.hpp"
#include "tests/actors/log_reader.hpp"

namespace genesis {

namespace {

/// Instead of ten milliseconds of hashing: turns the password round.
password_worker_actor::behavior_type quick_worker(password_worker_actor::pointer self, bool* throws) {
  contain_failures(self, "password worker");
  return {
    [throws](const hash_password& what) -> caf::result<password_hashed> {
      ensure(!*throws, "a worker that works");
      if (what.password == "no memory")
        return to_caf({errc::unavailable, "no memory to hash a password"});
      return password_hashed{std::string{what.password.rbegin(), what.password.rend()}};
    },
    [](const judge_password& what) { return !what.password.empty(); },
    [](const verify_password& what) {
      return password_verdict{what.hash == std::string{what.password.rbegin(), what.password.rend()}, std::nullopt};
    },
  };
}

/// What the workers of a test are busy with until the test says that they have done it.
struct desk {
  std::vector<caf::typed_response_promise<password_hashed>> hashing;
  std::vector<caf::typed_response_promise<password_verdict>> verifying;
  std::size_t begun = 0;

  [[nodiscard]] std::size_t busy() const { return hashing.size() + verifying.size(); }
  void clear() {
    hashing.clear();
    verifying.clear();
  }
};

using busy_worker_actor = password_worker_actor::extend<caf::reacts_to<flush_due>>;

busy_worker_actor::behavior_type busy_worker(busy_worker_actor::pointer self, desk* work) {
  contain_failures(self, "password worker");
  return {
    [self, work](const hash_password&) {
      ++work->begun;
      return work->hashing.emplace_back(self->make_response_promise<password_hashed>());
    },
    [](const judge_password&) { return true; },
    [self, work](const verify_password&) {
      ++work->begun;
      return work->verifying.emplace_back(self->make_response_promise<password_verdict>());
    },
    [work](const flush_due&) {
      for (auto& each : work->hashing)
        each.deliver(password_hashed{"h"});
      for (auto& each : work->verifying)
        each.deliver(password_verdict{true, std::nullopt});
      work->clear();
    },
  };
}

}  // namespace

class PasswordPool : public ActorTest {
protected:
  password_pool_actor spawn_pool(std::size_t workers, std::size_t queue_max) {
    return world.system().spawn(password_pool_behavior, spawn_password_worker{[this] {
      auto worker = world.system().spawn(quick_worker, &throws_);
      spawned_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
      return worker;
    }},
      password_pool_options{workers, queue_max});
  }
  void end(password_pool_actor& pool) {
    caf::anon_send_exit(pool, caf::exit_reason::user_shutdown);
    pool = nullptr;
    world.run();
  }
  bool throws_ = false;
  std::vector<caf::weak_actor_ptr> spawned_;
};

TEST_F(PasswordPool, RelaysToItsWorkers) {
  auto pool = spawn_pool(2, 8);
  EXPECT_EQ(world.get<password_hashed>(pool, hash_password{"abc", {}})->hash, "cba");
  EXPECT_TRUE(world.get<password_verdict>(pool, verify_password{"abc", "cba"})->matches);
  EXPECT_FALSE(world.get<password_verdict>(pool, verify_password{"abc", "x"})->matches);
  end(pool);
}

TEST_F(PasswordPool, RefusesBeyondItsBound) {
  auto pool = spawn_pool(1, 3);
  std::vector<asked<password_hashed>> all;
  for (int i = 0; i < 8; ++i)
    all.push_back(world.ask<password_hashed>(pool, hash_password{"abc", {}}));
  int refused = 0;
  for (const auto& each : all) {
    const auto answer = world.wait_for<password_hashed>(each);
    if (!answer) {
      EXPECT_EQ(answer.error().code, errc::overloaded);
      ++refused;
    }
  }
  EXPECT_GE(refused, 1);
  EXPECT_LE(refused, 5) << "as many as the bound allows are served";
  EXPECT_TRUE(world.get<password_hashed>(pool, hash_password{"abc", {}}));
  end(pool);
}

TEST_F(PasswordPool, ReplacesAWorkerThatFails) {
  auto pool = spawn_pool(1, 3);
  world.run();
  throws_ = true;
  world.failures_expected = 1;
  EXPECT_CODE(world.get<password_hashed>(pool, hash_password{"abc", {}}), errc::internal);
  throws_ = false;
  world.run();
  EXPECT_EQ(spawned_.size(), 2u);
  EXPECT_TRUE(world.get<password_hashed>(pool, hash_password{"abc", {}}));
  end(pool);
}

// Nobody else would know why everybody's login is answered with 503.
TEST_F(PasswordPool, TellsOnceAMinuteThatThereIsNoMemory) {
  const log_reader log;
  auto pool = spawn_pool(1, 4);
  const hash_password work{"no memory", {}, world.time() + std::chrono::hours{1}};
  for (int i = 0; i < 3; ++i)
    EXPECT_CODE(world.get<password_hashed>(pool, work), errc::unavailable);
  EXPECT_EQ(log.count("passwords cannot be checked"), 1u);
  world.advance(std::chrono::minutes{1});
  EXPECT_CODE(world.get<password_hashed>(pool, work), errc::unavailable);
  EXPECT_EQ(log.count("passwords cannot be checked"), 2u);
  end(pool);
}

/// Workers that are busy for as long as the test wants.
class BusyPasswordPool : public ActorTest {
protected:
  BusyPasswordPool() { start(1, 3); }
  ~BusyPasswordPool() override {
    caf::anon_send_exit(pool_, caf::exit_reason::user_shutdown);
    world.run();
    work_.clear();
  }
  void start(std::size_t workers, std::size_t queue_max) {
    if (pool_)
      caf::anon_send_exit(pool_, caf::exit_reason::user_shutdown);
    pool_ = world.system().spawn(password_pool_behavior, spawn_password_worker{[this] {
      if (refusals_ > 0) {
        --refusals_;
        throw std::runtime_error("no thread");
      }
      auto worker = world.system().spawn(busy_worker, &work_);
      workers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
      return worker;
    }},
      password_pool_options{workers, queue_max});
    world.run();
  }
  asked<password_hashed> ask(std::chrono::milliseconds patience = front_deadline) {
    auto answer = world.ask<password_hashed>(pool_, hash_password{"abc", {}, world.time() + patience});
    world.run();
    return answer;
  }
  caf::actor worker() {
    const auto alive = workers_.back().lock();
    return alive ? caf::actor_cast<caf::actor>(alive) : caf::actor{};
  }
  void finish() {
    caf::anon_send(worker(), flush_due{});
    world.run();
  }
  void kill_worker() {
    caf::anon_send_exit(worker(), caf::exit_reason::kill);
    work_.clear();
    world.run();
  }

  desk work_;
  int refusals_ = 0;
  std::vector<caf::weak_actor_ptr> workers_;
  password_pool_actor pool_;
};

TEST_F(BusyPasswordPool, GivesEachWorkerOneThingAtATime) {
  const auto first = ask();
  const auto second = ask();
  EXPECT_EQ(work_.busy(), 1u);
  finish();
  EXPECT_TRUE(first->has_value());
  EXPECT_FALSE(second->has_value());
  EXPECT_EQ(work_.busy(), 1u);
  finish();
  EXPECT_TRUE(second->has_value());
}

TEST_F(BusyPasswordPool, KnowsThatAWorkerIsBusyUntilItHasAnswered) {
  const auto first = ask();
  world.advance(std::chrono::seconds{30});  // whoever asked has given up long ago
  EXPECT_CODE(**first, errc::outcome_unknown);
  const auto second = ask();
  const auto third = ask();
  EXPECT_CODE(world.wait_for<password_hashed>(ask()), errc::overloaded);  // three are in flight
  EXPECT_EQ(work_.begun, 1u);
  finish();
  finish();
  EXPECT_TRUE(second->has_value() && second->value());
  finish();
  EXPECT_TRUE(third->has_value() && third->value());
}

TEST_F(BusyPasswordPool, KnowsThatAWorkerIsBusyUntilItIsDead) {
  const auto first = ask();
  const auto second = ask();
  kill_worker();
  ASSERT_TRUE(first->has_value());
  EXPECT_FALSE((*first)->has_value());
  EXPECT_EQ(workers_.size(), 2u);
  finish();
  EXPECT_TRUE(second->has_value() && second->value());
}

TEST_F(BusyPasswordPool, EndsAWorkerThatTakesForEver) {
  const auto first = ask();
  world.advance(password_work_deadline + std::chrono::seconds{1});
  EXPECT_EQ(workers_.size(), 2u);
  work_.clear();
  const auto second = ask();
  finish();
  EXPECT_TRUE(second->has_value() && second->value());
}

TEST_F(BusyPasswordPool, LeavesOutWhatNobodyWaitsForAnyMore) {
  const auto first = ask();
  const auto late = ask(std::chrono::milliseconds{500});
  const auto patient = ask();
  world.advance(std::chrono::seconds{1});
  finish();
  ASSERT_TRUE(late->has_value());
  EXPECT_CODE(**late, errc::overloaded);
  finish();
  EXPECT_TRUE(patient->has_value() && patient->value());
  EXPECT_EQ(work_.begun, 2u);
}

TEST_F(BusyPasswordPool, BeginsNothingAtItsDeadlineAndAnythingBefore) {
  const auto first = ask();
  const auto late = ask(std::chrono::milliseconds{1'000});
  const auto in_time = ask(std::chrono::milliseconds{1'001});
  world.advance(std::chrono::milliseconds{1'000});
  finish();
  ASSERT_TRUE(late->has_value());
  EXPECT_CODE(**late, errc::overloaded);
  EXPECT_EQ(work_.begun, 2u) << "the other one";
}

TEST_F(BusyPasswordPool, TakesInNewWorkForWhatIsLate) {
  ask();
  const auto late = ask(std::chrono::milliseconds{500});
  ask();
  EXPECT_CODE(world.wait_for<password_hashed>(ask()), errc::overloaded);
  world.advance(std::chrono::seconds{1});
  const auto next = ask();
  EXPECT_FALSE(next->has_value()) << "it waits";
  ASSERT_TRUE(late->has_value());
  EXPECT_CODE(**late, errc::overloaded);
}

TEST_F(BusyPasswordPool, GoesOnWhenAWorkerCouldNotBeStarted) {
  const auto first = ask();
  const auto second = ask();
  refusals_ = 2;
  world.failures_expected = 2;
  kill_worker();  // its successor does not start, and again not for what waits
  ASSERT_TRUE(second->has_value());
  EXPECT_CODE(**second, errc::unavailable);
  const auto third = ask();
  finish();
  EXPECT_TRUE(third->has_value() && third->value());
}

/// A thousand people log in while hashing stands still.
TEST_F(BusyPasswordPool, SurvivesAFlood) {
  constexpr std::size_t flood = 1'000;
  constexpr std::size_t bound = 64;
  start(1, bound);
  auto accounts =
    world.system().spawn(accounts_behavior, accounts_services{world.pool, pool_, {world.shard}, world.services->world});
  const auto log_in_as_ann = [&] { return world.ask<signed_in>(accounts, log_in{"person1@example.org", "abc", {}}); };
  std::vector<asked<signed_in>> all;
  for (std::size_t i = 0; i < flood; ++i)
    all.push_back(log_in_as_ann());
  world.run();
  const auto answered = [&] {
    return static_cast<std::size_t>(
      std::ranges::count_if(all, [](const asked<signed_in>& each) { return each->has_value(); }));
  };
  EXPECT_EQ(answered(), flood - bound) << "refused at once, beyond the bound";
  EXPECT_EQ(work_.busy(), 1u);
  const auto other = world.ask_owner<entity_reply>(ann.id, get_user{ann.session});
  world.run();
  EXPECT_TRUE(other->has_value()) << "no other request waits for a password";

  world.advance(front_deadline);
  EXPECT_EQ(answered(), flood);
  for (const auto& each : all)
    EXPECT_CODE(**each, errc::overloaded);
  const auto later = log_in_as_ann();
  world.run();
  finish();  // what the worker was busy with all the time
  EXPECT_EQ(work_.begun, 2u) << "the next is the one that still waits";
  finish();
  EXPECT_TRUE(world.wait_for<signed_in>(later));
  caf::anon_send_exit(accounts, caf::exit_reason::user_shutdown);
}

TEST_F(PasswordPool, JudgesAndHashesForReal) {
  auto worker = world.system().spawn(password_worker_behavior);
  EXPECT_CODE(world.get<password_hashed>(worker, hash_password{"password", {}}), errc::invalid_argument);
  const auto hashed = world.get<password_hashed>(worker, hash_password{"correct horse battery staple", {}});
  ASSERT_TRUE(hashed);
  EXPECT_TRUE(
    world.get<password_verdict>(worker, verify_password{"correct horse battery staple", hashed->hash})->matches);
  EXPECT_FALSE(world.get<password_verdict>(worker, verify_password{"another one entirely", hashed->hash})->matches);
  EXPECT_FALSE(world.get<password_verdict>(worker, verify_password{"anything", ""})->matches) << "nobody has no hash";
  caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
}

}  // namespace genesis
