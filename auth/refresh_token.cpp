#include "auth/refresh_token.hpp"

#include "auth/base64url.hpp"
#include "auth/digest.hpp"
#include "auth/random.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace genesis::auth {

namespace {

/// Tells people and secret scanners what they have found.
constexpr std::string_view prefix = "gr_";

constexpr std::size_t id_size = sizeof(uuid::bytes);
constexpr std::size_t secret_size = 32;
constexpr std::size_t session_offset = id_size;
constexpr std::size_t secret_offset = 2 * id_size;

using token_bytes = std::array<std::uint8_t, secret_offset + secret_size>;

uuid uuid_at(const token_bytes& bytes, std::size_t offset) {
  uuid id;
  std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), id_size, id.bytes.begin());
  return id;
}

}  // namespace

new_refresh_token make_refresh_token(user_id user, session_id session) {
  token_bytes bytes;
  std::ranges::copy(user.value.bytes, bytes.begin());
  std::ranges::copy(session.value.bytes, bytes.begin() + session_offset);
  fill_random(bytes.data() + secret_offset, secret_size);
  auto text = std::string(prefix) + to_base64url(bytes);
  const auto hash = sha256(text);
  return {std::move(text), hash};
}

std::optional<refresh_token> parse_refresh_token(std::string_view text) {
  token_bytes bytes;
  if (!text.starts_with(prefix) || !from_base64url(text.substr(prefix.size()), bytes))
    return std::nullopt;
  return refresh_token{{uuid_at(bytes, 0)}, {uuid_at(bytes, session_offset)}, sha256(text)};
}

}  // namespace genesis::auth
