#include "actors/deadlines.hpp"
#include "actors/run_state.hpp"
#include "domain/coach/tokens.hpp"

namespace genesis {

namespace {

/// Events appended in one go when nothing paces them: some ten microseconds of work, then others get their turn.
constexpr std::size_t events_per_turn = 64;

constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;

/// More is read off the I/O threads: reading 16,000 characters can take 25 ms, this much one.
constexpr std::size_t inline_question_bytes_max = 2'048;

/// What the coach reads to answer: the question, and the questions before it.
std::size_t bytes_to_read(const coach::turn& turn) noexcept {
  std::size_t bytes = turn.question.size();
  for (const auto& each : turn.history)
    if (each.role == message_role::user)
      bytes += each.content.size();
  return bytes;
}

}  // namespace

void run_state::handle(const run_stored& what) {
  is_stored_ = true;
  answer_ = what.answer;
  for (const auto& each : std::exchange(awaiting_storage_, {}))
    each->deliver(current());
  if (is_stop_wanted_)
    end(run_status::cancelled, std::nullopt);
  else if (is_interrupt_wanted_)
    end(run_status::interrupted, std::nullopt);
}

void run_state::handle(const run_turn&) {
  if (phase_ != phase::waiting)
    return;
  phase_ = phase::speaking;
  run_.status = run_status::running;
  run_.started_at = services_->world.now();
  ask_coach_now();
}

void run_state::ask_coach_now() {
  const auto failed = [this](const caf::error& what) { on_coach_failed(from_caf(what)); };
  self_->request(owner_, owner_deadline, get_turn{run_, question_})
    .then(
      [this, failed](const turn_ptr& turn) {
        const bool is_long = bytes_to_read(*turn) > inline_question_bytes_max;
        const auto& coach = is_long && services_->long_nexus ? services_->long_nexus : services_->nexus;
        self_->request(coach, coach_deadline, ask_coach{turn})
          .then([this](const reply_ptr& reply) { on_reply(*reply); }, failed);
      },
      failed);
}

void run_state::on_coach_failed(const error& what) {
  if (phase_ == phase::speaking)
    end(run_status::error, run_failure{what.code == errc::internal ? "INTERNAL" : "UNAVAILABLE",
                             "the coach could not answer; ask again", true});
}

void run_state::on_reply(const coach::reply& reply) {
  if (phase_ != phase::speaking)
    return;
  const auto& encode = services_->encode;
  const auto plan = [this](run_event_type type, std::string fields) {
    run_event event;
    event.type = type;
    event.fields_json = std::move(fields);
    speech_.append(event);
  };
  auto speaker = agent::nexus;
  std::int64_t words = 0;
  plan(run_event_type::intent, encode.intent_fields(reply.what));
  for (const auto& step : reply.steps) {
    if (const auto* who = std::get_if<coach::speaks>(&step)) {
      speaker = who->who;
      plan(run_event_type::agent_start, encode.agent_start_fields(speaker));
    } else if (const auto* tool = std::get_if<coach::uses_tool>(&step)) {
      plan(run_event_type::tool_start, encode.tool_start_fields(*tool));
      plan(run_event_type::tool_end, encode.tool_end_fields(*tool));
    } else if (const auto* shown = std::get_if<coach::shows>(&step)) {
      artifacts_.push_back(shown->artifact);
      plan(run_event_type::artifact, encode.artifact_fields(shown->artifact));
    } else if (const auto* said = std::get_if<coach::says>(&step)) {
      for (auto& word : coach::words_of(said->text)) {
        run_event event;
        event.agent = speaker;
        event.text = std::move(word);
        speech_.append(event);
        ++words;
      }
    }
  }
  lengthen(words);
  run_.agent = reply.what.agents.empty() ? agent::nexus : reply.what.agents.front();
  const auto asked = static_cast<std::int64_t>(coach::words_of(question_).size());
  plan(run_event_type::usage, encode.usage_fields({asked, words, true}));
  run_.usage = token_usage{asked, 0, true};  // grows with what is said
  speaking_since_ = self_->clock().now();
  speak();
}

/// For measurements: repeats the words of the answer until there are as many as the setting asks for.
void run_state::lengthen(std::int64_t& words) {
  const auto wanted = services_->coach.repeat_tokens;
  if (words == 0 || words >= wanted)
    return;
  std::vector<run_event> spoken;
  for (std::size_t i = 0; i < speech_.size(); ++i)
    if (speech_.type_at(i) == run_event_type::token)
      spoken.push_back(speech_.at(i));
  for (std::size_t i = 0; words < wanted; ++i, ++words)
    speech_.append(spoken[i % spoken.size()]);
}

/// Words that may be out by now.
std::size_t run_state::tokens_due() {
  const auto rate = services_->coach.tokens_per_second;
  if (rate == 0)
    return words_said_ + events_per_turn;
  // In whole numbers: rounded down here and up where the next turn is planned, so that each turn finds a word due.
  const std::chrono::nanoseconds elapsed = self_->clock().now() - speaking_since_;
  return 1 + static_cast<std::size_t>(elapsed.count() * rate / nanoseconds_per_second);
}

/// Says what is due; the rest comes in later turns. A paced run waits for its next word, others for their mailbox.
void run_state::speak() {
  if (phase_ != phase::speaking)
    return;
  const auto due = tokens_due();
  for (std::size_t n = 0; n < events_per_turn && !has_said_all(); ++n) {
    if (speech_.type_at(spoken_) == run_event_type::token) {
      if (words_said_ >= due)
        break;
      ++words_said_;
      ++run_.usage->output_tokens;
    } else if (speech_.type_at(spoken_) == run_event_type::artifact) {
      ++artifacts_shown_;
    }
    log_->append(speech_.at(spoken_));
    counters().run_events.add();
    ++spoken_;
  }
  tell_readers();
  persist_partial();
  if (has_said_all()) {
    end(run_status::success, std::nullopt);
    return;
  }
  const auto rate = services_->coach.tokens_per_second;
  if (rate == 0 || words_said_ < due) {
    self_->send(self_, emit_due{});
  } else {
    const auto after = (static_cast<std::int64_t>(words_said_) * nanoseconds_per_second + rate - 1) / rate;
    const auto next_at = speaking_since_ + std::chrono::nanoseconds{after};
    const auto wait = std::max(next_at - self_->clock().now(), caf::actor_clock::duration_type::zero());
    self_->delayed_send(self_, wait, emit_due{});
  }
}

void run_state::handle(const emit_due&) {
  speak();
}

/// Hands what no chunk holds yet to the chunk writer: each second, or when it has grown to 4 KiB.
void run_state::persist_partial() {
  if (phase_ != phase::speaking || is_chunk_under_way_ || log_->last_seq() <= chunked_seq_)
    return;
  const auto grown = log_->bytes() - chunked_bytes_;
  if (grown < static_cast<std::size_t>(services_->runs.persist_bytes)) {
    if (!is_persist_planned_) {
      is_persist_planned_ = true;
      self_->delayed_send(self_, services_->runs.persist_interval, persist_due{});
    }
    return;
  }
  store_chunk();
}

std::vector<run_event> run_state::unstored_events() {
  if (services_->timeline->is_behind(chunked_on_)) {
    chunked_seq_ = 0;
    chunked_bytes_ = 0;
    is_beginning_stored_ = false;
  }
  chunked_on_ = services_->timeline->value();
  return log_->events_after(chunked_seq_);
}

void run_state::store_chunk() {
  storage::run_chunk chunk{user_, epoch_, run_.id, unstored_events()};
  chunk.timeline = chunked_on_;
  if (!is_beginning_stored_)
    chunk.beginning = storage::run_beginning{run_.agent, run_.started_at, run_.usage};
  const auto seq = log_->last_seq();
  const auto bytes = log_->bytes();
  is_chunk_under_way_ = true;
  self_->request(services_->chunks, chunk_deadline, std::move(chunk))
    .then(
      [this, seq, bytes, timeline = chunked_on_](const storage::write_receipt&) {
        is_chunk_under_way_ = false;
        if (timeline == chunked_on_) {
          is_beginning_stored_ = true;
          chunked_seq_ = seq;
          chunked_bytes_ = bytes;
        }
        persist_partial();
      },
      [this](const caf::error&) {
        // The next chunk, or the end, carries these events again.
        is_chunk_under_way_ = false;
        counters().chunks_failed.add();
      });
}

void run_state::handle(const persist_due&) {
  is_persist_planned_ = false;
  if (phase_ == phase::speaking && !is_chunk_under_way_ && log_->last_seq() > chunked_seq_)
    store_chunk();
}

}  // namespace genesis
