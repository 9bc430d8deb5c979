#pragma once

#include "actors/thread_counters.hpp"
#include "config/limits.hpp"
#include "domain/rate_limit.hpp"
#include "storage/redis_failure.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>

namespace genesis {

/// How a login ended. The names are labels of a metric.
enum class login_outcome : std::uint8_t {
  success,
  wrong,       ///< No such account, a wrong password, or a disabled account: nobody is told which.
  limited,     ///< Refused because of the failures before, without a look at the password.
  overloaded,  ///< A queue was full.
  failed,      ///< Something that was needed was away.
};
template <>
inline constexpr auto enum_names<login_outcome> = std::array{
  std::pair{login_outcome::success, std::string_view{"success"}},
  std::pair{login_outcome::wrong, std::string_view{"wrong"}},
  std::pair{login_outcome::limited, std::string_view{"limited"}},
  std::pair{login_outcome::overloaded, std::string_view{"overloaded"}},
  std::pair{login_outcome::failed, std::string_view{"failed"}},
};

/// Why a refresh token was not exchanged. The names are labels of a metric; clients are told less.
enum class refresh_fault : std::uint8_t {
  malformed,  ///< No token of this server's making.
  ended,      ///< Its session was logged out, was revoked or has expired; or the account is gone or disabled.
  raced,      ///< Another use of it is under way.
  unknown,    ///< It was never one of its session's.
  reused,     ///< It was exchanged before: the session ends.
};
template <>
inline constexpr auto enum_names<refresh_fault> = std::array{
  std::pair{refresh_fault::malformed, std::string_view{"malformed"}},
  std::pair{refresh_fault::ended, std::string_view{"ended"}},
  std::pair{refresh_fault::raced, std::string_view{"raced"}},
  std::pair{refresh_fault::unknown, std::string_view{"unknown"}},
  std::pair{refresh_fault::reused, std::string_view{"reused"}},
};

/// Where the state of somebody who is taken into memory comes from. The names are labels of a metric.
enum class activation_source : std::uint8_t { l2_redis, database };
template <>
inline constexpr auto enum_names<activation_source> = std::array{
  std::pair{activation_source::l2_redis, std::string_view{"l2_redis"}},
  std::pair{activation_source::database, std::string_view{"database"}},
};

/// Computations that are remembered (`memo`). The names are labels of a metric.
enum class memoised : std::uint8_t { recent_records };
template <>
inline constexpr auto enum_names<memoised> = std::array{
  std::pair{memoised::recent_records, std::string_view{"recent_records"}},
};

/// How an attempt to have a CDN forget something ended. The names are labels of a metric.
enum class purge_outcome : std::uint8_t {
  done,
  failed,    ///< No answer, or one that may be another later: it is tried again.
  refused,   ///< It will never be done.
  given_up,  ///< The last attempt failed too.
};
template <>
inline constexpr auto enum_names<purge_outcome> = std::array{
  std::pair{purge_outcome::done, std::string_view{"done"}},
  std::pair{purge_outcome::failed, std::string_view{"failed"}},
  std::pair{purge_outcome::refused, std::string_view{"refused"}},
  std::pair{purge_outcome::given_up, std::string_view{"given_up"}},
};

/// How an export ended. The names are labels of a metric.
enum class export_outcome : std::uint8_t {
  complete,
  left,     ///< Its reader did, or never came.
  stalled,  ///< The reader took next to nothing.
  late,     ///< It took longer than an export may.
  revoked,  ///< Whoever asked was signed out, or the server leaves.
  failed,   ///< Something that was needed was away.
};
template <>
inline constexpr auto enum_names<export_outcome> = std::array{
  std::pair{export_outcome::complete, std::string_view{"complete"}},
  std::pair{export_outcome::left, std::string_view{"left"}},
  std::pair{export_outcome::stalled, std::string_view{"stalled"}},
  std::pair{export_outcome::late, std::string_view{"late"}},
  std::pair{export_outcome::revoked, std::string_view{"revoked"}},
  std::pair{export_outcome::failed, std::string_view{"failed"}},
};

/// What became of a question that went to a replica. The names are labels of a metric.
enum class replica_read : std::uint8_t {
  answered,
  behind,  ///< It did not have yet what the asker had written; the primary was asked.
  failed,  ///< So it was, because the replica did not answer or could not.
};
template <>
inline constexpr auto enum_names<replica_read> = std::array{
  std::pair{replica_read::answered, std::string_view{"answered"}},
  std::pair{replica_read::behind, std::string_view{"behind"}},
  std::pair{replica_read::failed, std::string_view{"failed"}},
};

/// How long something took that takes between a hundred microseconds and a second.
struct latency_counters {
  /// Upper bounds of the histogram, in seconds.
  static constexpr std::array bounds{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0};

  std::array<thread_counter, bounds.size() + 1> by_time;
  thread_counter nanoseconds;

