#include "http/routes/specs.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

constexpr std::string_view tag = "Access";

response_spec created_key() {
  auto made = answers(created_api_key_schema,
    "The key; its text is shown this once. A repetition with the same Idempotency-Key shows all "
    "but the text.",
    201);
  made.has_location = true;
  return made;
}

}  // namespace

std::vector<route_spec> access_routes() {
  return {
    {.verb = method::get,
      .path = "/api/v1/api-keys",
      .operation_id = "list_api_keys",
      .summary = "List the API keys",
      .description = "Those that were neither revoked nor have expired, without their texts.",
      .tag = tag,
      .cache = cache_class::private_list,
      .query = api_key_list_parameters,
      .responses = {answers(api_key_list_schema, "A page of keys.")}},
    {.verb = method::post,
      .path = "/api/v1/api-keys",
      .operation_id = "create_api_key",
      .summary = "Make an API key",
      .description = "Programs send it as Authorization: Bearer or X-API-Key. It outlives sessions and a change of the "
                     "password; it is refused while the account is disabled. A person has at most 32.",
      .tag = tag,
      .body = &new_api_key_schema,
      .responses = {created_key()},
      .problems = {problem_code::conflict},
      .takes_idempotency_key = true},
    {.verb = method::get,
      .path = "/api/v1/api-keys/{id:uuid}",
      .operation_id = "show_api_key",
      .summary = "Show an API key",
      .description = "As in the list, without its text.",
      .tag = tag,
      .cache = cache_class::private_entity,
      .responses = {answers(api_key_schema, "The key.")},
      .example_id = parts::example_api_key},
    {.verb = method::delete_,
      .path = "/api/v1/api-keys/{id:uuid}",
      .operation_id = "delete_api_key",
      .summary = "Revoke an API key",
      .description = "It is refused from the next request on.",
      .tag = tag,
      .responses = {no_content("The key is gone.")},
      .takes_if_match = true,
      .example_id = parts::example_api_key},
    {.verb = method::get,
      .path = "/api/v1/sessions",
      .operation_id = "list_sessions",
      .summary = "List the sessions",
      .description = "Logins that have not ended.",
      .tag = tag,
      .cache = cache_class::private_list,
      .query = session_list_parameters,
      .responses = {answers(session_list_schema, "A page of sessions.")}},
    {.verb = method::get,
      .path = "/api/v1/sessions/{id:uuid}",
      .operation_id = "show_session",
      .summary = "Show a session",
      .description = "As in the list.",
      .tag = tag,
      .cache = cache_class::private_list,
      .responses = {answers(session_schema, "The session.")},
      .example_id = parts::example_session},
    {.verb = method::delete_,
      .path = "/api/v1/sessions/{id:uuid}",
      .operation_id = "delete_session",
      .summary = "End a session",
      .description = "Its tokens are refused from the next request on. Ending the current one is a logout.",
      .tag = tag,
      .responses = {no_content("The session has ended.")},
      .takes_if_match = true,
      .example_id = parts::example_session},
  };
}

}  // namespace genesis::http
