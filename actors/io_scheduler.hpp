#pragma once

#include "actors/io_runtime.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/abstract_coordinator.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <vector>

namespace genesis {

/// The actors' clock: every wait goes to the wheel of the I/O thread that asks, or to a thread in turn for others.
class io_clock final : public caf::actor_clock {
public:
  explicit io_clock(io_runtime& runtime) : runtime_(runtime) {}

  void set_ordinary_timeout(time_point t, caf::abstract_actor* self, caf::atom_value type, std::uint64_t id) override;
  void set_multi_timeout(time_point t, caf::abstract_actor* self, caf::atom_value type, std::uint64_t id) override;
  void set_request_timeout(time_point t, caf::abstract_actor* self, caf::message_id id) override;
  void schedule_message(time_point t, caf::strong_actor_ptr receiver, caf::mailbox_element_ptr content) override;
  void schedule_message(time_point t, caf::group target, caf::strong_actor_ptr sender, caf::message content) override;

  // Time-outs are not cancelled: a stale one is told by its id and ignored.
  void cancel_ordinary_timeout(caf::abstract_actor*, caf::atom_value) override {}
  void cancel_request_timeout(caf::abstract_actor*, caf::message_id) override {}
  void cancel_timeouts(caf::abstract_actor*) override {}
  void cancel_all() override {}

private:
  void add(timer_wheel::entry waiting);

  io_runtime& runtime_;
  std::atomic<std::size_t> next_{0};
};

/// CAF's scheduler module that runs actors on the I/O threads.
///
/// An actor runs on the thread that woke it, after what that thread does at the moment: no hand-over to another core,
/// no thread woken for an answer that is a few microseconds away. Jobs from foreign threads (detached workers) go to a
/// thread in turn. Pinned actors always run on their own thread.
class io_scheduler final : public caf::scheduler::abstract_coordinator {
public:
  static constexpr std::size_t pinned_max = 257;  ///< A front per I/O thread (`http.threads`), and the second cache.

  io_scheduler(caf::actor_system& system, io_runtime& runtime);

  /// Makes `config` build this scheduler instead of CAF's own. Before the actor_system is made.
  static void install(caf::actor_system_config& config, io_runtime& runtime);

  /// The scheduler of a system whose configuration went through `install`.
  static io_scheduler& of(caf::actor_system& system);

  /// Runs the actor on the given thread from now on. Before anybody can send to it; at most `pinned_max` actors.
  void pin(const caf::strong_actor_ptr& actor, std::size_t thread);

  void enqueue(caf::resumable* job) override;
  caf::actor_clock& clock() noexcept override { return clock_; }
  [[nodiscard]] bool is_cleaning_up() const noexcept { return is_cleaning_up_.load(std::memory_order_acquire); }
  caf::execution_unit& unit(std::size_t thread) noexcept { return *units_[thread]; }

protected:
  void init(caf::actor_system_config& config) override;
  void start() override;
  void stop() override;

private:
  struct unit_on_thread;
  struct pinned_job {
    std::atomic<caf::resumable*> job{nullptr};
    std::size_t thread = 0;
  };

  io_runtime& runtime_;
  io_clock clock_;
  std::vector<std::unique_ptr<caf::execution_unit>> units_;
  std::array<pinned_job, pinned_max> pinned_;
  std::atomic<std::size_t> pinned_count_{0};
  std::atomic<std::size_t> next_thread_{0};
  std::atomic<bool> is_cleaning_up_{false};
};

}  // namespace genesis
