#pragma once

#include "actors/interfaces.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace genesis {

/// Hashes and verifies passwords, ten milliseconds each; spawned detached.
password_worker_actor::behavior_type password_worker_behavior(password_worker_actor::pointer self);

using spawn_password_worker = std::function<password_worker_actor()>;

struct password_pool_options {
  std::size_t workers = 1;
  std::size_t queue_max = 64;  ///< Work that waits or is being done.
};

/// Gives each worker one piece of work at a time, in the order of arrival, and refuses beyond the bound: a flood of
/// logins costs a core's share, never memory, and never the time of other requests.
///
/// A worker is busy until it has answered or is dead, however long that takes. Work whose deadline has passed leaves
/// the queue without being done.
class password_pool_state {
public:
  using pointer = password_pool_actor::stateful_pointer<password_pool_state>;

  explicit password_pool_state(pointer self) : self_(self) {}
  password_pool_state(const password_pool_state&) = delete;
  password_pool_state& operator=(const password_pool_state&) = delete;
  ~password_pool_state();

  void start(spawn_password_worker spawn, password_pool_options options);

  caf::result<password_hashed> handle(const hash_password& what) { return enqueue<password_hashed>(what); }
  caf::result<bool> handle(const judge_password& what) { return enqueue<bool>(what); }
  caf::result<password_verdict> handle(const verify_password& what) { return enqueue<password_verdict>(what); }

private:
  template <class Work, class Answer>
  struct job {
    Work work;
    answer_ptr<Answer> answer;
  };
  using any_job = std::variant<job<hash_password, password_hashed>, job<judge_password, bool>,
    job<verify_password, password_verdict>>;
  struct slot {
    password_worker_actor worker;  ///< Missing while it cannot be started.
    std::optional<any_job> job;    ///< What the worker is doing.
  };

  template <class Answer, class Work>
  caf::result<Answer> enqueue(const Work& work);
  template <class Work, class Answer>
  void hand_over(slot& to, const job<Work, Answer>& what);
  static void fail(const any_job& what, const error& why);
  void serve();
  void drop_late();
  void fill(slot& each);
  slot* slot_of(const caf::actor_addr& worker) noexcept;
  /// Tells the operator why no password can be checked, once in a while.
  void report(const error& why);
  void on_done(const caf::actor_addr& worker);
  void on_down(const caf::actor_addr& gone);
  [[nodiscard]] std::size_t in_flight() const noexcept;

  pointer self_;
  spawn_password_worker spawn_;
  password_pool_options options_;
  std::vector<slot> slots_;
  std::deque<any_job> waiting_;
  std::chrono::steady_clock::time_point quiet_until_{};  ///< Until then `report` says nothing more.
};

password_pool_actor::behavior_type password_pool_behavior(
  service_pointer<password_pool_actor, password_pool_state> self, spawn_password_worker spawn,
  password_pool_options options);

}  // namespace genesis
