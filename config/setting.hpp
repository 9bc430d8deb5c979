#pragma once

#include "config/setting_value.hpp"
#include "config/settings.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace genesis::config {

/// What of a setting may be shown to people and logs.
enum class secrecy : std::uint8_t {
  open,          ///< All of it.
  url_password,  ///< A URL: all but the password in it.
  url_query,     ///< A URL: all but what stands behind its `?`.
  secret,        ///< Only whether it is set.
};

/// Inclusive bounds, of integers in the setting's unit, of durations in milliseconds.
struct setting_range {
  std::int64_t min = 0;
  std::int64_t max = std::numeric_limits<std::int64_t>::max();
};

/// A clause that completes "http.port ...", or nothing when all is well.
using complaint = std::optional<std::string>;

/// One row of the table: everything there is to know about a setting.
struct setting {
  // The empty initialisers let rows name only what they have (-Wmissing-field-initializers).
  // NOLINTBEGIN(readability-redundant-member-init)
  std::string_view name{};  ///< `http.port`: section and key, of lower-case letters and `_`; no `_` in the section.
  std::string_view unit{};  ///< Of an integer, plural: `bytes`; empty for a bare count. Durations carry theirs.
  setting_range range{};    ///< Of integers and durations.
  std::span<const std::string_view> choices{};  ///< Not empty: the only texts that are allowed.
  std::string_view explanation{};               ///< Full sentences for operators.
  // NOLINTEND(readability-redundant-member-init)
  secrecy shown = secrecy::open;
  /// Rules of this setting alone that kind, range and choices cannot say; may be null.
  complaint (*rule)(const setting_value&) = nullptr;

  setting_kind kind = setting_kind::text;
  setting_value (*get)(const settings&) = nullptr;
  /// REQUIRES: `check` had nothing to say against the value.
  void (*set)(settings&, const setting_value&) = nullptr;

  /// `http`.
  [[nodiscard]] std::string_view section() const noexcept { return name.substr(0, name.find('.')); }
  /// `port`.
  [[nodiscard]] std::string_view key() const noexcept { return name.substr(name.find('.') + 1); }
  /// `GENESIS_HTTP_PORT`.
  [[nodiscard]] std::string variable() const;
  /// Kind, range, choices and the rule.
  [[nodiscard]] complaint check(const setting_value& value) const;
  /// `between 0 and 65535`, `at least 1s`, in the setting's unit; empty for kinds without a range.
  [[nodiscard]] std::string range_text() const;
  /// `trace, debug or off`; empty for a setting without choices.
  [[nodiscard]] std::string choices_text() const;
  /// The value as TOML writes it, with secrets masked as `shown` asks.
  [[nodiscard]] std::string show(const setting_value& value) const;
  /// Whether `show` masks something of this value.
  [[nodiscard]] bool hides_part_of(const setting_value& value) const;
};

}  // namespace genesis::config
