#include "actors/housekeeper.hpp"

#include "actors/deadlines.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

void housekeeper_state::start(storage_pool_actor storage, environment world, housekeeper_options options) {
  storage_ = std::move(storage);
  world_ = std::move(world);
  options_ = std::move(options);
  self_->delayed_send(self_, options_.check_interval, sweep_due{});  // something may have expired while nothing ran
  self_->delayed_send(self_, options_.check_interval, flush_due{});
}

void housekeeper_state::sweep() {
  const auto now = self_->clock().now();
  if (!is_purging_ && now >= purge_at_)
    purge();
  if (options_.give_memory_back && now >= give_back_at_) {
    options_.give_memory_back();
    give_back_at_ = now + options_.purge_interval;
  }
  self_->delayed_send(self_, options_.check_interval, sweep_due{});
}

/// A bounded number of rows at a time; as long as there were some, the next go follows soon.
void housekeeper_state::purge() {
  const auto done = [this](std::chrono::milliseconds wait) {
    is_purging_ = false;
    purge_at_ = self_->clock().now() + wait;
  };
  self_
    ->request(storage_, pool_deadline,
      storage::purge_expired_rows{world_.now(), options_.run_events_keep, options_.idempotency_keep})
    .then([this, done](std::int64_t rows) { done(rows != 0 ? options_.check_interval : options_.purge_interval); },
      [this, done](const caf::error&) { done(options_.purge_interval); });
  is_purging_ = true;
}

void housekeeper_state::check() {
  for (auto& each : checks_)
    if (!each.is_waiting)
      ask(each);
  self_->delayed_send(self_, options_.check_interval, flush_due{});
}

void housekeeper_state::ask(connection_check& which) {
  const auto done = [this, &which](std::optional<error> failed) {
    which.is_waiting = false;
    if (failed && failed->code == errc::overloaded)  // so busy that nobody was asked: nothing is known
      return;
    which.failed = std::move(failed);
    const auto broken =
      std::ranges::find_if(checks_, [](const connection_check& each) { return each.failed.has_value(); });
    tell(broken == checks_.end() ? std::nullopt : broken->failed);
  };
  const storage::check_database question{.of_writer = which.is_of_writer};
  self_->request(storage_, which.is_of_writer ? options_.writer_deadline : options_.check_deadline, question)
    .then([done](bool) { done(std::nullopt); }, [done](const caf::error& failed) { done(from_caf(failed)); });
  which.is_waiting = true;
}

void housekeeper_state::tell(const std::optional<error>& failed) {
  const bool is_there = !failed;
  if (is_there == is_there_)
    return;
  if (is_there)
    spdlog::info("the database answers again");
  else
    spdlog::error("the database does not answer ({})", failed->detail);
  if (options_.on_database)
    options_.on_database(is_there);
  is_there_ = is_there;
}

housekeeper_actor::behavior_type housekeeper_behavior(service_pointer<housekeeper_actor, housekeeper_state> self,
  storage_pool_actor storage, environment world, housekeeper_options options) {
  self->serve_as(actor_kind::housekeeper);
  self->state.start(std::move(storage), std::move(world), std::move(options));
  return {
    [self](const sweep_due&) { self->state.sweep(); },
    [self](const flush_due&) { self->state.check(); },
  };
}

}  // namespace genesis
