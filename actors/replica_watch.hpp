#pragma once

#include "actors/interfaces.hpp"
#include "actors/replica_health.hpp"
#include "actors/service.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace genesis {

struct replica_watch_options {
  std::size_t replica = 0;  ///< Its place among the pool's.
  std::string name;         ///< In the log, without passwords.
  std::chrono::milliseconds lag_max = std::chrono::seconds{10};
  std::chrono::milliseconds interval = std::chrono::seconds{1};
  /// For the primary's word, and then for the replica's.
  std::chrono::milliseconds deadline = std::chrono::milliseconds{450};
};

/// Looks at one replica each `interval`, on a connection of its own, and tells the pool whether it may be read from.
///
/// The primary is asked first, so that a replica which has everything shows no lag. While the primary says nothing,
/// what it last said holds: it may be lost, and the replica is what is left to read from.
class replica_watch_state {
public:
  using pointer = replica_watch_actor::stateful_pointer<replica_watch_state>;

  explicit replica_watch_state(pointer self) : self_(self), health_(std::chrono::milliseconds{0}) {}
  replica_watch_state(const replica_watch_state&) = delete;
  replica_watch_state& operator=(const replica_watch_state&) = delete;
  ~replica_watch_state();

  void start(storage_pool_actor pool, std::function<storage_worker_actor()> spawn, replica_watch_options options);
  void look();

private:
  void look_at_primary();
  void look_at_replica();
  void tell(const replica_health::verdict& verdict);
  /// What the metrics show of it.
  void show(bool is_up, std::uint64_t lag_bytes, std::chrono::milliseconds lag) noexcept;

  pointer self_;
  storage_pool_actor pool_;
  std::function<storage_worker_actor()> spawn_;
  storage_worker_actor worker_;
  replica_watch_options options_;
  replica_health health_;
  bool is_looking_ = false;
  bool is_told_ = false;
  struct {
    bool is_up = false;
    std::uint64_t lag_bytes = 0;
    std::uint64_t lag_ms = 0;
  } shown_;
};

replica_watch_actor::behavior_type replica_watch_behavior(
  service_pointer<replica_watch_actor, replica_watch_state> self, storage_pool_actor pool,
  std::function<storage_worker_actor()> spawn, replica_watch_options options);

}  // namespace genesis
