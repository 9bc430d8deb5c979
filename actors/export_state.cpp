#include "actors/export_state.hpp"

#include "actors/deadlines.hpp"
#include "actors/failure.hpp"
#include "config/limits.hpp"
#include "domain/list_position.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

namespace genesis {

namespace {

/// How often an export looks whether its reader stalls, or has never come.
constexpr auto look_pause_max = std::chrono::seconds{5};

/// Between two attempts at a part.
constexpr auto retry_pause = std::chrono::milliseconds{250};

/// Plans of one part: each may be as large as a body.
constexpr std::int64_t plans_per_part = 8;

template <class T>
constexpr std::int64_t rows_per_part = plan<T> ? plans_per_part : storage::partition_rows_max;

/// What may be over in a moment.
bool may_pass(errc code) noexcept {
  return code == errc::unavailable || code == errc::overloaded || code == errc::outcome_unknown;
}

}  // namespace

export_state::~export_state() {
  counters().exports_now.subtract();
  counters().exports_ended_with(outcome_).add();
  if (reader_)
    self_->send(reader_->host, reader_dropped{reader_->number});
}

void export_state::start(open_export what, const caf::strong_actor_ptr& owner, export_services_ptr services) {
  what_ = std::move(what);
  owner_ = caf::actor_cast<caf::actor_addr>(owner);
  services_ = std::move(services);
  writer_ = services_->writer(what_.form);
  begun_at_ = progress_at_ = self_->clock().now();
  section_ = what_.form.is_everything ? section::account : section::messages;
  counters().exports_started.add();
  counters().exports_now.add();
  self_->set_down_handler([this](const caf::down_msg&) { end(export_outcome::failed); });
  self_->monitor(owner);
  look_again();
}

/// Soon enough to see each end in its time.
void export_state::look_again() {
  using milliseconds = std::chrono::milliseconds;
  constexpr int looks_per_stall = 4;
  auto pause = std::min<milliseconds>(look_pause_max, services_->reader_stall / looks_per_stall);
  if (what_.good_for)
    pause = std::min(pause, std::chrono::ceil<milliseconds>(begun_at_ + *what_.good_for - self_->clock().now()));
  self_->delayed_send(self_, std::max(pause, milliseconds{1}), linger_due{});
}

void export_state::end(export_outcome how) {
  outcome_ = how;
  if (how == export_outcome::complete || how == export_outcome::left)
    reader_.reset();         // whose stream is over
  self_->demonitor(owner_);  // who must not keep a note of each
  self_->quit();
}

// --- reading

caf::result<bool> export_state::handle(const begin_export&) {
  if (has_begun_)
    return true;
  beginning_ = hold_answer<bool>(self_);
  read_on();
  return caf::delegated<bool>{};
}

/// While less than a window of what was written waits for the reader, and no part waits for the encoder.
void export_state::read_on() {
  while (beginning_ && !is_reading_ && !unwritten_ && section_ != section::none && ready_bytes_ < export_window_bytes)
    read_section();
}

void export_state::read_section() {
  const auto& user = what_.user;
  switch (section_) {
  case section::account:
    begin_section(section::conversations);
    write(
      [account = what_.account](export_writer& out) {
        out.add(account->person);
        out.add(account->prefs);
        for (const auto& each : account->sessions)
          out.add(each, account->current);
        for (const auto& each : account->api_keys)
          out.add(each);
      },
      2 + what_.account->sessions.size() + what_.account->api_keys.size());
    break;
  case section::conversations: read_list<conversation>(storage::list_conversations{user, archived_filter::all}); break;
  case section::messages: read_messages(); break;
  case section::progress: read_list<progress_record>(storage::list_progress{.user = user}); break;
  case section::workout_plans: read_list<workout_plan>(storage::list_plans<workout_plan>{.user = user}); break;
  case section::nutrition_plans: read_list<nutrition_plan>(storage::list_plans<nutrition_plan>{.user = user}); break;
  case section::nutrition_logs: read_list<nutrition_log>(storage::list_nutrition_logs{.user = user}); break;
  case section::end:
    begin_section(section::none);
    write([](export_writer& out) { out.end(); }, 0);
    break;
  case section::none: break;
  }
}

void export_state::begin_section(section next) {
  section_ = next;
  after_.reset();
}

void export_state::read_messages() {
  ask_storage<storage::message_partition>(
    storage::read_message_partition{what_.user, what_.conversation, place_, what_.form.is_everything, what_.as_of},
    [this](storage::message_partition& found) {
      place_ = found.next;
      if (!place_)
        begin_section(what_.form.is_everything ? section::progress : section::end);
      const auto count = found.messages.size() + found.runs.size();
      write(
        [rows = std::make_shared<const storage::message_partition>(std::move(found))](export_writer& out) {
          for (const auto& each : rows->messages)
            out.add(each);
          for (const auto& each : rows->runs)
            out.add(each);
        },
        count);
    });
}

template <class T, class Question>
void export_state::read_list(Question question) {
  question.page = {rows_per_part<T>, after_, list_order::oldest_first};
  question.as_of = what_.as_of;
  ask_storage<page<T>>(std::move(question), [this](page<T>& found) {
    const auto count = found.items.size();
    if (found.has_more)
      after_ = position_of(found.items.back());
    else
      begin_section(static_cast<section>(std::to_underlying(section_) + 1));
    write(
      [rows = std::make_shared<const std::vector<T>>(std::move(found.items))](export_writer& out) {
        for (const auto& each : *rows)
          out.add(each);
      },
      count);
  });
}

template <class R, class Question>
void export_state::ask_storage(Question question, std::function<void(R&)> then) {
  is_reading_ = true;
  self_->request(services_->storage, pool_deadline, std::move(question))
    .then(
      [this, then = std::move(then)](R& found) {
        is_reading_ = false;
        failing_since_.reset();
        then(found);
        read_on();
      },
      [this](const caf::error& failed) { on_read_failed(from_caf(failed)); });
}

/// Reads may be repeated. Before anything was sent the client is told, and may do that itself.
void export_state::on_read_failed(const error& what) {
  if (!has_begun_) {
    beginning_->fail(may_pass(what.code) ? error{errc::unavailable, what.detail} : what);
    end(export_outcome::failed);
    return;
  }
  const auto now = self_->clock().now();
  if (!failing_since_)
    failing_since_ = now;
  if (may_pass(what.code) && now - *failing_since_ < services_->patience) {
    self_->delayed_send(self_, retry_pause, retry_due{});
    return;
  }
  spdlog::warn("an export of user {} ends early: {}", to_string(what_.user), what.detail);
  end(export_outcome::failed);
}

void export_state::handle(const retry_due&) {
  read_section();
}

void export_state::write(std::function<void(export_writer&)> rows, std::size_t count) {
  counters().export_rows.add(count);
  if (is_writing_)
    unwritten_ = std::move(rows);
  else
    write_now(std::move(rows));
}

void export_state::write_now(std::function<void(export_writer&)> rows) {
  is_writing_ = true;
  const auto pieces = std::make_shared<std::vector<body_ptr>>();  // the encoder's until it says that it is done
  background_job job{std::make_shared<const std::function<void()>>([writer = writer_, rows = std::move(rows), pieces] {
    rows(*writer);
    *pieces = writer->take();
  })};
  self_->request(services_->encoder, encode_deadline, std::move(job))
    .then([this, pieces](bool) { on_written(std::move(*pieces)); },
      [this](const caf::error& failed) {
        if (!has_begun_)
          beginning_->fail(from_caf(failed));
        end(export_outcome::failed);
      });
}

void export_state::on_written(std::vector<body_ptr> pieces) {
  is_writing_ = false;
  for (auto& each : pieces) {
    ready_bytes_ += each->size();
    ready_.push_back(std::move(each));
  }
  if (unwritten_)
    write_now(std::exchange(unwritten_, nullptr));
  if (!has_begun_ && (!ready_.empty() || has_written_everything())) {
    has_begun_ = true;
    beginning_->deliver(true);
  }
  tell_reader();
  read_on();
}

// --- the reader

bool export_state::is_reader(std::uint64_t number, const reader_host_actor& host) const {
  return reader_ && reader_->number == number && reader_->host == host;
}

void export_state::handle(const attach_reader& what, const reader_host_actor& host) {
  if (reader_) {  // there is one body, and it has begun
    self_->send(host, reader_dropped{what.reader});
    return;
  }
  reader_ = reader{host, what.reader};
  progress_at_ = self_->clock().now();
  tell_reader();
  read_on();
}

void export_state::handle(const reader_ready& what, const reader_host_actor& host) {
  if (!is_reader(what.reader, host))
    return;
  unconfirmed_ -= std::min(unconfirmed_, what.bytes);
  progress_at_ = self_->clock().now();
  if (has_end_ && unconfirmed_ == 0) {
    end(export_outcome::complete);
    return;
  }
  tell_reader();
  read_on();
}

void export_state::handle(const detach_reader& what, const reader_host_actor& host) {
  if (!reader_ || is_reader(what.reader, host))
    end(export_outcome::left);
}

void export_state::handle(const cut_export&) {
  end(export_outcome::revoked);
}

/// One piece at a time, so that a slow reader is seen to take each.
void export_state::tell_reader() {
  while (reader_ && !has_end_ && unconfirmed_ < export_window_bytes) {
    has_end_ = has_written_everything() && ready_.size() <= 1;
    std::vector<body_ptr> frames;
    if (!ready_.empty()) {
      frames.push_back(std::move(ready_.front()));
      ready_.pop_front();
      ready_bytes_ -= frames.front()->size();
      unconfirmed_ += frames.front()->size();
    }
    if (frames.empty() && !has_end_)
      return;
    progress_at_ = self_->clock().now();
    if (has_end_)
      if (const auto owner = caf::actor_cast<user_actor>(owner_))
        self_->send(owner, export_handed_over{});
    self_->send(reader_->host, reader_frames{reader_->number, std::move(frames), has_end_});
  }
}

void export_state::handle(const linger_due&) {
  const auto now = self_->clock().now();
  // What is less than a window of events may be written and not confirmed.
  const bool is_waiting_for_reader = !reader_ || unconfirmed_ >= config::stream_window_bytes || has_end_;
  if (now - begun_at_ >= services_->duration_max)
    end(export_outcome::late);
  else if (is_waiting_for_reader && now - progress_at_ > services_->reader_stall)
    end(reader_ ? export_outcome::stalled : export_outcome::left);
  else if (what_.good_for && now >= begun_at_ + *what_.good_for)
    end(export_outcome::revoked);
  else
    look_again();
}

export_actor::behavior_type export_behavior(export_actor::stateful_pointer<export_state> self, open_export what,
  caf::strong_actor_ptr owner, export_services_ptr services) {
  contain_failures(self, "export");
  auto& state = self->state;
  state.start(std::move(what), owner, std::move(services));
  return {
    [&state](const begin_export& message) { return state.handle(message); },
    [&state](const attach_reader& message, const reader_host_actor& host) { state.handle(message, host); },
    [&state](const reader_ready& message, const reader_host_actor& host) { state.handle(message, host); },
    [&state](const detach_reader& message, const reader_host_actor& host) { state.handle(message, host); },
    [&state](const cut_export& message) { state.handle(message); },
    [&state](const retry_due& message) { state.handle(message); },
    [&state](const linger_due& message) { state.handle(message); },
  };
}

}  // namespace genesis
