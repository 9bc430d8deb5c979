#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace genesis {

/// A moment in UTC, to the millisecond: what the API shows and the database keeps.
using timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// A day of the calendar, without a time zone.
using calendar_day = std::chrono::year_month_day;

/// RFC 3339 in UTC with milliseconds, for instance `2026-03-01T07:30:00.000Z`.
std::string to_rfc3339(timestamp at);

/// Reads RFC 3339 (section 5.6) with any offset and up to nine decimals, and gives UTC. Years 0001 to 9999; a leap
/// second, at the end of a month in UTC, counts as the one before it. Nothing for any other spelling.
std::optional<timestamp> parse_rfc3339(std::string_view text) noexcept;

/// `2026-03-01`.
std::string to_iso_date(calendar_day day);

/// Reads `2026-03-01`. Nothing for any other spelling or a day that is not in the calendar.
std::optional<calendar_day> parse_iso_date(std::string_view text) noexcept;

/// Full years from `birth` to `today`. Somebody born on 29 February has a birthday on 1 March in common years.
int age_in_years(calendar_day birth, calendar_day today) noexcept;

/// The UTC day of a moment.
inline calendar_day day_of(timestamp at) noexcept {
  return calendar_day{std::chrono::floor<std::chrono::days>(at)};
}

}  // namespace genesis
