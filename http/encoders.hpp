#pragma once

#include "actors/cache_figures.hpp"
#include "actors/encoders.hpp"
#include "actors/messages.hpp"
#include "domain/page.hpp"
#include "domain/search.hpp"
#include "domain/session.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace genesis::http {

/// The functions that write the API's JSON, as the actors call them. The order of members is fixed, so that equal
/// objects have equal bodies.
const encoders& json_encoders() noexcept;

// Bodies of lists: `{"data":[...],"has_more":...,"next_cursor":...}`. The cursor names the last item; null on the last
// page.
std::string conversations_page(const page<conversation>& items);
std::string messages_page(const page<message>& items);
std::string found_messages_page(const page<found_message>& items);
std::string progress_page(const page<progress_record>& items);
std::string workout_plans_page(const page<workout_plan>& items);
std::string nutrition_plans_page(const page<nutrition_plan>& items);
std::string nutrition_logs_page(const page<nutrition_log>& items);
std::string api_keys_page(const page<api_key>& items);
std::string sessions_page(const page<session>& items, const session_id& current);

/// A person with what else was asked for.
std::string user_view_body(const user_view& view);
/// People with their preferences: all there are, in one page.
std::string people_page(const std::vector<known_person>& people);

/// One of a person's sessions as `current` sees it.
std::string session_body(const session& value, const session_id& current);

/// The answer that shows a key, this once. `api_key_json` is the object as `encoders::api_key_body` writes it.
std::string created_api_key_body(std::string_view api_key_json, std::string_view key);

/// The answer of register, login and refresh. `user_json` is a person as `encoders::user_body` writes them.
std::string auth_body(std::string_view user_json, std::string_view access_token, std::string_view refresh_token,
  std::chrono::seconds expires_in);

/// The answer of POST /api/v1/chat when the run is not over yet: `{run}`.
std::string chat_accepted_body(const run& pending);

/// The answer of /health/live and /health/ready: `{"status":...}`.
std::string health_status_body(std::string_view status);
/// The answer of /api/v1/health.
std::string health_body(std::string_view status, std::string_view version, std::chrono::seconds uptime);

// The answers of /api/v1/admin/cache.
std::string cache_figures_body(const cache_figures& value);
std::string caches_warmed_body(std::int64_t people);
std::string caches_forgot_body(const caches_forgot& value);
std::string edge_purged_body(std::int64_t keys);

/// What a stream sends when nothing else has been sent for a while: nothing that a client takes for an event.
std::string_view heartbeat(stream_format format) noexcept;

/// The media type of a stream, for Content-Type.
std::string_view stream_media_type(stream_format format) noexcept;

}  // namespace genesis::http
