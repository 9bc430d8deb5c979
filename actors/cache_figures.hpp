#pragma once

#include "storage/redis_failure.hpp"

#include <array>
#include <cstdint>

namespace genesis {

/// What the caches have done since the start of the process, as operators look at it.
struct cache_figures {
  struct layer {
    std::int64_t hits = 0;
    std::int64_t misses = 0;
  };

  layer memory;             ///< Reads of a person's data that memory could answer, and that asked the database.
  std::int64_t people = 0;  ///< In memory now.
  layer memo;               ///< Computations: what was spared, and what was made.
  layer redis;              ///< People taken into memory: what Redis had of them, and had not.
  bool is_redis_usable = false;
  std::int64_t stale = 0;       ///< Entries in Redis that were behind.
  std::int64_t unreadable = 0;  ///< Entries in Redis that were not this installation's, or damaged.
  std::array<std::int64_t, enum_names<storage::redis_failure>.size()> failures{};  ///< By `redis_failure`.
};

/// On any thread.
cache_figures current_cache_figures();

}  // namespace genesis
