#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/write_watch.hpp"
#include "storage/store.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace genesis {

/// Opens a worker's connection, on the worker's thread.
using store_factory = std::function<result<std::unique_ptr<storage::store>>()>;

/// Owns one connection to the database. Spawned detached: its calls block.
///
/// Writes that arrive while one commit runs wait in the mailbox and go together in the next transaction: the reminder
/// to flush is sent behind them.
class storage_worker_state {
public:
  using pointer = storage_worker_actor::stateful_pointer<storage_worker_state>;

  explicit storage_worker_state(pointer self) : self_(self) {}

  void start(store_factory open, std::size_t batch_size);

  template <class R, class Q>
  caf::result<R> answer(const Q& question) {
    auto* store = connection();
    if (store == nullptr)
      return to_caf(open_error_);
    auto found = store->answer(question);
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

  storage::store* connection();
  /// `deadline` is that of what was written: lateness is no fault of the database.
  void watch(const result<storage::write_receipt>& written, std::chrono::steady_clock::time_point deadline);

  pointer self_;
  store_factory open_;
  std::size_t batch_size_ = 1;
  std::unique_ptr<storage::store> store_;
  error open_error_;
  std::vector<waiting_write> waiting_;
  write_watch watch_;
  bool is_flush_due_ = false;
};

storage_worker_actor::behavior_type storage_worker_behavior(
  storage_worker_actor::stateful_pointer<storage_worker_state> self, store_factory open, std::size_t batch_size);

}  // namespace genesis
