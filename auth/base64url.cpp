#include "auth/base64url.hpp"

#include <sodium.h>

namespace genesis::auth {

namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

}  // namespace

std::string to_base64url(std::span<const std::uint8_t> bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
  text.pop_back();  // libsodium's terminator
  return text;
}

std::string to_base64url(std::string_view bytes) {
  return to_base64url(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

std::optional<std::string> from_base64url(std::string_view text) {
  std::string bytes(text.size() / 4 * 3 + (text.size() % 4 == 0 ? 0 : text.size() % 4 - 1), '\0');
  if (!from_base64url(text, std::span(reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size())))
    return std::nullopt;
  return bytes;
}

bool from_base64url(std::string_view text, std::span<std::uint8_t> into) noexcept {
  // libsodium refuses another alphabet, padding, a lone last character and unused bits; without an end pointer also what
  // stands behind the last character it could read.
  std::size_t size = 0;
  return sodium_base642bin(into.data(), into.size(), text.data(), text.size(), nullptr, &size, nullptr, variant) == 0
    && size == into.size();
}

}  // namespace genesis::auth
