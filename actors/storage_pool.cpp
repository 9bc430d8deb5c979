#include "actors/storage_pool.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

storage_pool_state::~storage_pool_state() {
  for (const auto& each : slots_)
    if (each.worker)
      caf::anon_send_exit(each.worker, caf::exit_reason::user_shutdown);
}

void storage_pool_state::start(spawn_storage_worker spawn, storage_pool_options options) {
  spawn_ = std::move(spawn);
  options_ = options;
  slots_.resize(1 + std::max<std::size_t>(options.readers, 1));
  occupied_->by_slot.resize(slots_.size());
  slots_.front().kind = worker_kind::writer;
  handle_deaths(self_, "storage pool", [this](const caf::down_msg& gone) { on_down(gone.source); });
  for (auto& each : slots_)
    fill(each);
}

void storage_pool_state::fill(slot& each) {
  auto worker = spawn_(each.kind);
  self_->monitor(worker);
  each.worker = std::move(worker);
}

void storage_pool_state::vacate(const caf::actor_addr& gone) noexcept {
  for (auto& each : slots_) {
    if (!each.worker || each.worker.address() != gone)
      continue;
    counters().workers_replaced.add();
    each.worker = nullptr;
  }
}

void storage_pool_state::on_down(const caf::actor_addr& gone) {
  vacate(gone);
  for (auto& each : slots_) {
    if (each.worker)
      continue;
    spdlog::error("a database worker died; starting another");
    fill(each);
  }
}

std::size_t storage_pool_state::pick_reader() const noexcept {
  const auto& counts = occupied_->by_slot;
  return static_cast<std::size_t>(std::min_element(counts.begin() + 1, counts.end()) - counts.begin());
}

storage_pool_actor::behavior_type storage_pool_behavior(service_pointer<storage_pool_actor, storage_pool_state> self,
  spawn_storage_worker spawn, storage_pool_options options) {
  self->serve_as(actor_kind::storage_pool);
  auto& state = self->state;
  state.start(std::move(spawn), options);
  using namespace storage;
  return {
    [&state](const load_user& q) { return state.load(q); },
    [&state](const find_credentials& q) { return state.ask<credentials>(q); },
    [&state](const find_credentials_of& q) { return state.ask<credentials>(q); },
    [&state](const find_conversation& q) { return state.ask<conversation>(q); },
    [&state](const list_conversations& q) { return state.ask<page<conversation>>(q); },
    [&state](const find_message& q) { return state.ask<message>(q); },
    [&state](const list_messages& q) { return state.ask<page<message>>(q); },
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
    [&state](const find_used_refresh_token& q) { return state.ask<session_id>(q); },
    [&state](const find_invitation& q) { return state.ask<invitation>(q); },
    [&state](const put_invitation& q) { return state.keep_house<bool>(q); },
    [&state](const recently_active_users& q) { return state.ask<std::vector<user_id>>(q); },
    [&state](const list_users& q) { return state.ask<page<user>>(q); },
    [&state](const load_first_pages& q) { return state.ask<first_pages>(q); },
    [&state](const find_people& q) { return state.ask<std::vector<known_person>>(q); },
    [&state](const check_database& q) { return state.ask<bool>(q); },
    [&state](const limit_size& q) { return state.keep_house<bool>(q); },
    [&state](const purge_expired_rows& q) { return state.keep_house<std::int64_t>(q); },
    [&state](const write_batch& batch) { return state.write(batch); },
    [&state](const append_run_chunks& chunks) { return state.write(chunks); },
  };
}

}  // namespace genesis
