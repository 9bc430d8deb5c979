#include "domain/time.hpp"

#include <array>
#include <cstdio>

namespace genesis {

namespace {

using namespace std::chrono;

/// Reads exactly `count` digits at the front of `text` and takes them off.
std::optional<int> take_digits(std::string_view& text, std::size_t count) noexcept {
  if (text.size() < count)
    return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9')
      return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char expected) noexcept {
  if (text.empty() || text.front() != expected)
    return false;
  text.remove_prefix(1);
  return true;
}

std::optional<calendar_day> take_date(std::string_view& text) noexcept {
  const auto y = take_digits(text, 4);
  if (!y || *y == 0 || !take(text, '-'))
    return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || !take(text, '-'))
    return std::nullopt;
  const auto d = take_digits(text, 2);
  if (!d)
    return std::nullopt;
  const calendar_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok())
    return std::nullopt;
  return date;
}

/// The decimals of a second behind the point, cut to milliseconds.
std::optional<milliseconds> take_fraction(std::string_view& text) noexcept {
  if (!take(text, '.'))
    return milliseconds{0};
  int value = 0;
  std::size_t count = 0;
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++count) {
    if (count < 3)
      value = value * 10 + (text.front() - '0');
    text.remove_prefix(1);
  }
  if (count == 0 || count > 9)
    return std::nullopt;
  for (std::size_t i = count; i < 3; ++i)
    value *= 10;
  return milliseconds{value};
}

std::optional<minutes> take_offset(std::string_view& text) noexcept {
  if (take(text, 'Z') || take(text, 'z'))
    return minutes{0};
  const bool is_east = take(text, '+');
  if (!is_east && !take(text, '-'))
    return std::nullopt;
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':'))
    return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || *m > 59)
    return std::nullopt;
  const minutes offset = hours{*h} + minutes{*m};
  return is_east ? offset : -offset;
}

/// Whether the year has the four digits that there are for it, in UTC too.
bool has_written_year(sys_time<minutes> minute) noexcept {
  const int year{calendar_day{floor<days>(minute)}.year()};
  return year >= 1 && year <= 9'999;
}

/// Whether a minute of UTC is the last one of its month, the only one that may have a second 60.
bool is_last_of_month(sys_time<minutes> minute) noexcept {
  const auto next = minute + minutes{1};
  const auto day = floor<days>(next);
  return next == day && calendar_day{day}.day() == std::chrono::day{1};
}

}  // namespace

std::string to_rfc3339(timestamp at) {
  const auto whole_day = floor<days>(at);
  const calendar_day date{whole_day};
  const hh_mm_ss time{at - whole_day};
  std::array<char, 40> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ",
    static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
    static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
    static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
  return {buffer.data(), static_cast<std::size_t>(n)};
}

std::optional<timestamp> parse_rfc3339(std::string_view text) noexcept {
  const auto date = take_date(text);
  if (!date || !(take(text, 'T') || take(text, 't')))
    return std::nullopt;
  const auto h = take_digits(text, 2);
  if (!h || *h > 23 || !take(text, ':'))
    return std::nullopt;
  const auto m = take_digits(text, 2);
  if (!m || *m > 59 || !take(text, ':'))
    return std::nullopt;
  const auto s = take_digits(text, 2);
  if (!s || *s > 60)
    return std::nullopt;
  const auto fraction = take_fraction(text);
  if (!fraction)
    return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty())
    return std::nullopt;
  const auto minute = sys_days{*date} + hours{*h} + minutes{*m} - *offset;
  if (!has_written_year(minute))
    return std::nullopt;
  if (*s < 60)
    return timestamp{minute + seconds{*s} + *fraction};
  if (!is_last_of_month(minute))
    return std::nullopt;
  return timestamp{minute + seconds{59} + *fraction};
}

std::string to_iso_date(calendar_day day) {
  std::array<char, 24> buffer{};
  const int n = std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
    static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return {buffer.data(), static_cast<std::size_t>(n)};
}

std::optional<calendar_day> parse_iso_date(std::string_view text) noexcept {
  const auto date = take_date(text);
  return text.empty() ? date : std::nullopt;
}

int age_in_years(calendar_day birth, calendar_day today) noexcept {
  int years = static_cast<int>(today.year()) - static_cast<int>(birth.year());
  if (today.month() < birth.month() || (today.month() == birth.month() && today.day() < birth.day()))
    --years;
  return years;
}

}  // namespace genesis
