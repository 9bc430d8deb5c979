#include "actors/run_state.hpp"
#include "actors/user_templates.hpp"
#include "domain/coach/understanding.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

/// How far back the coach looks.
static_assert(storage::coaching_messages_max >= 2 * (std::int64_t{coach::questions_remembered_max} + 1),
  "what a question reads is there to be read");

/// The answer that a run will fill in, as it is stored beside the question.
message empty_answer(const genesis::run& run, timestamp now) {
  message answer;
  answer.id = run.assistant_message;
  answer.conversation = run.conversation;
  answer.role = message_role::assistant;
  answer.agent = run.agent;
  answer.status = message_status::incomplete;
  answer.run = run.id;
  answer.created_at = answer.updated_at = now;
  return answer;
}

}  // namespace

caf::result<run_ticket> user_state::handle(const start_chat& what) {
  return later<run_ticket>(
    what.by, [this, what](answer_ptr<run_ticket> answer) { accept_chat(what, std::move(answer)); }, rate_limit::chats);
}

/// One chat at a time is looked up per key: of two that arrive together, the second finds the run of the first.
void user_state::accept_chat(const start_chat& what, answer_ptr<run_ticket> answer) {
  if (is_shutting_down_) {
    answer->fail({errc::shutting_down, "the server is shutting down"});
    return;
  }
  if (!what.idempotency) {
    check_conversation(what, std::move(answer));
    return;
  }
  const auto& key = what.idempotency->key;
  for (const auto& [id, each] : runs_) {
    if (!each.key || each.key->key != key)
      continue;
    if (each.key->fingerprint != what.idempotency->fingerprint)
      answer->fail({errc::key_reused, "this key was used for another request"});
    else
      join({what.by, id}, answer);
    return;
  }
  const auto lookup = key_lookups_.find(key);
  const auto waiting_max = static_cast<std::size_t>(services_->users.queue_max);
  if (keys_under_way_.contains(key) || (lookup != key_lookups_.end() && lookup->second.size() >= waiting_max)) {
    answer->fail({errc::in_progress, "the first request with this key is still being worked on"});
    return;
  }
  if (lookup != key_lookups_.end()) {
    lookup->second.push_back([this, what, answer] { accept_chat(what, answer); });
    return;
  }
  key_lookups_[key];
  ask_storage<storage::find_idempotency, std::optional<idempotency_record>>(
    {user_, key}, [this, what, answer](result<std::optional<idempotency_record>> found) {
      if (found && !*found) {
        check_conversation(what, answer);
        return;
      }
      if (!found)
        answer->fail(found.error());
      else
        answer_from_key(what, **found, answer);
      end_key_lookup(what);
    });
}

/// A chat with this key has come whose question is not stored yet.
bool user_state::is_chat_under_way(const std::string& key) const {
  return key_lookups_.contains(key) || std::ranges::any_of(runs_, [&](const auto& each) {
    return !each.second.is_stored && each.second.key && each.second.key->key == key;
  });
}

void user_state::end_key_lookup(const start_chat& what) {
  if (!what.idempotency)
    return;
  const auto it = key_lookups_.find(what.idempotency->key);
  if (it == key_lookups_.end())
    return;
  const auto waiting = std::move(it->second);
  key_lookups_.erase(it);
  for (const auto& go_on : waiting)
    go_on();
}

void user_state::answer_from_key(
  const start_chat& what, const idempotency_record& record, answer_ptr<run_ticket> answer) {
  const auto id = run_id::parse(record.run);
  if (record.key.fingerprint != what.idempotency->fingerprint || !id)
    answer->fail({errc::key_reused, "this key was used for another request"});
  else
    join({what.by, *id}, std::move(answer));
}

void user_state::check_conversation(const start_chat& what, answer_ptr<run_ticket> answer) {
  if (!what.conversation) {
    begin_chat(what, ids_->next_id<conversation_id>(now()), std::move(answer));
    end_key_lookup(what);
    return;
  }
  find_conversation(*what.conversation, [this, what, answer](result<conversation> found) {
    if (found)
      begin_chat(what, found->id, answer);
    else
      answer->fail(found.error());
    end_key_lookup(what);
  });
}

/// The run exists and can be read from here on; whether it may speak is decided by the commit of the question.
void user_state::begin_chat(
  const start_chat& what, const conversation_id& conversation, answer_ptr<run_ticket> answer) {
  auto& turns = turns_[conversation];
  if (turns.size() > static_cast<std::size_t>(services_->runs.queue_max)) {
    answer->fail({errc::overloaded, "too many questions of this conversation are waiting"});
    return;
  }
  genesis::run run;
  run.id = ids_->next_id<run_id>(now());
  run.conversation = conversation;
  run.user_message = ids_->next_id<message_id>(now());
  run.assistant_message = ids_->next_id<message_id>(now());
  run.agent = what.agent;
  run.created_at = now();
  active_run active;
  active.run = run;
  active.key = what.idempotency;
  active.actor = self_->spawn(
    run_behavior, run_start{user_, epoch_, run, what.text, {}}, caf::actor_cast<user_actor>(self_), services_);
  self_->monitor(active.actor);
  const auto position = static_cast<std::int64_t>(turns.size());
  turns.push_back(run.id);
  if (position > 0)
    self_->send(active.actor, run_waits{position});
  answer->deliver(run_ticket{run, active.actor});
  runs_.emplace(run.id, std::move(active));
  store_question(what, run);
}

