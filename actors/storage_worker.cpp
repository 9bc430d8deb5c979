#include "actors/storage_worker.hpp"

#include "actors/failure.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

void storage_worker_state::start(store_factory open, std::size_t batch_size) {
  open_ = std::move(open);
  batch_size_ = std::max<std::size_t>(batch_size, 1);
}

storage::store* storage_worker_state::connection() {
  if (store_)
    return store_.get();
  auto opened = open_();
  if (opened) {
    store_ = std::move(*opened);
    return store_.get();
  }
  open_error_ = opened.error();
  spdlog::error("the database cannot be opened: {}", open_error_.detail);
  open_error_.code = errc::unavailable;
  return nullptr;
}

caf::result<storage::write_receipt> storage_worker_state::write(const storage::write_batch& batch) {
  waiting_.push_back({batch, hold_answer<storage::write_receipt>(self_)});
  if (!is_flush_due_) {
    is_flush_due_ = true;
    self_->send(self_, flush_due{});
  }
  return caf::delegated<storage::write_receipt>{};
}

void storage_worker_state::flush() {
  is_flush_due_ = false;
  const auto count = std::min(waiting_.size(), batch_size_);
  if (count == 0)
    return;
  std::vector<waiting_write> group{std::make_move_iterator(waiting_.begin()),
    std::make_move_iterator(waiting_.begin() + static_cast<std::ptrdiff_t>(count))};
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  if (!waiting_.empty()) {
    is_flush_due_ = true;
    self_->send(self_, flush_due{});
  }
  auto* store = connection();
  if (store == nullptr) {
    for (const auto& each : group)
      each.answer->fail(open_error_);
    return;
  }
  std::vector<const storage::write_batch*> batches;
  batches.reserve(group.size());
  for (const auto& each : group) {
    batches.push_back(&each.batch);
    each.answer->lost_as(errc::outcome_unknown);
  }
  counters().storage_groups.add();
  counters().storage_grouped_batches.add(group.size());
  auto results = store->write(std::span<const storage::write_batch* const>{batches});
  for (std::size_t i = 0; i < group.size(); ++i) {
    watch(results[i], group[i].batch.deadline);
    group[i].answer->deliver(std::move(results[i]));
  }
}

void storage_worker_state::watch(
  const result<storage::write_receipt>& written, std::chrono::steady_clock::time_point deadline) {
  const auto now = self_->clock().now();
  auto news = write_watch::news::none;
  if (written) {
    news = watch_.on_written();
  } else if (const auto code = written.error().code;
    (code == errc::unavailable || code == errc::outcome_unknown) && now <= deadline) {
    counters().storage_writes_failed.add();
    news = watch_.on_failed(now);
  }
  switch (news) {
  case write_watch::news::fails:
    spdlog::error("the database takes no changes ({}); they are refused until it does", written.error().detail);
    break;
  case write_watch::news::works_again: spdlog::info("the database takes changes again"); break;
  case write_watch::news::none: break;
  }
}

caf::result<storage::write_receipt> storage_worker_state::write(const storage::append_run_chunks& chunks) {
  auto* store = connection();
  if (store == nullptr)
    return to_caf(open_error_);
  auto written = store->write(chunks);
  watch(written, chunks.deadline);
  if (!written)
    return to_caf(written.error());
  return *written;
}

storage_worker_actor::behavior_type storage_worker_behavior(
  storage_worker_actor::stateful_pointer<storage_worker_state> self, store_factory open, std::size_t batch_size) {
  contain_failures(self, "storage worker");
  auto& state = self->state;
  state.start(std::move(open), batch_size);
  using namespace storage;
  return {
    [&state](const load_user& q) { return state.answer<user_snapshot>(q); },
    [&state](const find_credentials& q) { return state.answer<credentials>(q); },
    [&state](const find_credentials_of& q) { return state.answer<credentials>(q); },
    [&state](const find_conversation& q) { return state.answer<conversation>(q); },
    [&state](const list_conversations& q) { return state.answer<page<conversation>>(q); },
    [&state](const find_message& q) { return state.answer<message>(q); },
    [&state](const list_messages& q) { return state.answer<page<message>>(q); },
    [&state](const find_progress& q) { return state.answer<progress_record>(q); },
    [&state](const list_progress& q) { return state.answer<page<progress_record>>(q); },
    [&state](const latest_progress& q) { return state.answer<std::vector<progress_record>>(q); },
    [&state](const load_coaching_history& q) { return state.answer<coaching_history>(q); },
    [&state](const find_run& q) { return state.answer<run>(q); },
    [&state](const load_run_log& q) { return state.answer<storage::run_log>(q); },
    [&state](const find_idempotency& q) { return state.answer<std::optional<idempotency_record>>(q); },
    [&state](const find_used_refresh_token& q) { return state.answer<session_id>(q); },
    [&state](const find_invitation& q) { return state.answer<invitation>(q); },
    [&state](const put_invitation& q) { return state.answer<bool>(q); },
    [&state](const recently_active_users& q) { return state.answer<std::vector<user_id>>(q); },
    [&state](const list_users& q) { return state.answer<page<user>>(q); },
    [&state](const check_database& q) { return state.answer<bool>(q); },
    [&state](const limit_size& q) { return state.answer<bool>(q); },
    [&state](const purge_expired_rows& q) { return state.answer<std::int64_t>(q); },
    [&state](const write_batch& batch) { return state.write(batch); },
    [&state](const append_run_chunks& chunks) { return state.write(chunks); },
    [&state](const flush_due&) { state.flush(); },
  };
}

}  // namespace genesis
