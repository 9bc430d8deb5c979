#include "http/formats.hpp"

#include "http/characters.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <string>

namespace genesis::http {

namespace {

constexpr std::string_view zone_directory = "/usr/share/zoneinfo/";
constexpr std::size_t zone_name_length_max = 64;  // the longest zone has 32 characters

/// One part between slashes: letters, digits, `_`, `+`, `-`. No dots, hence no way out of the directory.
bool is_zone_part(std::string_view part) noexcept {
  return !part.empty() && std::ranges::all_of(part, [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || is(digit_char, c) || c == '_' || c == '+' || c == '-';
  });
}

bool is_zone_name(std::string_view name) noexcept {
  if (name.empty() || name.size() > zone_name_length_max)
    return false;
  std::string_view rest = name;
  while (true) {
    const auto slash = rest.find('/');
    if (!is_zone_part(rest.substr(0, slash)))
      return false;
    if (slash == std::string_view::npos)
      return true;
    rest.remove_prefix(slash + 1);
  }
}

/// Files and folders beside the zones: copies of them with other rules, and what belongs to the machine itself.
bool is_no_zone(std::string_view name) noexcept {
  return name.starts_with("posix/") || name.starts_with("right/") || name == "localtime" || name == "posixrules" ||
         name == "Factory";
}

}  // namespace

bool is_timezone(std::string_view name) {
  if (!is_zone_name(name) || is_no_zone(name))
    return false;
  std::string path{zone_directory};
  path += name;
  std::error_code ec;
  if (!std::filesystem::is_regular_file(path, ec))
    return false;
  std::ifstream file{path, std::ios::binary};
  std::array<char, 4> magic{};
  file.read(magic.data(), magic.size());
  return std::string_view{magic.data(), magic.size()} == "TZif";  // RFC 8536 3.1
}

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
