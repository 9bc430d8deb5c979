#pragma once

#include "actors/deadlines.hpp"
#include "actors/user_state.hpp"

/// The generic steps that reads and writes of a user actor are made of. Included by the user_*.cpp files only.
namespace genesis {

template <class Q, class R, class Actor>
void user_state::ask_reader(
  const Actor& reader, std::chrono::milliseconds deadline, Q question, std::function<void(result<R>)> then) {
  ++reads_under_way_;
  self_->request(reader, deadline, std::move(question))
    .then(
      [this, then, asked_on = timeline_](R& answer) {
        --reads_under_way_;
        if (phase_ == phase::gone)  // nothing is found any more: an empty page would say that there is a person
          then(std::unexpected(nobody()));
        else if (asked_on != 0 && asked_on != timeline_)  // read before a failover, it would get a tag of behind it
          then(fail(errc::unavailable, "another server has taken over the database; ask again"));
        else
          then(std::move(answer));
        leave_if_gone();
      },
      [this, then](const caf::error& failed) {
        --reads_under_way_;
        auto what = from_caf(failed);
        if (phase_ == phase::gone)
          what = nobody();
        else if (what.code == errc::outcome_unknown)  // a read that was not answered in time has changed nothing
          what = {errc::unavailable, "the database did not answer in time"};
        then(std::unexpected(std::move(what)));
        leave_if_gone();
      });
}

template <class Q, class R>
void user_state::ask_run(const run_actor& whom, Q question, std::function<void(result<R>)> then) {
  ++reads_under_way_;
  self_->request(whom, owner_deadline, std::move(question))
    .then(
      [this, then](R& answer) {
        --reads_under_way_;
        then(std::move(answer));
        leave_if_gone();
      },
      [this, then](const caf::error& failed) {
        --reads_under_way_;
        then(std::unexpected(from_caf(failed)));
        leave_if_gone();
      });
}

template <class T>
caf::result<T> user_state::later(
  const credential& by, std::function<void(answer_ptr<T>)> go_on, std::optional<rate_limit> takes) {
  auto answer = hold_answer<T>(self_);
  wait_for_load([this, by, answer, takes, go_on = std::move(go_on)](const std::optional<error>& failed) {
    if (failed)
      answer->fail(*failed);
    else if (auto no = admit(by, takes))
      answer->fail(*no);
    else
      go_on(answer);
  });
  return caf::delegated<T>{};
}

inline void user_state::count_read(bool is_from_memory) {
  (is_from_memory ? counters().l1_user_hits : counters().l1_user_misses).add();
}

template <class T>
caf::result<T> user_state::read_state(const credential& by, std::function<void(answer_ptr<T>)> go_on) {
  return later<T>(by, [was_here = is_here(), go_on = std::move(go_on)](answer_ptr<T> answer) {
    count_read(was_here);
    go_on(std::move(answer));
  });
}

template <class T, class Q, class R>
caf::result<T> user_state::read(const credential& by, Q question, std::function<T(R&)> show) {
  return later<T>(by, [this, question = std::move(question), show = std::move(show)](answer_ptr<T> answer) {
    count_read(/*is_from_memory=*/false);
    ask_storage<Q, R>(question, [answer, show](result<R> found) {
      if (found)
        answer->deliver(show(*found));
      else
        answer->fail(found.error());
    });
  });
}

template <class T>
void user_state::submit(
  write_needs needs, std::function<result<std::function<T()>>(user_draft&)> decide, answer_ptr<T> answer) {
  write_operation operation;
  operation.needs = std::move(needs);
  operation.decide = [decide = std::move(decide), answer](user_draft& draft) -> result<continuation> {
    auto shown = decide(draft);
    if (!shown)
      return std::unexpected(shown.error());
    return continuation{[answer, show = std::move(*shown)] { answer->deliver(show()); }};
  };
  operation.refuse = [answer](const error& what) { answer->fail(what); };
  submit(std::move(operation));
}

template <class T>
caf::result<T> user_state::write(const credential& by, write_needs needs,
  std::function<result<std::function<T()>>(user_draft&)> decide, std::optional<rate_limit> takes) {
  return later<T>(
    by,
    [this, by, needs = std::move(needs), decide = std::move(decide)](answer_ptr<T> answer) {
      const auto decide_if_alive = [by, decide](user_draft& draft) -> result<std::function<T()>> {
        if (auto no = refusal(by, draft))  // what comes before it may have ended the session
          return std::unexpected(std::move(*no));
        return decide(draft);
      };
      submit<T>(needs, decide_if_alive, std::move(answer));
    },
    takes);
}

template <class T>
entity_reply user_state::shown(const T& value) const {
  const auto& encode = std::get<item_encoder<T>>(services_->encode.items);
  return {200, std::make_shared<const std::string>(encode.body(value)), tag_of(value.id.value, value.revision), {}};
}

template <class T>
entity_reply user_state::shown_as_made(const T& value) const {
  auto reply = shown(value);
  reply.status = 201;
  reply.location = std::get<item_encoder<T>>(services_->encode.items).location(value.id);
  return reply;
}

/// Why a change under this condition is not done.
inline std::optional<error> unmet(const std::optional<precondition>& if_match, const std::string& current) {
  if (if_match && !if_match->holds_for(current))
    return error{
      errc::precondition_failed, "the object has changed: If-Match or If-None-Match does not allow its revision"};
  return std::nullopt;
}

/// The latter of two faults of a field knows more than the body's schema did.
inline void add_fault(field_errors& faults, field_error added) {
  std::erase_if(faults, [&](const field_error& each) { return each.field == added.field; });
  faults.push_back(std::move(added));
}

}  // namespace genesis
