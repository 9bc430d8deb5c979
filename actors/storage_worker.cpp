#include "actors/storage_worker.hpp"

#include "actors/failure.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

/// A server that was restarted tells with the first byte. One that was silent until a time-out may have done the work,
/// and there is no time left for a second one that may be silent as well.
constexpr std::chrono::milliseconds loss_at_once_max{1'000};
/// After an attempt that took as long as this many times, the next one waits: those in the queue are refused meanwhile.
constexpr int open_pause_divisor = 4;

}  // namespace

void storage_worker_state::start(store_factory open, storage_worker_options options) {
  open_ = std::move(open);
  options_ = options;
  options_.batch_size = std::max<std::size_t>(options.batch_size, 1);
}

void storage_worker_state::drop(std::string_view why) {
  store_ = nullptr;
  if (options_.echo != config::pool_echo::off)
    spdlog::info("database connection: {}", why);
}

std::string_view storage_worker_state::unfitness(std::chrono::steady_clock::time_point now) const {
  if (!store_)
    return {};
  if (store_->is_lost())
    return "invalidated, it was lost";
  if (options_.recycle_after.count() > 0 && now - opened_at_ >= options_.recycle_after)
    return "recycled";
  if (options_.timeline && options_.timeline->is_behind(store_->timeline()))
    return "invalidated, another server has taken over";
  return {};
}

/// The ping is a statement of its own: what it finds to be lost had nothing to do yet, so nothing is in doubt. A silent
/// one is no reason to rest: whatever lies between has forgotten this connection, and takes another.
void storage_worker_state::drop_unfit(std::chrono::steady_clock::time_point now) {
  if (const auto why = unfitness(now); !why.empty()) {
    finish_group();
    drop(why);
  }
  if (!store_ || !options_.pre_ping || now - used_at_ < rest_before_ping)
    return;
  finish_group();
  if (!store_->answer(storage::check_database{}) && store_->is_lost())
    drop("invalidated, it was lost while it rested");
}

storage::store* storage_worker_state::connection() {
  const auto begun = self_->clock().now();
  drop_unfit(begun);
  used_at_ = begun;
  if (store_)
    return store_.get();
  if (begun < open_again_at_)
    return nullptr;
  auto opened = open_();
  const auto now = self_->clock().now();
  if (opened) {
    store_ = std::move(*opened);
    opened_at_ = now;
    if (on_opened(std::chrono::duration_cast<std::chrono::milliseconds>(now - begun)))
      return store_.get();
    opened = fail(errc::unavailable,
      "a server takes changes that another one has taken over from; it must be stopped, or left out of storage.url");
  }
  rest(now - begun, opened.error().detail);
  if (open_watch_.on_failed(now) == trouble_watch::news::fails && !options_.is_of_replica)
    spdlog::error("the database cannot be opened: {}", open_error_.detail);
  return nullptr;
}

bool storage_worker_state::on_opened(std::chrono::milliseconds took) {
  const auto timeline = store_->timeline();
  const auto seen = options_.timeline ? options_.timeline->see(timeline) : database_timeline::news::none;
  if (seen == database_timeline::news::behind) {
    store_ = nullptr;
    return false;
  }
  counters().storage_connections_opened.add();
  if (options_.echo != config::pool_echo::off)
    spdlog::info("database connection: connected in {} ms", took.count());
  if (open_watch_.on_success() == trouble_watch::news::works_again && !options_.is_of_replica)
    spdlog::info("the database can be opened again");
  if (seen == database_timeline::news::risen) {
    counters().storage_failovers.add();
    spdlog::warn(
      "the database goes on as timeline {}, after a failover: the last changes that the server before had confirmed "
      "may be lost, logouts and revocations among them; people in memory are loaded again when they are asked for",
      timeline);
  }
  return true;
}

bool storage_worker_state::was_lost_at_once(std::chrono::steady_clock::time_point begun) const {
  return store_ != nullptr && store_->is_lost() && self_->clock().now() - begun < loss_at_once_max;
}

void storage_worker_state::rest_if_silent(std::chrono::steady_clock::time_point begun) {
  if (!store_ || !store_->is_lost())
    return;
  const auto now = self_->clock().now();
  if (now - begun < loss_at_once_max)
    return;
  rest(now - begun, "the database did not answer in time");
}

void storage_worker_state::rest(std::chrono::steady_clock::duration wasted, std::string why) {
  open_error_ = {errc::unavailable, std::move(why)};
  open_again_at_ = self_->clock().now() + wasted / open_pause_divisor;
}

