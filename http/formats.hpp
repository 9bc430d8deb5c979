#pragma once

#include <string_view>

namespace genesis::http {

/// True for `en` or `es`, alone or with a region (`es-MX`, `es-419`; RFC 5646 2.2.4).
bool is_locale(std::string_view tag) noexcept;

/// The number of code points of valid UTF-8.
constexpr std::size_t code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text)
    count += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u;
  return count;
}

}  // namespace genesis::http
