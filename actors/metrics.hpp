#pragma once

#include "actors/thread_counters.hpp"

#include <array>
#include <chrono>
#include <cstdint>

namespace genesis {

/// What actors count. Every member is a total since the start of the process, summed over threads when it is read; a
/// member named `..._now` is a level, raised by one thread and lowered by another.
struct actor_counters {
  thread_counter l1_user_hits;
  thread_counter l1_user_misses;
  thread_counter users_activated;
  thread_counter users_passivated;
  thread_counter users_now;
  thread_counter write_batches;
  thread_counter write_operations;
  thread_counter writes_fenced;
  thread_counter writes_unknown;
  thread_counter operations_refused;  ///< A person's queue was full.
  thread_counter runs_started;
  std::array<thread_counter, 6> runs_ended;  ///< By `run_status`.
  thread_counter runs_now;
  thread_counter run_events;
  thread_counter readers_attached;
  thread_counter readers_now;
  thread_counter readers_dropped;
  thread_counter reader_merges;  ///< Tokens that a slow reader got as part of another.
  thread_counter chunks_stored;
  thread_counter chunks_failed;
  thread_counter storage_requests;
  thread_counter storage_refused;  ///< The queue before the database was full.
  thread_counter storage_failed;
  thread_counter storage_in_flight_now;
  thread_counter storage_groups;  ///< Transactions that committed a group of batches.
  thread_counter storage_grouped_batches;
  thread_counter workers_replaced;
  thread_counter actors_failed;  ///< A handler or a callback threw.
  thread_counter passwords_hashed;
  thread_counter passwords_refused;  ///< The queue before the password workers was full.

  /// People by the minute of their latest request, modulo a day: nobody stays in memory that long without a request.
  std::array<thread_counter, 1'440> active_by_minute;
  thread_counter& active_in(std::int64_t minute) noexcept {
    return active_by_minute[static_cast<std::size_t>(minute) % active_by_minute.size()];
  }
};

/// The minute that a moment of the actors' clock lies in.
inline std::int64_t minute_number(std::chrono::steady_clock::time_point at) noexcept {
  return std::chrono::floor<std::chrono::minutes>(at.time_since_epoch()).count();
}

/// The counters of the calling thread.
inline actor_counters& counters() {
  return per_thread<actor_counters>::here();
}

}  // namespace genesis
