#include "actors/storage_pool.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis {

namespace {

/// How late a question that waits, or a worker of the overflow, is given up.
constexpr std::chrono::milliseconds watch_interval{100};

/// A reader that says nothing for this long is tried with a question again.
constexpr std::chrono::seconds hang_max{60};

}  // namespace

storage_pool_state::~storage_pool_state() {
  counters().storage_waiting_now.subtract(waiting_.size());
}

void storage_pool_state::start(spawn_storage_worker spawn, storage_pool_options options) {
  options_ = std::move(options);
  mark_ = std::make_shared<log_mark>(options_.position);
  handle_deaths(self_, "storage pool", [this](const caf::down_msg& gone) { on_down(gone.source); });
  workers_ = std::make_unique<worker_slots>(std::move(spawn),
    worker_slots::sizes{.readers = options_.readers, .overflow_max = options_.overflow_max, .echo = options_.echo},
    [this](const storage_worker_actor& worker) { self_->monitor(worker); });
  replicas_ = std::make_unique<replica_set>(std::move(options_.replicas), options_.echo,
    [this](const storage_worker_actor& worker) { self_->monitor(worker); });
  self_->delayed_send(self_, options_.report_interval, sweep_due{});
}

void storage_pool_state::on_down(const caf::actor_addr& gone) {
  workers_->vacate(gone);
  replicas_->vacate(gone);
  const bool had_reader_died = replicas_->refill();
  if (workers_->refill() || had_reader_died)
    spdlog::error("a database worker died; another is started");
  serve_waiting();
}

void storage_pool_state::hold_until_heard_of(const caf::actor_addr& reader, worker_slots::task task) {
  const auto worker = caf::actor_cast<storage_worker_actor>(reader);
  if (!worker)
    return;
  auto held = std::make_shared<worker_slots::task>(std::move(task));
  const auto let_go = [this, held] {
    held->end();
    serve_waiting();
  };
  self_->request(worker, hang_max, storage::check_database{})
    .then([let_go](bool) { let_go(); }, [let_go](const caf::error&) { let_go(); });
}

void storage_pool_state::wait(waiting_question question) {
  waiting_.push_back(std::move(question));
  counters().storage_waiting_now.add();
  keep_watch();
}

void storage_pool_state::serve_waiting() {
  while (!waiting_.empty()) {
    const auto reader = workers_->pick_reader(self_->clock().now());
    if (!reader)
      return;
    const auto next = std::move(waiting_.front());
    waiting_.pop_front();
    counters().storage_waiting_now.subtract();
    next.go(*reader);
  }
}

void storage_pool_state::keep_watch() {
  if (is_watching_)
    return;
  self_->delayed_send(self_, watch_interval, flush_due{});
  is_watching_ = true;
}

void storage_pool_state::look_after() {
  serve_waiting();  // should an answer have failed to
  const auto now = self_->clock().now();
  while (!waiting_.empty() && waiting_.front().until <= now) {
    const auto late = std::move(waiting_.front());
    waiting_.pop_front();
    counters().storage_waiting_now.subtract();
    counters().storage_waits_timed_out.add();
    late.fail({errc::unavailable, "no connection to the database became free in time"});
  }
  workers_->retire_idle(now);
  is_watching_ = false;
  if (!waiting_.empty() || workers_->now().overflow != 0)
    keep_watch();
}

void storage_pool_state::report() {
  auto seen = workers_->now();
  seen += replicas_->now();
  spdlog::info("database connections: size {}, checked in {}, checked out {}, overflow {}, total {}; {} questions wait",
    seen.size, seen.checked_in, seen.checked_out, seen.overflow, seen.total(), waiting_.size());
  self_->delayed_send(self_, options_.report_interval, sweep_due{});
}

storage_pool_actor::behavior_type storage_pool_behavior(service_pointer<storage_pool_actor, storage_pool_state> self,
  spawn_storage_worker spawn, storage_pool_options options) {
  self->serve_as(actor_kind::storage_pool);
  auto& state = self->state;
  state.start(std::move(spawn), std::move(options));
  using namespace storage;
  return {
    [&state](const load_user& q) { return state.load(q); },
    [&state](const load_newer& q) { return state.ask<std::optional<user_snapshot>>(q); },
    [&state](const find_credentials& q) { return state.ask<credentials>(q); },
    [&state](const find_credentials_of& q) { return state.ask<credentials>(q); },
    [&state](const find_conversation& q) { return state.ask<conversation>(q); },
    [&state](const list_conversations& q) { return state.ask<page<conversation>>(q); },
    [&state](const find_message& q) { return state.ask<message>(q); },
    [&state](const list_messages& q) { return state.ask<page<message>>(q); },
    [&state](const search_messages& q) { return state.ask<page<found_message>>(q); },
    [&state](const read_message_partition& q) { return state.ask<message_partition>(q); },
    [&state](const find_progress& q) { return state.ask<progress_record>(q); },
    [&state](const list_progress& q) { return state.ask<page<progress_record>>(q); },
    [&state](const latest_progress& q) { return state.ask<std::vector<progress_record>>(q); },
    [&state](const find_item<workout_plan>& q) { return state.ask<workout_plan>(q); },
    [&state](const find_item<nutrition_plan>& q) { return state.ask<nutrition_plan>(q); },
    [&state](const find_item<nutrition_log>& q) { return state.ask<nutrition_log>(q); },
    [&state](const list_plans<workout_plan>& q) { return state.ask<page<workout_plan>>(q); },
    [&state](const list_plans<nutrition_plan>& q) { return state.ask<page<nutrition_plan>>(q); },
    [&state](const list_nutrition_logs& q) { return state.ask<page<nutrition_log>>(q); },
    [&state](const find_plan_standing<workout_plan>& q) { return state.ask<plan_standing<workout_plan>>(q); },
    [&state](const find_plan_standing<nutrition_plan>& q) { return state.ask<plan_standing<nutrition_plan>>(q); },
    [&state](const load_coaching_history& q) { return state.ask<coaching_history>(q); },
    [&state](const find_run& q) { return state.ask<run>(q); },
    [&state](const load_run_log& q) { return state.ask<storage::run_log>(q); },
    [&state](const find_idempotency& q) { return state.ask<std::optional<idempotency_record>>(q); },
    [&state](const list_idempotency_keys& q) { return state.ask<std::vector<std::string>>(q); },
    [&state](const find_used_refresh_token& q) { return state.ask<session_id>(q); },
    [&state](const find_invitation& q) { return state.ask<invitation>(q); },
    [&state](const put_invitation& q) { return state.keep_house<bool>(q); },
    [&state](const recently_active_users& q) { return state.ask<std::vector<user_id>>(q); },
    [&state](const list_users& q) { return state.ask<page<user>>(q); },
    [&state](const load_first_pages& q) { return state.ask<first_pages>(q); },
    [&state](const find_people& q) { return state.ask<std::vector<known_person>>(q); },
    [&state](const check_database& q) { return state.check(q); },
    [&state](const inspect_server& q) { return state.ask<server_condition>(q); },
    [&state](const limit_size& q) { return state.keep_house<bool>(q); },
    [&state](const purge_expired_rows& q) { return state.keep_house<std::int64_t>(q); },
    [&state](const write_batch& batch) { return state.write(batch); },
    [&state](const append_run_chunks& chunks) { return state.write(chunks); },
    [&state](const get_log_position&) { return state.position(); },
    [&state](const replica_verdict& verdict) { state.hear(verdict); },
    [&state](const flush_due&) { state.look_after(); },
    [&state](const sweep_due&) { state.report(); },
  };
}

}  // namespace genesis
