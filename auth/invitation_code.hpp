#pragma once

#include "domain/session.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// An invitation that was just made. The text goes to whom it is for and is kept nowhere.
struct new_invitation_code {
  std::string text;
  secret_hash hash{};
};

/// `gi_` and base64url of 256 random bits: 46 characters.
new_invitation_code make_invitation_code();

/// The hash that an invitation is found by; nothing for a text that `make_invitation_code` cannot have made.
std::optional<secret_hash> parse_invitation_code(std::string_view text);

}  // namespace genesis::auth
