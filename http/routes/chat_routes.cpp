#include "http/routes/specs.hpp"
#include "http/schema_parts.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

using enum problem_code;
constexpr std::string_view tag = "Chat";

constexpr std::string_view sse_example =
  "id: 1\nevent: start\ndata: {\"run_id\":\"0198c5a2-9a13-7a4e-9385-61a2cf9e5005\","
  "\"conversation_id\":\"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02\","
  "\"user_message_id\":\"0198c5a2-9a11-7d2c-b163-4f80ad7c3e03\","
  "\"message_id\":\"0198c5a2-9a12-7e3d-a274-5091be8d4f04\",\"agent\":\"sage\"}\n\n"
  "id: 2\nevent: token\ndata: {\"text\":\"Hello \",\"agent\":\"sage\"}\n\n"
  "id: 3\nevent: end\ndata: {\"status\":\"success\",\"message_id\":\"0198c5a2-9a12-7e3d-a274-5091be8d4f04\"}\n\n";
constexpr std::string_view ndjson_example =
  "{\"seq\":1,\"type\":\"start\",\"run_id\":\"0198c5a2-9a13-7a4e-9385-61a2cf9e5005\","
  "\"conversation_id\":\"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02\","
  "\"user_message_id\":\"0198c5a2-9a11-7d2c-b163-4f80ad7c3e03\","
  "\"message_id\":\"0198c5a2-9a12-7e3d-a274-5091be8d4f04\",\"agent\":\"sage\"}\n"
  "{\"seq\":2,\"type\":\"token\",\"text\":\"Hello \",\"agent\":\"sage\"}\n"
  "{\"seq\":3,\"type\":\"end\",\"status\":\"success\",\"message_id\":\"0198c5a2-9a12-7e3d-a274-5091be8d4f04\"}\n";

constexpr std::string_view stream_help =
  "Events: start, queued, intent, agent_start, tool_start, tool_end, token, artifact, usage, error, end. Sequence "
  "numbers "
  "are dense from 1; the last event of every run is end, and an error comes before it. After 15 seconds of silence a "
  "comment (SSE) or an empty line (NDJSON) keeps the connection alive. In NDJSON an artifact's kind is artifact_type, "
  "since "
  "type is the event's. A stream that ends without end was cut: resume "
  "it "
  "with GET /api/v1/runs/{id}/stream and the last sequence number.";

std::vector<response_spec> stream_responses() {
  return {
    {.status = 200,
      .description = "The events of the run, as they happen.",
      .media_type = "text/event-stream",
      .example = sse_example},
    {.status = 200,
      .description = "The events of the run, as they happen.",
      .media_type = "application/x-ndjson",
      .example = ndjson_example},
  };
}

std::vector<response_spec> resumed_responses() {
  auto all = stream_responses();
  all.push_back(no_content("The run has ended and there is nothing behind `after`."));
  return all;
}

response_spec accepted_run() {
  auto made = answers(chat_accepted_schema, "The run goes on; Location says where to look.", 202);
  made.has_location = true;
  return made;
}

}  // namespace

std::vector<route_spec> chat_routes() {
  return {
    {.verb = method::post,
      .path = "/api/v1/chat",
      .operation_id = "chat",
      .summary = "Ask the coach and wait for the answer",
      .description = "One run at a time per conversation; further questions wait, eight at most.",
      .tag = tag,
      .scopes = {key_scope::chat},
      .body = &chat_schema,
      .responses = {answers(chat_answer_schema, "The run has ended, one way or another."), accepted_run()},
      .rate = rate_limit::chats,
      .problems = {not_found},
      .takes_idempotency_key = true},
    {.verb = method::post,
      .path = "/api/v1/chat/stream",
      .operation_id = "chat_stream",
      .summary = "Ask the coach and read the answer as it is written",
      .description = stream_help,
      .tag = tag,
      .scopes = {key_scope::chat},
      .cache = cache_class::stream,
      .body = &chat_schema,
      .query = chat_stream_parameters,
      .responses = stream_responses(),
      .rate = rate_limit::chats,
      .problems = {not_found},
      .takes_idempotency_key = true},
    {.verb = method::get,
      .path = "/api/v1/runs/{id:uuid}",
      .operation_id = "show_run",
      .summary = "Show a run",
      .tag = tag,
      .scopes = {key_scope::read, key_scope::chat},
      .cache = cache_class::private_list,
      .responses = {answers(run_schema, "The run.")},
      .example_id = parts::example_run},
    {.verb = method::get,
      .path = "/api/v1/runs/{id:uuid}/stream",
      .operation_id = "resume_run",
      .summary = "Read a run's events, from any place",
      .description = stream_help,
      .tag = tag,
      .scopes = {key_scope::read, key_scope::chat},
      .cache = cache_class::stream,
      .query = run_stream_parameters,
      .responses = resumed_responses(),
      .problems = {replay_expired},
      .takes_last_event_id = true,
      .example_id = parts::example_run},
    {.verb = method::post,
      .path = "/api/v1/runs/{id:uuid}/cancel",
      .operation_id = "cancel_run",
      .summary = "Stop a run",
      .description = "Stopping a run that has ended changes nothing and gives the run.",
      .tag = tag,
      .scopes = {key_scope::chat},
      .cache = cache_class::private_list,
      .body = &no_members_schema,
      .responses = {answers(run_schema, "The run, which has ended.")},
      .example_id = parts::example_run},
  };
}

}  // namespace genesis::http
