#pragma once

#include <cstddef>
#include <string_view>

/// What is asked of UTF-8 (RFC 3629) that is known to be valid.
namespace genesis {

/// True for every byte of a character but its first.
constexpr bool continues_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
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
