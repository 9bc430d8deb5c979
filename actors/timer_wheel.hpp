#pragma once

#include "actors/thread_counters.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <caf/actor_control_block.hpp>
#include <caf/mailbox_element.hpp>
#include <caf/message_id.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <vector>

namespace genesis {

/// What an actor waits for on one I/O thread: request time-outs and delayed messages, in slots of 10 ms.
///
/// A wait costs one append; the thread's timer ticks only while something waits. Waits end up to one tick late, never
/// early. Request time-outs hold their actor weakly: CAF 0.17.6 never cancels them, and an answered one must not keep
/// it alive.
class timer_wheel {
public:
  using clock = std::chrono::steady_clock;
  static constexpr auto tick = std::chrono::milliseconds{10};

  /// Upper bounds of the histogram of lateness, in seconds.
  static constexpr std::array<double, 8> lag_bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5};

  /// What the wheel's thread counts and any thread reads.
  struct counters {
    /// How late ticks came: what a new event waits for on this thread. Counted while something waits, which is
    /// whenever there are requests.
    std::array<thread_counter, lag_bounds.size() + 1> by_lag;
    thread_counter lag_nanoseconds;
    thread_counter waiting_now;
  };

  explicit timer_wheel(boost::asio::io_context& context) : timer_(context) {}

  [[nodiscard]] const counters& counted() const noexcept { return counted_; }

  struct entry {
    clock::time_point due;
    caf::weak_actor_ptr waiter;  ///< Of a request time-out.
    caf::message_id request;
    caf::strong_actor_ptr receiver;  ///< Of a delayed message.
    caf::mailbox_element_ptr content;
  };

  /// On the owning thread only.
  void add(entry waiting);

  /// Forgets everything. On the owning thread only.
  void clear();

  /// Waits that there is room for without asking for memory: of the order of those that there are. On the owning
  /// thread only.
  [[nodiscard]] std::size_t room() const noexcept;

private:
  static constexpr std::size_t slot_count =
    1'024;  // 10 s: longer than any request's deadline, so most slots fire whole

  static std::size_t slot_of(clock::time_point due) noexcept;
  void arm();
  void on_tick();
  void fire_slot(std::vector<entry>& slot, clock::time_point now);
  void count_lag(clock::duration lag) noexcept;
  static void fire(entry& due);

  boost::asio::steady_timer timer_;
  std::array<std::vector<entry>, slot_count> slots_;
  counters counted_;
  std::size_t size_ = 0;
  std::size_t next_slot_ = 0;  ///< First slot not yet fired.
  bool is_armed_ = false;
};

}  // namespace genesis
