#include "http/time_zones.hpp"

#include "http/characters.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace genesis::http {

namespace {

constexpr std::string_view zone_directory = "/usr/share/zoneinfo";
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

/// Beside the zones: copies of them with other rules, and what belongs to the machine itself.
bool is_no_zone(std::string_view name) noexcept {
  return name == "posix" || name == "right" || name == "localtime" || name == "posixrules" || name == "Factory";
}

/// Nothing when the file cannot be read.
std::optional<bool> is_zone_file(const std::filesystem::path& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file)
    return std::nullopt;
  std::array<char, 4> magic{};
  file.read(magic.data(), magic.size());
  return std::string_view{magic.data(), magic.size()} == "TZif";  // RFC 8536 3.1
}

}  // namespace

std::optional<std::vector<std::string>> read_timezones(const std::filesystem::path& directory) {
  std::vector<std::string> names;
  std::error_code ec;
  std::filesystem::recursive_directory_iterator each{directory, ec};
  for (const std::filesystem::recursive_directory_iterator end; !ec && each != end; each.increment(ec)) {
    auto name = each->path().lexically_relative(directory).generic_string();
    if (!is_zone_name(name) || is_no_zone(name)) {
      each.disable_recursion_pending();
      continue;
    }
    if (!each->is_regular_file(ec) || ec)
      continue;
    const auto is_zone = is_zone_file(each->path());
    if (!is_zone)
      return std::nullopt;
    if (*is_zone)
      names.push_back(std::move(name));
  }
  if (ec || names.empty())
    return std::nullopt;
  std::ranges::sort(names);
  return names;
}

zone_answer find_timezone(std::string_view name) {
  static const auto names = read_timezones(zone_directory);
  if (!names)
    return zone_answer::unavailable;
  return std::ranges::binary_search(*names, name, std::less<>{}) ? zone_answer::known : zone_answer::unknown;
}

}  // namespace genesis::http
