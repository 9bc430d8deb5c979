#include "http/formats.hpp"

#include "http/characters.hpp"

#include <algorithm>

namespace genesis::http {

bool is_locale(std::string_view tag) noexcept {
  if (!tag.starts_with("en") && !tag.starts_with("es"))
    return false;
  if (tag.size() == 2)
    return true;
  if (tag[2] != '-')
    return false;
  const auto region = tag.substr(3);
  if (region.size() == 2)
    return std::ranges::all_of(region, [](char c) { return c >= 'A' && c <= 'Z'; });
  return region.size() == 3 && all(digit_char, region);
}

}  // namespace genesis::http
