#include "actors/run_state.hpp"
#include "actors/user_templates.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

/// How far back the coach looks.
constexpr auto coaching_window = std::chrono::days{90};

/// Readers that may wait for the log of one run.
constexpr std::size_t joins_waiting_max = 1'024;

run_ticket ticket_of(const genesis::run& run, bool is_condensed, std::int64_t after) {
  // After a crash the stored end may have the number of an event that the client saw and storage did not: it gets the
  // end.
  if (has_ended(run.status) && run.status != run_status::interrupted && after == run.last_seq)
    return {run, {}, replay::complete};
  if (is_condensed && after != 0 && after < run.last_seq)
    return {run, {}, replay::expired};
  return {run, {}, replay::readable};
}

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

/// Ends what is stored of a run; the events that this adds.
std::vector<run_event> interrupt(storage::run_log& log, const encoders& encode, timestamp now) {
  std::vector<run_event> added;
  const auto add = [&](run_event_type type, std::string fields) {
    run_event event;
    event.seq = log.events.empty() ? 1 : log.events.back().seq + 1;
    event.type = type;
    event.fields_json = std::move(fields);
    log.events.push_back(event);
    added.push_back(std::move(event));
  };
  log.answer.content = text_of(log.events);
  log.answer.artifacts_json = encode.artifact_array_of(log.events);
  if (log.events.empty())  // readers have seen it, at once
    add(run_event_type::start, encode.start_fields(log.run));
  add(run_event_type::end, encode.end_fields(run_status::interrupted, log.run.assistant_message));
  log.run.status = run_status::interrupted;
  log.run.ended_at = now;
  log.run.last_seq = added.back().seq;
  log.answer.status = message_status::incomplete;
  log.answer.updated_at = now;
  ++log.answer.revision;
  return added;
}

}  // namespace

