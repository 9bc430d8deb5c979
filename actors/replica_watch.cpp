#include "actors/replica_watch.hpp"

#include "actors/metrics.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis {

replica_watch_state::~replica_watch_state() {
  show(false, 0, {});
  counters().replicas_now.subtract();
  if (worker_)
    self_->send_exit(worker_, caf::exit_reason::user_shutdown);
}

void replica_watch_state::start(
  storage_pool_actor pool, std::function<storage_worker_actor()> spawn, replica_watch_options options) {
  pool_ = std::move(pool);
  spawn_ = std::move(spawn);
  options_ = std::move(options);
  health_ = replica_health{options_.lag_max};
  counters().replicas_now.add();
  handle_deaths(self_, "replica watch", [this](const caf::down_msg& gone) {
    if (worker_ && worker_.address() == gone.source)
      worker_ = nullptr;
  });
  self_->send(self_, sweep_due{});
}

/// A worker that hangs is not asked again before it, or its deadline, has had its say.
void replica_watch_state::look() {
  if (!worker_) {
    worker_ = spawn_();
    self_->monitor(worker_);
  }
  if (!is_looking_)
    look_at_primary();
  self_->delayed_send(self_, options_.interval, sweep_due{});
}

void replica_watch_state::look_at_primary() {
  self_->request(pool_, options_.deadline, storage::inspect_server{})
    .then(
      [this](const storage::server_condition& seen) {
        health_.see_primary(seen, self_->clock().now());
        look_at_replica();
      },
      [this](const caf::error&) { look_at_replica(); });
  is_looking_ = true;
}

void replica_watch_state::look_at_replica() {
  is_looking_ = false;
  if (!worker_)
    return;
  self_->request(worker_, options_.deadline, storage::inspect_server{})
    .then(
      [this](const storage::server_condition& seen) {
        is_looking_ = false;
        tell(health_.judge(seen, self_->clock().now()));
      },
      [this](const caf::error& failed) {
        is_looking_ = false;
        const bool is_silent = failed == caf::sec::request_timeout;
        tell({.fault = is_silent ? "it does not answer" : from_caf(failed).detail});
      });
  is_looking_ = true;
}

void replica_watch_state::tell(const replica_health::verdict& verdict) {
  const bool is_up = verdict.fault.empty();
  self_->send(pool_, replica_verdict{options_.replica, is_up, health_.timeline()});
  const bool is_new = !std::exchange(is_told_, true) || is_up != shown_.is_up;
  show(is_up, verdict.lag_bytes, verdict.lag);
  if (!is_new)
    return;
  if (is_up)
    spdlog::info("replica {} is read from", options_.name);
  else
    spdlog::warn("replica {} is left: {}", options_.name, verdict.fault);
}

void replica_watch_state::show(bool is_up, std::uint64_t lag_bytes, std::chrono::milliseconds lag) noexcept {
  auto& here = counters();
  const auto lag_ms = static_cast<std::uint64_t>(lag.count());
  const auto at = options_.replica;
  here.replica_up_now[at].add(std::uint64_t{is_up} - std::uint64_t{shown_.is_up});
  here.replica_lag_bytes_now[at].add(lag_bytes - shown_.lag_bytes);
  here.replica_lag_ms_now[at].add(lag_ms - shown_.lag_ms);
  shown_ = {is_up, lag_bytes, lag_ms};
}

replica_watch_actor::behavior_type replica_watch_behavior(
  service_pointer<replica_watch_actor, replica_watch_state> self, storage_pool_actor pool,
  std::function<storage_worker_actor()> spawn, replica_watch_options options) {
  self->serve_as(actor_kind::replica_watch);
  auto& state = self->state;
  state.start(std::move(pool), std::move(spawn), std::move(options));
  return {
    [&state](const sweep_due&) { state.look(); },
  };
}

}  // namespace genesis
