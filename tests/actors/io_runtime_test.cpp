#include "actors/io_collector.hpp"
#include "actors/io_runtime.hpp"
#include "actors/io_scheduler.hpp"
#include "actors/local_types.hpp"
#include "actors/timer_wheel.hpp"

#include <boost/asio/post.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <caf/typed_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <gtest/gtest.h>
#include <prometheus/metric_family.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <chrono>
#include <future>
#include <mutex>
#include <set>
#include <thread>

namespace genesis {

namespace {

using namespace std::chrono_literals;

/// Far beyond what anything here takes; reaching it is a failure.
constexpr auto patience = 30s;

/// Actors on real I/O threads.
class io_world {
public:
  explicit io_world(std::size_t threads = 2) : runtime_(threads) {
    io_scheduler::install(config_, runtime_);
    system_ = std::make_unique<caf::actor_system>(config_);
    runtime_.start();
  }
  io_world(const io_world&) = delete;
  io_world& operator=(const io_world&) = delete;
  /// Every actor must have been told to leave.
  ~io_world() {
    system_ = nullptr;
    runtime_.stop();
  }

  caf::actor_system& system() { return *system_; }
  io_runtime& runtime() { return runtime_; }

private:
  io_runtime runtime_;
  caf::actor_system_config config_;
  std::unique_ptr<caf::actor_system> system_;
};

/// What several threads write down; tests look at it when they are done.
template <class T>
class notes {
public:
  void add(T what) {
    const std::scoped_lock lock{mutex_};
    all_.push_back(std::move(what));
  }
  std::vector<T> all() {
    const std::scoped_lock lock{mutex_};
    return all_;
  }

private:
  std::mutex mutex_;
  std::vector<T> all_;
};

std::size_t thread_here() {
  const auto* here = io_thread::current();
  return here == nullptr ? 999 : here->index();
}

background_job job(std::function<void()> what) {
  return {std::make_shared<const std::function<void()>>(std::move(what))};
}

/// Runs what it is sent.
caf::behavior runner(caf::event_based_actor*) {
  return {[](const background_job& what) { (*what.run)(); }};
}

template <class T>
bool comes(std::future<T>& what) {
  return what.wait_for(patience) == std::future_status::ready;
}

}  // namespace

TEST(IoRuntime, RunsActorsOnItsThreads) {
  std::promise<std::size_t> where;
  auto told = where.get_future();
  io_world world;
  auto actor = world.system().spawn(runner);
  caf::anon_send(actor, job([&] { where.set_value(thread_here()); }));
  ASSERT_TRUE(comes(told));
  EXPECT_LT(told.get(), 2u);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, RunsAnActorOnTheThreadThatWokeIt) {
  notes<bool> same;
  std::atomic<int> left{500};
  std::promise<void> done;
  auto finished = done.get_future();
  io_world world;
  auto first = world.system().spawn(runner);
  auto second = world.system().spawn(runner);
  for (int i = 0; i < 500; ++i)
    caf::anon_send(first, job([&] {
      caf::anon_send(second, job([&, woken_by = thread_here()] {
        same.add(woken_by == thread_here());
        if (--left == 0)
          done.set_value();
      }));
    }));
  ASSERT_TRUE(comes(finished));
  EXPECT_EQ(same.all().size(), 500u);
  for (const auto& each : {first, second})
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, KeepsPinnedActorsOnTheirThread) {
  notes<std::size_t> strays;
  constexpr int messages = 2'000;
  std::atomic<int> left{messages};
  std::promise<void> done;
  auto finished = done.get_future();
  io_world world;
  std::vector<caf::actor> pinned;
  for (std::size_t i = 0; i < 2; ++i) {
    pinned.push_back(world.system().spawn<caf::lazy_init>(runner));
    io_scheduler::of(world.system()).pin(caf::actor_cast<caf::strong_actor_ptr>(pinned.back()), i);
  }
  auto roaming = world.system().spawn(runner);
  auto detached = world.system().spawn<caf::detached>(runner);
  const auto visit = [&strays, &left, &done](std::size_t i) {
    if (thread_here() != i)
      strays.add(i);
    if (--left == 0)
      done.set_value();
  };
  for (int n = 0; n < messages / 4; ++n) {
    for (std::size_t i = 0; i < 2; ++i) {
      caf::anon_send(roaming, job([&, i] { caf::anon_send(pinned[i], job([&, i] { visit(i); })); }));
      caf::anon_send(detached, job([&, i] { caf::anon_send(pinned[i], job([&, i] { visit(i); })); }));
    }
  }
  ASSERT_TRUE(comes(finished));
  EXPECT_TRUE(strays.all().empty());
  for (const auto& each : pinned)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(roaming, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(detached, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, RefusesMorePinnedActorsThanItLooksThrough) {
  io_world world;
  std::vector<caf::actor> actors;
  auto& scheduler = io_scheduler::of(world.system());
  for (std::size_t i = 0; i < io_scheduler::pinned_max; ++i) {
    actors.push_back(world.system().spawn<caf::lazy_init>(runner));
    scheduler.pin(caf::actor_cast<caf::strong_actor_ptr>(actors.back()), i % 2);
  }
  actors.push_back(world.system().spawn<caf::lazy_init>(runner));
  EXPECT_THROW(scheduler.pin(caf::actor_cast<caf::strong_actor_ptr>(actors.back()), 0), std::length_error);
  for (const auto& each : actors)
    caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, GoesOnWhenAHandlerThrows) {
  spdlog::set_level(spdlog::level::off);
  std::promise<std::size_t> where;
  auto told = where.get_future();
  io_world world{1};
  boost::asio::post(world.runtime()[0].context(), [] { throw std::runtime_error("a connection's handler"); });
  auto actor = world.system().spawn(runner);
  caf::anon_send(actor, job([&] { where.set_value(thread_here()); }));
  ASSERT_TRUE(comes(told));
  EXPECT_EQ(told.get(), 0u);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, FiresRequestTimeouts) {
  std::promise<caf::error> failed;
  auto told = failed.get_future();
  io_world world;
  using silent_actor = caf::typed_actor<caf::replies_to<check_session>::with<session_facts>>;
  std::vector<caf::typed_response_promise<session_facts>> kept;
  auto silent = world.system().spawn([&kept](silent_actor::pointer self) -> silent_actor::behavior_type {
    return {[self, &kept](const check_session&) -> caf::result<session_facts> {
      kept.push_back(self->make_response_promise<session_facts>());
      return caf::delegated<session_facts>{};
    }};
  });
  const auto begin = std::chrono::steady_clock::now();
  auto asker = world.system().spawn([&](caf::event_based_actor* self) {
    self->request(silent, 50ms, check_session{})
      .then([](const session_facts&) {}, [&](const caf::error& what) { failed.set_value(what); });
  });
  ASSERT_TRUE(comes(told));
  EXPECT_EQ(told.get(), caf::sec::request_timeout);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 50ms) << "never early";
  caf::anon_send_exit(silent, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(asker, caf::exit_reason::user_shutdown);
  silent = nullptr;
  kept.clear();
}

TEST(IoCollector, ShowsWhatTheThreadsKeepAndHowLateTheyAre) {
  const auto total = [](const io_runtime& threads, std::string_view name) {
    double sum = 0;
    for (const auto& family : io_collector{threads}.Collect())
      if (family.name == name)
        for (const auto& metric : family.metric)
          sum += metric.gauge.value + static_cast<double>(metric.histogram.sample_count);
    return sum;
  };
  std::promise<void> fired;
  auto told = fired.get_future();
  io_world world;
  EXPECT_EQ(total(world.runtime(), "genesis_timers"), 0);
  std::promise<double> waiting;
  auto counted = waiting.get_future();
  auto sleeper = world.system().spawn([&](caf::event_based_actor* self) -> caf::behavior {
    self->delayed_send(self, 20ms, job([&] { fired.set_value(); }));
    waiting.set_value(total(world.runtime(), "genesis_timers"));
    return {[](const background_job& what) { (*what.run)(); }};
  });
  ASSERT_TRUE(comes(counted));
  EXPECT_EQ(counted.get(), 1);
  ASSERT_TRUE(comes(told));
  EXPECT_EQ(total(world.runtime(), "genesis_timers"), 0);
  EXPECT_GE(total(world.runtime(), "genesis_scheduler_lag_seconds"), 1) << "each tick counts";
  caf::anon_send_exit(sleeper, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, FiresDelayedMessagesInTheirOrderAndNeverEarly) {
  notes<int> order;
  std::promise<void> done;
  auto finished = done.get_future();
  std::atomic<bool> was_early{false};
  io_world world;
  auto actor = world.system().spawn(runner);
  auto sender = world.system().spawn([&](caf::event_based_actor* self) {
    const auto begin = std::chrono::steady_clock::now();
    for (const int ms : {150, 30, 90, 0})
      self->delayed_send(actor, std::chrono::milliseconds{ms}, job([&, ms, begin] {
        was_early = was_early || std::chrono::steady_clock::now() - begin < std::chrono::milliseconds{ms};
        order.add(ms);
        if (ms == 150)
          done.set_value();
      }));
  });
  ASSERT_TRUE(comes(finished));
  EXPECT_EQ(order.all(), (std::vector<int>{0, 30, 90, 150}));
  EXPECT_FALSE(was_early);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(sender, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, TakesTimersOfForeignThreads) {
  std::promise<std::size_t> where;
  auto told = where.get_future();
  io_world world;
  auto actor = world.system().spawn(runner);
  auto detached = world.system().spawn<caf::detached>([&](caf::event_based_actor* self) {
    self->delayed_send(actor, 20ms, job([&] { where.set_value(thread_here()); }));
  });
  ASSERT_TRUE(comes(told));
  EXPECT_LT(told.get(), 2u);
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(detached, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, SurvivesAnActorThatThrows) {
  std::promise<void> gone;
  auto told = gone.get_future();
  io_world world;
  auto actor = world.system().spawn(runner);
  actor->attach_functor([&] { gone.set_value(); });
  caf::anon_send(actor, job([] { throw std::runtime_error("a handler without mercy"); }));
  ASSERT_TRUE(comes(told)) << "the actor ends, the process stays";
}

TEST(TimerWheel, KeepsNoRoomForABurstThatIsOver) {
  boost::asio::io_context context;
  timer_wheel wheel{context};
  const auto now = timer_wheel::clock::now();
  for (int i = 0; i < 10'000; ++i)
    wheel.add({.due = now + i % 5 * timer_wheel::tick, .waiter = {}, .request = {}, .receiver = {}, .content = {}});
  EXPECT_GE(wheel.room(), 10'000U);
  context.run();  // until nothing waits
  EXPECT_EQ(wheel.counted().waiting_now.value(), 0U);
  EXPECT_EQ(wheel.room(), 0U);
}

/// Nobody may have to wait for timers that are an hour away.
TEST(IoRuntime, ShutsDownWithTimersPending) {
  std::promise<void> ready;
  auto told = ready.get_future();
  io_world world;
  auto actor = world.system().spawn(runner);
  auto sender = world.system().spawn([&ready, actor](caf::event_based_actor* self) {
    for (int i = 0; i < 100; ++i)
      self->delayed_send(self, 1h, job([] {}));
    self->request(actor, 3600s, job([] {})).then([] {}, [](const caf::error&) {});
    ready.set_value();
  });
  ASSERT_TRUE(comes(told));
  caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(sender, caf::exit_reason::user_shutdown);
}

TEST(IoRuntime, ShutsDownFiftyTimesWithWorkInFlight) {
  constexpr std::size_t count = 8;
  for (int round = 0; round < 50; ++round) {
    std::atomic<int> passes{0};
    // Weak: mail on its way must not keep anybody.
    std::vector<caf::weak_actor_ptr> known;
    std::function<void(std::size_t)> pass = [&](std::size_t to) {
      ++passes;
      if (auto next = known[to].lock())
        caf::anon_send(caf::actor_cast<caf::actor>(next), job([&, to] { pass((to * 5 + 3) % count); }));
    };
    io_world world;
    std::vector<caf::actor> players;
    for (std::size_t i = 0; i < count; ++i) {
      players.push_back(i == 0 ? world.system().spawn<caf::detached>(runner) : world.system().spawn(runner));
      known.push_back(caf::actor_cast<caf::weak_actor_ptr>(players.back()));
    }
    // Each message begets the next, for ever, until its receiver is gone.
    for (std::size_t i = 0; i < 32; ++i)
      pass(i % count);
    for (int n = 0; passes < 200 && n < 1'000'000; ++n)
      std::this_thread::yield();
    EXPECT_GE(passes, 33);
    for (const auto& each : players)
      caf::anon_send_exit(each, caf::exit_reason::user_shutdown);
    players.clear();
  }
}

}  // namespace genesis
