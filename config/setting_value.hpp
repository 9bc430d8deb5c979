#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace genesis::config {

/// The value of any one setting. Paths and choices travel as text, every duration as milliseconds.
using setting_value =
  std::variant<bool, std::int64_t, std::chrono::milliseconds, std::string, std::vector<std::string>>;

/// The alternatives of `setting_value`, in its order.
enum class setting_kind : std::uint8_t { boolean, integer, duration, text, list };

/// The kind of a value.
inline setting_kind kind_of(const setting_value& value) noexcept {
  return static_cast<setting_kind>(value.index());
}

/// Reads the spelling of flags and environment variables: `true`, `8080`, `15s` (or bare seconds, `15`), `a,b`. An
/// empty text is an empty list. Fails with a clause that completes "http.port ...".
std::expected<setting_value, std::string> parse_value(setting_kind kind, std::string_view text);

/// What `parse_value` says of a text of another kind, for instance `must be true or false`.
std::string_view kind_rule(setting_kind kind) noexcept;

/// `15s`, `500ms`, `10m`, `1h`, `30d`: the largest unit that needs no fraction.
std::string format_duration(std::chrono::milliseconds length);

/// Reads one decimal number with one of the units above, or without for seconds. No sign, no fraction, no sum; at most
/// what fits 63 bits of milliseconds.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) noexcept;

/// The value as TOML writes it, for instance `"15s"` or `["::1"]`.
std::string to_toml(const setting_value& value);

}  // namespace genesis::config
