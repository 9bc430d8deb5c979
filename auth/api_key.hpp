#pragma once

#include "auth/owned_secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// What can be read out of an API key without asking anybody: whom to ask, and what to compare.
struct presented_api_key {
  api_key_id key;
  user_id user;
  secret_hash hash{};

  friend bool operator==(const presented_api_key&, const presented_api_key&) = default;
};

/// `gk_` and what `make_owned_secret` makes of key id and user id: 89 characters.
new_secret make_api_key(user_id user, api_key_id key);

/// Nothing for a text that `make_api_key` cannot have made. Says nothing about whether the key is alive.
std::optional<presented_api_key> parse_api_key(std::string_view text);

/// Whether a bearer token means to be an API key; access tokens never begin like one.
bool is_like_api_key(std::string_view text) noexcept;

/// The first 15 characters of a key: enough to find it again in a list, and nothing of the secret. They follow from its
/// id.
std::string api_key_prefix(api_key_id key);

}  // namespace genesis::auth
