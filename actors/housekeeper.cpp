#include "actors/housekeeper.hpp"

#include "actors/deadlines.hpp"
#include "actors/shard_state.hpp"

#include <spdlog/spdlog.h>

#include <malloc.h>

namespace genesis {

void housekeeper_state::start(storage_pool_actor storage, environment world, housekeeper_options options) {
  storage_ = std::move(storage);
  world_ = std::move(world);
  options_ = std::move(options);
  self_->delayed_send(self_, options_.check_interval, sweep_due{});  // something may have expired while nothing ran
  self_->delayed_send(self_, options_.check_interval, flush_due{});
  warm();
}

/// Those who were active last are likely to come back first: their state is loaded before they ask.
void housekeeper_state::warm() {
  if (options_.warm_up_max == 0 || options_.shards.empty())
    return;
  const auto ignore = [](const caf::error&) {};  // whoever is not warm is loaded when they come
  self_->request(storage_, pool_deadline, storage::recently_active_users{options_.warm_up_max})
    .then(
      [this, ignore](const std::vector<user_id>& people) {
        for (const auto& each : people)
          self_->request(options_.shards[shard_of(each) % options_.shards.size()], front_deadline, find_user{each, 0})
            .then([this](const user_actor& owner) { self_->send(owner, warm_up{}); }, ignore);
      },
      ignore);
}

/// A bounded number of rows at a time; as long as there were some, the next go follows soon.
void housekeeper_state::purge() {
  if (!is_purging_ && self_->clock().now() >= purge_at_) {
    ::malloc_trim(0);  // glibc keeps the memory of people who have left otherwise
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
  self_->delayed_send(self_, options_.check_interval, sweep_due{});
}

void housekeeper_state::check() {
  if (checks_waiting_ == 0) {
    has_check_failed_ = false;
    ask({}, options_.check_deadline);
    ask({.of_writer = true}, options_.writer_deadline);
  }
  self_->delayed_send(self_, options_.check_interval, flush_due{});
}

void housekeeper_state::ask(storage::check_database question, std::chrono::milliseconds deadline) {
  self_->request(storage_, deadline, question)
    .then(
      [this](bool) { on_checked(std::nullopt); }, [this](const caf::error& failed) { on_checked(from_caf(failed)); });
  ++checks_waiting_;
}

/// One failure is enough to tell; that it works again takes all answers of a round.
void housekeeper_state::on_checked(const std::optional<error>& failed) {
  --checks_waiting_;
  has_check_failed_ |= failed.has_value();
  if (failed || (checks_waiting_ == 0 && !has_check_failed_))
    tell(failed);
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
    [self](const sweep_due&) { self->state.purge(); },
    [self](const flush_due&) { self->state.check(); },
  };
}

}  // namespace genesis
