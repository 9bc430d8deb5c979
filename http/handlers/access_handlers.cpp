#include "auth/api_key.hpp"
#include "http/bodies.hpp"
#include "http/conditional.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

namespace genesis::http {

void list_api_keys(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<page_query>(front, request, read_api_keys_query);
  if (!query)
    return;
  front.ask_owner<page<api_key>>(request, get_api_keys{request->who.session(), *query},
    [request](page<api_key>& found) { request->respond(json_response(*request, api_keys_page(found))); });
}

void add_api_key(front_state& front, const exchange_ptr& request) {
  std::optional<idempotency_key> repeated;
  if (!read_idempotency_key(front, request, repeated))
    return;
  front.read_body<new_api_key>(request, read_new_api_key, [&front, request, repeated](new_api_key& body) {
    const api_key_id id{front.desk().new_id()};
    auto made = auth::make_api_key(request->who.user, id);
    create_api_key message{
      request->who.session(), id, made.hash, std::move(body.name), std::move(body.scopes), body.expires_at, repeated};
    front.ask_owner<entity_reply>(
      request, std::move(message), [request, id, text = std::move(made.text)](entity_reply& reply) {
        // The answer to a repeated request shows the first one's key, whose text nobody has any more.
        if (reply.location.ends_with(to_string(id)))
          reply.body = std::make_shared<const std::string>(created_api_key_body(*reply.body, text));
        auto answer = to_response(*request, std::move(reply));
        answer.is_secret = true;
        request->respond(std::move(answer));
      });
  });
}

void show_api_key(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_api_key{request->who.session(), request->match.id<api_key_id>()});
}

void remove_key(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (read_preconditions(front, request, condition))
    relay(
      front, request, remove_api_key{request->who.session(), request->match.id<api_key_id>(), std::move(condition)});
}

void list_sessions(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<page_query>(front, request, read_sessions_query);
  if (!query)
    return;
  const auto current = request->who.session();
  front.ask_owner<page<session>>(request, get_sessions{current, *query}, [request, current](page<session>& found) {
    request->respond(json_response(*request, sessions_page(found, current)));
  });
}

void show_session(front_state& front, const exchange_ptr& request) {
  const auto current = request->who.session();
  front.ask_owner<session>(
    request, get_open_session{current, request->match.id<session_id>()}, [request, current](const session& found) {
      request->respond(json_response(*request, session_body(found, current)));
    });
}

void remove_session(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (!read_preconditions(front, request, condition))
    return;
  const auto current = request->who.session();
  end_session message{current, request->match.id<session_id>()};
  if (condition)
    message.is_meant = [condition, current, user = request->who.user](const session& now) {
      return condition->holds_for(tag_of_body(session_body(now, current), user));
    };
  relay(front, request, std::move(message));
}

}  // namespace genesis::http
