#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <functional>
#include <map>
#include <set>
#include <unordered_map>

namespace genesis {

/// People are spread over this many shards by `stable_hash` of their id. Never changes: in a cluster, nodes own shards.
inline constexpr std::size_t shard_count = 1'024;

/// The shard of a person.
inline std::size_t shard_of(const user_id& user) noexcept {
  return static_cast<std::size_t>(stable_hash(user.value) % shard_count);
}

/// Starts the owner of a person; tests bring their own.
using spawn_user = std::function<user_actor(const user_id&)>;

struct shard_options {
  std::size_t users_max = 196;  ///< This shard's part of `users.active_max`.
  std::chrono::milliseconds idle_timeout = std::chrono::minutes{15};
  std::chrono::milliseconds sweep_interval = std::chrono::seconds{30};
};

/// Owns the directory of the people of one shard; see `shard_actor`.
///
/// An owner whose account does not exist leaves by itself; its end is told from a death by the reason.
///
/// An entry is present or leaving. A leaving one has been asked to go: who asks for it meanwhile waits here. On its
/// yes, or its death, the entry is erased, or the person activated anew for those who wait. While it may still be alive
/// nobody else is activated, so there are never two owners.
class shard_state {
public:
  using pointer = shard_actor::stateful_pointer<shard_state>;

  explicit shard_state(pointer self) : self_(self) {}
  shard_state(const shard_state&) = delete;
  shard_state& operator=(const shard_state&) = delete;
  ~shard_state();

  void start(spawn_user spawn, shard_options options);

  caf::result<user_actor> find(const find_user& what);
  caf::result<std::int64_t> let_go(const let_people_go& what);
  void sweep();
  caf::result<bool> shut_down();

private:
  struct entry {
    user_actor actor;
    caf::actor_clock::time_point used_at;  ///< Asked for, or said to have been used.
    std::vector<answer_ptr<user_actor>> waiting;
    bool is_leaving = false;
    bool is_asked = false;     ///< The question whether it leaves is under way.
    bool has_bounced = false;  ///< That question found it gone.
  };
  using entries = std::unordered_map<user_id, entry>;

  user_actor activate(const user_id& user);
  entry* known(const user_id& user, caf::actor_id who) noexcept;
  /// `then` is told whether it left.
  void ask_to_leave(const user_id& user, passivate how = {}, std::function<void(bool)> then = [](bool) {});
  void on_left(const user_id& user, caf::actor_id who, bool has_died);
  void on_stays(const user_id& user, caf::actor_id who);
  void on_down(const caf::down_msg& what);
  void make_room();

  pointer self_;
  spawn_user spawn_;
  shard_options options_;
  entries users_;
  std::map<caf::actor_addr, user_id> by_address_;
  std::set<user_id> died_;  ///< Whose last owner died; until the next is activated.
  bool is_shutting_down_ = false;
};

shard_actor::behavior_type shard_behavior(
  service_pointer<shard_actor, shard_state> self, spawn_user spawn, shard_options options);

}  // namespace genesis
