#pragma once

#include "actors/database_timeline.hpp"
#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/trouble_watch.hpp"
#include "config/settings.hpp"
#include "storage/store.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace genesis {

/// Opens a worker's connection, on the worker's thread.
using store_factory = std::function<result<std::unique_ptr<storage::store>>()>;

struct storage_worker_options {
  std::size_t batch_size = 1;  ///< Writes committed together, at most.
  /// How long the first write of a batch that is not full waits for others. None: what has come goes at once.
  std::chrono::milliseconds batch_wait{0};
  std::chrono::milliseconds recycle_after{0};  ///< Age at which a connection is replaced; 0 for never.
  bool pre_ping = false;                       ///< Tries a connection that has rested before it is used.
  config::pool_echo echo = config::pool_echo::off;
  bool is_of_replica = false;                        ///< Whether that one can be opened is said by its watch.
  std::shared_ptr<database_timeline> timeline = {};  ///< Is told of each opening, but of a replica's.
};

/// Rest after which a connection is tried before it is used: what a proxy or a firewall forgets, it forgets later.
inline constexpr std::chrono::seconds rest_before_ping{5};

/// Owns one connection to the database. Spawned detached: its calls block.
///
/// A connection that is lost, or old, or to a server that another one has taken over from, is replaced with the next
/// request; what failed with it, quickly and undone, is done again on the new one, so that a restart of the database
/// server costs nobody an error. A database that hangs, at work or while it is opened, is not waited for again at once:
/// those who wait meanwhile are refused and not held.
///
/// Writes that arrive while a group is written wait in the mailbox and go together in the next transaction: the
/// reminder to flush is sent behind them. The statements of that one are on their way while the commit of the one
/// before is waited for.
class storage_worker_state {
public:
  using pointer = storage_worker_actor::stateful_pointer<storage_worker_state>;

  explicit storage_worker_state(pointer self) : self_(self) {}

  void start(store_factory open, storage_worker_options options);

  template <class R, class Q>
  caf::result<R> answer(const Q& question) {
    auto found = answer_here<R>(question);
    if constexpr (!std::is_same_v<Q, storage::check_database>)  // whoever asks that tells of it
      watch_question(found ? nullptr : &found.error());
    if (!found)
      return to_caf(found.error());
    return std::move(*found);
  }

  caf::result<storage::write_receipt> write(const storage::write_batch& batch);
  caf::result<storage::write_receipt> write(const storage::append_run_chunks& chunks);
  void flush();

private:
  struct waiting_write {
    storage::write_batch batch;
    answer_ptr<storage::write_receipt> answer;
  };
  using write_group = std::vector<waiting_write>;

  template <class R, class Q>
  result<R> answer_here(const Q& question) {
    if constexpr (storage::replica_question<Q>)
      if (options_.is_of_replica)
        return answer_on_replica<R>(question);
    return on_connection([&](storage::store& store) { return store.answer(question); });
  }
  /// What the replica does not have yet, it answers nothing about: `precondition_failed`.
  template <class R, class Q>
  result<R> answer_on_replica(const Q& question) {
    return on_connection([&](storage::store& store) -> result<R> {
      const auto has_seen = store.has_seen(question.as_of.value_or(storage::log_position{}));
      if (!has_seen)
        return std::unexpected(has_seen.error());
      if (!*has_seen)
        return fail(errc::precondition_failed, "the replica is behind");
      return store.answer(question);
    });
  }

  storage::store* connection();
  /// False when it is of no use.
  bool on_opened(std::chrono::milliseconds took);
  /// Why the connection is replaced; empty when it need not be.
  [[nodiscard]] std::string_view unfitness(std::chrono::steady_clock::time_point now) const;
  void drop_unfit(std::chrono::steady_clock::time_point now);
  void drop(std::string_view why);
  void keep_flushing();
  /// True when the connection was lost with the work that began then: before the server saw it, as far as one can tell
  /// from how soon.
  [[nodiscard]] bool was_lost_at_once(std::chrono::steady_clock::time_point begun) const;
  /// A server that was silent until the connection was given up is not waited for again at once.
  void rest_if_silent(std::chrono::steady_clock::time_point begun);
  /// Opens nothing for a share of the time that was wasted; who asks meanwhile is told why.
  void rest(std::chrono::steady_clock::duration wasted, std::string why);

  template <class Work>
  auto on_connection(const Work& work) -> decltype(work(std::declval<storage::store&>())) {
    finish_group();
    auto* store = connection();
    if (store == nullptr)
      return std::unexpected(open_error_);
    const auto begun = self_->clock().now();
    auto done = work(*store);
    rest_if_silent(begun);
    if (done || done.error().code != errc::unavailable || !was_lost_at_once(begun))
      return done;
    store = connection();
    if (store == nullptr)
      return std::unexpected(open_error_);
    const auto again = self_->clock().now();
    done = work(*store);
    rest_if_silent(again);
    return done;
  }
  void write(write_group group);
  /// Nothing when the commit is under way.
  std::optional<storage::write_results> start_write(std::span<const storage::write_batch* const> batches);
  void finish_soon();
  /// Waits for the commit that is under way, if one is: nothing else can be done on the connection before.
  void finish_group();
  void deliver_committed(storage::write_results results);
  void deliver(const write_group& group, storage::write_results results);
  /// `deadline` is that of what was written: lateness is no fault of the database.
  void watch(const result<storage::write_receipt>& written, std::chrono::steady_clock::time_point deadline);
  /// Whether a question found the database able to answer; null when it was answered.
  void watch_question(const error* failed);
  void settle();

  pointer self_;
  store_factory open_;
  storage_worker_options options_;
  std::unique_ptr<storage::store> store_;
  std::chrono::steady_clock::time_point opened_at_{};
  std::chrono::steady_clock::time_point used_at_{};
  error open_error_;
  std::chrono::steady_clock::time_point open_again_at_{};  ///< After an attempt, or a silence, that took long.
  trouble_watch open_watch_;
  write_group waiting_;
  write_group committing_;  ///< Whose commit is under way.
  trouble_watch watch_;
  trouble_watch question_watch_;
  bool is_flush_due_ = false;
  bool is_flush_delayed_ = false;
};

storage_worker_actor::behavior_type storage_worker_behavior(
  storage_worker_actor::stateful_pointer<storage_worker_state> self, store_factory open,
  storage_worker_options options);

}  // namespace genesis
