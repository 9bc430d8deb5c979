#pragma once

#include "domain/agent.hpp"
#include "domain/error.hpp"
#include "domain/ids.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

/// Where one answer of the coach stands.
enum class run_status : std::uint8_t { queued, running, success, error, cancelled, interrupted };
template <>
inline constexpr auto enum_names<run_status> = std::to_array<std::pair<run_status, std::string_view>>(
  {{run_status::queued, "queued"}, {run_status::running, "running"}, {run_status::success, "success"},
    {run_status::error, "error"}, {run_status::cancelled, "cancelled"}, {run_status::interrupted, "interrupted"}});

constexpr bool has_ended(run_status status) noexcept {
  return status >= run_status::success;
}

/// What an answer cost.
struct token_usage {
  std::int64_t input_tokens = 0;
  std::int64_t output_tokens = 0;
  bool is_estimated = false;

  friend bool operator==(const token_usage&, const token_usage&) = default;
};

/// Why a run failed, as its readers see it.
struct run_failure {
  std::string code;  ///< One of the API's problem codes, for instance `UNAVAILABLE`.
  std::string message;
  bool is_retryable = false;

  friend bool operator==(const run_failure&, const run_failure&) = default;
};

/// One answer of the coach being produced, or produced.
struct run {
  run_id id;
  conversation_id conversation;
  message_id user_message;
  message_id assistant_message;
  std::optional<genesis::agent> agent;  ///< Who answers: the one asked for, else the one that `nexus` chose.
  run_status status = run_status::queued;
  timestamp created_at;
  std::optional<timestamp> started_at;
  std::optional<timestamp> ended_at;
  std::int64_t last_seq = 0;  ///< Sequence number of the last event.
  std::optional<token_usage> usage;
  std::optional<run_failure> failure;

  friend bool operator==(const run&, const run&) = default;
};

/// Kinds of events in a run's log (the API's contract, section 4).
enum class run_event_type : std::uint8_t {
  start,
  queued,
  intent,
  agent_start,
  tool_start,
  tool_end,
  token,
  artifact,
  usage,
  error,
  end,
};
template <>
inline constexpr auto enum_names<run_event_type> = std::to_array<std::pair<run_event_type, std::string_view>>(
  {{run_event_type::start, "start"}, {run_event_type::queued, "queued"}, {run_event_type::intent, "intent"},
    {run_event_type::agent_start, "agent_start"}, {run_event_type::tool_start, "tool_start"},
    {run_event_type::tool_end, "tool_end"}, {run_event_type::token, "token"}, {run_event_type::artifact, "artifact"},
    {run_event_type::usage, "usage"}, {run_event_type::error, "error"}, {run_event_type::end, "end"}});

/// One entry of a run's log.
///
/// A token carries its text and agent as they are, so that tokens can be joined for slow readers; every other event
/// carries its fields as JSON, written once by the encoders.
struct run_event {
  std::int64_t seq = 0;  ///< Dense from 1; 0 for what belongs to one connection only and has no place in the log.
  run_event_type type = run_event_type::token;
  genesis::agent agent = agent::nexus;  ///< Of a token.
  std::string text;                     ///< Of a token.
  std::string fields_json;              ///< Of any other event: the members of a JSON object without its braces.

  friend bool operator==(const run_event&, const run_event&) = default;
};

/// Packs events for one row of storage: text without NUL, whatever the events hold (they hold none).
std::string pack_events(std::span<const run_event> events);

/// Reads what `pack_events` wrote. `errc::internal` for anything else.
result<std::vector<run_event>> unpack_events(std::string_view packed);

/// Ends a run that nobody speaks for any more: `interrupted`, at `now`. Gives the events that its log then needs behind
/// the stored ones: an `end`, and before it a `start` where nothing was stored, since readers have seen one at once.
/// The fields are those of the two, as the encoders write them. Its usage, where known, becomes that of the stored
/// tokens.
std::vector<run_event> interrupt(
  run& what, std::span<const run_event> stored, timestamp now, std::string start_fields, std::string end_fields);

/// The concatenated text of the tokens.
std::string text_of(std::span<const run_event> events);

}  // namespace genesis
