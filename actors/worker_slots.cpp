#include "actors/worker_slots.hpp"

#include "actors/failure.hpp"
#include "actors/metrics.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace genesis {

worker_slots::worker_slots(
  spawn_storage_worker spawn, sizes limits, std::function<void(const storage_worker_actor&)> on_spawned)
    : spawn_(std::move(spawn)), sizes_(limits), on_spawned_(std::move(on_spawned)) {
  sizes_.readers = std::max<std::size_t>(sizes_.readers, 1);
  slots_.resize(1 + sizes_.readers + sizes_.overflow_max);
  occupied_->tasks.resize(slots_.size());
  occupied_->is_told = sizes_.echo == config::pool_echo::debug;
  if (!sizes_.has_writer)
    return;
  open(writer);
  open(writer + 1);
}

worker_slots::~worker_slots() {
  for (std::size_t i = 0; i < slots_.size(); ++i)
    close(i);
}

void worker_slots::open(std::size_t index) {
  auto& it = slots_[index];
  if (!std::exchange(it.is_open, true)) {
    counters().storage_connections_now.add();
    if (is_overflow(index))
      counters().storage_overflow_now.add();
  }
  if (!it.worker)
    start_worker(index);
}

void worker_slots::start_worker(std::size_t index) {
  auto started = spawn_(index == writer ? worker_kind::writer : worker_kind::reader);
  on_spawned_(started);
  slots_[index].worker = std::move(started);
}

void worker_slots::close(std::size_t index) noexcept {
  auto& it = slots_[index];
  if (!it.is_open)
    return;
  if (it.worker)
    caf::anon_send_exit(it.worker, caf::exit_reason::user_shutdown);
  it = {};
  counters().storage_connections_now.subtract();
  if (is_overflow(index))
    counters().storage_overflow_now.subtract();
}

const storage_worker_actor& worker_slots::worker(std::size_t index) {
  open(index);
  return slots_[index].worker;
}

/// The slot stays open and is tried again with the need.
bool worker_slots::try_to_start(std::size_t index) noexcept {
  return contain("storage pool", [&] { open(index); });
}

std::optional<std::size_t> worker_slots::try_to_open(
  std::size_t from, std::size_t to, std::chrono::steady_clock::time_point now) {
  if (now < start_again_at_)
    return std::nullopt;
  for (auto index = from; index < to; ++index) {
    if (slots_[index].worker)
      continue;
    if (try_to_start(index))
      return index;
    close(index);
    start_again_at_ = now + start_pause;
    return std::nullopt;
  }
  return std::nullopt;
}

/// The first of those with the least to do, so that the overflow is the first to have nothing.
std::optional<std::size_t> worker_slots::pick_reader(std::chrono::steady_clock::time_point now) {
  std::optional<std::size_t> best;
  for (std::size_t i = 1; i < slots_.size(); ++i)
    if (slots_[i].worker && (!best || tasks_of(i) < tasks_of(*best)))
      best = i;
  if (!best) {
    open(1);
    return 1;
  }
  if (tasks_of(*best) == 0)
    return best;
  if (const auto opened = try_to_open(1, 1 + sizes_.readers, now))
    return opened;
  if (tasks_of(*best) < questions_per_reader)
    return best;
  return try_to_open(1 + sizes_.readers, slots_.size(), now);
}

worker_slots::task::task(worker_slots& slots, std::size_t index) : taken_(slots.occupied_), index_(index) {
  slots.slots_[index].idle_since.reset();
  if (taken_->tasks[index_]++ != 0)
    return;
  counters().storage_checked_out_now.add();
  if (taken_->is_told)
    spdlog::info("database connection {}: checked out", index_);
}

worker_slots::task& worker_slots::task::operator=(task&& other) noexcept {
  end();
  taken_ = std::move(other.taken_);
  index_ = other.index_;
  return *this;
}

void worker_slots::task::end() noexcept {
  const auto taken = std::exchange(taken_, nullptr);
  if (!taken || --taken->tasks[index_] != 0)
    return;
  counters().storage_checked_out_now.subtract();
  if (taken->is_told)
    spdlog::info("database connection {}: checked in", index_);
}

void worker_slots::vacate(const caf::actor_addr& gone) noexcept {
  for (auto& each : slots_) {
    if (!each.worker || each.worker.address() != gone)
      continue;
    counters().workers_replaced.add();
    each.worker = nullptr;
  }
}

bool worker_slots::refill() noexcept {
  bool had_died = false;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].is_open || slots_[i].worker)
      continue;
    had_died = true;
    try_to_start(i);
  }
  return had_died;
}

void worker_slots::retire_idle(std::chrono::steady_clock::time_point now) {
  for (std::size_t i = 1 + sizes_.readers; i < slots_.size(); ++i) {
    auto& each = slots_[i];
    if (!each.is_open || tasks_of(i) != 0)
      continue;
    if (!each.idle_since)
      each.idle_since = now;
    else if (now - *each.idle_since >= sizes_.overflow_idle_max)
      close(i);
  }
}

worker_slots::figures worker_slots::now() const noexcept {
  figures found{.size = (sizes_.has_writer ? 1 : 0) + sizes_.readers};
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    if (!slots_[i].is_open)
      continue;
    ++(tasks_of(i) == 0 ? found.checked_in : found.checked_out);
    found.overflow += is_overflow(i) ? 1 : 0;
  }
  return found;
}

}  // namespace genesis
