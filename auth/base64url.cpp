#include "auth/base64url.hpp"

#include <array>

// libsodium 1.0.18 could encode, but its decoder takes bytes from 128 on for characters of the alphabet.
namespace genesis::auth {

namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::uint8_t no_digit = 0xff;

/// The value of each character, or `no_digit`.
constexpr auto digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(no_digit);
  for (std::size_t at = 0; at < alphabet.size(); ++at)
    values[static_cast<unsigned char>(alphabet[at])] = static_cast<std::uint8_t>(at);
  return values;
}();

/// Bytes that so many characters stand for, when any do.
constexpr std::size_t decoded_size(std::size_t characters) noexcept {
  return characters * 3 / 4;
}

}  // namespace

std::string to_base64url(std::span<const std::uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  unsigned pending = 0;
  unsigned pending_bits = 0;
  for (const auto byte : bytes) {
    pending = (pending << 8 | byte) & 0xffff;
    for (pending_bits += 8; pending_bits >= 6; pending_bits -= 6)
      text += alphabet[pending >> (pending_bits - 6) & 63];
  }
  if (pending_bits > 0)
    text += alphabet[pending << (6 - pending_bits) & 63];
  return text;
}

std::string to_base64url(std::string_view bytes) {
  return to_base64url(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(decoded_size(text.size()), '\0');
  if (!from_base64url(text, std::span(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size())))
    return std::nullopt;
  return bytes;
}

bool from_base64url(std::string_view text, std::span<std::uint8_t> into) noexcept {
  // A lone last character holds six bits, less than a byte.
  if (text.size() % 4 == 1 || decoded_size(text.size()) != into.size())
    return false;
  unsigned pending = 0;
  unsigned pending_bits = 0;
  std::size_t written = 0;
  for (const char each : text) {
    const auto digit = digit_values[static_cast<unsigned char>(each)];
    if (digit == no_digit)
      return false;
    pending = (pending << 6 | digit) & 0xfff;
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      into[written++] = static_cast<std::uint8_t>(pending >> pending_bits & 0xff);
    }
  }
  return (pending & ((1U << pending_bits) - 1)) == 0;
}

}  // namespace genesis::auth
