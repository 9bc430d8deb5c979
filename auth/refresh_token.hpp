#pragma once

#include "auth/owned_secret.hpp"

#include <optional>
#include <string_view>

namespace genesis::auth {

/// What can be read out of a refresh token without asking storage: whom to ask, and what to compare.
struct refresh_token {
  user_id user;
  session_id session;
  secret_hash hash{};  ///< SHA-256 of the whole text; compared with `is_same_secret`.

  friend bool operator==(const refresh_token&, const refresh_token&) = default;
};

/// `gr_` and what `make_owned_secret` makes of user id and session id: 89 characters.
new_secret make_refresh_token(user_id user, session_id session);

/// Nothing for a text that `make_refresh_token` cannot have made. Says nothing about whether the token is alive.
std::optional<refresh_token> parse_refresh_token(std::string_view text);

}  // namespace genesis::auth
