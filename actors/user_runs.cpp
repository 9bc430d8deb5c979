#include "actors/run_state.hpp"
#include "actors/user_templates.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace genesis {

namespace {

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

/// Ends what is stored of a run and of its answer; the events that this adds.
std::vector<run_event> interrupt(storage::run_log& log, const encoders& encode, timestamp now) {
  auto& [run, events, answer] = log;
  answer.agent = run.agent;
  answer.content = text_of(events);
  answer.artifacts_json = encode.artifact_array_of(events);
  answer.status = message_status::incomplete;
  mark_changed(answer, now);
  ++answer.revision;
  auto missing = interrupt(
    run, events, now, encode.start_fields(run), encode.end_fields(run_status::interrupted, run.assistant_message));
  events.insert(events.end(), missing.begin(), missing.end());
  return missing;
}

/// The answer that was begun, with what the run has said.
message answer_of(message begun, const finish_run& what) {
  begun.content = what.text;
  begun.artifacts_json = what.artifacts_json;
  begun.agent = what.run.agent;
  begun.status = what.run.status == run_status::success ? message_status::complete : message_status::incomplete;
  ++begun.revision;
  return begun;
}

}  // namespace

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
    ended_.insert_or_assign(what.run,
      ended_run{it->second.run.conversation, caf::actor_cast<caf::weak_actor_ptr>(it->second.actor), now(), false});
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
  return later<run_ticket>(what.by, [this, what](answer_ptr<run_ticket> answer) { join(what, answer); });
}

/// All who read a run read from one actor: it holds the whole log.
void user_state::join(const join_run& what, answer_ptr<run_ticket> answer) {
  if (const auto it = runs_.find(what.run); it != runs_.end()) {
    join_live(what, it->second.actor, std::move(answer));
    return;
  }
  // The events are kept for a while; whether they still are, storage knows.
  const auto it = ended_.find(what.run);
  if (it != ended_.end() && (it->second.is_condensed || now() - it->second.ended_at < services_->runs.keep))
    join_ended(what, it->second, std::move(answer));
  else
    join_stored(what, std::move(answer));
}

void user_state::join_ended(const join_run& what, ended_run known, answer_ptr<run_ticket> answer) {
  const auto actor = caf::actor_cast<run_actor>(known.actor);
  if (!actor) {
    ended_.erase(what.run);
    join_stored(what, std::move(answer));
    return;
  }
  // Being asked, it stays a while longer: the reader's first message finds it there.
  ask_run<get_run, genesis::run>(actor, {what.by, what.run},
    [this, what, actor, is_condensed = known.is_condensed, answer](result<genesis::run> now) {
      if (!now) {  // it has left
        std::erase_if(
          ended_, [&](const auto& each) { return each.second.actor == caf::actor_cast<caf::weak_actor_ptr>(actor); });
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
  ask_run<get_run, genesis::run>(actor, {what.by, what.run}, [what, actor, answer](result<genesis::run> now) {
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
  const bool is_condensed = log->events.empty();
  std::optional<ended_run> known;
  if (const auto it = ended_.find(id); it != ended_.end() && it->second.is_condensed == is_condensed)
    known = it->second;
  run_actor actor;
  for (const auto& [what, answer] : waiting) {
    auto ticket = ticket_of(log->run, is_condensed, what.after);
    if (known && ticket.left == replay::readable && !what.only_looks) {
      join_ended(what, *known, answer);
      continue;
    }
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
    ended_.insert_or_assign(log->run.id, ended_run{log->run.conversation, caf::actor_cast<caf::weak_actor_ptr>(actor),
                                           log->run.ended_at.value_or(now()), log->events.empty()});
  }
  return actor;
}

caf::result<entity_reply> user_state::handle(const get_run& what) {
  return later<entity_reply>(what.by, [this, id = what.run](answer_ptr<entity_reply> answer) {
    const auto it = runs_.find(id);
    count_read(/*is_from_memory=*/it != runs_.end());
    if (it != runs_.end()) {
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
  return later<entity_reply>(
    what.by,
    [this, id = what.run](answer_ptr<entity_reply> answer) {
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
    },
    rate_limit::writes);
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
  const bool is_uncertain = it->second.is_end_uncertain;
  write_operation operation;
  operation.is_internal = true;
  if (is_uncertain)
    operation.needs.run = what.run.id;
  operation.decide = [this, what, is_uncertain, promise](user_draft& draft) -> result<continuation> {
    const auto known = runs_.find(what.run.id);
    if (known == runs_.end())  // abandoned by a batch before this one
      return fail(errc::not_found, "the conversation was deleted");
    if (draft.has_removed(known->second.run.conversation))  // which is not durable yet: once more behind it
      return fail(errc::fenced);
    // Since this was queued, what is stored has become uncertain, or the chunks that the run counts on.
    const bool counts_on_lost_chunks = what.timeline != 0 && what.timeline < timeline_;
    if ((known->second.is_end_uncertain && !is_uncertain) || counts_on_lost_chunks)
      return fail(errc::fenced);
    if (is_uncertain) {
      const auto stored = draft.find(what.run.id);
      if (!stored && stored.error().code == errc::not_found) {  // lost; the next of its conversation may speak
        forget_run(what.run.id);
        return fail(errc::unavailable, "the question was lost");
      }
      if (!stored)
        return std::unexpected(stored.error());
      if (has_ended(stored->run.status))
        return continuation{[this, outcome = run_outcome{stored->run, stored->answer}, promise] {
          if (const auto ended = runs_.find(outcome.run.id); ended != runs_.end())
            ended->second.has_another_end = true;
          promise->deliver(outcome);
        }};
    }
    known->second.is_end_uncertain = true;
    run_outcome outcome{what.run, answer_of(known->second.answer, what)};
    mark_changed(outcome.answer, draft.now());
    draft.end_run(outcome.run, outcome.answer, what.events);
    return continuation{[outcome = std::move(outcome), promise] { promise->deliver(outcome); }};
  };
  operation.refuse = [promise](const error& failed) { promise->fail(failed); };
  submit(std::move(operation));
  return caf::delegated<run_outcome>{};
}

}  // namespace genesis
