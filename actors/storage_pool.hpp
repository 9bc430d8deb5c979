#pragma once

#include "actors/database_timeline.hpp"
#include "actors/deadlines.hpp"
#include "actors/interfaces.hpp"
#include "actors/log_mark.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/replica_set.hpp"
#include "actors/service.hpp"
#include "actors/worker_slots.hpp"

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

namespace genesis {

struct storage_pool_options {
  std::size_t readers = 4;         ///< That stay open once there was use for them; one writer comes on top.
  std::size_t queue_max = 10'000;  ///< Questions and writes in flight, waiting ones and all workers together.
  std::size_t overflow_max = 0;    ///< More readers while all have two questions.
  std::chrono::milliseconds wait_max = config::pool_wait_max;  ///< For a reader that has room.
  std::chrono::milliseconds report_interval = std::chrono::minutes{1};
  config::pool_echo echo = config::pool_echo::off;
  std::vector<replica_options> replicas = {};
  /// Behind all that was committed before the start; see `sql_store::position`.
  std::optional<storage::log_position> position = {};
  std::shared_ptr<const database_timeline> timeline = {};  ///< Of the primary. None: it is not known.
};

/// The only door to the database; see `storage_pool_actor`.
///
/// Writes (and what is about the writer) go to the writer, whose queue is its mailbox: what waits there is committed
/// together. Questions go to the reader with the least to do; where all are full they wait here in order, and are
/// `unavailable` at `wait_max`. A worker that died is replaced at once, or with the next request when it cannot be
/// started now. What it held: a question is asked once more elsewhere, a write is answered `outcome_unknown`.
///
/// A question that a replica may answer goes to one that is well and has a reader with room, with the place in the log
/// that the answer must have. When the replica is behind that, or fails, or takes longer than `replica_deadline`, the
/// question goes to the primary.
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
  /// Where the database's log stood behind all changes that anybody was told of.
  [[nodiscard]] std::optional<storage::log_position> position() const noexcept { return mark_->value(); }
  void hear(const replica_verdict& verdict) noexcept { replicas_->hear(verdict, self_->clock().now()); }
  template <class Q>
  caf::result<storage::write_receipt> write(const Q& change) {
    return relay<storage::write_receipt>(change, true);
  }
  template <class R, class Q>
  caf::result<R> keep_house(const Q& work) {
    return relay<R>(work, true);
  }
  caf::result<bool> check(const storage::check_database& question) { return relay<bool>(question, question.of_writer); }
  caf::result<storage::user_snapshot> load(const storage::load_user& question) {
    return relay<storage::user_snapshot>(question, question.raise_fence);
  }

  /// Gives up on questions that have waited too long, and lets idle overflow go.
  void look_after();
  void report();

private:
  /// A request's place among those in flight; given up when nobody holds it any more. Outlives the pool as its worker's
  /// task does.
  ///
  /// A change whose end it was not told of may have been committed.
  class place {
  public:
    place(std::shared_ptr<std::size_t> in_flight, std::shared_ptr<log_mark> mark)
        : in_flight_(std::move(in_flight)), mark_(std::move(mark)) {
      ++*in_flight_;
      counters().storage_in_flight_now.add();
    }
    place(const place&) = delete;
    place& operator=(const place&) = delete;
    ~place() {
      if (change_)
        mark_->lose();
      --*in_flight_;
      counters().storage_in_flight_now.subtract();
    }

    void begin_change() noexcept { change_ = mark_->begin(); }
    void end_change(std::optional<storage::log_position> at) noexcept {
      if (const auto number = std::exchange(change_, std::nullopt))
        mark_->end(*number, at);
    }
    void end_undone_change() noexcept { change_.reset(); }

    worker_slots::task task;

  private:
    std::shared_ptr<std::size_t> in_flight_;
    std::shared_ptr<log_mark> mark_;
    std::optional<std::uint64_t> change_;
  };
  using place_ptr = std::shared_ptr<place>;

  /// A question that no reader has room for.
  struct waiting_question {
    std::chrono::steady_clock::time_point until;
    std::function<void(std::size_t reader)> go;
    std::function<void(const error& why)> fail;
  };

  /// How a question ended that a replica answered with an error.
  static replica_read how_read(const caf::error& failed) {
    switch (from_caf(failed).code) {
    case errc::not_found:
    case errc::invalid_argument: return replica_read::answered;
    case errc::precondition_failed: return replica_read::behind;
    default: return replica_read::failed;
    }
  }
  /// A reader that did not answer in time still works on it, or hangs: it keeps its task until it answers again.
  void hold_until_heard_of(const caf::actor_addr& reader, worker_slots::task task);
  void wait(waiting_question question);
  void serve_waiting();
  void keep_watch();
  void on_down(const caf::actor_addr& gone);

  template <class R, class Q>
  caf::result<R> relay(const Q& question, bool is_write) {
    if (*in_flight_ >= options_.queue_max) {
      counters().storage_refused.add();
      return to_caf({errc::overloaded, "too many requests are waiting for the database"});
    }
    counters().storage_requests.add();
    const auto taken = std::make_shared<place>(in_flight_, mark_);
    const auto answer = hold_answer<R>(self_);
    if (is_write)
      send_to<R>(worker_slots::writer, question, true, taken, answer, false);
    else if (!ask_replica<R>(question, taken, answer))
      find_reader<R>(question, taken, answer, true);
    return caf::delegated<R>{};
  }

