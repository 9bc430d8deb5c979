#include "storage/batch_writer.hpp"

#include "storage/item_statements.hpp"
#include "storage/message_index.hpp"
#include "storage/search_terms.hpp"

#include <algorithm>
#include <variant>

namespace genesis::storage {

template <class... Arguments>
bool batch_writer::put_one(statement_id id, const Arguments&... arguments) {
  if (pace_ != pace::in_step)
    return run_one(id, arguments...);
  database_.gather(id, arguments...);
  return true;
}

template <class... Arguments>
bool batch_writer::run_one(statement_id id, const Arguments&... arguments) {
  if (pace_ != pace::one_by_one) {
    database_.send(id, changes::one_row, arguments...);
    return true;
  }
  if (database_.execute(id, arguments...) == 1)
    return true;
  misfit_ = id;
  return false;
}

template <class... Arguments>
void batch_writer::run(statement_id id, const Arguments&... arguments) {
  if (pace_ != pace::one_by_one)
    database_.send(id, changes::any_rows, arguments...);
  else
    database_.execute(id, arguments...);
}

error batch_writer::refusal_of(statement_id misfit) {
  switch (misfit) {
  case statement_id::raise_fence: return {errc::fenced, {}};
  case statement_id::delete_invitation: return {errc::forbidden, "this invitation was used or has expired"};
  default: return {errc::conflict, "a change does not fit what is stored"};
  }
}

template <class T>
bool batch_writer::apply(const put_item<T>& change) {
  return put_one(item_statements<T>::upsert, batch_.user, change.value);
}

template <class T>
bool batch_writer::apply(const remove_item<T>& change) {
  run(item_statements<T>::remove, change.item, batch_.user);
  return true;
}

result<write_receipt> batch_writer::write() {
  was_fenced_ = !pass_fence();
  if (was_fenced_)
    return fail(errc::fenced);
  for (const auto& each : batch_.mutations)
    if (!apply_any(each))
      return std::unexpected(refusal_of(*misfit_));
  return receipt();
}

void batch_writer::write_in_step(std::span<batch_writer> writers) {
  if (writers.empty())
    return;
  auto& database = writers.front().database_;
  std::size_t steps = 0;
  for (auto& each : writers) {
    each.pass_fence();
    steps = std::max(steps, each.batch_.mutations.size());
  }
  database.send_gathered();
  for (std::size_t step = 0; step < steps; ++step) {
    for (auto& each : writers)
      if (step < each.batch_.mutations.size())
        each.apply_any(each.batch_.mutations[step]);
    database.send_gathered();
  }
}

write_receipt batch_writer::receipt() const {
  return {.version = batch_.version + batch_.steps, .position = std::nullopt};
}

bool batch_writer::apply_any(const mutation& change) {
  return std::visit([&](const auto& each) { return apply(each); }, change);
}

bool batch_writer::pass_fence() {
  const auto creates = [](const mutation& each) { return std::holds_alternative<create_user>(each); };
  if (std::ranges::any_of(batch_.mutations, creates)) {
    run(statement_id::insert_fence, batch_.user, batch_.version + batch_.steps, batch_.epoch, activity_of(now_));
    return true;
  }
  return put_one(statement_id::raise_fence, batch_.steps, activity_of(now_), batch_.user, batch_.version, batch_.epoch);
}

bool batch_writer::apply(const create_user& change) {
  run(statement_id::insert_user, change.person, change.password_hash);
  run(statement_id::insert_preferences, change.prefs, batch_.user);
  return true;
}

bool batch_writer::apply(const use_invitation& change) {
  return run_one(statement_id::delete_invitation, change.hash, change.email, now_);
}

bool batch_writer::apply(const put_user& change) {
  return put_one(statement_id::update_user, change.person);
}

bool batch_writer::apply(const put_preferences& change) {
  return put_one(statement_id::update_preferences, change.prefs, batch_.user);
}

bool batch_writer::apply(const put_password& change) {
  return put_one(statement_id::update_password, change.password_hash, batch_.user);
}

bool batch_writer::apply(const put_session& change) {
  return put_one(statement_id::upsert_session, batch_.user, change.value);
}

bool batch_writer::apply(const remove_sessions& change) {
  for (const auto& id : change.sessions)
    run(statement_id::delete_session, id, batch_.user);
  return true;
}

bool batch_writer::apply(const put_api_key& change) {
  return put_one(statement_id::upsert_api_key, batch_.user, change.value);
}

bool batch_writer::apply(const remove_api_keys& change) {
  for (const auto& id : change.keys)
    run(statement_id::delete_api_key, id, batch_.user);
  return true;
}

bool batch_writer::apply(const put_used_refresh_token& change) {
  run(statement_id::insert_refresh_token, batch_.user, change.hash, change.session, change.used_at);
  return true;
}

bool batch_writer::apply(const put_conversation& change) {
  return put_one(statement_id::upsert_conversation, batch_.user, change.value);
}

bool batch_writer::apply(const remove_conversation& change) {
  run(statement_id::delete_conversation, change.conversation, batch_.user);
  unindex_messages(database_);
  return true;
}

bool batch_writer::apply(const put_message& change) {
  const auto statement = change.is_new ? statement_id::insert_message : statement_id::upsert_message;
  if (database_.backend().kind() == engine::sqlite)  // its triggers see to the index
    return put_one(statement, batch_.user, change.value);
  const auto terms = to_tsvector(change.value.content, batch_.user, words_);
  return put_one(statement, batch_.user, change.value, terms);
}

bool batch_writer::apply(const put_run& change) {
  return put_one(statement_id::upsert_run, batch_.user, change.value);
}

bool batch_writer::apply(const put_run_events& change) {
  if (change.events.empty())
    return true;
  const auto first_seq = change.events.front().seq;
  run(statement_id::delete_run_events_from, change.run, first_seq);
  return run_one(statement_id::insert_run_events, first_seq, pack_events(change.events), change.run, batch_.user);
}

bool batch_writer::apply(const put_idempotency& change) {
  return put_one(statement_id::upsert_idempotency_key, batch_.user, change.record);
}

bool batch_writer::apply(const remove_user&) {
  const bool is_removed = run_one(statement_id::delete_fence, batch_.user);
  unindex_messages(database_);
  return is_removed;
}

}  // namespace genesis::storage
