#include "domain/blank_text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace genesis {

namespace {

/// First and last of blanks in a row; ECMA-262's `\s`, and what `visible_text_pattern` names beside it.
struct block {
  std::uint32_t first;
  std::uint32_t last;
};
constexpr std::array<block, 11> blanks{{{0x09, 0x0D}, {0x20, 0x20}, {0x85, 0x85}, {0xA0, 0xA0}, {0xAD, 0xAD},
  {0x1680, 0x1680}, {0x2000, 0x200F}, {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x2060}, {0x3000, 0x3000}}};
constexpr std::uint32_t byte_order_mark = 0xFEFF;

/// Of the character that a text begins with (RFC 3629 3).
struct character {
  std::uint32_t code_point = 0;
  std::size_t bytes = 1;
};

character first_of(std::string_view text) noexcept {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80u)
    return {lead, 1};
  const std::size_t bytes = lead >= 0xF0u ? 4 : lead >= 0xE0u ? 3 : 2;
  std::uint32_t code_point = lead & (0x7Fu >> bytes);
  for (const char each : text.substr(1, bytes - 1))
    code_point = code_point << 6u | (static_cast<unsigned char>(each) & 0x3Fu);
  return {code_point, std::min(bytes, text.size())};
}

bool is_blank_character(std::uint32_t code_point) noexcept {
  return code_point == byte_order_mark || std::ranges::any_of(blanks, [code_point](const block& each) {
    return each.first <= code_point && code_point <= each.last;
  });
}

}  // namespace

std::size_t leading_blanks(std::string_view text) noexcept {
  std::size_t end = 0;
  while (end < text.size()) {
    const auto next = first_of(text.substr(end));
    if (!is_blank_character(next.code_point))
      break;
    end += next.bytes;
  }
  return end;
}

}  // namespace genesis
