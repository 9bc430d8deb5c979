#pragma once

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

  explicit timer_wheel(boost::asio::io_context& context) : timer_(context) {}

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

private:
  static constexpr std::size_t slot_count =
    1'024;  // 10 s: longer than any request's deadline, so most slots fire whole

  static std::size_t slot_of(clock::time_point due) noexcept;
  void arm();
  void on_tick();
  static void fire(entry& due);

  boost::asio::steady_timer timer_;
  std::array<std::vector<entry>, slot_count> slots_;
  std::vector<entry> firing_;
  std::size_t size_ = 0;
  std::size_t next_slot_ = 0;  ///< First slot not yet fired.
  bool is_armed_ = false;
};

}  // namespace genesis
