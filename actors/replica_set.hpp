#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/worker_slots.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace genesis {

/// One replica of the database, as the pool uses it.
struct replica_options {
  std::int64_t weight = 1;
  std::size_t readers = 1;                      ///< Connections that stay open once there was use for them.
  std::function<storage_worker_actor()> spawn;  ///< Starts a worker on it.
};

/// The replicas that a storage pool reads from, in turns by weight. Part of the pool's state, on its thread.
///
/// One is read from while the last verdict on it is good and fresh, and about the timeline that the database is on:
/// without a word about it nothing goes there.
class replica_set {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// A verdict comes each second; after this time nobody looks at the replica any more.
  static constexpr std::chrono::seconds verdict_life{3};

  replica_set(std::vector<replica_options> all, config::pool_echo echo,
    const std::function<void(const storage_worker_actor&)>& on_spawned);

  struct place {
    worker_slots* slots = nullptr;
    std::size_t replica = 0;
    std::size_t reader = 0;
  };
  /// A reader with room, of the replica whose turn it is; of another one when that has none. Nothing when there is none
  /// anywhere.
  std::optional<place> pick(time_point now, std::int64_t timeline) noexcept;

  void hear(const replica_verdict& verdict, time_point now) noexcept;
  /// A question ended there.
  void hear_of(std::size_t replica, replica_read how, time_point now) noexcept;
  /// A question that was asked then was not answered in time: when nothing else was since, nothing goes there until the
  /// next verdict. A replica that only has much to do is read from on.
  void miss(std::size_t replica, time_point asked_at) noexcept;

  /// As of `worker_slots`.
  void vacate(const caf::actor_addr& gone) noexcept;
  bool refill() noexcept;
  /// The connections to all of them.
  [[nodiscard]] worker_slots::figures now() const noexcept;

private:
  struct member {
    std::int64_t weight;
    std::unique_ptr<worker_slots> slots;
    std::optional<time_point> usable_until = {};
    std::int64_t timeline = 0;  ///< Of the primary that it follows.
    time_point heard_at = {};   ///< When a question last ended there.
    std::int64_t credit = 0;    ///< Grows by the weight with each turn of anybody; who has most is next.
    bool has_no_room = false;   ///< In the choice that is being made.
  };

  [[nodiscard]] member* next(time_point now, std::int64_t timeline) noexcept;

  std::vector<member> all_;
};

}  // namespace genesis