/// The question, the empty answer, the run and the key in one commit.
void user_state::store_question(const start_chat& what, const genesis::run& run) {
  write_operation operation;
  if (what.conversation)
    operation.needs.conversation = run.conversation;
  operation.decide = [this, what, run](user_draft& draft) -> result<continuation> {
    conversation thread;
    if (what.conversation) {
      auto found = draft.find(run.conversation);
      if (!found)
        return std::unexpected(found.error());
      thread = std::move(*found);
    } else {
      thread.id = run.conversation;
      thread.agent = what.agent;
      thread.created_at = thread.updated_at = draft.now();
      thread.revision = 0;  // the change below makes it 1
    }
    message question;
    question.id = run.user_message;
    question.conversation = thread.id;
    question.seq = ++thread.message_count;
    question.content = what.text;
    question.run = run.id;
    question.metadata_json = what.metadata_json;
    question.created_at = question.updated_at = draft.now();
    auto answer = empty_answer(run, draft.now());
    answer.seq = ++thread.message_count;
    thread.last_message_at = draft.now();
    if (!thread.title)
      thread.title = title_from(what.text);
    draft.change(std::move(thread));
    draft.add(storage::put_message{.value = question, .is_new = true});
    draft.add(storage::put_message{.value = answer, .is_new = true});
    draft.add(storage::put_run{run});
    if (what.idempotency)
      draft.put(idempotency_record{*what.idempotency, 200, {}, {}, {}, to_string(run.id), draft.now()});
    return continuation{[this, id = run.id, answer] { on_question_stored(id, answer); }};
  };
  operation.refuse = [this, id = run.id](const error& failed) { on_question_refused(id, failed); };
  submit(std::move(operation));
}

void user_state::on_question_stored(const run_id& id, const message& answer) {
  const auto it = runs_.find(id);
  if (it == runs_.end())
    return;
  it->second.answer = answer;
  it->second.is_stored = true;
  if (it->second.is_dead) {
    settle_dead(id);
    return;
  }
  self_->send(it->second.actor, run_stored{answer});
  give_turn(it->second.run.conversation);
}

void user_state::on_question_refused(const run_id& id, const error& failed) {
  const auto it = runs_.find(id);
  if (it == runs_.end())
    return;
  spdlog::warn("run {}: the question could not be stored: {}", to_string(id), to_string(failed.code));
  self_->send(it->second.actor, run_refused{failed.code});
  forget_run(id);
}

/// The first run of the conversation speaks, once its question is stored.
void user_state::give_turn(const conversation_id& conversation) {
  const auto turns = turns_.find(conversation);
  if (turns == turns_.end())
    return;
  const auto it = runs_.find(turns->second.front());
  if (it == runs_.end() || !it->second.is_stored || it->second.has_turn)
    return;
  it->second.has_turn = true;
  self_->send(it->second.actor, run_turn{});
}

turn_ptr user_state::make_turn(
  const get_turn& what, const records_ptr& records, storage::coaching_history history) const {
  auto turn = std::make_shared<coach::turn>();
  turn->person = data_.person;
  turn->prefs = data_.prefs;
  const auto first =
    std::ranges::lower_bound(*records, now() - coach::records_window, {}, &progress_record::recorded_at);
  turn->records.assign(first, records->end());
  for (auto& each : history.messages) {
    if (each.id == what.run.user_message)
      break;
    turn->history.push_back(std::move(each));
  }
  turn->question = what.question;
  turn->asked_for = what.run.agent;
  turn->now = now();
  return turn;
}

caf::result<turn_ptr> user_state::handle(const get_turn& what) {
  auto answer = hold_answer<turn_ptr>(self_);
  wait_for_load([this, what, answer](const std::optional<error>& failed) {
    if (failed) {
      answer->fail(*failed);
      return;
    }
    const auto found = std::make_shared<turn_reading>();
    ask_storage<storage::load_coaching_history, storage::coaching_history>(
      {user_, what.run.conversation}, [this, what, answer, found](result<storage::coaching_history> history) {
        found->history = std::move(history);
        on_turn_read(what, found, answer);
      });
    if (auto known = kept_records()) {
      found->records = std::move(known);
      return;  // the history comes later
    }
    ask_reader<get_recent_records, records_ptr>(services_->statistics, statistics_deadline,
      get_recent_records{user_, records_version_, as_of_, timeline_},
      [this, what, answer, found](result<records_ptr> records) {
        found->records = std::move(records);
        on_turn_read(what, found, answer);
      });
  });
  return caf::delegated<turn_ptr>{};
}

/// Once both are there.
void user_state::on_turn_read(
  const get_turn& what, const std::shared_ptr<turn_reading>& found, const answer_ptr<turn_ptr>& answer) {
  if (!found->records || !found->history)
    return;
  if (!*found->records || !*found->history) {
    answer->fail(*found->records ? found->history->error() : found->records->error());
    return;
  }
  // The state last: it may be dropped and loaded anew while the rest is read.
  wait_for_load([this, what, answer, found](const std::optional<error>& failed) {
    if (failed || phase_ != phase::ready)
      answer->fail(failed ? *failed : nobody());
    else
      answer->deliver(make_turn(what, **found->records, std::move(**found->history)));
  });
}

}  // namespace genesis
