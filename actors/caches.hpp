#pragma once

#include "actors/interfaces.hpp"
#include "actors/promise.hpp"
#include "actors/second_cache.hpp"
#include "actors/service.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace genesis {

struct caches_options {
  std::vector<shard_actor> shards;
  std::shared_ptr<const second_cache> second = nullptr;                       ///< None: there is no Redis.
  std::int64_t people_max = 0;                                                ///< In memory.
  std::int64_t warm_up_bytes_max = std::numeric_limits<std::int64_t>::max();  ///< Of those who are taken in at a time.
  statistics_actor statistics = {};                                           ///< None in tests that do not ask for it.
  /// People who are taken in at a time: enough for the database to be busy, too few for others to notice.
  std::size_t at_once = 16;
};

/// See `caches_actor`.
class caches_state {
public:
  using pointer = caches_actor::stateful_pointer<caches_state>;

  explicit caches_state(pointer self) : self_(self) {}

  void start(storage_pool_actor storage, caches_options options);

  caf::result<std::int64_t> warm(const warm_caches& what);
  caf::result<caches_forgot> forget(const forget_cached& what);

private:
  /// The taking in that is under way.
  struct warming {
    answer_ptr<std::int64_t> answer;
    caf::actor_clock::time_point until;
    caf::actor_clock::time_point told_at;
    std::vector<user_id> people = {};
    std::size_t next = 0;
    std::size_t under_way = 0;
    std::int64_t taken = 0;
    std::int64_t bytes = 0;           ///< Of those.
    std::int64_t bytes_each = 4'096;  ///< What the largest of them takes, if not less: so much the next one may.
  };

  void go_on();
  void take_in(const user_id& user);
  void on_taken_in(std::int64_t bytes);
  [[nodiscard]] bool has_room() const;
  [[nodiscard]] std::string_view why_no_more(bool is_over) const;
  void tell();
  void let_go(const key_pattern& which, std::optional<std::int64_t> entries, answer_ptr<caches_forgot> answer);
  [[nodiscard]] const shard_actor& shard_for(const user_id& user) const;

  pointer self_;
  storage_pool_actor storage_;
  caches_options options_;
  std::optional<warming> warming_;
};

caches_actor::behavior_type caches_behavior(
  service_pointer<caches_actor, caches_state> self, storage_pool_actor storage, caches_options options);

}  // namespace genesis
