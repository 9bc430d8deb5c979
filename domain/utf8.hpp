#pragma once

#include <cstddef>
#include <string_view>

/// What is asked of UTF-8 (RFC 3629): whether it is, and the rest of what is known to be.
namespace genesis {

/// True for every byte of a character but its first.
constexpr bool continues_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the valid character that a text begins with; 0 when there is none: an overlong form, a surrogate, a code
/// point above U+10FFFF, or one that is cut off.
constexpr std::size_t character_size(std::string_view text) noexcept {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto first = byte(0);
  if (first < 0x80)
    return text.empty() ? 0 : 1;
  const std::size_t size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
  // Only the second byte may be less free than the others.
  const unsigned least = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  const unsigned most = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  if (size == 0 || byte(1) < least || byte(1) > most)
    return 0;
  for (std::size_t i = 2; i < size; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xBF)
      return 0;
  return size;
}

constexpr bool is_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const auto size = character_size(text);
    if (size == 0)
      return false;
    text.remove_prefix(size);
  }
  return true;
}

constexpr std::size_t code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text)
    count += continues_character(c) ? 0 : 1;
  return count;
}

/// The longest beginning of at most `bytes_max` bytes that cuts no character in two.
constexpr std::string_view beginning_of(std::string_view text, std::size_t bytes_max) noexcept {
  if (text.size() <= bytes_max)
    return text;
  while (bytes_max > 0 && continues_character(text[bytes_max]))
    --bytes_max;
  return text.substr(0, bytes_max);
}

}  // namespace genesis
