#include "http/encoders.hpp"

#include "domain/list_position.hpp"
#include "http/artifact_json.hpp"
#include "http/cursor.hpp"
#include "http/export_writers.hpp"
#include "http/json_span.hpp"
#include "http/json_writer.hpp"
#include "http/object_json.hpp"

#include <charconv>
#include <functional>

namespace genesis::http {

namespace {

template <class Object>
std::string body_of(const Object& what) {
  return json_object([&](json_writer& json) { write(json, what); }, 1'024);
}

std::string message_body(const message& what) {
  return json_object(
    [&](json_writer& json) { write(json, what); }, 512 + what.content.size() + what.artifacts_json.size());
}

std::string chat_body(const run& ended, const message& answer) {
  return json_object(
    [&](json_writer& json) {
      write_object(json.key("run"), ended);
      write_object(json.key("message"), answer);
      json.raw_member("artifacts", answer.artifacts_json);
    },
    1'024 + answer.content.size() + 2 * answer.artifacts_json.size());
}

std::string artifact_array(std::span<const artifact> artifacts) {
  std::string out;
  json_writer json{out};
  json.begin_array();
  for (const auto& each : artifacts) {
    json.begin_object();
    write_artifact(json, each);
    json.end_object();
  }
  json.end_array();
  return out;
}

/// The members of an `artifact` event are those of the object that a message keeps.
std::string artifact_array_of(std::span<const run_event> events) {
  std::string array = "[";
  for (const auto& event : events) {
    if (event.type != run_event_type::artifact)
      continue;
    if (array.size() > 1)
      array += ',';
    array += '{' + event.fields_json + '}';
  }
  return array + ']';
}

// --- members of run events
// -------------------------------------------------------------------------------------------------

/// Members without their braces.
template <class Fill>
std::string members(Fill&& fill) {
  std::string out;
  json_writer json{out};
  fill(json);
  return out;
}

std::string start_fields(const run& what) {
  return members([&](json_writer& json) {
    json.member("run_id", what.id).member("conversation_id", what.conversation);
    json.member("user_message_id", what.user_message).member("message_id", what.assistant_message);
    json.member("agent", what.agent);
  });
}

std::string queued_fields(std::int64_t position) {
  return members([&](json_writer& json) { json.member("position", position); });
}

std::string intent_fields(const coach::intent& what) {
  return members([&](json_writer& json) {
    json.member("intent", what.name).member("confidence", what.confidence).member("agents", what.agents);
  });
}

std::string agent_start_fields(agent who) {
  return members([&](json_writer& json) { json.member("agent", who).member("name", display_name(who)); });
}

std::string tool_start_fields(const coach::uses_tool& what) {
  return members([&](json_writer& json) {
    json.member("tool", what.tool).key("arguments").begin_object();
    for (const auto& argument : what.arguments)
      std::visit([&](const auto& value) { json.member(argument.name, value); }, argument.value);
    json.end_object();
  });
}

std::string tool_end_fields(const coach::uses_tool& what) {
  return members([&](json_writer& json) { json.member("tool", what.tool).member("ok", what.ok); });
}

std::string artifact_fields(const artifact& what) {
  return members([&](json_writer& json) { write_artifact(json, what); });
}

std::vector<std::string> stored_artifact_fields(const std::string& artifacts_json) {
  std::vector<std::string> all;
  json_span artifacts{artifacts_json};
  while (const auto each = artifacts.next_element())
    all.emplace_back(each->substr(1, each->size() - 2));
  return all;
}

std::string usage_fields(const token_usage& usage) {
  return members([&](json_writer& json) { write(json, usage); });
}

std::string error_fields(const run_failure& failure) {
  return members([&](json_writer& json) { write(json, failure); });
}

std::string end_fields(run_status status, const message_id& answer) {
  return members([&](json_writer& json) { json.member("status", status).member("message_id", answer); });
}

// --- frames
// ----------------------------------------------------------------------------------------------------------------

void write_event_members(json_writer& json, const run_event& event) {
  if (event.type == run_event_type::token)
    json.member("text", event.text).member("agent", event.agent);
  else
    json.raw_members(event.fields_json);
}

/// WHATWG HTML 9.2.5: the id comes first, so that a client that saw the event's data also remembers the id.
void append_sse(std::string& out, const run_event& event) {
  if (event.seq != 0)
    ((out += "id: ") += std::to_string(event.seq)) += '\n';
  ((out += "event: ") += name_of(event.type)) += "\ndata: ";
  json_writer json{out};
  json.begin_object();
  write_event_members(json, event);
  json.end_object();
  out += "\n\n";
}

/// A line has one `type`, the event's; an artifact's own is `artifact_type` there.
void append_ndjson(std::string& out, const run_event& event) {
  static constexpr std::string_view artifact_type_key = "\"type\":";
  json_writer json{out};
  json.begin_object();
  if (event.seq != 0)
    json.member("seq", event.seq);
  json.member("type", event.type);
  if (event.type == run_event_type::artifact && event.fields_json.starts_with(artifact_type_key))
    json.raw_members("\"artifact_type\":" + event.fields_json.substr(artifact_type_key.size()));
  else
    write_event_members(json, event);
  json.end_object();
  out += '\n';
}

std::string frame(const run_event& event, stream_format format) {
  std::string out;
  out.reserve(64 + event.text.size() + event.fields_json.size());
  if (format == stream_format::sse)
    append_sse(out, event);
  else
    append_ndjson(out, event);
  return out;
}

// --- lists
// -----------------------------------------------------------------------------------------------------------------

/// `seen` makes of an item what is written.
template <class Item, class Seen = std::identity>
std::string page_body(const page<Item>& items, list_kind kind, Seen&& seen = {}) {
  return json_object(
    [&](json_writer& json) {
      json.key("data").begin_array();
      for (const auto& item : items.items)
        write_object(json, seen(item));
      json.end_array().member("has_more", items.has_more).key("next_cursor");
      if (items.has_more && !items.items.empty())
        json.value(to_cursor(kind, position_of(items.items.back())));
      else
        json.value(nullptr);
    },
    128 + 512 * items.items.size());
}

constexpr encoders all_encoders{
  .user_body = body_of<user>,
  .preferences_body = body_of<preferences>,
  .conversation_body = body_of<conversation>,
  .message_body = message_body,
  .run_body = body_of<run>,
  .api_key_body = body_of<api_key>,
  .items = {{body_of<progress_record>, [](const progress_id& id) { return "/api/v1/progress/" + to_string(id); }},
    {body_of<workout_plan>, [](const workout_plan_id& id) { return "/api/v1/workout-plans/" + to_string(id); }},
    {body_of<nutrition_plan>, [](const nutrition_plan_id& id) { return "/api/v1/nutrition-plans/" + to_string(id); }},
    {body_of<nutrition_log>, [](const nutrition_log_id& id) { return "/api/v1/nutrition-logs/" + to_string(id); }}},
  .chat_body = chat_body,
  .artifact_array = artifact_array,
  .artifact_array_of = artifact_array_of,
  .conversation_location = [](const conversation_id& id) { return "/api/v1/conversations/" + to_string(id); },
  .message_location = [](const message_id& id) { return "/api/v1/messages/" + to_string(id); },
  .api_key_location = [](const api_key_id& id) { return "/api/v1/api-keys/" + to_string(id); },
  .start_fields = start_fields,
  .queued_fields = queued_fields,
  .intent_fields = intent_fields,
  .agent_start_fields = agent_start_fields,
  .tool_start_fields = tool_start_fields,
  .tool_end_fields = tool_end_fields,
  .artifact_fields = artifact_fields,
  .stored_artifact_fields = stored_artifact_fields,
  .usage_fields = usage_fields,
  .error_fields = error_fields,
  .end_fields = end_fields,
  .frame = frame,
  .make_export_writer = make_export_writer,
};

}  // namespace

const encoders& json_encoders() noexcept {
  return all_encoders;
}

std::string conversations_page(const page<conversation>& items) {
  return page_body(items, list_kind::conversations);
}

std::string messages_page(const page<message>& items) {
  return page_body(items, list_kind::messages);
}

std::string found_messages_page(const page<found_message>& items) {
  return page_body(items, list_kind::found_messages);
}

std::string progress_page(const page<progress_record>& items) {
  return page_body(items, list_kind::progress);
}

std::string workout_plans_page(const page<workout_plan>& items) {
  return page_body(items, list_kind::workout_plans);
}

std::string nutrition_plans_page(const page<nutrition_plan>& items) {
  return page_body(items, list_kind::nutrition_plans);
}

std::string nutrition_logs_page(const page<nutrition_log>& items) {
  return page_body(items, list_kind::nutrition_logs);
}

std::string api_keys_page(const page<api_key>& items) {
  return page_body(items, list_kind::api_keys);
}

std::string sessions_page(const page<session>& items, const session_id& current) {
  return page_body(items, list_kind::sessions, [&](const session& each) { return seen_session{each, current}; });
}

std::string user_view_body(const user_view& view) {
  return json_object([&](json_writer& json) {
    json.raw_members(std::string_view{*view.person}.substr(1, view.person->size() - 2));
    if (view.preferences)
      json.raw_member("preferences", *view.preferences);
    if (view.workout_plans)
      json.raw_member("workout_plans", workout_plans_page(*view.workout_plans));
    if (view.nutrition_plans)
      json.raw_member("nutrition_plans", nutrition_plans_page(*view.nutrition_plans));
    if (view.progress)
      json.raw_member("progress", progress_page(*view.progress));
  });
}

std::string people_page(const std::vector<known_person>& people) {
  return json_object(
    [&](json_writer& json) {
      json.key("data").begin_array();
      for (const auto& each : people) {
        json.begin_object();
        write(json, each.person);
        write_object(json.key("preferences"), each.prefs);
        json.end_object();
      }
      json.end_array().member("has_more", false).member("next_cursor", nullptr);
    },
    128 + 2'048 * people.size());
}

std::string session_body(const session& value, const session_id& current) {
  return body_of(seen_session{value, current});
}

std::string created_api_key_body(std::string_view api_key_json, std::string_view key) {
  return json_object(
    [&](json_writer& json) { json.raw_members(api_key_json.substr(1, api_key_json.size() - 2)).member("key", key); });
}

std::string auth_body(std::string_view user_json, std::string_view access_token, std::string_view refresh_token,
  std::chrono::seconds expires_in) {
  return json_object(
    [&](json_writer& json) {
      json.raw_member("user", user_json).member("access_token", access_token);
      json.member("refresh_token", refresh_token).member("token_type", "Bearer");
      json.member("expires_in", static_cast<std::int64_t>(expires_in.count()));
    },
    256 + user_json.size() + access_token.size());
}

std::string chat_accepted_body(const run& pending) {
  return json_object([&](json_writer& json) { write_object(json.key("run"), pending); }, 512);
}

std::string health_status_body(std::string_view status) {
  return json_object([&](json_writer& json) { json.member("status", status); });
}

std::string health_body(std::string_view status, std::string_view version, std::chrono::seconds uptime) {
  return json_object([&](json_writer& json) {
    json.member("status", status).member("version", version);
    json.member("uptime_s", static_cast<std::int64_t>(uptime.count()));
  });
}

namespace {

void write_layer(json_writer& json, std::string_view name, const cache_figures::layer& value) {
  json.key(name).begin_object().member("hits", value.hits).member("misses", value.misses).end_object();
}

}  // namespace

std::string cache_figures_body(const cache_figures& value) {
  return json_object([&](json_writer& json) {
    write_layer(json, "memory", value.memory);
    json.member("people", value.people);
    write_layer(json, "memo", value.memo);
    write_layer(json, "redis", value.redis);
    json.member("redis_usable", value.is_redis_usable);
    json.member("stale", value.stale).member("unreadable", value.unreadable);
    json.key("redis_failures").begin_object();
    for (const auto& [what, name] : enum_names<storage::redis_failure>)
      json.member(name, value.failures[static_cast<std::size_t>(what)]);
    json.end_object();
  });
}

std::string caches_warmed_body(std::int64_t people) {
  return json_object([&](json_writer& json) { json.member("people", people); });
}

std::string caches_forgot_body(const caches_forgot& value) {
  return json_object([&](json_writer& json) { json.member("people", value.people).member("entries", value.entries); });
}

std::string edge_purged_body(std::int64_t keys) {
  return json_object([&](json_writer& json) { json.member("keys", keys); });
}

std::string_view heartbeat(stream_format format) noexcept {
  return format == stream_format::sse ? ": hb\n" : "\n";
}

std::string_view stream_media_type(stream_format format) noexcept {
  return format == stream_format::sse ? "text/event-stream" : "application/x-ndjson";
}

}  // namespace genesis::http
