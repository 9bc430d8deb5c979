#include "actors/accounts.hpp"
#include "actors/background_worker.hpp"
#include "actors/housekeeper.hpp"
#include "actors/limiter.hpp"
#include "actors/password_pool.hpp"
#include "actors/purger.hpp"
#include "actors/service.hpp"
#include "tests/actors/actor_fixture.hpp"

#include <stdexcept>

namespace genesis {

/// Something to do in the callback of a request.
struct job_for_later {
  background_job job;
};

}  // namespace genesis

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(genesis::job_for_later)

namespace genesis {

namespace {

void fail_on_purpose() {
  throw std::runtime_error("on purpose");
}

/// Does what it is sent, in a handler or in a callback of a request.
using clumsy_actor = caf::typed_actor<caf::replies_to<background_job>::with<bool>,
  caf::replies_to<job_for_later>::with<bool>, caf::reacts_to<sweep_due>>;

struct clumsy_state {
  using pointer = clumsy_actor::stateful_pointer<clumsy_state>;
  explicit clumsy_state(pointer) {}

  background_actor helper;
  int deaths = 0;
  int sweeps = 0;
  int sweeps_that_fail = 0;
};

background_job job_of(std::function<void()> what) {
  return {.run = std::make_shared<const std::function<void()>>(std::move(what))};
}

clumsy_actor::behavior_type clumsy_behavior(
  service_pointer<clumsy_actor, clumsy_state> self, background_actor helper, clumsy_state** state) {
  self->serve_as(actor_kind::background);
  self->state.helper = std::move(helper);
  *state = &self->state;
  handle_deaths(self, "clumsy", [self](const caf::down_msg&) {
    if (++self->state.deaths == 1)
      fail_on_purpose();
  });
  return {
    [self](const background_job& job) -> caf::result<bool> {
      const auto answer = hold_answer<bool>(self);
      (*job.run)();
      answer->deliver(true);
      return caf::delegated<bool>{};
    },
    [self](const job_for_later& later) -> caf::result<bool> {
      const auto answer = hold_answer<bool>(self);
      answer->lost_as(errc::outcome_unknown);
      self->request(self->state.helper, front_deadline, job_of([] {}))
        .then(
          [answer, job = later.job](bool) {
            (*job.run)();
            answer->deliver(true);
          },
          [answer](const caf::error& failed) { answer->fail(from_caf(failed)); });
      return caf::delegated<bool>{};
    },
    [self](const sweep_due&) {
      ++self->state.sweeps;
      if (self->state.sweeps_that_fail > 0) {
        --self->state.sweeps_that_fail;
        fail_on_purpose();
      }
    },
  };
}

}  // namespace

class Background : public ActorTest {};

TEST_F(Background, DoesNothingThatNobodyWaitsForAnyMore) {
  const auto worker = world.system().spawn(background_behavior);
  int done = 0;
  auto late = job_of([&] { ++done; });
  late.deadline = world.time();
  EXPECT_CODE(world.get<bool>(worker, late), errc::overloaded);
  EXPECT_EQ(done, 0);
  auto timely = job_of([&] { ++done; });
  timely.deadline = world.time() + std::chrono::milliseconds{1};
  EXPECT_TRUE(world.get<bool>(worker, timely));
  EXPECT_EQ(done, 1);
  caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
}

class Service : public ActorTest {
protected:
  Service() {
    helper_ = world.system().spawn(background_behavior);
    actor_ = world.system().spawn(clumsy_behavior, helper_, &state_);
    world.run();
  }
  ~Service() override {
    caf::anon_send_exit(actor_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(helper_, caf::exit_reason::user_shutdown);
  }
  asked<bool> in_handler(std::function<void()> what) { return world.ask<bool>(actor_, job_of(std::move(what))); }
  asked<bool> in_callback(std::function<void()> what) {
    return world.ask<bool>(actor_, job_for_later{job_of(std::move(what))});
  }
  /// What is answered while time stands still.
  template <class R>
  result<R> at_once(const asked<R>& answer) {
    world.run();
    return answer->has_value() ? **answer : fail(errc::internal, "not answered at once");
  }

  background_actor helper_;
  clumsy_actor actor_;
  clumsy_state* state_ = nullptr;
};

TEST_F(Service, AnswersWhoAskedWhenItsHandlerThrowsAndGoesOn) {
  world.failures_expected = 2;
  EXPECT_CODE(at_once(in_handler(fail_on_purpose)), errc::unavailable);  // the answer that it held
  EXPECT_CODE(at_once(in_handler([] { throw 1; })), errc::unavailable);  // whatever is thrown
  EXPECT_TRUE(at_once(in_handler([] {})));
}

TEST_F(Service, AnswersWhoAskedWhenNoAnswerWasHeldYet) {
  world.failures_expected = 1;
  EXPECT_CODE(at_once(world.ask<bool>(helper_, job_of(fail_on_purpose))), errc::internal);
  EXPECT_TRUE(at_once(world.ask<bool>(helper_, job_of([] {}))));
}

TEST_F(Service, AnswersWhoseCallbackThrowsAndNobodyElse) {
  world.failures_expected = 1;
  const auto before = in_callback([] {});
  const auto broken = in_callback(fail_on_purpose);
  const auto after = in_callback([] {});
  EXPECT_CODE(at_once(broken), errc::outcome_unknown);  // as its answer says when it is lost
  EXPECT_TRUE(at_once(before));
  EXPECT_TRUE(at_once(after));
}

TEST_F(Service, GoesOnHandlingDeathsAfterOneThrew) {
  world.failures_expected = 1;
  auto* self = static_cast<caf::local_actor*>(caf::actor_cast<caf::abstract_actor*>(actor_));
  for (int deaths = 1; deaths <= 3; ++deaths) {
    const auto mortal = world.system().spawn(background_behavior);
    self->monitor(mortal);
    caf::anon_send_exit(mortal, caf::exit_reason::kill);
    world.run();
    EXPECT_EQ(state_->deaths, deaths);
  }
  EXPECT_TRUE(at_once(in_handler([] {})));
}

TEST_F(Service, RepeatsAReminderThatFailed) {
  world.failures_expected = 2;
  state_->sweeps_that_fail = 2;
  caf::anon_send(actor_, sweep_due{});
  world.run();
  EXPECT_EQ(state_->sweeps, 1) << "what others send is not repeated";
  EXPECT_TRUE(at_once(in_handler([this] {
    const auto self = caf::actor_cast<caf::strong_actor_ptr>(actor_);
    self->enqueue(self, caf::make_message_id(), caf::make_message(sweep_due{}), nullptr);
  })));
  EXPECT_EQ(state_->sweeps, 2);
  world.advance(2 * reminder_pause);
  EXPECT_EQ(state_->sweeps, 3) << "and no more often than it takes";
}

// --- each service, at what it gets from outside
// ------------------------------------------------------------------------------------

/// A pool whose workers cannot be started while `refuses` is set.
class Workers : public ActorTest {
protected:
  Workers() {
    pool_ = world.system().spawn(storage_pool_behavior, spawn_storage_worker{[this](worker_kind) {
      if (refuses_)
        fail_on_purpose();
      auto worker = world.system().spawn(storage_worker_behavior,
        store_factory{[this]() -> result<std::unique_ptr<storage::store>> {
          return std::make_unique<storage::memory_store>(world.database);
        }},
        storage_worker_options{});
      workers_.push_back(caf::actor_cast<caf::weak_actor_ptr>(worker));
      return worker;
    }},
      storage_pool_options{1, 3});
    world.run();
  }
  ~Workers() override { caf::anon_send_exit(pool_, caf::exit_reason::user_shutdown); }

