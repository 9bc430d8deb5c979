#include "auth/api_key.hpp"

#include "auth/base64url.hpp"

#include <array>
#include <cstdint>
#include <span>

namespace genesis::auth {

namespace {

constexpr std::string_view prefix = "gk_";

/// Of the key's id: the millisecond in which it was made, and some random bits. A multiple of three, so that the
/// characters are those of the key.
constexpr std::size_t shown_id_bytes = 9;
static_assert(shown_id_bytes % 3 == 0 && shown_id_bytes <= sizeof(uuid::bytes));

}  // namespace

new_secret make_api_key(user_id user, api_key_id key) {
  return make_owned_secret(prefix, key.value, user.value);
}

std::optional<presented_api_key> parse_api_key(std::string_view text) {
  const auto read = parse_owned_secret(prefix, text);
  if (!read)
    return std::nullopt;
  return presented_api_key{{read->first}, {read->second}, read->hash};
}

bool is_like_api_key(std::string_view text) noexcept {
  return text.starts_with(prefix);
}

std::string api_key_prefix(api_key_id key) {
  return std::string(prefix) + to_base64url(std::span(key.value.bytes).first<shown_id_bytes>());
}

}  // namespace genesis::auth
