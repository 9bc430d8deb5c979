#pragma once

#include "actors/deadlines.hpp"
#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/service.hpp"

#include <functional>
#include <optional>

namespace genesis {

struct housekeeper_options {
  std::chrono::milliseconds run_events_keep = std::chrono::minutes{10};
  std::chrono::milliseconds idempotency_keep = std::chrono::hours{24};
  std::chrono::milliseconds purge_interval = std::chrono::minutes{1};
  /// Between questions to the database, and how long each waits for its answer: a database that is lost, or so busy
  /// that nobody else is served either, shows within a second. The connection for changes is asked for itself, and has
  /// longer: it commits what came before.
  std::chrono::milliseconds check_interval = std::chrono::milliseconds{500};
  std::chrono::milliseconds check_deadline = std::chrono::milliseconds{450};
  std::chrono::milliseconds writer_deadline = pool_deadline;
  /// Told whether the database answers, to questions and changes both, whenever that changes; from any I/O thread.
  std::function<void(bool)> on_database;
  /// Has memory that is not used given back to the system, on another thread: it takes milliseconds. Each
  /// `purge_interval`.
  std::function<void()> give_memory_back;
};

/// See `housekeeper_actor`.
class housekeeper_state {
public:
  using pointer = housekeeper_actor::stateful_pointer<housekeeper_state>;

  explicit housekeeper_state(pointer self) : self_(self) {}

  void start(storage_pool_actor storage, environment world, housekeeper_options options);
  void sweep();
  void check();

private:
  /// Whether connections of one kind work, as far as is known.
  struct connection_check {
    bool is_of_writer = false;
    bool is_waiting = false;  ///< For an answer; another question follows that one.
    std::optional<error> failed = {};
  };
  void purge();
  void ask(connection_check& which);
  void tell(const std::optional<error>& failed);

  pointer self_;
  storage_pool_actor storage_;
  environment world_;
  housekeeper_options options_;
  caf::actor_clock::time_point purge_at_;
  caf::actor_clock::time_point give_back_at_;
  bool is_purging_ = false;
  std::array<connection_check, 2> checks_{{{.is_of_writer = false}, {.is_of_writer = true}}};
  bool is_there_ = true;
};

housekeeper_actor::behavior_type housekeeper_behavior(service_pointer<housekeeper_actor, housekeeper_state> self,
  storage_pool_actor storage, environment world, housekeeper_options options);

}  // namespace genesis
