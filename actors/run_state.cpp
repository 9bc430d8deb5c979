#include "actors/run_state.hpp"

#include "actors/failure.hpp"

#include <caf/exit_reason.hpp>

#include <algorithm>

namespace genesis {

namespace {

/// Bytes handed to a connection at a time: one write of a socket's buffer.
constexpr std::size_t batch_bytes_max = std::size_t{64} * 1'024;

/// Looks in a row after which a reader that falls back each time is given up: one may fall into a burst of the coach.
constexpr int looks_falling_back_max = 2;

/// How often a run with readers looks for those that stall, and how long one without any readers stays.
constexpr auto linger = std::chrono::seconds{5};

}  // namespace

run_state::~run_state() {
  counters().runs_now.subtract();
  counters().readers_now.subtract(readers_.size());
  for (auto& [key, each] : readers_)
    self_->send(each.host, reader_dropped{key.second});
}

void run_state::start(run_start what, user_actor owner, user_services_ptr services) {
  user_ = what.user;
  epoch_ = what.epoch;
  run_ = std::move(what.run);
  question_ = std::move(what.question);
  owner_ = std::move(owner);
  services_ = std::move(services);
  log_.emplace(services_->encode);
  asked_at_ = self_->clock().now();
  counters().runs_now.add();
  self_->monitor(owner_);
  self_->set_down_handler([this](const caf::down_msg& gone) { on_down(gone); });
  if (what.stored) {
    restore(*what.stored);
    leave_if_idle();
    return;
  }
  counters().runs_started.add();
  append(run_event_type::start, services_->encode.start_fields(run_));
}

/// The owner is gone with everything this run could be stored through; its successor ends the stored run. An owner that
/// was told to leave means that the server does.
void run_state::on_owner_down(const caf::error& reason) {
  if (phase_ != phase::ended)
    cut_off();
  is_abandoned_ = true;
  has_failed_to_store_ = false;
  if (reason == caf::exit_reason::user_shutdown)
    leave();
  else
    self_->monitor(services_->storage);  // readers may stay; that the server leaves is learnt from the pool now
}

void run_state::on_down(const caf::down_msg& what) {
  if (what.source == owner_.address())
    on_owner_down(what.reason);
  else if (what.reason == caf::exit_reason::user_shutdown)
    leave();
}

/// Both outlive this run, the pool all runs: they must not keep a note of each.
void run_state::leave() {
  self_->demonitor(owner_.address());
  self_->demonitor(services_->storage.address());
  self_->quit();
}

run run_state::current() const {
  auto now = run_;
  if (phase_ != phase::ended)
    now.last_seq = log_->last_seq();
  return now;
}

caf::result<run> run_state::handle(const get_run&) {
  asked_at_ = self_->clock().now();
  return current();
}

void run_state::append(run_event_type type, std::string fields_json) {
  run_event event;
  event.type = type;
  event.fields_json = std::move(fields_json);
  emit(event);
}

void run_state::emit(const run_event& event) {
  log_->append(event);
  counters().run_events.add();
  tell_readers();
}

void run_state::handle(const attach_reader& what, const reader_host_actor& host) {
  reader added;
  added.host = host;
  added.format = what.format;
  // Nothing is skipped that is still to be said, whatever a client claims to have seen.
  added.position = std::clamp(what.after, std::int64_t{0}, log_->last_seq());
  // Behind the last event of an ended run: its end alone, for whoever asks has seen more than is kept.
  if (phase_ == phase::ended && what.after >= log_->last_seq())
    added.position = log_->last_seq() - 1;
  added.behind = log_->bytes_after(added.position);
  const reader_key key{host.address(), what.reader};
  counters().readers_attached.add();
  const auto [it, is_new] = readers_.insert_or_assign(key, std::move(added));
  if (is_new)
    counters().readers_now.add();
  tell_reader(key, it->second);
  leave_if_idle();
}

void run_state::handle(const reader_ready& what, const reader_host_actor& host) {
  const reader_key key{host.address(), what.reader};
  const auto it = readers_.find(key);
  if (it == readers_.end())
    return;
  auto& unconfirmed = it->second.unconfirmed;
  unconfirmed -= std::min(unconfirmed, what.bytes);
  if (it->second.has_end && unconfirmed == 0) {
    readers_.erase(it);
    counters().readers_now.subtract();
    leave_if_idle();
    return;
  }
  tell_reader(key, it->second);
}

void run_state::handle(const detach_reader& what, const reader_host_actor& host) {
  if (readers_.erase({host.address(), what.reader}) != 0)
    counters().readers_now.subtract();
  leave_if_idle();
}

bool run_state::may_take_more(const reader& each) const noexcept {
  return each.unconfirmed < services_->reader_window;
}

/// A batch for a reader that has written most of what it was sent. One that lags gets its tokens merged.
void run_state::tell_reader(const reader_key& key, reader& each) {
  if (!may_take_more(each) || each.has_end || log_->last_seq() <= each.position)
    return;
  const bool merge = log_->bytes_after(each.position) > static_cast<std::size_t>(services_->runs.reader_merge_bytes);
  auto batch = log_->read(each.position, {each.format, batch_bytes_max, merge, readers_.size() > 1});
  counters().reader_merges.add(batch.merged);
  each.position = batch.last_seq;
  each.unconfirmed += batch.bytes;
  each.has_end = phase_ == phase::ended && each.position >= log_->last_seq();
  each.sent_at = self_->clock().now();
  self_->send(each.host, reader_frames{key.second, std::move(batch.frames), each.has_end});
}

void run_state::tell_readers() {
  for (auto& [key, each] : readers_)
    tell_reader(key, each);
}

/// Looks at a reader: whether it has taken nothing for half a minute. One that is more than a megabyte behind must have
/// taken something since the last look, and not fall back all the time. One that catches up, however long its way, goes
/// on.
bool run_state::is_lost(reader& each) const {
  const auto behind = log_->bytes_after(each.position);
  const bool is_far_behind = behind > static_cast<std::size_t>(services_->runs.reader_drop_bytes);
  each.looks_falling_back = is_far_behind && behind > each.behind ? each.looks_falling_back + 1 : 0;
  each.behind = behind;
  if (may_take_more(each) && !each.has_end)
    return false;
  const auto silence = self_->clock().now() - each.sent_at;
  return silence > services_->runs.reader_stall || (is_far_behind && silence >= linger) ||
         each.looks_falling_back >= looks_falling_back_max;
}

/// Readers that do not keep up are dropped; they can come back and resume.
void run_state::drop_stalled_readers() {
  for (auto it = readers_.begin(); it != readers_.end();) {
    if (!is_lost(it->second)) {
      ++it;
      continue;
    }
    counters().readers_dropped.add();
    counters().readers_now.subtract();
    self_->send(it->second.host, reader_dropped{it->first.second});
    it = readers_.erase(it);
  }
}

/// An ended run stays while anybody reads it. The tick also finds readers that stall.
void run_state::leave_if_idle() {
  if (is_linger_planned_ || (phase_ != phase::ended && readers_.empty()))
    return;
  is_linger_planned_ = true;
  self_->delayed_send(self_, linger, linger_due{});
}

void run_state::handle(const linger_due&) {
  is_linger_planned_ = false;
  drop_stalled_readers();
  const bool is_wanted = !readers_.empty() || !awaiting_.empty() || self_->clock().now() - asked_at_ < linger;
  if (phase_ == phase::ended && !is_wanted && !has_failed_to_store_)
    leave();
  else
    leave_if_idle();
}

void run_state::handle(const run_waits& what) {
  append(run_event_type::queued, services_->encode.queued_fields(what.position));
}

caf::result<run> run_state::handle(const await_stored&) {
  if (is_stored_ && !is_abandoned_)
    return current();
  if (phase_ == phase::ended)
    return to_caf({errc::unavailable, "the question was not stored"});
  awaiting_storage_.push_back(hold_answer<run>(self_));
  return caf::delegated<run>{};
}

caf::result<run_outcome> run_state::handle(const await_run&) {
  if (phase_ == phase::ended)
    return run_outcome{current(), answer_};
  awaiting_.push_back(hold_answer<run_outcome>(self_));
  return caf::delegated<run_outcome>{};
}

namespace {

run_state& running() noexcept {
  return numerous<run_actor, run_state>::running();
}

run_actor::behavior_type make_behavior() {
  return {
    [](const run_stored& what) { running().handle(what); },
    [](const run_refused& what) { running().handle(what); },
    [](const run_turn& what) { running().handle(what); },
    [](const run_waits& what) { running().handle(what); },
    [](const stop_run& what) { return running().handle(what); },
    [](const abandon_run& what) { running().handle(what); },
    [](const interrupt_run& what) { return running().handle(what); },
    [](const attach_reader& what, const reader_host_actor& host) { running().handle(what, host); },
    [](const reader_ready& what, const reader_host_actor& host) { running().handle(what, host); },
    [](const detach_reader& what, const reader_host_actor& host) { running().handle(what, host); },
    [](const await_run& what) { return running().handle(what); },
    [](const await_stored& what) { return running().handle(what); },
    [](const get_run& what) { return running().handle(what); },
    [](const emit_due& what) { running().handle(what); },
    [](const persist_due& what) { running().handle(what); },
    [](const retry_due& what) { running().handle(what); },
    [](const linger_due& what) { running().handle(what); },
  };
}

}  // namespace

run_actor::behavior_type run_behavior(
  numerous_pointer<run_actor, run_state> self, run_start begin, user_actor owner, user_services_ptr services) {
  self->measure_as(actor_kind::run);
  contain_failures(self, "run");
  self->state.start(std::move(begin), std::move(owner), std::move(services));
  static const auto shared = make_behavior();
  return shared;
}

}  // namespace genesis
