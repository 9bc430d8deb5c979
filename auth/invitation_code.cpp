#include "auth/invitation_code.hpp"

#include "auth/base64url.hpp"
#include "auth/digest.hpp"
#include "auth/random.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace genesis::auth {

namespace {

/// Tells people and secret scanners what they have found.
constexpr std::string_view prefix = "gi_";
constexpr std::size_t secret_size = 32;

}  // namespace

new_invitation_code make_invitation_code() {
  auto text = std::string(prefix) + to_base64url(random_bytes<secret_size>());
  const auto hash = sha256(text);
  return {std::move(text), hash};
}

std::optional<secret_hash> parse_invitation_code(std::string_view text) {
  std::array<std::uint8_t, secret_size> bytes;
  if (!text.starts_with(prefix) || !from_base64url(text.substr(prefix.size()), bytes))
    return std::nullopt;
  return sha256(text);
}

}  // namespace genesis::auth
