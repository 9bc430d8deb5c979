#pragma once

#include <string_view>

namespace genesis::http {

/// True for the name of a time zone that this machine knows: a zone file under /usr/share/zoneinfo. Names that point
/// anywhere else, and the files there that are no zones of the IANA database, are refused. Reads at most four bytes of
/// a file.
bool is_timezone(std::string_view name);

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
