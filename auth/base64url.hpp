#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace genesis::auth {

/// Base64 with the URL alphabet and without padding (RFC 4648 5, RFC 7515 2).
std::string to_base64url(std::span<const std::uint8_t> bytes);
/// Likewise, over the bytes of a text.
std::string to_base64url(std::string_view bytes);

/// Reads exactly what `to_base64url` writes, as bytes. Nothing for padding, spaces, the other alphabet, a length that
/// no bytes give, or unused bits that are not zero: every value has one spelling.
std::optional<std::string> from_base64url(std::string_view text);

/// Reads exactly `into.size()` bytes. False, with `into` in any state, for anything else.
bool from_base64url(std::string_view text, std::span<std::uint8_t> into) noexcept;

}  // namespace genesis::auth
