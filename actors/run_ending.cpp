#include "actors/deadlines.hpp"
#include "actors/run_state.hpp"

#include <spdlog/spdlog.h>

#include <utility>

namespace genesis {

namespace {

/// After storage has refused the end of a run: until the next attempt, and between those behind it. The conversation
/// waits meanwhile, also once the database is back.
constexpr auto first_store_retry = std::chrono::seconds{1};
constexpr auto store_retry = std::chrono::seconds{2};
/// Attempts that are made at once when what was decided over is not what is stored.
constexpr int fenced_ends_max = 3;

/// What clients are told when the question was not stored, or perhaps not.
run_failure failure_of(errc reason) {
  switch (reason) {
  case errc::outcome_unknown:
    return {
      "OUTCOME_UNKNOWN", "whether the question was stored is not known; ask again with the same Idempotency-Key", true};
  case errc::not_found: return {"NOT_FOUND", "the conversation was deleted", false};
  case errc::unauthorized: return {"UNAUTHORIZED", "this account does not exist any more", false};
  case errc::overloaded: return {"OVERLOADED", "the question could not be stored; ask again", true};
  default: return {"UNAVAILABLE", "the question could not be stored; ask again", true};
  }
}

}  // namespace

/// Stops speaking and has the end stored. Readers learn of it when it is durable. Whoever cut the answer short, its
/// usage is that of what was said.
void run_state::end(run_status status, std::optional<run_failure> failure) {
  if (phase_ == phase::storing || phase_ == phase::ended)
    return;
  const bool is_cut = !has_said_all();  // the usage is the last of what is planned
  speech_.clear();
  spoken_ = 0;
  artifacts_.resize(artifacts_shown_);
  if (is_cut)
    append(run_event_type::usage, services_->encode.usage_fields(*run_.usage));
  run_.status = status;
  run_.failure = std::move(failure);
  run_.ended_at = services_->world.now();
  phase_ = phase::storing;
  if (run_.failure)
    append(run_event_type::error, services_->encode.error_fields(*run_.failure));
  if (is_abandoned_ || !is_stored_) {
    finish(answer_);
    return;
  }
  store_end();
}

void run_state::store_end() {
  run_event last;
  last.seq = log_->last_seq() + 1;
  last.type = run_event_type::end;
  last.fields_json = services_->encode.end_fields(run_.status, run_.assistant_message);
  finish_run what;
  what.run = run_;
  what.run.last_seq = last.seq;
  what.text = log_->text();
  what.artifacts_json = services_->encode.artifact_array(artifacts_);
  what.events = unstored_events();
  what.timeline = chunked_on_;
  what.events.push_back(std::move(last));
  self_->request(owner_, owner_deadline, std::move(what))
    .then([this](const run_outcome& stored) { on_end_stored(stored); },
      [this](const caf::error& failed) { on_end_not_stored(from_caf(failed)); });
}

void run_state::on_end_stored(const run_outcome& stored) {
  has_failed_to_store_ = false;
  self_->send(owner_, run_done{run_.id});
  if (phase_ != phase::ended) {
    finish(stored.answer);
    return;
  }
  // Readers were told before that storing had failed. Who asks from now on is shown what is stored: an attempt whose
  // outcome was not known may have got through.
  run_ = stored.run;
  answer_ = stored.answer;
  leave_if_idle();
}

/// Readers are told at once that the answer is not safe; the run goes on trying to store that it failed.
void run_state::on_end_not_stored(const error& what) {
  // The conversation or the whole account was deleted meanwhile, or the owner is gone.
  if (what.code == errc::not_found || what.code == errc::unauthorized || is_abandoned_) {
    is_abandoned_ = true;
    if (phase_ != phase::ended)
      run_.status = run_status::cancelled;
    if (phase_ != phase::ended)
      finish(message{});
    has_failed_to_store_ = false;
    return;
  }
  if (what.code == errc::fenced && fenced_ends_++ < fenced_ends_max) {  // nothing is wrong with the answer
    if (phase_ == phase::ended)
      store_end_again();
    else
      store_end();
    return;
  }
  const bool is_first = !std::exchange(has_failed_to_store_, true);
  if (is_first) {
    spdlog::error("run {}: its end could not be stored ({}); trying again", to_string(run_.id), to_string(what.code));
    run_.status = run_status::error;
    run_.failure = run_failure{"UNAVAILABLE", "the answer could not be stored", true};
    if (phase_ != phase::ended) {
      append(run_event_type::error, services_->encode.error_fields(*run_.failure));
      finish(answer_);  // which is all of it that is stored
    }
  }
  self_->delayed_send(self_, is_first ? first_store_retry : store_retry, retry_due{});
}

/// Ends without storing anything: there is nobody left to store it. What is stored is ended by the next owner.
void run_state::cut_off() {
  is_abandoned_ = true;
  run_failure failure{"UNAVAILABLE", "the answer was interrupted", true};
  if (phase_ != phase::storing) {
    end(run_status::interrupted, std::move(failure));
    return;
  }
  run_.status = run_status::interrupted;
  if (!run_.failure) {
    run_.failure = std::move(failure);
    append(run_event_type::error, services_->encode.error_fields(*run_.failure));
  }
  finish(answer_);
}

void run_state::handle(const retry_due&) {
  if (!has_failed_to_store_ || is_abandoned_)
    return;
  store_end_again();
}

/// The log is complete, its `end` included: stores it as it is.
void run_state::store_end_again() {
  finish_run what;
  what.run = current();
  what.text = log_->text();
  what.artifacts_json = services_->encode.artifact_array(artifacts_);
  what.events = unstored_events();
  what.timeline = chunked_on_;
  self_->request(owner_, owner_deadline, std::move(what))
    .then([this](const run_outcome& stored) { on_end_stored(stored); },
      [this](const caf::error& failed) { on_end_not_stored(from_caf(failed)); });
}

/// The last event, and an answer for everybody who waits for it.
void run_state::finish(message answer) {
  answer_ = std::move(answer);
  phase_ = phase::ended;
  counters().runs_ended[static_cast<std::size_t>(run_.status)].add();
  append(run_event_type::end, services_->encode.end_fields(run_.status, run_.assistant_message));
  run_.last_seq = log_->last_seq();
  for (const auto& each : std::exchange(awaiting_, {}))
    each->deliver(run_outcome{run_, answer_});
  for (const auto& each : std::exchange(stopping_, {}))
    each->deliver(run_);
  for (const auto& each : std::exchange(awaiting_storage_, {}))
    each->fail({errc::unavailable, "the question was not stored"});
  for (const auto& each : std::exchange(interrupting_, {}))
    each->deliver(!has_failed_to_store_);
  leave_if_idle();
}

void run_state::handle(const run_refused& what) {
  run_.status = run_status::error;
  end(run_status::error, failure_of(what.reason));
}

caf::result<run> run_state::handle(const stop_run&) {
  if (phase_ == phase::ended)
    return current();
  stopping_.push_back(hold_answer<run>(self_));
  if (is_stored_)
    end(run_status::cancelled, std::nullopt);
  else
    is_stop_wanted_ = true;
  return caf::delegated<run>{};
}

void run_state::handle(const abandon_run&) {
  is_abandoned_ = true;
  has_failed_to_store_ = false;
  answer_ = {};                    // is being deleted
  if (phase_ == phase::storing) {  // what is on its way will be refused
    run_.status = run_status::cancelled;
    finish(message{});
    return;
  }
  end(run_status::cancelled, std::nullopt);
}

caf::result<bool> run_state::handle(const interrupt_run&) {
  if (phase_ == phase::ended)
    return !has_failed_to_store_;
  interrupting_.push_back(hold_answer<bool>(self_));
  if (is_stored_)
    end(run_status::interrupted, std::nullopt);
  else
    is_interrupt_wanted_ = true;
  return caf::delegated<bool>{};
}

/// An ended run as storage has it: its events, or, when they are no longer kept, the whole answer as one token.
void run_state::restore(const storage::run_log& stored) {
  phase_ = phase::ended;
  is_stored_ = true;
  answer_ = stored.answer;
  if (!stored.events.empty()) {
    log_->restore(stored.events);
    return;
  }
  const auto& encode = services_->encode;
  std::vector<run_event> events;
  const auto add = [&](run_event_type type, std::string fields) {
    run_event event;
    event.seq = static_cast<std::int64_t>(events.size()) + 1;
    event.type = type;
    event.fields_json = std::move(fields);
    events.push_back(std::move(event));
  };
  add(run_event_type::start, encode.start_fields(run_));
  if (!stored.answer.content.empty()) {
    add(run_event_type::token, {});
    events.back().text = stored.answer.content;
    events.back().agent = stored.answer.agent.value_or(agent::nexus);
  }
  for (auto& fields : encode.stored_artifact_fields(stored.answer.artifacts_json))
    add(run_event_type::artifact, std::move(fields));
  add(run_event_type::end, encode.end_fields(run_.status, run_.assistant_message));
  events.back().seq = std::max(events.back().seq, run_.last_seq);
  log_->restore(std::move(events));
}

}  // namespace genesis
