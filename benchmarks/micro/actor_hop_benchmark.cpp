#include "actors/io_runtime.hpp"
#include "actors/io_scheduler.hpp"

#include <benchmark/benchmark.h>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>

#include <chrono>
#include <cstdint>
#include <future>
#include <memory>

namespace genesis {

namespace {

/// Requests in one go: the hand-over from the benchmark's thread is spread over them.
constexpr std::int64_t hops_per_round = 10'000;

/// Asks the other actor for one number after the other, and counts the rounds down.
struct asker_state {
  explicit asker_state(caf::event_based_actor* owner) : self(owner) {}

  void ask() {
    const auto next = [this](std::int64_t) {
      if (--left > 0)
        ask();
      else
        done->set_value(true);
    };
    const auto give_up = [this](const caf::error&) { done->set_value(false); };
    if (has_timeout)
      self->request(other, std::chrono::seconds{1}, left).then(next, give_up);
    else
      self->request(other, caf::infinite, left).then(next, give_up);
  }

  caf::event_based_actor* self;
  caf::actor other;
  bool has_timeout = false;
  std::int64_t left = 0;
  std::promise<bool>* done = nullptr;
};

caf::behavior echo(caf::event_based_actor*) {
  return {[](std::int64_t number) { return number; }};
}

caf::behavior asker(
  caf::stateful_actor<asker_state>* self, caf::actor other, bool has_timeout, std::promise<bool>** done) {
  self->state.other = std::move(other);
  self->state.has_timeout = has_timeout;
  return {[self, done](std::int64_t rounds) {
    self->state.left = rounds;
    self->state.done = *done;
    self->state.ask();
  }};
}

/// A request to another actor and its answer, both actors on one I/O thread.
void actor_hop(benchmark::State& state, bool has_timeout) {
  io_runtime runtime{1};
  runtime.start();
  auto config = std::make_unique<caf::actor_system_config>();
  io_scheduler::install(*config, runtime);
  auto system = std::make_unique<caf::actor_system>(*config);
  std::promise<bool>* done = nullptr;
  auto other = system->spawn(echo);
  auto first = system->spawn(asker, other, has_timeout, &done);
  while (state.KeepRunningBatch(hops_per_round)) {
    std::promise<bool> round;
    done = &round;
    caf::anon_send(first, hops_per_round);
    if (!round.get_future().get())
      state.SkipWithError("a request failed");
  }
  caf::anon_send_exit(first, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(other, caf::exit_reason::user_shutdown);
  first = nullptr;
  other = nullptr;
  system.reset();
  runtime.stop();
}
BENCHMARK_CAPTURE(actor_hop, without_timeout, false)->UseRealTime()->MeasureProcessCPUTime();
BENCHMARK_CAPTURE(actor_hop, with_timeout, true)->UseRealTime()->MeasureProcessCPUTime();

}  // namespace

}  // namespace genesis
