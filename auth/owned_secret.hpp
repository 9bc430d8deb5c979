#pragma once

#include "domain/ids.hpp"
#include "domain/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// A secret that was just made. The text goes to the client and is kept nowhere.
struct new_secret {
  std::string text;
  secret_hash hash{};  ///< SHA-256 of the whole text.
};

/// What can be read out of a secret without asking anybody.
struct owned_secret {
  uuid first;
  uuid second;
  secret_hash hash{};  ///< SHA-256 of the whole text; compared with `is_same_secret`.
};

/// `prefix` and base64url of two ids and 256 random bits: 86 characters behind the prefix. The prefix tells people and
/// secret scanners what they have found; the ids are no secret, they lead a request to its owner without an index.
new_secret make_owned_secret(std::string_view prefix, const uuid& first, const uuid& second);

/// Nothing for a text that `make_owned_secret` cannot have made with this prefix. Says nothing about whether the secret
/// is anybody's.
std::optional<owned_secret> parse_owned_secret(std::string_view prefix, std::string_view text);

}  // namespace genesis::auth
