#pragma once

#include "http/front_actor.hpp"
#include "http/metrics.hpp"

#include <optional>

/// What answers each route: free functions over the front and one exchange. They run in the front actor, on its I/O
/// thread.
namespace genesis::http {

using handler = void (*)(front_state&, const exchange_ptr&);

/// The handler of a route by its index in `route_specs()`.
handler handler_of(std::size_t route);

// Accounts.
void register_account(front_state& front, const exchange_ptr& request);
void log_in_account(front_state& front, const exchange_ptr& request);
void refresh_session(front_state& front, const exchange_ptr& request);
void log_out(front_state& front, const exchange_ptr& request);
void change_account_password(front_state& front, const exchange_ptr& request);
void show_user(front_state& front, const exchange_ptr& request);
void list_people(front_state& front, const exchange_ptr& request);
void change_user(front_state& front, const exchange_ptr& request);
void delete_account(front_state& front, const exchange_ptr& request);
void show_preferences(front_state& front, const exchange_ptr& request);
void change_preferences(front_state& front, const exchange_ptr& request);

// API keys and sessions.
void list_api_keys(front_state& front, const exchange_ptr& request);
void add_api_key(front_state& front, const exchange_ptr& request);
void show_api_key(front_state& front, const exchange_ptr& request);
void remove_key(front_state& front, const exchange_ptr& request);
void list_sessions(front_state& front, const exchange_ptr& request);
void show_session(front_state& front, const exchange_ptr& request);
void remove_session(front_state& front, const exchange_ptr& request);

// Conversations and messages.
void list_conversations(front_state& front, const exchange_ptr& request);
void add_conversation(front_state& front, const exchange_ptr& request);
void show_conversation(front_state& front, const exchange_ptr& request);
void change_conversation(front_state& front, const exchange_ptr& request);
void remove_conversation(front_state& front, const exchange_ptr& request);
void list_messages(front_state& front, const exchange_ptr& request);
void search_own_messages(front_state& front, const exchange_ptr& request);
void add_message(front_state& front, const exchange_ptr& request);
void show_message(front_state& front, const exchange_ptr& request);

// Progress and the food diary, where they differ from plans and from each other (item_handlers.hpp has the rest).
void list_progress(front_state& front, const exchange_ptr& request);
void add_progress(front_state& front, const exchange_ptr& request);
void list_nutrition_logs(front_state& front, const exchange_ptr& request);

// Chat and runs.
void chat(front_state& front, const exchange_ptr& request);
void stream_chat(front_state& front, const exchange_ptr& request);
void show_run(front_state& front, const exchange_ptr& request);
void resume_run(front_state& front, const exchange_ptr& request);
void stop_run_of(front_state& front, const exchange_ptr& request);

// Exports.
void export_messages(front_state& front, const exchange_ptr& request);
void export_everything(front_state& front, const exchange_ptr& request);

// Caches, for admins.
void show_caches(front_state& front, const exchange_ptr& request);
void warm_people(front_state& front, const exchange_ptr& request);
void forget_entries(front_state& front, const exchange_ptr& request);
void purge_edge(front_state& front, const exchange_ptr& request);

// The service itself.
void show_live(front_state& front, const exchange_ptr& request);
void show_ready(front_state& front, const exchange_ptr& request);
void show_health(front_state& front, const exchange_ptr& request);
void show_metrics(front_state& front, const exchange_ptr& request);
void show_openapi(front_state& front, const exchange_ptr& request);
void show_keys(front_state& front, const exchange_ptr& request);
void show_problem(front_state& front, const exchange_ptr& request);
void show_root(front_state& front, const exchange_ptr& request);

// What handlers have in common.

/// The answer of an object's owner, with the cache class of the route.
response to_response(const exchange& request, entity_reply reply);
/// Answers with what the owner says to `message`.
template <class M>
void relay(front_state& front, const exchange_ptr& request, M message) {
  front.ask_owner<entity_reply>(request, std::move(message),
    [&front, request](entity_reply& reply) { front.respond(request, to_response(*request, std::move(reply))); });
}
/// A body that is JSON, made for this answer alone.
response json_response(const exchange& request, std::string body, int status = 200);
/// A page of a list with its tag, encoded where it may be: long ones on another thread.
void answer_list(front_state& front, const exchange_ptr& request, page<conversation>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<message>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<found_message>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<progress_record>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<workout_plan>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<nutrition_plan>& found);
void answer_list(front_state& front, const exchange_ptr& request, page<nutrition_log>& found);

/// A person, or people, with what else was asked for, likewise.
void answer_view(front_state& front, const exchange_ptr& request, user_view& found);
void answer_people(front_state& front, const exchange_ptr& request, std::vector<known_person>& found);

/// `If-Match` and `If-None-Match`, when the request has them; refuses it and gives false when one is malformed.
bool read_preconditions(front_state& front, const exchange_ptr& request, std::optional<precondition>& into);
/// Refuses a POST whose condition does not hold, once its owner has found with `look` what it is about: that something
/// is not there comes first.
template <class M>
void refuse_unmet(front_state& front, const exchange_ptr& request, M look) {
  front.ask_owner<entity_reply>(
    request, std::move(look), [&front, request](entity_reply&) { front.report(request, *request->unmet); });
}
/// `Idempotency-Key` and the fingerprint of the request, likewise.
bool read_idempotency_key(front_state& front, const exchange_ptr& request, std::optional<idempotency_key>& into);
/// The query, likewise.
template <class T>
std::optional<T> read_query(
  front_state& front, const exchange_ptr& request, accepted<T> (*reader)(const query_parameters&)) {
  auto query = query_parameters::parse(request->head.query());
  if (!query) {
    count_refused(query.error());
    front.report(request, to_problem(query.error()));
    return std::nullopt;
  }
  auto read = reader(*query);
  if (!read) {
    front.report(request, read.error());
    return std::nullopt;
  }
  return std::move(*read);
}

}  // namespace genesis::http
