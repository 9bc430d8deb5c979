#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// What this machine's time-zone database says of a name.
enum class zone_answer : std::uint8_t {
  known,
  unknown,
  unavailable,  ///< It could not be read.
};

/// Looks a name up among the zones under /usr/share/zoneinfo. They are read once, by the first call, and kept: a name
/// costs no file afterwards, and is judged where descriptors have run out. On any thread; whoever serves calls it once
/// at the start.
zone_answer find_timezone(std::string_view name);

/// The names of the zones in a directory, sorted: its zone files (RFC 8536), by their paths in it. What the machine
/// keeps there for itself and copies with other rules are left out. Nothing when a part of it cannot be read, or it has
/// none.
std::optional<std::vector<std::string>> read_timezones(const std::filesystem::path& directory);

}  // namespace genesis::http
