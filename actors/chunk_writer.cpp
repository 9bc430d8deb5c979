#include "actors/chunk_writer.hpp"

#include "actors/deadlines.hpp"

#include <utility>

namespace genesis {

namespace {

/// Chunks that arrive within a tick share a transaction: a thousand runs cost ten commits a second, not a thousand.
constexpr auto tick = std::chrono::milliseconds{100};

}  // namespace

caf::result<storage::write_receipt> chunk_writer_state::add(const storage::run_chunk& chunk) {
  if (!is_planned_) {
    self_->delayed_send(self_, tick, flush_due{});
    is_planned_ = true;
  }
  waiting_.push_back({chunk, hold_answer<storage::write_receipt>(self_)});
  return caf::delegated<storage::write_receipt>{};
}

void chunk_writer_state::flush() {
  if (is_writing_ && !waiting_.empty()) {
    self_->delayed_send(self_, tick, flush_due{});
    return;
  }
  if (!waiting_.empty())
    write(std::exchange(waiting_, {}));
  is_planned_ = false;
}

/// What throws here fails these chunks: their answers go with it.
void chunk_writer_state::write(std::vector<waiting_chunk> group) {
  storage::append_run_chunks what{{}, self_->clock().now() + worker_deadline};
  const auto answers = std::make_shared<std::vector<answer_ptr<storage::write_receipt>>>();
  for (auto& each : group) {
    what.chunks.push_back(std::move(each.chunk));
    answers->push_back(std::move(each.answer));
  }
  self_->request(storage_, pool_deadline, std::move(what))
    .then(
      [this, answers](const storage::write_receipt& receipt) {
        is_writing_ = false;
        counters().chunks_stored.add(answers->size());
        for (const auto& each : *answers)
          each->deliver(receipt);
      },
      [this, answers](const caf::error& failed) {
        is_writing_ = false;
        for (const auto& each : *answers)
          each->fail(from_caf(failed));
      });
  is_writing_ = true;
}

chunk_writer_actor::behavior_type chunk_writer_behavior(
  service_pointer<chunk_writer_actor, chunk_writer_state> self, storage_pool_actor storage) {
  self->serve_as(actor_kind::chunk_writer);
  self->state.start(std::move(storage));
  return {
    [self](const storage::run_chunk& chunk) { return self->state.add(chunk); },
    [self](const flush_due&) { self->state.flush(); },
  };
}

}  // namespace genesis
