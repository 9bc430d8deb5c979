#pragma once

#include "config/settings.hpp"
#include "http/metrics.hpp"

#include <chrono>
#include <cstddef>

namespace genesis::http {

/// Until when a connection waits for what it waits for; each kind of wait lasts as its setting says. It is told of what
/// happens and has no timer of its own: whoever sweeps over the connections asks it whether it is over.
class deadline {
public:
  using clock = std::chrono::steady_clock;

  /// The settings outlive it. Until it is told otherwise it waits for a connection that opens.
  deadline(const config::settings::http_settings& limits, clock::time_point now) noexcept;

  /// From now on this is waited for. A write begins anew with each piece that is out: a slow client is no stalled one.
  void begin(wait_kind what, clock::time_point now) noexcept;
  /// From now on the client is read from so that it gets its last answer, for a time that nobody sets.
  void begin_draining(clock::time_point now) noexcept;

  [[nodiscard]] wait_kind what() const noexcept { return what_; }
  [[nodiscard]] bool is_over(clock::time_point now) const noexcept { return now > until_; }

  /// Goes on with a body that is late while it comes at a rate that a bad line explains: 1 KiB/s of content in all the
  /// time since its head. The largest body then takes a quarter of an hour at most. False when it comes more slowly.
  bool extend_body(std::size_t bytes, clock::time_point head_came_at, clock::time_point now) noexcept;

private:
  [[nodiscard]] std::chrono::milliseconds length_of(wait_kind what) const noexcept;

  const config::settings::http_settings& limits_;
  wait_kind what_ = wait_kind::opening;
  clock::time_point until_;
};

}  // namespace genesis::http