  /// False when there is none to be asked.
  template <class R, class Q>
  bool ask_replica(const Q& question, const place_ptr& taken, const answer_ptr<R>& answer) {
    if constexpr (storage::replica_question<Q>) {
      const auto as_of = question.as_of ? question.as_of : mark_->value();
      if (!as_of)
        return false;
      const auto timeline = options_.timeline ? options_.timeline->value() : 0;
      if (const auto found = replicas_->pick(self_->clock().now(), timeline)) {
        auto located = question;
        located.as_of = as_of;
        send_to_replica<R>(*found, located, taken, answer);
        return true;
      }
    }
    return false;
  }

  template <class R, class Q>
  void send_to_replica(
    const replica_set::place& where, const Q& question, const place_ptr& taken, const answer_ptr<R>& answer) {
    const auto& worker = where.slots->worker(where.reader);
    taken->task = {*where.slots, where.reader};
    const auto asked = worker.address();
    const auto sent_at = self_->clock().now();
    self_->request(worker, replica_deadline, question)
      .then(
        [this, taken, answer, replica = where.replica](R& found) {
          replicas_->hear_of(replica, replica_read::answered, self_->clock().now());
          taken->task.end();
          answer->deliver(std::move(found));
        },
        [this, taken, asked, question, answer, sent_at, replica = where.replica](const caf::error& failed) {
          if (failed == caf::sec::request_timeout) {
            replicas_->miss(replica, sent_at);
            hold_until_heard_of(asked, std::move(taken->task));
          } else {
            replicas_->hear_of(replica, how_read(failed), self_->clock().now());
          }
          taken->task.end();
          if (is_receiver_down(failed))
            replicas_->vacate(asked);
          if (how_read(failed) == replica_read::answered)
            answer->fail(from_caf(failed));  // the primary would say the same
          else
            find_reader<R>(question, taken, answer, true);
        });
  }

  template <class R, class Q>
  void find_reader(const Q& question, const place_ptr& taken, const answer_ptr<R>& answer, bool may_repeat) {
    if (waiting_.empty()) {
      if (const auto index = workers_->pick_reader(self_->clock().now())) {
        send_to<R>(*index, question, false, taken, answer, may_repeat);
        return;
      }
    }
    wait({self_->clock().now() + options_.wait_max,
      [this, question, taken, answer, may_repeat](
        std::size_t reader) { send_to<R>(reader, question, false, taken, answer, may_repeat); },
      [answer](const error& why) { answer->fail(why); }});
  }

  template <class R, class Q>
  void send_to(std::size_t index, const Q& question, bool is_write, const place_ptr& taken, const answer_ptr<R>& answer,
    bool may_repeat) {
    const auto& worker = workers_->worker(index);
    taken->task = {*workers_, index};
    if (index > options_.readers)
      keep_watch();  // for its idleness later
    if (is_write) {
      answer->lost_as(errc::outcome_unknown);  // from here on
      taken->begin_change();
    }
    const auto asked = worker.address();
    self_->request(worker, worker_deadline, question)
      .then(
        [this, taken, answer](R& found) {
          if constexpr (std::is_same_v<R, storage::write_receipt>)
            taken->end_change(found.position);
          else
            taken->end_undone_change();  // nothing that lists show
          taken->task.end();
          answer->deliver(std::move(found));
          serve_waiting();
        },
        [this, taken, asked, question, is_write, answer, may_repeat](const caf::error& failed) {
          if (!is_write && failed == caf::sec::request_timeout)
            hold_until_heard_of(asked, std::move(taken->task));
          taken->task.end();
          if (is_receiver_down(failed))
            workers_->vacate(asked);  // its DOWN comes later; nobody else is to be sent there
          if (may_repeat && is_receiver_down(failed)) {
            find_reader<R>(question, taken, answer, false);
            return;
          }
          counters().storage_failed.add();
          auto what = from_caf(failed);
          // A writer that died may have committed before.
          if (is_write && failed.category() != caf::atom("genesis"))
            what.code = errc::outcome_unknown;
          if (!is_write && what.code == errc::outcome_unknown)
            what.code = errc::unavailable;
          if (what.code != errc::outcome_unknown && what.code != errc::internal)
            taken->end_undone_change();
          answer->fail(what);
          serve_waiting();
        });
  }

  pointer self_;
  storage_pool_options options_;
  std::unique_ptr<worker_slots> workers_;
  std::unique_ptr<replica_set> replicas_;
  std::shared_ptr<std::size_t> in_flight_ = std::make_shared<std::size_t>(0);
  std::shared_ptr<log_mark> mark_;
  std::deque<waiting_question> waiting_;
  bool is_watching_ = false;
};

storage_pool_actor::behavior_type storage_pool_behavior(service_pointer<storage_pool_actor, storage_pool_state> self,
  spawn_storage_worker spawn, storage_pool_options options);

}  // namespace genesis