caf::result<run_ticket> user_state::handle(const start_chat& what) {
  return later<run_ticket>(
    what.session, [this, what](answer_ptr<run_ticket> answer) { accept_chat(what, std::move(answer)); });
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
      join({what.session, id}, answer);
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
    join({what.session, *id}, std::move(answer));
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
    draft.add(storage::put_message{question});
    draft.add(storage::put_message{answer});
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
  self_->send(it->second.actor, run_stored{});
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

void user_state::forget_run(const run_id& id) {
  const auto it = runs_.find(id);
  if (it == runs_.end())
    return;
  const auto conversation = it->second.run.conversation;
  runs_.erase(it);
  if (const auto turns = turns_.find(conversation); turns != turns_.end()) {
    std::erase(turns->second, id);
    if (turns->second.empty())
      turns_.erase(turns);
  }
  give_turn(conversation);
}

void user_state::handle(const run_done& what) {
  const auto it = runs_.find(what.run);
  if (it == runs_.end())
    return;
  if (!it->second.has_another_end)
    ended_.insert_or_assign(
      what.run, ended_run{it->second.run.conversation, caf::actor_cast<caf::weak_actor_ptr>(it->second.actor), false});
  forget_run(what.run);
}

/// A run whose actor failed: what is stored of it gets its end, and its place in the conversation becomes free. One
/// that has said that it is done is not known any more.
void user_state::on_run_down(const caf::actor_addr& gone) {
  const auto is_gone = [who = caf::actor_cast<caf::weak_actor_ptr>(gone)](
                         const auto& each) { return each.second.actor == who; };
  if (std::erase_if(ended_, is_gone) != 0)
    return;
  const auto it = std::ranges::find_if(runs_, [&](const auto& each) { return each.second.actor.address() == gone; });
  if (it == runs_.end() || it->second.is_dead)
    return;
  spdlog::error("run {}: its actor failed", to_string(it->first));
  it->second.is_dead = true;
  if (it->second.is_stored)
    settle_dead(run_id{it->first});
}

void user_state::settle_dead(const run_id& id) {
  find_settled(id, [this, id](const result<storage::run_log>&) { forget_run(id); });
}

void user_state::find_settled(const run_id& id, std::function<void(result<storage::run_log>)> then) {
  ask_storage<storage::load_run_log, storage::run_log>(
    {user_, id}, [this, then = std::move(then)](result<storage::run_log> found) {
      if (found && !has_ended(found->run.status))
        store_missing_end(found->run, then);
      else
        then(std::move(found));
    });
}

/// Decided over what is stored when its turn comes: the end that another wanted, or the run itself, may be first.
void user_state::store_missing_end(const genesis::run& run, std::function<void(result<storage::run_log>)> then) {
  write_operation operation;
  operation.is_internal = true;
  operation.needs.run = run.id;
  operation.decide = [this, run, then](user_draft& draft) -> result<continuation> {
    if (draft.has_removed(run.conversation))
      return fail(errc::not_found, "the conversation was deleted");
    auto log = draft.find(run.id);
    if (!log)
      return std::unexpected(log.error());
    if (has_ended(log->run.status))
      return continuation{
        [this, id = run.id, then] { ask_storage<storage::load_run_log, storage::run_log>({user_, id}, then); }};
    const auto last_events = interrupt(*log, services_->encode, draft.now());
    draft.end_run(log->run, log->answer, last_events);
    return continuation{[log = std::move(*log), then] { then(log); }};
  };
  operation.refuse = [then](const error& failed) { then(std::unexpected(failed)); };
  submit(std::move(operation));
}

void user_state::abandon_runs(const std::optional<conversation_id>& of) {
  ++removals_;
  std::erase_if(ended_, [&](const auto& each) { return !of || each.second.conversation == *of; });
  std::vector<run_id> gone;
  for (const auto& [id, each] : runs_) {
    if (of && each.run.conversation != *of)
      continue;
    self_->send(each.actor, abandon_run{});
    gone.push_back(id);
  }
  for (const auto& id : gone)
    forget_run(id);
}

caf::result<run_ticket> user_state::handle(const join_run& what) {
  return later<run_ticket>(what.session, [this, what](answer_ptr<run_ticket> answer) { join(what, answer); });
}

/// All who read a run read from one actor: it holds the whole log.
void user_state::join(const join_run& what, answer_ptr<run_ticket> answer) {
  if (const auto it = runs_.find(what.run); it != runs_.end()) {
    join_live(what, it->second.actor, std::move(answer));
    return;
  }
  const auto it = ended_.find(what.run);
  const auto actor = it == ended_.end() ? run_actor{} : caf::actor_cast<run_actor>(it->second.actor);
  if (!actor) {
    join_stored(what, std::move(answer));
    return;
  }
  // Being asked, it stays a while longer: the reader's first message finds it there.
  ask_run<get_run, genesis::run>(actor, {what.session, what.run},
    [this, what, actor, is_condensed = it->second.is_condensed, answer](result<genesis::run> now) {
      if (!now) {  // it has left
        join_stored(what, answer);
        return;
      }
      auto ticket = ticket_of(*now, is_condensed, what.after);
      if (ticket.left == replay::readable && !what.only_looks)
        ticket.actor = actor;
      answer->deliver(std::move(ticket));
    });
}

void user_state::join_live(const join_run& what, const run_actor& actor, answer_ptr<run_ticket> answer) {
  ask_run<get_run, genesis::run>(actor, {what.session, what.run}, [what, actor, answer](result<genesis::run> now) {
    if (!now) {
      answer->fail(now.error());
      return;
    }
    auto ticket = ticket_of(*now, /*is_condensed=*/false, what.after);
    if (ticket.left == replay::readable && !what.only_looks)
      ticket.actor = actor;
    answer->deliver(std::move(ticket));
  });
}

void user_state::join_stored(const join_run& what, answer_ptr<run_ticket> answer) {
  auto& waiting = joins_[what.run];
  if (waiting.size() >= joins_waiting_max) {
    counters().operations_refused.add();
    answer->fail({errc::overloaded, "too many readers of one answer are waiting"});
    return;
  }
  waiting.push_back({what, std::move(answer)});
  if (waiting.size() > 1)
    return;
  find_settled(what.run, [this, id = what.run, removals = removals_](result<storage::run_log> found) {
    serve_joins(id, std::move(found), /*may_be_kept=*/removals == removals_);
  });
}

/// The log becomes an actor when somebody will read it.
void user_state::serve_joins(const run_id& id, result<storage::run_log> found, bool may_be_kept) {
  const auto waiting = std::move(joins_.extract(id).mapped());
  if (!found) {
    for (const auto& each : waiting)
      each.answer->fail(found.error());
    return;
  }
  const auto log = std::make_shared<const storage::run_log>(std::move(*found));
  run_actor actor;
  for (const auto& [what, answer] : waiting) {
    auto ticket = ticket_of(log->run, log->events.empty(), what.after);
    if (ticket.left == replay::readable && !what.only_looks) {
      if (!actor)
        actor = revive(log, may_be_kept);
      ticket.actor = actor;
    }
    answer->deliver(std::move(ticket));
  }
}

run_actor user_state::revive(std::shared_ptr<const storage::run_log> log, bool may_be_kept) {
  auto actor = self_->spawn(
    run_behavior, run_start{user_, epoch_, log->run, {}, log}, caf::actor_cast<user_actor>(self_), services_);
  if (may_be_kept) {
    self_->monitor(actor);
    ended_.insert_or_assign(
      log->run.id, ended_run{log->run.conversation, caf::actor_cast<caf::weak_actor_ptr>(actor), log->events.empty()});
  }
  return actor;
}

caf::result<entity_reply> user_state::handle(const get_run& what) {
  return later<entity_reply>(what.session, [this, id = what.run](answer_ptr<entity_reply> answer) {
    if (const auto it = runs_.find(id); it != runs_.end()) {
      ask_run<get_run, genesis::run>(it->second.actor, {{}, id}, [this, answer](result<genesis::run> now) {
        if (now)
          answer->deliver(shown(*now));
        else
          answer->fail(now.error());
      });
      return;
    }
    show_stored_run(id, answer);
  });
}

void user_state::show_stored_run(const run_id& id, answer_ptr<entity_reply> answer) {
  ask_storage<storage::find_run, genesis::run>({user_, id}, [this, id, answer](result<genesis::run> found) {
    if (!found) {
      answer->fail(found.error());
    } else if (has_ended(found->status)) {
      answer->deliver(shown(*found));
    } else {
      find_settled(id, [this, answer](result<storage::run_log> settled) {
        if (settled)
          answer->deliver(shown(settled->run));
        else
          answer->fail(settled.error());
      });
    }
  });
}

caf::result<entity_reply> user_state::handle(const cancel_run& what) {
  return later<entity_reply>(what.session, [this, id = what.run](answer_ptr<entity_reply> answer) {
    const auto it = runs_.find(id);
    if (it == runs_.end()) {
      show_stored_run(id, answer);
      return;
    }
    ask_run<stop_run, genesis::run>(it->second.actor, {}, [this, answer](result<genesis::run> ended) {
      if (ended)
        answer->deliver(shown(*ended));
      else
        answer->fail(ended.error());
    });
  });
}

turn_ptr user_state::make_turn(const get_turn& what, const storage::coaching_history& history) const {
  auto turn = std::make_shared<coach::turn>();
  turn->person = data_.person;
  turn->prefs = data_.prefs;
  turn->records = history.records;
  for (const auto& each : history.messages) {
    if (each.id == what.run.user_message)
      break;
    turn->history.push_back(each);
  }
  turn->question = what.question;
  turn->asked_for = what.run.agent;
  turn->now = now();
  return turn;
}

caf::result<turn_ptr> user_state::handle(const get_turn& what) {
  auto answer = hold_answer<turn_ptr>(self_);
  const auto since = now() - coaching_window;
  ask_storage<storage::load_coaching_history, storage::coaching_history>(
    {user_, what.run.conversation, since}, [this, what, answer](result<storage::coaching_history> found) {
      if (!found) {
        answer->fail(found.error());
        return;
      }
      // The state last: it may be dropped and loaded anew while the history is read.
      wait_for_load([this, what, answer, history = std::move(*found)](const std::optional<error>& failed) {
        if (failed || phase_ != phase::ready)
          answer->fail(failed ? *failed : error{errc::not_found, "the account was deleted"});
        else
          answer->deliver(make_turn(what, history));
      });
    });
  return caf::delegated<turn_ptr>{};
}

/// A run repeats this when it does not know whether its end is stored. What is stored stands, whatever the run would
/// store by now: the answer and its revision have been shown to others.
caf::result<run_outcome> user_state::handle(const finish_run& what) {
  auto promise = hold_answer<run_outcome>(self_);
  const auto it = runs_.find(what.run.id);
  if (it == runs_.end() || !it->second.is_stored) {
    promise->fail({errc::not_found, "the run was deleted"});
    return caf::delegated<run_outcome>{};
  }
  auto answer = it->second.answer;
  answer.content = what.text;
  answer.artifacts_json = what.artifacts_json;
  answer.agent = what.run.agent;
  answer.status = what.run.status == run_status::success ? message_status::complete : message_status::incomplete;
  ++answer.revision;
  const bool is_repeated = std::exchange(it->second.has_end_been_tried, true);
  write_operation operation;
  operation.is_internal = true;
  if (is_repeated)
    operation.needs.run = what.run.id;
  operation.decide = [this, what, answer, is_repeated, promise](user_draft& draft) mutable -> result<continuation> {
    // Deleted by this batch, or by one before it that has abandoned the run meanwhile.
    if (draft.has_removed(answer.conversation) || !runs_.contains(what.run.id))
      return fail(errc::not_found, "the conversation was deleted");
    run_outcome outcome{what.run, answer};
    if (is_repeated) {
      const auto stored = draft.find(what.run.id);
      if (!stored)
        return std::unexpected(stored.error());
      if (has_ended(stored->run.status))
        return continuation{[this, outcome = run_outcome{stored->run, stored->answer}, promise] {
          if (const auto known = runs_.find(outcome.run.id); known != runs_.end())
            known->second.has_another_end = true;
          promise->deliver(outcome);
        }};
    }
    outcome.answer.updated_at = draft.now();
    draft.end_run(outcome.run, outcome.answer, what.events);
    return continuation{[outcome = std::move(outcome), promise] { promise->deliver(outcome); }};
  };
  operation.refuse = [promise](const error& failed) { promise->fail(failed); };
  submit(std::move(operation));
  return caf::delegated<run_outcome>{};
}

}  // namespace genesis
