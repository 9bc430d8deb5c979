#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace genesis::http {

/// The character classes of RFC 9110 5.6 and RFC 3986 that the wire parsers ask for, as bits of one table.
enum char_class : std::uint16_t {
  token_char = 1,      ///< `tchar`: names of methods, fields and parameters.
  digit_char = 2,      ///< `0` to `9`.
  hex_char = 4,        ///< Hexadecimal digits in either case.
  path_char = 8,       ///< `pchar` and `/`; a `%` counts, its digits are checked where it is decoded.
  query_char = 16,     ///< A path character, `?`, and the brackets, braces and bars that browsers send as they are.
  host_char = 32,      ///< Of a registered name or an IPv4 address.
  text_char = 64,      ///< Of a field value: tab, space, visible characters and bytes from 0x80.
  visible_char = 128,  ///< 0x21 to 0x7E.
  token68_char = 256,  ///< Of a credential (RFC 9110 11.2), but for the padding at its end.
};

namespace detail {

constexpr std::array<std::uint16_t, 256> make_char_classes() {
  std::array<std::uint16_t, 256> table{};
  const auto mark = [&table](std::string_view characters, unsigned classes) {
    for (const char c : characters) {
      auto& entry = table[static_cast<unsigned char>(c)];
      entry = static_cast<std::uint16_t>(entry | classes);
    }
  };
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  mark(letters, token_char | path_char | query_char | host_char | token68_char);
  mark("0123456789", token_char | path_char | query_char | host_char | digit_char | hex_char | token68_char);
  mark("abcdefABCDEF", hex_char);
  mark("!#$%&'*+-.^_`|~", token_char);
  mark("-._~%!$&'()*+,;=", path_char | query_char | host_char);
  mark("-._~+/", token68_char);
  mark(":@/", path_char | query_char);
  mark("?[]{}|^`\\", query_char);
  mark("\t ", text_char);
  for (unsigned c = 0x21; c <= 0x7E; ++c)
    table[c] = static_cast<std::uint16_t>(table[c] | text_char | visible_char);
  for (unsigned c = 0x80; c <= 0xFF; ++c)
    table[c] = static_cast<std::uint16_t>(table[c] | text_char);
  return table;
}

inline constexpr auto char_classes = make_char_classes();

}  // namespace detail

constexpr bool is(char_class which, char c) noexcept {
  return (detail::char_classes[static_cast<unsigned char>(c)] & which) != 0;
}

/// True when every character is of the class; also for an empty text.
constexpr bool all(char_class which, std::string_view text) noexcept {
  // Without a branch per character: nearly all texts are, and tokens of hundreds of them come with each request.
  unsigned common = which;
  for (const char c : text)
    common &= detail::char_classes[static_cast<unsigned char>(c)];
  return common != 0;
}

/// A token of RFC 9110 5.6.2: at least one character.
constexpr bool is_token(std::string_view text) noexcept {
  return !text.empty() && all(token_char, text);
}

constexpr bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}

constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

/// Compares without regard to the case of ASCII letters, as field names, schemes and codings are compared.
constexpr bool same_ignoring_case(std::string_view a, std::string_view b) noexcept {
  if (a.size() != b.size())
    return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i] && lower(a[i]) != lower(b[i]))
      return false;
  return true;
}

/// Takes optional white space (RFC 9110 5.6.3) off both ends.
constexpr std::string_view trim(std::string_view text) noexcept {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

/// The value of a hexadecimal digit; the character must be one.
constexpr unsigned hex_value(char c) noexcept {
  return static_cast<unsigned>(is(digit_char, c) ? c - '0' : lower(c) - 'a' + 10);
}

}  // namespace genesis::http
