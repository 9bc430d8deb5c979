#pragma once

#include "actors/deadlines.hpp"
#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace genesis {

/// Starts a worker for writes or for reads; how (detached or not, over which store) is decided where everything is
/// wired.
enum class worker_kind : std::uint8_t { writer, reader };
using spawn_storage_worker = std::function<storage_worker_actor(worker_kind)>;

struct storage_pool_options {
  std::size_t readers = 4;
  std::size_t queue_max = 10'000;  ///< Questions and writes in flight, all workers together.
};

/// The only door to the database; see `storage_pool_actor`.
///
/// Questions go to the reader with the least to do, writes (and loads that raise a fence) to the writer. A worker that
/// died is replaced at once, or with the next request when it cannot be started now. What it held: a question is asked
/// once more elsewhere, a write is answered `outcome_unknown`.
class storage_pool_state {
public:
  using pointer = storage_pool_actor::stateful_pointer<storage_pool_state>;

  explicit storage_pool_state(pointer self) : self_(self) {}
  storage_pool_state(const storage_pool_state&) = delete;
  storage_pool_state& operator=(const storage_pool_state&) = delete;
  ~storage_pool_state();

  void start(spawn_storage_worker spawn, storage_pool_options options);

  template <class R, class Q>
  caf::result<R> ask(const Q& question) {
    return relay<R>(question, false);
  }
  template <class Q>
  caf::result<storage::write_receipt> write(const Q& change) {
    return relay<storage::write_receipt>(change, true);
  }
  template <class R, class Q>
  caf::result<R> keep_house(const Q& work) {
    return relay<R>(work, true);
  }
  caf::result<storage::user_snapshot> load(const storage::load_user& question) {
    return relay<storage::user_snapshot>(question, question.raise_fence);
  }

private:
  struct slot {
    worker_kind kind = worker_kind::reader;
    storage_worker_actor worker;
  };

  /// Requests in flight, in all and by slot. Outlives the pool: CAF destroys a state before the handlers of its
  /// requests (stateful_actor::on_exit), which give up their places then.
  struct occupancy {
    std::size_t in_flight = 0;
    std::vector<std::size_t> by_slot;
  };

  /// A request's place among those in flight, and with one worker; given up when nobody holds it any more.
  class place {
  public:
    explicit place(std::shared_ptr<occupancy> taken) : taken_(std::move(taken)) {
      ++taken_->in_flight;
      counters().storage_in_flight_now.add();
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() {
      leave();
      --taken_->in_flight;
      counters().storage_in_flight_now.subtract();
    }

    void move_to(std::size_t index) noexcept {
      leave();
      at_ = index;
      ++taken_->by_slot[index];
    }

  private:
    void leave() noexcept {
      if (at_)
        --taken_->by_slot[*at_];
    }

    std::shared_ptr<occupancy> taken_;
    std::optional<std::size_t> at_;
  };
  using place_ptr = std::shared_ptr<place>;

  std::size_t pick_reader() const noexcept;
  void on_down(const caf::actor_addr& gone);
  void vacate(const caf::actor_addr& gone) noexcept;
  void fill(slot& each);

  template <class R, class Q>
  caf::result<R> relay(const Q& question, bool is_write) {
    if (occupied_->in_flight >= options_.queue_max) {
      counters().storage_refused.add();
      return to_caf({errc::overloaded, "too many requests are waiting for the database"});
    }
    counters().storage_requests.add();
    auto taken = std::make_shared<place>(occupied_);
    forward<R>(question, is_write, std::move(taken), hold_answer<R>(self_), /*may_repeat=*/!is_write);
    return caf::delegated<R>{};
  }

  template <class R, class Q>
  void forward(const Q& question, bool is_write, place_ptr taken, answer_ptr<R> answer, bool may_repeat) {
    const auto index = is_write ? 0 : pick_reader();
    taken->move_to(index);
    if (!slots_[index].worker)
      fill(slots_[index]);
    if (is_write)
      answer->lost_as(errc::outcome_unknown);  // from here on
    const auto asked = slots_[index].worker.address();
    self_->request(slots_[index].worker, worker_deadline, question)
      .then([taken, answer](R& found) { answer->deliver(std::move(found)); },
        [this, taken, asked, question, is_write, answer, may_repeat](const caf::error& failed) {
          if (is_receiver_down(failed))
            vacate(asked);  // its DOWN comes later; nobody else is to be sent there
          if (may_repeat && is_receiver_down(failed)) {
            forward<R>(question, is_write, taken, answer, false);
            return;
          }
          counters().storage_failed.add();
          auto what = from_caf(failed);
          // A writer that died may have committed before.
          if (is_write && failed.category() != caf::atom("genesis"))
            what.code = errc::outcome_unknown;
          if (!is_write && what.code == errc::outcome_unknown)
            what.code = errc::unavailable;
          answer->fail(what);
        });
  }

  pointer self_;
  spawn_storage_worker spawn_;
  storage_pool_options options_;
  std::vector<slot> slots_;  ///< The writer first. A worker is missing while it cannot be started.
  std::shared_ptr<occupancy> occupied_ = std::make_shared<occupancy>();
};

storage_pool_actor::behavior_type storage_pool_behavior(service_pointer<storage_pool_actor, storage_pool_state> self,
  spawn_storage_worker spawn, storage_pool_options options);

}  // namespace genesis