  void kill_workers() {
    for (const auto& each : workers_)
      if (const auto worker = each.lock())
        caf::anon_send_exit(caf::actor_cast<caf::actor>(worker), caf::exit_reason::kill);
  }
  asked<storage::user_snapshot> ask() { return world.ask<storage::user_snapshot>(pool_, storage::load_user{ann.id}); }
  asked<storage::write_receipt> write() {
    storage::write_batch batch;
    batch.user = ann.id;
    batch.version = world.stored(ann).version;
    return world.ask<storage::write_receipt>(pool_, batch);
  }
  template <class R>
  result<R> at_once(const asked<R>& answer) {
    world.run();
    return answer->has_value() ? **answer : fail(errc::internal, "not answered at once");
  }

  bool refuses_ = false;
  std::vector<caf::weak_actor_ptr> workers_;
  storage_pool_actor pool_;
};

TEST_F(Workers, AreStartedAgainWhenThatFailedBefore) {
  refuses_ = true;
  const auto failures = counters().actors_failed.value();
  // The question meets the death: its callback asks elsewhere, and there is nowhere.
  kill_workers();
  EXPECT_CODE(at_once(ask()), errc::unavailable);
  EXPECT_CODE(at_once(ask()), errc::unavailable);    // a handler that throws
  EXPECT_CODE(at_once(write()), errc::unavailable);  // nothing was sent, so nothing is unknown
  world.failures_expected = counters().actors_failed.value() - failures;
  EXPECT_GE(world.failures_expected, 3u);
  refuses_ = false;
  for (int i = 0; i < 10; ++i) {  // more than may be in flight at a time: no place was lost
    EXPECT_TRUE(at_once(ask()));
    EXPECT_TRUE(at_once(write()));
  }
  EXPECT_EQ(counters().storage_in_flight_now.value(), 0u);
}

class Directory : public ActorTest {
protected:
  Directory() {
    shard_ = world.system().spawn(shard_behavior, spawn_user{[this](const user_id& user) {
      if (refusals_ > 0) {
        --refusals_;
        fail_on_purpose();
      }
      return world.system().spawn(user_behavior, user, std::int64_t{1}, world.services);
    }},
      shard_options{});
    world.run();
  }
  ~Directory() override { caf::anon_send_exit(shard_, caf::exit_reason::user_shutdown); }
  asked<user_actor> find(caf::actor_id bounced = 0) {
    return world.ask<user_actor>(shard_, find_user{ann.id, bounced});
  }

