#include "actors/replica_set.hpp"

#include "actors/failure.hpp"

#include <algorithm>

namespace genesis {

replica_set::replica_set(std::vector<replica_options> all, config::pool_echo echo,
  const std::function<void(const storage_worker_actor&)>& on_spawned) {
  for (auto& each : all)
    all_.push_back(
      {each.weight, std::make_unique<worker_slots>([spawn = std::move(each.spawn)](worker_kind) { return spawn(); },
                      worker_slots::sizes{.readers = each.readers, .has_writer = false, .echo = echo}, on_spawned)});
}

/// Turns are spread evenly: with weights 2 and 1 it is a b a, a b a.
replica_set::member* replica_set::next(time_point now, std::int64_t timeline) noexcept {
  member* best = nullptr;
  std::int64_t weights = 0;
  for (auto& each : all_) {
    if (!each.usable_until || *each.usable_until <= now || each.timeline != timeline || each.has_no_room)
      continue;
    weights += each.weight;
    each.credit += each.weight;
    if (best == nullptr || each.credit > best->credit)
      best = &each;
  }
  if (best != nullptr)
    best->credit -= weights;
  return best;
}

std::optional<replica_set::place> replica_set::pick(time_point now, std::int64_t timeline) noexcept {
  for (auto& each : all_)
    each.has_no_room = false;
  while (auto* const turn = next(now, timeline)) {
    std::optional<std::size_t> reader;
    contain("storage pool", [&] { reader = turn->slots->pick_reader(now); });
    if (reader)
      return place{turn->slots.get(), static_cast<std::size_t>(turn - all_.data()), *reader};
    turn->has_no_room = true;
  }
  return std::nullopt;
}

void replica_set::hear(const replica_verdict& verdict, time_point now) noexcept {
  if (verdict.replica >= all_.size())
    return;
  auto& about = all_[verdict.replica];
  about.timeline = verdict.timeline;
  if (!verdict.is_usable)
    about.usable_until.reset();
  else
    about.usable_until = now + verdict_life;
}

void replica_set::hear_of(std::size_t replica, replica_read how, time_point now) noexcept {
  all_[replica].heard_at = now;
  counters().replica_reads_that(how).add();
}

void replica_set::miss(std::size_t replica, time_point asked_at) noexcept {
  counters().replica_reads_that(replica_read::failed).add();
  if (all_[replica].heard_at <= asked_at)
    all_[replica].usable_until.reset();
}

void replica_set::vacate(const caf::actor_addr& gone) noexcept {
  for (auto& each : all_)
    each.slots->vacate(gone);
}

bool replica_set::refill() noexcept {
  bool had_died = false;
  for (auto& each : all_)
    had_died |= each.slots->refill();
  return had_died;
}

worker_slots::figures replica_set::now() const noexcept {
  worker_slots::figures sum;
  for (const auto& each : all_)
    sum += each.slots->now();
  return sum;
}

}  // namespace genesis
