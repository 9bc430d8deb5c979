#include "actors/caches.hpp"

#include "actors/deadlines.hpp"
#include "actors/shard_state.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

constexpr std::chrono::seconds tell_interval{2};
/// After the last one was begun with, everybody has answered or is past their deadlines.
constexpr auto ending_max = 2 * front_deadline;

}  // namespace

void caches_state::start(storage_pool_actor storage, caches_options options) {
  storage_ = std::move(storage);
  options_ = std::move(options);
}

/// Those who were active last are likely to come back first: their state is loaded before they ask.
caf::result<std::int64_t> caches_state::warm(const warm_caches& what) {
  const auto now = self_->clock().now();
  if (warming_ && now < warming_->until + ending_max)
    return to_caf({errc::conflict, "people are being taken into memory already"});
  const auto people_max = std::min(what.people_max, options_.people_max);
  if (people_max <= 0)
    return std::int64_t{0};
  warming_.emplace(warming{hold_answer<std::int64_t>(self_), now + what.within, now});
  self_->request(storage_, pool_deadline, storage::recently_active_users{people_max})
    .then(
      [this](std::vector<user_id>& people) {
        warming_->people = std::move(people);
        go_on();
      },
      [this](const caf::error& failed) {
        warming_->answer->fail(from_caf(failed));
        warming_.reset();
      });
  return caf::delegated<std::int64_t>{};
}

void caches_state::go_on() {
  auto& under_way = *warming_;
  while (under_way.under_way < options_.at_once && under_way.next < under_way.people.size() &&
         self_->clock().now() < under_way.until && has_room())
    take_in(under_way.people[under_way.next++]);
  tell();
  if (under_way.under_way != 0)
    return;
  under_way.answer->deliver(std::move(under_way.taken));
  warming_.reset();
}

/// For one more, when each of those under way takes as much as the largest so far.
bool caches_state::has_room() const {
  const auto& now = *warming_;
  return now.bytes + (static_cast<std::int64_t>(now.under_way) + 1) * now.bytes_each <= options_.warm_up_bytes_max;
}

void caches_state::take_in(const user_id& user) {
  const auto failed = [this](const caf::error&) { on_taken_in(0); };  // is loaded when somebody asks
  self_->request(shard_for(user), front_deadline, find_user{user, 0})
    .then(
      [this, failed](const user_actor& owner) {
        self_->request(owner, front_deadline, warm_up{})
          .then([this](std::int64_t bytes) { on_taken_in(bytes); }, failed);
      },
      failed);
  ++warming_->under_way;
}

void caches_state::on_taken_in(std::int64_t bytes) {
  --warming_->under_way;
  warming_->taken += bytes != 0 ? 1 : 0;
  warming_->bytes += bytes;
  warming_->bytes_each = std::max(warming_->bytes_each, bytes);
  go_on();
}

std::string_view caches_state::why_no_more(bool is_over) const {
  if (!is_over)
    return " so far";
  return has_room() ? "; the time for it is over" : "; the memory for it is taken";
}

/// A line now and then while it goes on, and one at the end.
void caches_state::tell() {
  const auto now = self_->clock().now();
  const bool is_over = warming_->under_way == 0;
  if (!is_over && now - warming_->told_at < tell_interval)
    return;
  warming_->told_at = now;
  const auto kib = (warming_->bytes + 1'023) / 1'024;
  if (!is_over || warming_->next < warming_->people.size())
    spdlog::info("{} of {} people who were active last are in memory, with {} KiB{}", warming_->taken,
      warming_->people.size(), kib, why_no_more(is_over));
  else if (!warming_->people.empty())
    spdlog::info("{} people who were active last are in memory, with {} KiB", warming_->taken, kib);
}

/// Redis first, and whoever leaves memory for it puts nothing there: they come back from the database then. Who writes
/// in between is put there anew, as they are.
caf::result<caches_forgot> caches_state::forget(const forget_cached& what) {
  auto answer = hold_answer<caches_forgot>(self_);
  if (options_.second)
    options_.second->remove_matching(
      self_, what.which, what.within, [this, which = what.which, answer](const result<std::int64_t>& removed) {
        let_go(which, removed ? std::optional{*removed} : std::nullopt, answer);
      });
  else
    let_go(what.which, std::nullopt, answer);
  return caf::delegated<caches_forgot>{};
}

void caches_state::let_go(
  const key_pattern& which, std::optional<std::int64_t> entries, answer_ptr<caches_forgot> answer) {
  struct count {
    std::size_t waiting = 0;
    caches_forgot forgot = {};
  };
  const auto done = [answer, text = which.text(),
                      counted = std::make_shared<count>(count{options_.shards.size(), {0, entries}})](
                      std::int64_t left) {
    counted->forgot.people += left;
    if (--counted->waiting != 0)
      return;
    spdlog::info("the caches forget {}: {} people in memory, {} entries in Redis", text, counted->forgot.people,
      counted->forgot.entries.value_or(0));
    answer->deliver(std::move(counted->forgot));
  };
  if (options_.statistics)
    caf::anon_send(options_.statistics, let_people_go{which});
  for (const auto& shard : options_.shards)
    self_->request(shard, front_deadline, let_people_go{which}).then(done, [done](const caf::error&) { done(0); });
}

const shard_actor& caches_state::shard_for(const user_id& user) const {
  return options_.shards[shard_of(user) % options_.shards.size()];
}

caches_actor::behavior_type caches_behavior(
  service_pointer<caches_actor, caches_state> self, storage_pool_actor storage, caches_options options) {
  self->serve_as(actor_kind::caches);
  auto& state = self->state;
  state.start(std::move(storage), std::move(options));
  return {
    [&state](const warm_caches& what) { return state.warm(what); },
    [&state](const forget_cached& what) { return state.forget(what); },
  };
}

}  // namespace genesis
