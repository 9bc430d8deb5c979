#pragma once

#include "domain/agent.hpp"
#include "domain/ids.hpp"

#include <optional>
#include <string>
#include <vector>

namespace genesis {

inline constexpr std::size_t conversation_title_length_max = 200;  ///< Code points.

/// A thread of messages between a person and the coach.
struct conversation {
  conversation_id id;
  std::optional<std::string> title;     ///< Made from the first message when the person gave none.
  std::optional<genesis::agent> agent;  ///< The specialist the person asked for, if any.
  bool is_archived = false;
  std::int64_t message_count = 0;
  std::optional<timestamp> last_message_at;
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const conversation&, const conversation&) = default;
};

/// Which conversations a list shows.
enum class archived_filter : std::uint8_t { active, archived, all };

}  // namespace genesis
