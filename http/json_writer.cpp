#include "http/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace genesis::http {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

/// The letter behind the backslash of a two-character escape (RFC 8259 7); 0 when there is none.
constexpr char short_escape(char c) noexcept {
  switch (c) {
  case '"': return '"';
  case '\\': return '\\';
  case '\b': return 'b';
  case '\f': return 'f';
  case '\n': return 'n';
  case '\r': return 'r';
  case '\t': return 't';
  default: return 0;
  }
}

constexpr bool needs_escape(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20u || c == '"' || c == '\\';
}

/// Writes `count` decimal digits and returns where they end.
char* put_digits(char* at, std::int64_t number, int count) noexcept {
  for (int i = count - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
  return at + count;
}

}  // namespace

json_writer& json_writer::key(std::string_view name) {
  value(name);
  out_ += ':';
  return *this;
}

json_writer& json_writer::value(std::string_view text) {
  separate();
  out_ += '"';
  append_escaped(text);
  out_ += '"';
  return *this;
}

void json_writer::append_escaped(std::string_view text) {
  std::size_t plain = 0;  // where the part begins that needs no escape and is not yet written
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!needs_escape(c))
      continue;
    out_.append(text, plain, i - plain);
    plain = i + 1;
    out_ += '\\';
    if (const char letter = short_escape(c)) {
      out_ += letter;
      continue;
    }
    out_ += "u00";
    out_ += hex_digits[static_cast<unsigned char>(c) >> 4u];
    out_ += hex_digits[static_cast<unsigned char>(c) & 0x0Fu];
  }
  out_.append(text, plain, text.size() - plain);
}

json_writer& json_writer::value(std::int64_t number) {
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

json_writer& json_writer::value(double number) {
  if (!std::isfinite(number))
    return value(nullptr);
  // The longest plain decimals are those of the smallest numbers: a sign, `0.` and 1,074 digits at most.
  std::array<char, 1'100> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed).ptr;
  return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

json_writer& json_writer::value(timestamp at) {
  const auto midnight = std::chrono::floor<std::chrono::days>(at);
  const calendar_day day{midnight};
  const int year = static_cast<int>(day.year());
  if (year < 0 || year > 9'999)
    return value(to_rfc3339(at));  // has no fixed width
  const std::int64_t ms = (at - midnight).count();
  char text[] = "0000-00-00T00:00:00.000Z";
  put_digits(text, year, 4);
  put_digits(text + 5, static_cast<unsigned>(day.month()), 2);
  put_digits(text + 8, static_cast<unsigned>(day.day()), 2);
  put_digits(text + 11, ms / 3'600'000, 2);
  put_digits(text + 14, ms / 60'000 % 60, 2);
  put_digits(text + 17, ms / 1'000 % 60, 2);
  put_digits(text + 20, ms % 1'000, 3);
  return value(std::string_view{text, sizeof text - 1});
}

json_writer& json_writer::value(const uuid& id) {
  char text[38];
  char* at = text;
  *at++ = '"';
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10)
      *at++ = '-';
    *at++ = hex_digits[id.bytes[i] >> 4u];
    *at++ = hex_digits[id.bytes[i] & 0x0Fu];
  }
  *at++ = '"';
  return raw({text, static_cast<std::size_t>(at - text)});
}

std::string to_json_string(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  json_writer{out}.value(text);
  return out;
}

}  // namespace genesis::http
