#pragma once

#include "domain/ids.hpp"
#include "domain/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// What can be read out of a refresh token without asking storage: whom to ask, and what to compare.
struct refresh_token {
  user_id user;
  session_id session;
  secret_hash hash{};  ///< SHA-256 of the whole text; compared with `is_same_secret`.

  friend bool operator==(const refresh_token&, const refresh_token&) = default;
};

/// A token that was just made. The text goes to the client and is kept nowhere.
struct new_refresh_token {
  std::string text;
  secret_hash hash{};
};

/// `gr_` and base64url of user id, session id and 256 random bits: 89 characters. The ids are no secret; they lead a
/// request to its owner without an index of tokens.
new_refresh_token make_refresh_token(user_id user, session_id session);

/// Nothing for a text that `make_refresh_token` cannot have made. Says nothing about whether the token is alive.
std::optional<refresh_token> parse_refresh_token(std::string_view text);

}  // namespace genesis::auth