  int refusals_ = 0;
  shard_actor shard_;
};

TEST_F(Directory, ActivatesAPersonAfterItCouldNot) {
  world.failures_expected = 1;
  refusals_ = 1;
  const auto refused = find();
  world.run();
  ASSERT_TRUE(refused->has_value());
  EXPECT_CODE(**refused, errc::internal);
  EXPECT_TRUE(world.wait_for<user_actor>(find()));
}

/// The fence of a dead owner has to be raised by whoever comes next, however often that fails.
TEST_F(Directory, TellsTheNextOwnerOfADeathAfterItCouldNotActivateOne) {
  const auto owner = *world.wait_for<user_actor>(find());
  ASSERT_TRUE(world.get<entity_reply>(owner, get_user{ann.session}));
  world.failures_expected = 1;
  refusals_ = 1;
  const auto raises = world.faults->raises;
  const auto waiting = find(owner.id());  // reaches the shard ahead of the owner's DOWN, and waits for its word
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  world.run();
  ASSERT_TRUE(waiting->has_value());
  EXPECT_CODE(**waiting, errc::unavailable);
  const auto next = world.wait_for<user_actor>(find());
  ASSERT_TRUE(next);
  EXPECT_TRUE(world.get<entity_reply>(*next, get_user{ann.session}));
  EXPECT_EQ(world.faults->raises, raises + 1);
}

class Housekeeping : public ActorTest {
protected:
  Housekeeping() {
    housekeeper_options options;
    options.on_database = [this](bool is_there) {
      told_.push_back(is_there);
      if (tellings_that_fail_ > 0) {
        --tellings_that_fail_;
        fail_on_purpose();
      }
    };
    options.purge_interval = std::chrono::seconds{5};
    environment where;
    where.now = [this] {
      ++purges_;
      if (purges_that_fail_ > 0) {
        --purges_that_fail_;
        fail_on_purpose();
      }
      return world.wall_time();
    };
    keeper_ = world.system().spawn(housekeeper_behavior, world.pool, where, options);
    world.run();
  }
  ~Housekeeping() override { caf::anon_send_exit(keeper_, caf::exit_reason::user_shutdown); }

