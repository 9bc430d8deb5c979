#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"

#include <functional>
#include <vector>

namespace genesis {

/// Hashes and verifies passwords, ten milliseconds each; spawned detached.
password_worker_actor::behavior_type password_worker_behavior(password_worker_actor::pointer self);

using spawn_password_worker = std::function<password_worker_actor()>;

struct password_pool_options {
  std::size_t workers = 1;
  std::size_t queue_max = 64;
};

/// Gives password work to workers in turn and refuses beyond the bound: a flood of logins costs a core's share, never
/// memory, and never the time of other requests.
class password_pool_state {
public:
  using pointer = password_pool_actor::stateful_pointer<password_pool_state>;

  explicit password_pool_state(pointer self) : self_(self) {}
  password_pool_state(const password_pool_state&) = delete;
  password_pool_state& operator=(const password_pool_state&) = delete;
  ~password_pool_state();

  void start(spawn_password_worker spawn, password_pool_options options);

  template <class R, class Q>
  caf::result<R> relay(const Q& work) {
    if (in_flight_ >= options_.queue_max) {
      counters().passwords_refused.add();
      return to_caf({errc::overloaded, "too many logins are waiting"});
    }
    ++in_flight_;
    auto answer = hold_answer<R>(self_);
    auto& worker = workers_[next_++ % workers_.size()];
    self_->request(worker, deadline(), work)
      .then(
        [this, answer](R& done) {
          --in_flight_;
          counters().passwords_hashed.add();
          answer->deliver(std::move(done));
        },
        [this, answer](const caf::error& failed) {
          --in_flight_;
          auto what = from_caf(failed);
          if (what.code == errc::outcome_unknown)
            what = {errc::overloaded, "too many logins are waiting"};
          answer->fail(what);
        });
    return caf::delegated<R>{};
  }

private:
  static std::chrono::milliseconds deadline() noexcept;
  void replace(const caf::actor_addr& gone);

  pointer self_;
  spawn_password_worker spawn_;
  password_pool_options options_;
  std::vector<password_worker_actor> workers_;
  std::size_t next_ = 0;
  std::size_t in_flight_ = 0;
};

password_pool_actor::behavior_type password_pool_behavior(
  password_pool_actor::stateful_pointer<password_pool_state> self, spawn_password_worker spawn,
  password_pool_options options);

}  // namespace genesis
