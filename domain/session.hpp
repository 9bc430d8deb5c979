#pragma once

#include "domain/ids.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace genesis {

/// SHA-256 of a secret that is only ever compared, never shown again.
using secret_hash = std::array<std::uint8_t, 32>;

/// One login: a family of refresh tokens of which exactly one is current.
struct session {
  session_id id;
  timestamp created_at;
  timestamp last_used_at;      ///< When the family was last rotated.
  timestamp authenticated_at;  ///< When the password was last checked (claim `auth_time`).
  timestamp expires_at;        ///< The current refresh token is refused from here on.
  secret_hash refresh_hash{};  ///< Of the current refresh token.
  std::string user_agent;      ///< At most 200 bytes of what the client said.
  std::string address;

  friend bool operator==(const session&, const session&) = default;
};

/// Sessions alive at once per person; a further login ends the one that was used least recently.
inline constexpr std::size_t sessions_per_user_max = 64;

}  // namespace genesis
