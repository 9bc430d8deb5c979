#include "http/bodies.hpp"
#include "http/handlers/handlers.hpp"
#include "http/queries.hpp"

namespace genesis::http {

void list_conversations(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<conversations_query>(front, request, read_conversations_query);
  if (!query)
    return;
  front.ask_owner<page<conversation>>(request, get_conversations{request->who.by, query->archived, query->page},
    [&front, request](page<conversation>& found) { answer_list(front, request, found); });
}

void add_conversation(front_state& front, const exchange_ptr& request) {
  std::optional<idempotency_key> key;
  if (!read_idempotency_key(front, request, key))
    return;
  front.read_body<new_conversation>(request, read_new_conversation, [&front, request, key](new_conversation& body) {
    relay(front, request, create_conversation{request->who.by, std::move(body.title), body.agent, key});
  });
}

void show_conversation(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_conversation{request->who.by, request->match.id<conversation_id>()});
}

void change_conversation(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (!read_preconditions(front, request, condition))
    return;
  front.read_body<conversation_patch>(
    request, read_conversation_patch, [&front, request, condition](conversation_patch& body) {
      patch_conversation message;
      message.by = request->who.by;
      message.conversation = request->match.id<conversation_id>();
      if (body.title)
        message.title = std::optional{*body.title};
      message.archived = body.archived;
      message.if_match = condition;
      relay(front, request, std::move(message));
    });
}

void remove_conversation(front_state& front, const exchange_ptr& request) {
  std::optional<precondition> condition;
  if (read_preconditions(front, request, condition))
    relay(front, request, delete_conversation{request->who.by, request->match.id<conversation_id>(), condition});
}

void list_messages(front_state& front, const exchange_ptr& request) {
  const auto query = read_query<messages_query>(front, request, read_messages_query);
  if (!query)
    return;
  front.ask_owner<page<message>>(request,
    get_messages{request->who.by, request->match.id<conversation_id>(), query->page},
    [&front, request](page<message>& found) { answer_list(front, request, found); });
}

void search_own_messages(front_state& front, const exchange_ptr& request) {
  auto query = read_query<message_search_query>(front, request, read_message_search_query);
  if (!query)
    return;
  front.ask_owner<page<found_message>>(request,
    get_found_messages{request->who.by, std::move(query->sought), query->page},
    [&front, request](page<found_message>& found) { answer_list(front, request, found); });
}

void add_message(front_state& front, const exchange_ptr& request) {
  std::optional<idempotency_key> key;
  if (!read_idempotency_key(front, request, key))
    return;
  const auto conversation = request->match.id<conversation_id>();
  front.read_body<new_message>(
    request, read_new_message,
    [&front, request, conversation, key](new_message& body) {
      relay(front, request,
        post_message{request->who.by, conversation, std::move(body.content), std::move(body.metadata_json), key});
    },
    [&front, request, conversation](
      new_message&) { refuse_unmet(front, request, get_conversation{request->who.by, conversation}); });
}

void show_message(front_state& front, const exchange_ptr& request) {
  relay(front, request, get_message{request->who.by, request->match.id<message_id>()});
}

}  // namespace genesis::http
