#include "actors/chunk_writer.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"

#include <utility>

namespace genesis {

namespace {

/// Chunks that arrive within a tick share a transaction: a thousand runs cost ten commits a second, not a thousand.
constexpr auto tick = std::chrono::milliseconds{100};

}  // namespace

caf::result<storage::write_receipt> chunk_writer_state::add(const storage::run_chunk& chunk) {
  chunks_.push_back(chunk);
  answers_.push_back(hold_answer<storage::write_receipt>(self_));
  plan_flush();
  return caf::delegated<storage::write_receipt>{};
}

void chunk_writer_state::plan_flush() {
  if (is_planned_ || is_writing_ || chunks_.empty())
    return;
  is_planned_ = true;
  self_->delayed_send(self_, tick, flush_due{});
}

void chunk_writer_state::flush() {
  is_planned_ = false;
  if (chunks_.empty() || is_writing_)
    return;
  is_writing_ = true;
  storage::append_run_chunks what{std::exchange(chunks_, {}), self_->clock().now() + worker_deadline};
  const auto count = what.chunks.size();
  auto answers = std::make_shared<std::vector<answer_ptr<storage::write_receipt>>>(std::exchange(answers_, {}));
  self_->request(storage_, pool_deadline, std::move(what))
    .then(
      [this, answers, count](const storage::write_receipt& receipt) {
        is_writing_ = false;
        counters().chunks_stored.add(count);
        for (const auto& each : *answers)
          each->deliver(receipt);
        plan_flush();
      },
      [this, answers](const caf::error& failed) {
        is_writing_ = false;
        for (const auto& each : *answers)
          each->fail(from_caf(failed));
        plan_flush();
      });
}

chunk_writer_actor::behavior_type chunk_writer_behavior(
  chunk_writer_actor::stateful_pointer<chunk_writer_state> self, storage_pool_actor storage) {
  contain_failures(self, "chunk writer");
  self->state.start(std::move(storage));
  return {
    [self](const storage::run_chunk& chunk) { return self->state.add(chunk); },
    [self](const flush_due&) { self->state.flush(); },
  };
}

}  // namespace genesis
