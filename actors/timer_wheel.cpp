#include "actors/timer_wheel.hpp"

#include "actors/failure.hpp"

#include <caf/abstract_actor.hpp>
#include <caf/sec.hpp>

#include <algorithm>
#include <utility>

namespace genesis {

namespace {

std::int64_t tick_number(timer_wheel::clock::time_point at) noexcept {
  return at.time_since_epoch() / timer_wheel::tick;
}

}  // namespace

std::size_t timer_wheel::slot_of(clock::time_point due) noexcept {
  // Rounded up: a slot fires when its tick is over, so that nothing ends early.
  return static_cast<std::size_t>(tick_number(due) + 1) % slot_count;
}

void timer_wheel::add(entry waiting) {
  const auto now = clock::now();
  if (waiting.due < now)
    waiting.due = now;
  slots_[slot_of(waiting.due)].push_back(std::move(waiting));
  if (size_++ == 0)
    next_slot_ = static_cast<std::size_t>(tick_number(now) + 1) % slot_count;
  counted_.waiting_now.add();
  if (!is_armed_)
    arm();
}

void timer_wheel::clear() {
  timer_.cancel();
  for (auto& slot : slots_)
    slot.clear();
  counted_.waiting_now.subtract(size_);
  size_ = 0;
}

void timer_wheel::count_lag(clock::duration lag) noexcept {
  const double seconds = std::chrono::duration<double>(lag).count();
  const auto bucket = std::ranges::lower_bound(lag_bounds, seconds) - lag_bounds.begin();
  counted_.by_lag[static_cast<std::size_t>(bucket)].add();
  counted_.lag_nanoseconds.add(static_cast<std::uint64_t>(std::chrono::nanoseconds{lag}.count()));
}

void timer_wheel::arm() {
  timer_.expires_at(clock::time_point{(tick_number(clock::now()) + 1) * tick});
  timer_.async_wait([this](const boost::system::error_code& ec) {
    is_armed_ = false;
    if (!ec)
      on_tick();
  });
  is_armed_ = true;
}

void timer_wheel::on_tick() {
  const auto now = clock::now();
  count_lag(std::max(now - timer_.expiry(), clock::duration::zero()));
  const auto until = static_cast<std::size_t>(tick_number(now) + 1) % slot_count;
  for (std::size_t fired = 0; next_slot_ != until && fired < slot_count; ++fired) {
    fire_slot(slots_[next_slot_], now);
    next_slot_ = (next_slot_ + 1) % slot_count;
  }
  if (size_ != 0)
    arm();
}

std::size_t timer_wheel::room() const noexcept {
  std::size_t entries = 0;
  for (const auto& slot : slots_)
    entries += slot.capacity();
  return entries;
}

/// What is due only in a later turn of the wheel stays, and so does what there was no memory for.
void timer_wheel::fire_slot(std::vector<entry>& slot, clock::time_point now) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < slot.size(); ++i) {
    auto waiting = std::move(slot[i]);  // firing may add to the slot
    if (waiting.due > now || !contain("timer", [&] { fire(waiting); })) {
      slot[kept++] = std::move(waiting);
      continue;
    }
    --size_;
    counted_.waiting_now.subtract();
  }
  slot.erase(slot.begin() + static_cast<std::ptrdiff_t>(kept), slot.end());
  // A busy moment hits each slot sooner or later: with what they had room for once, all of them would end up as large
  // as the busiest ever was.
  if (slot.empty())
    std::vector<entry>{}.swap(slot);
}

void timer_wheel::fire(entry& due) {
  if (due.content) {
    due.receiver->enqueue(std::move(due.content), nullptr);
    due.receiver = nullptr;
    return;
  }
  if (auto waiter = due.waiter.lock())
    waiter->get()->eq_impl(due.request, waiter, nullptr, caf::sec::request_timeout);
}

}  // namespace genesis