  std::vector<bool> told_;
  int tellings_that_fail_ = 0;
  int purges_ = 0;
  int purges_that_fail_ = 0;
  housekeeper_actor keeper_;
};

TEST_F(Housekeeping, GoesOnLookingWhenTellingThrew) {
  world.failures_expected = 1;
  tellings_that_fail_ = 1;
  world.database->fail_next(errc::unavailable);
  world.database->fail_next(errc::unavailable);
  world.advance(std::chrono::seconds{4});
  EXPECT_EQ(told_, (std::vector{false, false, true})) << "what was not heard is said again";
}

TEST_F(Housekeeping, PurgesAgainAfterItCouldNot) {
  world.failures_expected = 2;
  purges_that_fail_ = 2;
  world.advance(std::chrono::seconds{20});
  EXPECT_GE(purges_, 2 + 3);
  EXPECT_LE(purges_, 2 + 4) << "one round at a time, however often one failed";
}

// --- each service, wherever it may throw
// ------------------------------------------------------------------------------------------------

namespace {

/// Lets one allocation after another fail in the service that `served` picks while `use` has it do all that it does.
/// Nobody may wait for ever, and afterwards all has to be as before.
void survives_each_failed_allocation(
  const std::function<caf::strong_actor_ptr(actor_world&)>& served, const std::function<bool(actor_world&)>& use,
  const world_options& options = {}, const std::function<void()>& end = [] {}) {
  constexpr std::int64_t most = 2'000;
  for (std::int64_t nth = 1; nth < most; ++nth) {
    const ::testing::ScopedTrace trace(__FILE__, __LINE__, "allocation " + std::to_string(nth));
    actor_world world{options};
    const auto failures = counters().actors_failed.value();
    world.fail_allocation_of(served(world), nth);
    use(world);
    const bool has_failed = world.has_allocation_failed();
    world.failures_expected = counters().actors_failed.value() - failures;
    world.advance(std::chrono::seconds{30});
    EXPECT_TRUE(use(world));
    EXPECT_TRUE(use(world));
    end();
    EXPECT_TRUE(has_failed || nth > 5) << "hardly anything was tried";
    if (!has_failed || ::testing::Test::HasFailure())
      return;
  }
  ADD_FAILURE() << "there is no end of allocations";
}

/// True when all are answered without an error.
template <class R>
bool all_served(actor_world& world, const std::vector<asked<R>>& all) {
  bool are_served = true;
  for (const auto& each : all)
    are_served = world.wait_for<R>(each).has_value() && are_served;
  return are_served;
}

}  // namespace

TEST(ServiceFaults, LeaveTheStoragePoolAsItWas) {
  const auto failures = counters().storage_in_flight_now.value();
  survives_each_failed_allocation([](actor_world& world) { return caf::actor_cast<caf::strong_actor_ptr>(world.pool); },
    [](actor_world& world) {
      const auto ann = world.add_person(1);
      std::vector<asked<storage::user_snapshot>> all;
      for (int i = 0; i < 6; ++i)  // two readers have four of them, the others wait
        all.push_back(world.ask<storage::user_snapshot>(world.pool, storage::load_user{ann.id}));
      world.kill_worker(world.workers_spawned() / 2);
      storage::write_batch batch;
      batch.user = ann.id;
      batch.version = world.stored(ann).version;
      const auto written = world.ask<storage::write_receipt>(world.pool, batch);
      const auto is_written = world.wait_for<storage::write_receipt>(written).has_value();
      return all_served(world, all) && is_written;
    },
    {.readers = 1, .overflow_max = 1});
  EXPECT_EQ(counters().storage_in_flight_now.value(), failures) << "each place was given up";
}

TEST(ServiceFaults, LeaveTheChunkWriterAsItWas) {
  survives_each_failed_allocation(
    [](actor_world& world) { return caf::actor_cast<caf::strong_actor_ptr>(world.chunks); },
    [](actor_world& world) {
      const auto ann = world.add_person(1);
      std::vector<asked<storage::write_receipt>> all;
      for (int i = 0; i < 3; ++i) {
        storage::run_chunk chunk{ann.id, 1, {}, {}};
        chunk.events.emplace_back().seq = i + 1;
        all.push_back(world.ask<storage::write_receipt>(world.chunks, chunk));
        world.advance(std::chrono::milliseconds{70});
      }
      return all_served(world, all);
    });
}

TEST(ServiceFaults, LeaveTheShardAsItWas) {
  survives_each_failed_allocation(
    [](actor_world& world) { return caf::actor_cast<caf::strong_actor_ptr>(world.shard); },
    [](actor_world& world) {
      const auto ann = world.add_person(1);
      std::vector<asked<entity_reply>> all;
      const auto ask = [&] { all.push_back(world.ask_owner<entity_reply>(ann.id, get_user{ann.session})); };
      ask();
      world.run();
      if (const auto owner = world.live_owner(ann.id)) {
        world.ask<user_actor>(world.shard, find_user{ann.id, owner.id()});  // asks it to leave
        ask();
        ask();
        world.run();
      }
      if (const auto owner = world.live_owner(ann.id))
        caf::anon_send_exit(owner, caf::exit_reason::kill);
      ask();
      world.run();
      world.advance(std::chrono::minutes{16});  // idle
      ask();
      return all_served(world, all);
    });
}

TEST(ServiceFaults, LeaveTheCoachAsItWas) {
  survives_each_failed_allocation(
    [](actor_world& world) { return caf::actor_cast<caf::strong_actor_ptr>(world.nexus); },
    [](actor_world& world) {
      const auto answer = world.ask<reply_ptr>(world.nexus, ask_coach{std::make_shared<const coach::turn>()});
      return world.wait_for<reply_ptr>(answer).has_value();
    },
    {.has_built_in_coach = true});
}

TEST(ServiceFaults, LeaveStatisticsAsTheyWere) {
  survives_each_failed_allocation(
    [](actor_world& world) { return caf::actor_cast<caf::strong_actor_ptr>(world.statistics); },
    [](actor_world& world) {
      const auto ann = world.add_person(1);
      std::vector<asked<records_ptr>> all;
      for (int i = 0; i < 4; ++i)
        all.push_back(world.ask<records_ptr>(world.statistics, get_recent_records{ann.id, i / 2}));
      const bool are_served = all_served(world, all);
      const auto everybody = let_people_go{key_pattern::parse("user:*").value()};
      return world.get<std::int64_t>(world.statistics, everybody).has_value() && are_served;
    });
}

TEST(ServiceFaults, LeaveThePurgerAsItWas) {
  purger_actor purger;
  int calls = 0;
  survives_each_failed_allocation(
    [&](actor_world& world) {
      purger = world.system().spawn(purger_behavior, world.encoder,
        purger_options{[&](const std::vector<std::string>&) -> result<int> { return calls++ % 2 == 0 ? 500 : 200; },
          "http://cdn", std::chrono::seconds{4}});
      world.run();
      return caf::actor_cast<caf::strong_actor_ptr>(purger);
    },
    [&](actor_world& world) {
      calls = 0;
      const auto first = world.get<std::int64_t>(purger, purge_keys{{"a"}});
      world.advance(std::chrono::seconds{2});
      const auto second = world.get<std::int64_t>(purger, purge_keys{{"b"}});
      world.advance(std::chrono::minutes{2});
      return !first && !second && calls == 4 && total_of(&actor_counters::purge_keys_now) == 0;
    },
    {},
    [&] {
      caf::anon_send_exit(purger, caf::exit_reason::user_shutdown);
      purger = nullptr;
    });
}

/// Logging in, with everything that takes part in it.
class Logins : public ::testing::TestWithParam<const char*> {
protected:
  static password_worker_actor::behavior_type quick_worker(password_worker_actor::pointer self) {
    contain_failures(self, "password worker");
    return {
      [](const hash_password& what) { return password_hashed{what.password}; },
      [](const judge_password&) { return true; },
      [](const verify_password& what) { return password_verdict{what.hash == what.password, std::nullopt}; },
    };
  }
  caf::strong_actor_ptr start(actor_world& world) {
    passwords_ = world.system().spawn(password_pool_behavior, spawn_password_worker{[this, &world] {
      auto worker = world.system().spawn(quick_worker);
      worker_ = caf::actor_cast<caf::weak_actor_ptr>(worker);
      return worker;
    }},
      password_pool_options{1, 3});
    limiter_ = world.system().spawn(limiter_behavior, limiter_options{}, world.services->world);
    accounts_ = world.system().spawn(
      accounts_behavior, accounts_services{world.pool, passwords_, {world.shard}, world.services->world, limiter_});
    world.run();
    const std::string_view who = GetParam();
    return who == "accounts"  ? caf::actor_cast<caf::strong_actor_ptr>(accounts_)
           : who == "limiter" ? caf::actor_cast<caf::strong_actor_ptr>(limiter_)
                              : caf::actor_cast<caf::strong_actor_ptr>(passwords_);
  }
  void end() {
    caf::anon_send_exit(accounts_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(limiter_, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(passwords_, caf::exit_reason::user_shutdown);
    accounts_ = nullptr;
    limiter_ = nullptr;
    passwords_ = nullptr;
  }
  bool use(actor_world& world) {
    const auto ann = world.add_person(1);
    world.stored(ann).password_hash = "abc";
    std::vector<asked<signed_in>> all;
    for (int i = 0; i < 2; ++i)
      all.push_back(world.ask<signed_in>(accounts_, log_in{"person1@example.org", "abc", {}}));
    bool are_served = all_served(world, all);
    if (const auto worker = worker_.lock())
      caf::anon_send_exit(caf::actor_cast<caf::actor>(worker), caf::exit_reason::kill);
    world.run();
    const auto again = world.get<signed_in>(accounts_, log_in{"person1@example.org", "abc", {}});
    are_served = are_served && again.has_value();
    return are_served && world.get<signed_in>(accounts_, renew_session{again->refresh_token}).has_value();
  }

  caf::weak_actor_ptr worker_;
  password_pool_actor passwords_;
  limiter_actor limiter_;
  accounts_actor accounts_;
};

TEST_P(Logins, SurviveEachFailedAllocation) {
  survives_each_failed_allocation([this](actor_world& world) { return start(world); },
    [this](actor_world& world) { return use(world); }, {}, [this] { end(); });
}

INSTANTIATE_TEST_SUITE_P(ServiceFaults, Logins, ::testing::Values("accounts", "passwords", "limiter"));

}  // namespace genesis
