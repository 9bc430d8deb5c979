#pragma once

#include "actors/interfaces.hpp"
#include "actors/metrics.hpp"
#include "actors/promise.hpp"
#include "actors/service.hpp"

#include <vector>

namespace genesis {

/// Gathers the partial texts of all runs and writes those of one tick in one transaction; see `chunk_writer_actor`.
///
/// One write is under way at a time. At most one chunk per run is here at any moment (a run waits for the answer),
/// which bounds what is kept.
class chunk_writer_state {
public:
  using pointer = chunk_writer_actor::stateful_pointer<chunk_writer_state>;

  explicit chunk_writer_state(pointer self) : self_(self) {}

  void start(storage_pool_actor storage) { storage_ = std::move(storage); }
  caf::result<storage::write_receipt> add(const storage::run_chunk& chunk);
  void flush();

private:
  struct waiting_chunk {
    storage::run_chunk chunk;
    answer_ptr<storage::write_receipt> answer;
  };

  void write(std::vector<waiting_chunk> group);

  pointer self_;
  storage_pool_actor storage_;
  std::vector<waiting_chunk> waiting_;
  bool is_planned_ = false;  ///< Always, while anything waits.
  bool is_writing_ = false;
};

chunk_writer_actor::behavior_type chunk_writer_behavior(
  service_pointer<chunk_writer_actor, chunk_writer_state> self, storage_pool_actor storage);

}  // namespace genesis
