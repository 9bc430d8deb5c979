#include "actors/failure.hpp"
#include "actors/password_pool.hpp"
#include "domain/ensure.hpp"
#include "tests/actors/actor_fixture.hpp"

namespace genesis {

namespace {

/// Instead of ten milliseconds of hashing: turns the password round.
password_worker_actor::behavior_type quick_worker(password_worker_actor::pointer self, bool* throws) {
  contain_failures(self, "password worker");
  return {
    [throws](const hash_password& what) {
      ensure(!*throws, "a worker that works");
      return password_hashed{std::string{what.password.rbegin(), what.password.rend()}};
    },
    [](const verify_password& what) {
      return password_verdict{what.hash == std::string{what.password.rbegin(), what.password.rend()}, std::nullopt};
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
