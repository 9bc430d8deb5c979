#pragma once

#include "actors/interfaces.hpp"
#include "actors/shard_state.hpp"

#include <caf/actor_cast.hpp>

#include <functional>
#include <unordered_map>
#include <vector>

namespace genesis {

/// How one actor reaches the owners of people: remembers where they live, and goes on looking until its deadline when
/// they have moved on.
///
/// An owner that has left bounces the message (`request_receiver_down` of the very actor that was asked); the shard is
/// then told whom not to hand out again. Nothing was done by a bounced message, so repeating is safe. Belongs to `self`
/// and is used by it alone.
template <class Self>
class owner_link {
public:
  using time_point = caf::actor_clock::time_point;

  owner_link(Self* self, std::vector<shard_actor> shards) : self_(self), shards_(std::move(shards)) {}

  /// Asks the owner; exactly one of the two is called, in the context of `self`.
  template <class R, class M>
  void ask(const user_id& user, const M& message, time_point deadline, const std::function<void(R&)>& then,
    const std::function<void(const error&)>& otherwise) {
    if (const auto owner = known(user))
      send<R>(owner, user, message, deadline, then, otherwise);
    else
      find<R>(user, 0, message, deadline, then, otherwise);
  }

private:
  /// Handles are weak; a forgotten one costs a question to the shard.
  static constexpr std::size_t known_max = 100'000;

  user_actor known(const user_id& user) {
    const auto it = known_.find(user);
    if (it == known_.end())
      return user_actor{};
    return caf::actor_cast<user_actor>(it->second);
  }

  void remember(const user_id& user, const user_actor& owner) {
    if (known_.size() >= known_max)
      known_.clear();
    known_.insert_or_assign(user, caf::actor_cast<caf::weak_actor_ptr>(owner));
  }

  template <class R, class M>
  void send(const user_actor& owner, const user_id& user, const M& message, time_point deadline,
    const std::function<void(R&)>& then, const std::function<void(const error&)>& otherwise) {
    const auto left = deadline - self_->clock().now();
    if (left <= time_point::duration::zero()) {
      otherwise({errc::unavailable, "no answer in time"});
      return;
    }
    const auto asked = owner.id();
    self_->request(owner, left, message)
      .then([then](R& answer) { then(answer); },
        [this, user, asked, message, deadline, then, otherwise](const caf::error& failed) {
          if (is_receiver_down(failed)) {
            known_.erase(user);
            find<R>(user, asked, message, deadline, then, otherwise);
            return;
          }
          const auto what = from_caf(failed);
          if (what.code == errc::unauthorized)
            known_.erase(user);  // who does not exist leaves no handle behind, which would keep the actor's memory
          otherwise(what);
        });
  }

  template <class R, class M>
  void find(const user_id& user, caf::actor_id bounced, const M& message, time_point deadline,
    const std::function<void(R&)>& then, const std::function<void(const error&)>& otherwise) {
    const auto left = deadline - self_->clock().now();
    if (left <= time_point::duration::zero()) {
      otherwise({errc::unavailable, "no answer in time"});
      return;
    }
    self_->request(shards_[shard_of(user) % shards_.size()], left, find_user{user, bounced})
      .then(
        [this, user, message, deadline, then, otherwise](const user_actor& owner) {
          remember(user, owner);
          send<R>(owner, user, message, deadline, then, otherwise);
        },
        [otherwise](const caf::error& failed) {
          auto what = from_caf(failed);
          if (what.code == errc::outcome_unknown)  // the question has not even reached the owner
            what.code = errc::unavailable;
          otherwise(what);
        });
  }

  Self* self_;
  std::vector<shard_actor> shards_;
  std::unordered_map<user_id, caf::weak_actor_ptr> known_;
};

}  // namespace genesis