caf::result<storage::write_receipt> storage_worker_state::write(const storage::write_batch& batch) {
  waiting_.push_back({batch, hold_answer<storage::write_receipt>(self_)});
  keep_flushing();
  return caf::delegated<storage::write_receipt>{};
}

/// A batch that fills while it waits goes at once; its reminder then finds what came behind it.
void storage_worker_state::keep_flushing() {
  if (options_.batch_wait.count() == 0 || waiting_.size() >= options_.batch_size) {
    if (!std::exchange(is_flush_due_, true))
      self_->send(self_, flush_due{});
  } else if (!std::exchange(is_flush_delayed_, true)) {
    self_->delayed_send(self_, options_.batch_wait, flush_due{});
  }
}

void storage_worker_state::flush() {
  is_flush_due_ = false;
  is_flush_delayed_ = false;
  const auto count = std::min(waiting_.size(), options_.batch_size);
  if (count == 0) {
    finish_group();
    return;
  }
  write_group group{std::make_move_iterator(waiting_.begin()),
    std::make_move_iterator(waiting_.begin() + static_cast<std::ptrdiff_t>(count))};
  waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(count));
  if (!waiting_.empty())
    keep_flushing();
  write(std::move(group));
}

void storage_worker_state::write(write_group group) {
  if (connection() == nullptr) {
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
  auto results = start_write(batches);
  if (!results) {
    committing_ = std::move(group);
    finish_soon();
    return;
  }
  deliver(group, *std::move(results));
  settle();
}

/// Behind the writes that have come meanwhile: they go to the database before the commit is waited for, unless they are
/// to wait for others.
void storage_worker_state::finish_soon() {
  if (options_.batch_wait.count() > 0)
    finish_group();
  else if (!std::exchange(is_flush_due_, true))
    self_->send(self_, flush_due{});
}

void storage_worker_state::finish_group() {
  if (committing_.empty())
    return;
  const auto begun = self_->clock().now();
  deliver_committed(store_->finish_write());
  rest_if_silent(begun);
  settle();
}

void storage_worker_state::deliver_committed(storage::write_results results) {
  deliver(std::exchange(committing_, {}), std::move(results));
}

void storage_worker_state::deliver(const write_group& group, storage::write_results results) {
  for (std::size_t i = 0; i < group.size(); ++i) {
    watch(results[i], group[i].batch.deadline);
    group[i].answer->deliver(std::move(results[i]));
  }
}

/// What writes have left for later, once their answers are out.
void storage_worker_state::settle() {
  if (store_ && !store_->is_lost())
    store_->settle();
}

std::optional<storage::write_results> storage_worker_state::start_write(
  std::span<const storage::write_batch* const> batches) {
  auto begun = self_->clock().now();
  const auto on_finished = [&](storage::write_results results) {
    deliver_committed(std::move(results));
    begun = self_->clock().now();  // what that commit took is no fault of this group
  };
  auto results = store_->start_write(batches, on_finished);
  rest_if_silent(begun);
  const auto is_undone = [](const auto& each) { return !each && each.error().code == errc::unavailable; };
  if (!results || !std::ranges::all_of(*results, is_undone) || !was_lost_at_once(begun) || connection() == nullptr)
    return results;
  const auto again = self_->clock().now();
  results = store_->start_write(batches, on_finished);
  rest_if_silent(again);
  return results;
}

void storage_worker_state::watch(
  const result<storage::write_receipt>& written, std::chrono::steady_clock::time_point deadline) {
  const auto now = self_->clock().now();
  auto news = trouble_watch::news::none;
  if (written) {
    news = watch_.on_success();
  } else if (const auto code = written.error().code;
    (code == errc::unavailable || code == errc::outcome_unknown) && now <= deadline) {
    counters().storage_writes_failed.add();
    news = watch_.on_failed(now);
  }
  switch (news) {
  case trouble_watch::news::fails:
    spdlog::error("the database takes no changes ({}); they are refused until it does", written.error().detail);
    break;
  case trouble_watch::news::works_again: spdlog::info("the database takes changes again"); break;
  case trouble_watch::news::none: break;
  }
}

/// Of a connection that is lost, or of a replica, others tell.
void storage_worker_state::watch_question(const error* failed) {
  if (!store_ || store_->is_lost() || options_.is_of_replica)
    return;
  const bool is_fault = failed != nullptr && (failed->code == errc::unavailable || failed->code == errc::internal);
  const auto news = is_fault ? question_watch_.on_failed(self_->clock().now()) : question_watch_.on_success();
  if (news == trouble_watch::news::fails)
    spdlog::error("the database fails to answer a question ({})", failed->detail);
  else if (news == trouble_watch::news::works_again)
    spdlog::info("the database answers questions again");
}

caf::result<storage::write_receipt> storage_worker_state::write(const storage::append_run_chunks& chunks) {
  const auto answer = hold_answer<storage::write_receipt>(self_);
  answer->lost_as(errc::outcome_unknown);
  auto written = on_connection([&](storage::store& store) { return store.write(chunks); });
  watch(written, chunks.deadline);
  answer->deliver(std::move(written));
  settle();
  return caf::delegated<storage::write_receipt>{};
}

storage_worker_actor::behavior_type storage_worker_behavior(
  storage_worker_actor::stateful_pointer<storage_worker_state> self, store_factory open,
  storage_worker_options options) {
  contain_failures(self, "storage worker");
  auto& state = self->state;
  state.start(std::move(open), options);
  using namespace storage;
  return {
    [&state](const load_user& q) { return state.answer<user_snapshot>(q); },
    [&state](const load_newer& q) { return state.answer<std::optional<user_snapshot>>(q); },
    [&state](const find_credentials& q) { return state.answer<credentials>(q); },
    [&state](const find_credentials_of& q) { return state.answer<credentials>(q); },
    [&state](const find_conversation& q) { return state.answer<conversation>(q); },
    [&state](const list_conversations& q) { return state.answer<page<conversation>>(q); },
    [&state](const find_message& q) { return state.answer<message>(q); },
    [&state](const list_messages& q) { return state.answer<page<message>>(q); },
    [&state](const search_messages& q) { return state.answer<page<found_message>>(q); },
    [&state](const read_message_partition& q) { return state.answer<message_partition>(q); },
    [&state](const find_progress& q) { return state.answer<progress_record>(q); },
    [&state](const list_progress& q) { return state.answer<page<progress_record>>(q); },
    [&state](const latest_progress& q) { return state.answer<std::vector<progress_record>>(q); },
    [&state](const find_item<workout_plan>& q) { return state.answer<workout_plan>(q); },
    [&state](const find_item<nutrition_plan>& q) { return state.answer<nutrition_plan>(q); },
    [&state](const find_item<nutrition_log>& q) { return state.answer<nutrition_log>(q); },
    [&state](const list_plans<workout_plan>& q) { return state.answer<page<workout_plan>>(q); },
    [&state](const list_plans<nutrition_plan>& q) { return state.answer<page<nutrition_plan>>(q); },
    [&state](const list_nutrition_logs& q) { return state.answer<page<nutrition_log>>(q); },
    [&state](const find_plan_standing<workout_plan>& q) { return state.answer<plan_standing<workout_plan>>(q); },
    [&state](const find_plan_standing<nutrition_plan>& q) { return state.answer<plan_standing<nutrition_plan>>(q); },
    [&state](const load_coaching_history& q) { return state.answer<coaching_history>(q); },
    [&state](const find_run& q) { return state.answer<run>(q); },
    [&state](const load_run_log& q) { return state.answer<storage::run_log>(q); },
    [&state](const find_idempotency& q) { return state.answer<std::optional<idempotency_record>>(q); },
    [&state](const list_idempotency_keys& q) { return state.answer<std::vector<std::string>>(q); },
    [&state](const find_used_refresh_token& q) { return state.answer<session_id>(q); },
    [&state](const find_invitation& q) { return state.answer<invitation>(q); },
    [&state](const put_invitation& q) { return state.answer<bool>(q); },
    [&state](const recently_active_users& q) { return state.answer<std::vector<user_id>>(q); },
    [&state](const list_users& q) { return state.answer<page<user>>(q); },
    [&state](const load_first_pages& q) { return state.answer<first_pages>(q); },
    [&state](const find_people& q) { return state.answer<std::vector<known_person>>(q); },
    [&state](const check_database& q) { return state.answer<bool>(q); },
    [&state](const inspect_server& q) { return state.answer<server_condition>(q); },
    [&state](const limit_size& q) { return state.answer<bool>(q); },
    [&state](const purge_expired_rows& q) { return state.answer<std::int64_t>(q); },
    [&state](const write_batch& batch) { return state.write(batch); },
    [&state](const append_run_chunks& chunks) { return state.write(chunks); },
    [&state](const flush_due&) { state.flush(); },
  };
}

}  // namespace genesis
