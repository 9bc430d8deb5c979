#pragma once

#include "config/limits.hpp"

#include <chrono>

namespace genesis {

// How long an actor waits for another; a chain in which each outlives what it waits for (config/limits.hpp).

inline constexpr auto pool_deadline = config::storage_request_deadline;  ///< A user actor, for the pool.
/// The pool, for a worker: a little less, so that the pool's word comes first.
inline constexpr auto worker_deadline = pool_deadline - std::chrono::milliseconds{500};
/// The pool, for a worker on a replica: so short that the primary can be asked behind it.
inline constexpr auto replica_deadline = std::chrono::seconds{1};
static_assert(
  replica_deadline + config::pool_wait_max < pool_deadline, "who falls back on the primary may have to wait");
inline constexpr auto front_deadline = config::front_request_deadline;  ///< A front, for a user actor.
static_assert(pool_deadline < front_deadline, "a write that times out must still be answered by its owner");

/// Whoever asks the second cache: longer than `cache.redis_timeout` may be, so that this is for the case alone that its
/// thread is held up.
inline constexpr auto cache_deadline = std::chrono::milliseconds{1'250};
static_assert(cache_deadline + pool_deadline < front_deadline, "a person is loaded from the database after it");

/// For taking people into memory whom nobody waits for: at the start, and for a command.
inline constexpr auto warm_up_time = std::chrono::seconds{20};

/// What has to be left of a request's time when its work on a password begins: for that work, and for what follows it.
inline constexpr auto password_margin = std::chrono::milliseconds{500};
/// The password pool, for a worker that has begun, 10-50 ms of work: one that takes this long is ended when it is done,
/// and its place is taken by another then and not before.
inline constexpr auto password_work_deadline = std::chrono::minutes{1};

/// A run, for the chunk writer: a chunk waits for the tick and for the transaction before its own.
inline constexpr auto chunk_deadline = 2 * pool_deadline + std::chrono::seconds{1};

/// A run, for the coach's specialists: they compute for less than a millisecond.
inline constexpr auto coach_deadline = std::chrono::seconds{4};
/// A run, for its owner: a turn needs one read, an end one write behind those that wait.
inline constexpr auto owner_deadline = front_deadline;
/// An owner, for what was worked out from its rows: a read of the database at most.
inline constexpr auto statistics_deadline = pool_deadline + std::chrono::milliseconds{500};
static_assert(statistics_deadline < owner_deadline, "a run that waits for its owner hears what failed");
/// An owner, for a place among the exports.
inline constexpr auto exporter_deadline = std::chrono::seconds{2};
/// An export, for a part to be written: some milliseconds of work, behind that of the other exports.
inline constexpr auto encode_deadline = std::chrono::seconds{10};
/// A shard, for an idle person's word.
inline constexpr auto passivation_deadline = std::chrono::seconds{2};

}  // namespace genesis
