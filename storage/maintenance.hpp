#pragma once

#include "storage/message_index.hpp"
#include "storage/sql_store.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

/// What is done to the database as a whole, beside the owners of people: at start, and from time to time.
namespace genesis::storage {

/// How the texts of an interrupted run are made; storage knows no JSON of the API.
struct run_texts {
  /// Fields of the `end` event.
  std::function<std::string(run_status, const message_id&)> end_fields;
  /// The array that a message keeps, from the run's stored events.
  std::function<std::string(std::span<const run_event>)> artifacts;
  /// Fields of the `start` event, for runs of which no event was stored.
  std::function<std::string(const run&)> start_fields;
};

/// Ends every run that a crash or a shutdown left queued or running, before anybody owns a person: its message gets the
/// agent and the text of the stored tokens, stays incomplete, and the log its `end`. Nothing shown of a conversation
/// changes by that, so its revision stays. People's versions rise by one in each transaction of at most 100 runs. The
/// number of runs; on an error, what was done stays done and a repetition goes on.
result<std::int64_t> interrupt_unfinished_runs(sql_store& store, timestamp now, const run_texts& texts);

struct purge_limits {
  std::chrono::milliseconds run_events_keep = std::chrono::minutes{10};  ///< From the end of the run on.
  std::chrono::milliseconds idempotency_keep = std::chrono::hours{24};   ///< From the key's first use on.
  std::int64_t rows_max = 500;  ///< Of each kind in one call: a call holds the write lock for milliseconds.
  std::int64_t unindexed_max = unindexed_at_once_max;  ///< Deleted messages that leave SQLite's full-text index.
};

struct purge_report {
  std::int64_t runs = 0;  ///< Whose events were removed.
  std::int64_t idempotency_keys = 0;
  std::int64_t sessions = 0;
  std::int64_t api_keys = 0;
  std::int64_t invitations = 0;
  std::int64_t unindexed_messages = 0;
  std::int64_t indexed_messages = 0;  ///< Taken from the queue of SQLite's full-text index.

  /// What was removed. The queue of the index is short, and filled again by whoever writes: no reason to come back
  /// soon.
  [[nodiscard]] std::int64_t total() const noexcept {
    return runs + idempotency_keys + sessions + api_keys + invitations + unindexed_messages;
  }
};

/// Removes what nobody may ask for any more; when as much as the limit was removed of a kind, there may be more. Then,
/// in a transaction of its own, settles the full-text index of SQLite: what is removed stays removed when that fails.
result<purge_report> purge_expired(sql_store& store, timestamp now, const purge_limits& limits = {});

}  // namespace genesis::storage
