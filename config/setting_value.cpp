#include "config/setting_value.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace genesis::config {

namespace {

using std::chrono::milliseconds;

struct duration_unit {
  std::string_view name;
  std::int64_t ms;
};

/// The largest first.
constexpr std::array duration_units{duration_unit{"d", 86'400'000}, duration_unit{"h", 3'600'000},
  duration_unit{"m", 60'000}, duration_unit{"s", 1'000}, duration_unit{"ms", 1}};

constexpr std::int64_t ms_of(std::string_view unit) noexcept {
  for (const auto& each : duration_units)
    if (each.name == unit)
      return each.ms;
  return 0;
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept {
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return number;
}

std::optional<bool> parse_boolean(std::string_view text) noexcept {
  if (text == "true")
    return true;
  if (text == "false")
    return false;
  return std::nullopt;
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos)
      break;
    text.remove_prefix(comma + 1);
    if (text.empty())
      parts.emplace_back();  // behind a trailing comma; an empty entry is for the setting's rule to refuse
  }
  return parts;
}

std::string in_quotes(std::string_view text) {
  static constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    if (each == '"' || each == '\\') {
      out += '\\';
      out += each;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += digits[byte >> 4];
      out += digits[byte & 15];
    } else {
      out += each;
    }
  }
  return out += '"';
}

struct toml_writer {
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(milliseconds value) const { return in_quotes(format_duration(value)); }
  std::string operator()(const std::string& value) const { return in_quotes(value); }
  std::string operator()(const std::vector<std::string>& values) const {
    std::string out = "[";
    for (const auto& each : values)
      out += (out.size() > 1 ? ", " : "") + in_quotes(each);
    return out += ']';
  }
};

template <class T>
std::expected<setting_value, std::string> value_or_rule(std::optional<T> parsed, setting_kind kind) {
  if (!parsed)
    return std::unexpected(std::string(kind_rule(kind)));
  return setting_value(*std::move(parsed));
}

}  // namespace

std::expected<setting_value, std::string> parse_value(setting_kind kind, std::string_view text) {
  switch (kind) {
  case setting_kind::boolean: return value_or_rule(parse_boolean(text), kind);
  case setting_kind::integer: return value_or_rule(parse_integer(text), kind);
  case setting_kind::duration: return value_or_rule(parse_duration(text), kind);
  case setting_kind::text: return std::string(text);
  case setting_kind::list: return split_at_commas(text);
  }
  std::unreachable();
}

std::string_view kind_rule(setting_kind kind) noexcept {
  switch (kind) {
  case setting_kind::boolean: return "must be true or false";
  case setting_kind::integer: return "must be an integer";
  case setting_kind::duration: return "must be a duration such as 500ms, 15s, 10m, 1h or 30d";
  case setting_kind::text: return "must be a string";
  case setting_kind::list: return "must be a list of strings";
  }
  std::unreachable();
}

std::string format_duration(milliseconds length) {
  const auto ms = length.count();
  if (ms == 0)
    return "0s";
  for (const auto& unit : duration_units)
    if (ms % unit.ms == 0)
      return std::to_string(ms / unit.ms) + std::string(unit.name);
  std::unreachable();  // every number is a multiple of 1 ms
}

std::optional<milliseconds> parse_duration(std::string_view text) noexcept {
  const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
  const auto unit = text.substr(digits.size());
  const auto number = parse_integer(digits);
  const auto factor = unit.empty() ? 1'000 : ms_of(unit);
  if (!number || factor == 0 || *number > std::numeric_limits<std::int64_t>::max() / factor)
    return std::nullopt;
  return milliseconds{*number * factor};
}

std::string to_toml(const setting_value& value) {
  return std::visit(toml_writer{}, value);
}

}  // namespace genesis::config
