#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace genesis::http {

/// The key that stands in `Surrogate-Key` of every public answer beside the route's own: a purge of it is one of
/// everything.
inline constexpr std::string_view public_surrogate_key = "public";

/// Of the public keys of access tokens.
inline constexpr std::string_view keys_surrogate_key = "jwks";

/// All that public answers have: what a CDN can be told to forget.
inline constexpr std::array<std::string_view, 5> surrogate_keys{
  public_surrogate_key, "openapi", keys_surrogate_key, "problems", "root"};

inline constexpr std::size_t surrogate_key_length_max = 128;

/// Whether a text may stand in `Surrogate-Key`, where blanks separate keys: so much every CDN takes.
constexpr bool is_surrogate_key(std::string_view text) noexcept {
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"-._:/"}.contains(c);
  };
  return !text.empty() && text.size() <= surrogate_key_length_max && std::ranges::all_of(text, may_stand);
}
static_assert(std::ranges::all_of(surrogate_keys, is_surrogate_key));

}  // namespace genesis::http
