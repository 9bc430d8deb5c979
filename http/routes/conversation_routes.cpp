#include "http/routes/specs.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

constexpr std::string_view tag = "Conversations";

}  // namespace

std::vector<route_spec> conversation_routes() {
  return {
    {.verb = method::get,
      .path = "/api/v1/conversations",
      .operation_id = "list_conversations",
      .summary = "List conversations",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_list,
      .query = conversation_list_parameters,
      .responses = {answers(conversation_list_schema, "A page of conversations.")}},
    {.verb = method::post,
      .path = "/api/v1/conversations",
      .operation_id = "create_conversation",
      .summary = "Begin a conversation",
      .description = "One without a title is named after its first message.",
      .tag = tag,
      .scopes = {key_scope::write},
      .cache = cache_class::private_entity,
      .body = &new_conversation_schema,
      .responses = {created(conversation_schema, "The conversation.")},
      .takes_idempotency_key = true},
    {.verb = method::get,
      .path = "/api/v1/conversations/{id:uuid}",
      .operation_id = "show_conversation",
      .summary = "Show a conversation",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_entity,
      .responses = {answers(conversation_schema, "The conversation.")},
      .example_id = parts::example_conversation},
    {.verb = method::patch,
      .path = "/api/v1/conversations/{id:uuid}",
      .operation_id = "change_conversation",
      .summary = "Rename or archive a conversation",
      .tag = tag,
      .scopes = {key_scope::write},
      .cache = cache_class::private_entity,
      .body = &conversation_patch_schema,
      .responses = {answers(conversation_schema, "The conversation as changed.")},
      .takes_if_match = true,
      .example_id = parts::example_conversation},
    {.verb = method::delete_,
      .path = "/api/v1/conversations/{id:uuid}",
      .operation_id = "delete_conversation",
      .summary = "Delete a conversation",
      .description = "Cancels its runs and removes its messages.",
      .tag = tag,
      .scopes = {key_scope::write},
      .responses = {no_content("The conversation is gone.")},
      .takes_if_match = true,
      .example_id = parts::example_conversation},
    {.verb = method::get,
      .path = "/api/v1/conversations/{id:uuid}/messages",
      .operation_id = "list_messages",
      .summary = "List the messages of a conversation",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_list,
      .query = message_list_parameters,
      .responses = {answers(message_list_schema, "A page of messages.")},
      .example_id = parts::example_conversation},
    {.verb = method::post,
      .path = "/api/v1/conversations/{id:uuid}/messages",
      .operation_id = "post_message",
      .summary = "Store a message",
      .description = "Stores one message of the person and asks nobody; POST /api/v1/chat asks the coach.",
      .tag = tag,
      .scopes = {key_scope::write},
      .cache = cache_class::private_entity,
      .body = &new_message_schema,
      .responses = {created(message_schema, "The message.")},
      .takes_idempotency_key = true,
      .example_id = parts::example_conversation},
    {.verb = method::get,
      .path = "/api/v1/messages/search",
      .operation_id = "search_messages",
      .summary = "Search all messages",
      .description =
        "Finds the person's messages, in all conversations, that have every word of q; the best fit comes first, the "
        "newest of equals. Words are found in other forms too (English and Spanish), in any case, with and without "
        "accents. \"Words in quotation marks\" stand side by side, -words are not there, and begin* is how a word "
        "begins. A q that cannot be read is a 400 that says at which character.",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_list,
      .query = message_search_parameters,
      .responses = {answers(found_message_list_schema, "A page of messages, each with what was found in it.")}},
    {.verb = method::get,
      .path = "/api/v1/messages/{id:uuid}",
      .operation_id = "show_message",
      .summary = "Show a message",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::private_entity,
      .responses = {answers(message_schema, "The message.")},
      .example_id = parts::example_question},
  };
}

}  // namespace genesis::http
