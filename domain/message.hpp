#pragma once

#include "domain/agent.hpp"
#include "domain/ids.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace genesis {

enum class message_role : std::uint8_t { user, assistant, system };
template <>
inline constexpr auto enum_names<message_role> = std::to_array<std::pair<message_role, std::string_view>>(
  {{message_role::user, "user"}, {message_role::assistant, "assistant"}, {message_role::system, "system"}});

enum class message_status : std::uint8_t { complete, incomplete };
template <>
inline constexpr auto enum_names<message_status> = std::to_array<std::pair<message_status, std::string_view>>(
  {{message_status::complete, "complete"}, {message_status::incomplete, "incomplete"}});

inline constexpr std::size_t message_length_max = 32'768;       ///< Code points of a stored message.
inline constexpr std::size_t chat_message_length_max = 16'000;  ///< Code points of a question to the coach.
inline constexpr std::size_t metadata_size_max = 4'096;         ///< Bytes of the JSON object as sent.

/// One turn of a conversation.
struct message {
  message_id id;
  conversation_id conversation;
  std::int64_t seq = 0;  ///< Dense in its conversation, from 1.
  message_role role = message_role::user;
  std::optional<genesis::agent> agent;
  std::string content;
  message_status status = message_status::complete;
  std::optional<run_id> run;
  std::string artifacts_json = "[]";  ///< A JSON array, as written by `http/encoders`.
  std::string metadata_json = "{}";   ///< The person's JSON object, byte for byte.
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const message&, const message&) = default;
};

/// A title for a conversation that was given none: the first line of its first message, cut between words.
std::string title_from(std::string_view first_message);

}  // namespace genesis
