#pragma once

#include "actors/export_writer.hpp"
#include "domain/api_key.hpp"
#include "domain/artifact.hpp"
#include "domain/coach/reply.hpp"
#include "domain/conversation.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace genesis {

/// How a run's events are written to a connection.
enum class stream_format : std::uint8_t { sse, ndjson };
inline constexpr std::size_t stream_format_count = 2;

/// How one kind of a person's things is shown, and where each is found: the path for `Location`.
template <class T>
struct item_encoder {
  std::string (*body)(const T&) = nullptr;
  std::string (*location)(const decltype(T::id)&) = nullptr;
};

/// How values become text. The functions live in `http/encoders.cpp` and are handed to the actors where everything is
/// wired, so that actors serialise once per revision without knowing JSON.
struct encoders {
  // Bodies of answers: one JSON object each.
  std::string (*user_body)(const user&) = nullptr;
  std::string (*preferences_body)(const preferences&) = nullptr;
  std::string (*conversation_body)(const conversation&) = nullptr;
  std::string (*message_body)(const message&) = nullptr;
  std::string (*run_body)(const run&) = nullptr;
  std::string (*api_key_body)(const api_key&) = nullptr;  ///< Without the secret.
  std::tuple<item_encoder<progress_record>, item_encoder<workout_plan>, item_encoder<nutrition_plan>,
    item_encoder<nutrition_log>>
    items;
  /// The answer of POST /api/v1/chat: `{run, message, artifacts}`.
  std::string (*chat_body)(const run&, const message&) = nullptr;
  /// The JSON array that a message keeps.
  std::string (*artifact_array)(std::span<const artifact>) = nullptr;
  /// The same, of the artifacts that these events show.
  std::string (*artifact_array_of)(std::span<const run_event>) = nullptr;

  // Where an object is found: the path for `Location`.
  std::string (*conversation_location)(const conversation_id&) = nullptr;
  std::string (*message_location)(const message_id&) = nullptr;
  std::string (*api_key_location)(const api_key_id&) = nullptr;

  // Members of run events, without braces.
  std::string (*start_fields)(const run&) = nullptr;
  std::string (*queued_fields)(std::int64_t position) = nullptr;
  std::string (*intent_fields)(const coach::intent&) = nullptr;
  std::string (*agent_start_fields)(agent) = nullptr;
  std::string (*tool_start_fields)(const coach::uses_tool&) = nullptr;
  std::string (*tool_end_fields)(const coach::uses_tool&) = nullptr;
  std::string (*artifact_fields)(const artifact&) = nullptr;
  /// The members of an `artifact` event, for each element of a stored message's array (replay of an old run).
  std::vector<std::string> (*stored_artifact_fields)(const std::string& artifacts_json) = nullptr;
  std::string (*usage_fields)(const token_usage&) = nullptr;
  std::string (*error_fields)(const run_failure&) = nullptr;
  std::string (*end_fields)(run_status, const message_id&) = nullptr;

  /// One event as it goes to a connection: an SSE event with its blank line, or an NDJSON line. An event with seq 0
  /// gets neither `id:` nor `seq`.
  std::string (*frame)(const run_event&, stream_format) = nullptr;

  /// What writes an export.
  std::unique_ptr<export_writer> (*make_export_writer)(const export_form&) = nullptr;
};

}  // namespace genesis