  void count(std::chrono::nanoseconds took) noexcept {
    const auto bucket = std::ranges::lower_bound(bounds, std::chrono::duration<double>(took).count()) - bounds.begin();
    by_time[static_cast<std::size_t>(bucket)].add();
    nanoseconds.add(static_cast<std::uint64_t>(took.count()));
  }
};

/// What actors count. Every member is a total since the start of the process, summed over threads when it is read; a
/// member named `..._now` is a level, raised by one thread and lowered by another.
struct actor_counters {
  thread_counter l1_user_hits;
  thread_counter l1_user_misses;
  thread_counter l1_memo_hits;    ///< Asked while it was known, or was being computed for somebody else.
  thread_counter l1_memo_misses;  ///< Computations.
  latency_counters memo_computations;
  std::array<thread_counter, enum_names<memoised>.size()> memo_entries_now;  ///< By `memoised`, as the next two.
  std::array<thread_counter, enum_names<memoised>.size()> memo_bytes_now;
  std::array<thread_counter, enum_names<memoised>.size()> memo_evictions;  ///< For want of room, or of age.
  std::array<thread_counter, enum_names<purge_outcome>.size()> purges;     ///< By `purge_outcome`.
  thread_counter& purges_that_were(purge_outcome how) noexcept { return purges[static_cast<std::size_t>(how)]; }
  thread_counter purge_keys_now;  ///< That a CDN has still to forget.
  thread_counter l2_hits;         ///< Activations that needed no more of the database than a look at the version.
  thread_counter l2_misses;       ///< Others, while there is a second cache.
  thread_counter l2_stale;        ///< Of those: the entry was of another version.
  thread_counter l2_unreadable;   ///< Entries that were not ours, or damaged, or of another layout.
  thread_counter redis_usable_now;
  latency_counters redis_latency;                                                        ///< Of answers in time.
  std::array<thread_counter, enum_names<storage::redis_failure>.size()> redis_failures;  ///< By `redis_failure`.
  thread_counter& redis_failures_by(storage::redis_failure what) noexcept {
    return redis_failures[static_cast<std::size_t>(what)];
  }
  thread_counter users_activated;
  std::array<latency_counters, enum_names<activation_source>.size()> activations;  ///< By `activation_source`.
  latency_counters& activations_from(activation_source source) noexcept {
    return activations[static_cast<std::size_t>(source)];
  }
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
  thread_counter exports_started;
  thread_counter exports_refused;  ///< There were as many as there may be.
  thread_counter exports_now;
  thread_counter export_rows;
  std::array<thread_counter, enum_names<export_outcome>.size()> exports_ended;  ///< By `export_outcome`.
  thread_counter& exports_ended_with(export_outcome how) noexcept {
    return exports_ended[static_cast<std::size_t>(how)];
  }
  thread_counter chunks_stored;
  thread_counter chunks_failed;
  thread_counter storage_requests;
  thread_counter storage_refused;  ///< The queue before the database was full.
  thread_counter storage_failed;
  thread_counter storage_writes_failed;
  thread_counter storage_in_flight_now;
  thread_counter storage_waiting_now;      ///< Questions that no connection was free for.
  thread_counter storage_waits_timed_out;  ///< Of those, given up.
  thread_counter storage_connections_now;  ///< Workers, each with a connection or about to open one.
  thread_counter storage_overflow_now;     ///< Of those, beyond what is kept.
  thread_counter storage_checked_out_now;  ///< Workers with something to do.
  thread_counter storage_connections_opened;
  thread_counter storage_failovers;  ///< Times that the database was found to be on another timeline.
  thread_counter replicas_now;       ///< As many as there are settings for.
  std::array<thread_counter, config::replicas_max> replica_up_now;
  std::array<thread_counter, config::replicas_max> replica_lag_bytes_now;
  std::array<thread_counter, config::replicas_max> replica_lag_ms_now;
  std::array<thread_counter, enum_names<replica_read>.size()> replica_reads;  ///< By `replica_read`.
  thread_counter& replica_reads_that(replica_read how) noexcept { return replica_reads[static_cast<std::size_t>(how)]; }
  thread_counter storage_groups;  ///< Transactions that committed a group of batches.
  thread_counter storage_grouped_batches;
  thread_counter workers_replaced;
  thread_counter actors_failed;  ///< A handler or a callback threw.
  thread_counter passwords_hashed;
  thread_counter passwords_refused;  ///< The queue before the password workers was full.

  std::array<thread_counter, enum_names<rate_limit>.size()> rate_limited;      ///< Requests refused, by `rate_limit`.
  std::array<thread_counter, enum_names<login_outcome>.size()> logins;         ///< By `login_outcome`, as the next.
  std::array<thread_counter, enum_names<login_outcome>.size()> confirmations;  ///< Of passwords, for a new one.
  std::array<thread_counter, enum_names<refresh_fault>.size()> refreshes_refused;  ///< By `refresh_fault`.
  thread_counter& limited_by(rate_limit limit) noexcept { return rate_limited[static_cast<std::size_t>(limit)]; }
  thread_counter& logins_with(login_outcome outcome) noexcept { return logins[static_cast<std::size_t>(outcome)]; }
  thread_counter& confirmations_with(login_outcome outcome) noexcept {
    return confirmations[static_cast<std::size_t>(outcome)];
  }
  thread_counter& refreshes_refused_as(refresh_fault why) noexcept {
    return refreshes_refused[static_cast<std::size_t>(why)];
  }

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

/// What all threads have counted together. Levels go up on one thread and down on another: only their sum means
/// something, as a signed number.
inline std::int64_t total_of(thread_counter actor_counters::* member) {
  std::uint64_t sum = 0;
  per_thread<actor_counters>::for_each([&](const actor_counters& thread) { sum += (thread.*member).value(); });
  return static_cast<std::int64_t>(sum);
}

/// The counters of the calling thread.
inline actor_counters& counters() {
  return per_thread<actor_counters>::here();
}

}  // namespace genesis
