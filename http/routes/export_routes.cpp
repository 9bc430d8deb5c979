#include "http/routes/specs.hpp"
#include "http/schemas.hpp"

namespace genesis::http {

namespace {

constexpr std::string_view tag = "Exports";

constexpr std::string_view ndjson_example =
  "{\"id\":\"0198c5a2-9a11-7d2c-b163-4f80ad7c3e03\",\"conversation_id\":\"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02\","
  "\"seq\":1,\"role\":\"user\",\"agent\":null,\"content\":\"Hello\",\"status\":\"complete\",\"run_id\":null,"
  "\"artifacts\":[],\"metadata\":{},\"created_at\":\"2026-03-01T07:30:00.000Z\","
  "\"updated_at\":\"2026-03-01T07:30:00.000Z\",\"revision\":1}\n";
constexpr std::string_view csv_example =
  "id,conversation_id,seq,role,agent,content,status,run_id,artifacts,metadata,created_at,updated_at,revision\r\n"
  "0198c5a2-9a11-7d2c-b163-4f80ad7c3e03,0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02,1,user,,Hello,complete,,[],{},"
  "2026-03-01T07:30:00.000Z,2026-03-01T07:30:00.000Z,1\r\n";
constexpr std::string_view everything_example =
  "{\"type\":\"conversation\",\"id\":\"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02\",\"title\":\"Squats\",\"agent\":null,"
  "\"archived\":false,\"message_count\":0,\"last_message_at\":null,\"created_at\":\"2026-03-01T07:30:00.000Z\","
  "\"updated_at\":\"2026-03-01T07:30:00.000Z\",\"revision\":1}\n"
  "{\"type\":\"end\",\"lines\":1}\n";

}  // namespace

std::vector<route_spec> export_routes() {
  return {
    {.verb = method::get,
      .path = "/api/v1/messages/export",
      .operation_id = "export_messages",
      .summary = "Export all messages",
      .description =
        "Conversation by conversation from the oldest on, and in each in the order of seq, as fast as they are read. "
        "Each is as it was when it was read; one that is written meanwhile may be missing. A line of NDJSON is a "
        "message. CSV is that of RFC 4180 with a header, for spreadsheets: contents that one of these would take for a "
        "formula, and those that begin with an apostrophe, have an apostrophe before them. The answer is whole when it "
        "ends with its last chunk; one that was cut is asked for again. A person has one export at a time.",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::stream,
      .query = export_parameters,
      .responses = {{.status = 200,
                      .description = "The messages.",
                      .media_type = "application/x-ndjson",
                      .example = ndjson_example},
        {.status = 200, .description = "The messages.", .media_type = "text/csv", .example = csv_example}},
      .problems = {problem_code::not_acceptable, problem_code::not_found}},
    {.verb = method::get,
      .path = "/api/v1/users/me/export",
      .operation_id = "export_everything",
      .summary = "Export everything",
      .description =
        "Everything that is kept of the person and shown to them elsewhere, an object a line: type says whether it is "
        "a profile, preferences, session, api_key, conversation, message, run, progress, workout_plan, nutrition_plan "
        "or nutrition_log; the other members are those of that object. Sessions and API keys are there for whoever has "
        "logged in, not for an API key. The last line is {\"type\":\"end\",\"lines\":N} with the number of lines "
        "before it.",
      .tag = tag,
      .scopes = {key_scope::read},
      .cache = cache_class::stream,
      .responses = {{.status = 200,
        .description = "Everything, a line each.",
        .media_type = "application/x-ndjson",
        .example = everything_example}},
      .problems = {problem_code::not_acceptable}},
  };
}

}  // namespace genesis::http
