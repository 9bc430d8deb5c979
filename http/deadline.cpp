#include "http/deadline.hpp"

namespace genesis::http {

namespace {

/// Of a body that is late.
constexpr double body_bytes_per_second_min = 1'024;
constexpr auto body_extension = std::chrono::seconds{1};

/// For slow clients; how much is drained of quick ones is bounded too.
constexpr auto drain_time_max = std::chrono::seconds{2};

}  // namespace

deadline::deadline(const config::settings::http_settings& limits, clock::time_point now) noexcept : limits_(limits) {
  begin(wait_kind::opening, now);
}

std::chrono::milliseconds deadline::length_of(wait_kind what) const noexcept {
  switch (what) {
  case wait_kind::opening:
  case wait_kind::head: return limits_.head_timeout;
  case wait_kind::idle: return limits_.idle_timeout;
  case wait_kind::body: return limits_.body_timeout;
  case wait_kind::answer: return limits_.request_timeout;
  case wait_kind::write: return limits_.write_timeout;
  }
  return limits_.head_timeout;
}

void deadline::begin(wait_kind what, clock::time_point now) noexcept {
  what_ = what;
  until_ = now + length_of(what);
}

void deadline::begin_draining(clock::time_point now) noexcept {
  what_ = wait_kind::write;
  until_ = now + drain_time_max;
}

bool deadline::extend_body(std::size_t bytes, clock::time_point head_came_at, clock::time_point now) noexcept {
  const auto waited = std::chrono::duration<double>(now - head_came_at);
  if (static_cast<double>(bytes) < body_bytes_per_second_min * waited.count())
    return false;
  until_ = now + body_extension;
  return true;
}

}  // namespace genesis::http
