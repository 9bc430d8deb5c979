#include "cli/printable_text.hpp"

#include "domain/utf8.hpp"

#include <algorithm>
#include <cstdint>

namespace genesis::cli {

namespace {

struct code_point {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes; 0 for what is no UTF-8
};

// The first code point of a text that is not empty (RFC 3629).
code_point first_of(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80U)
    return {lead, 1};
  const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
  if (lead < 0xC2U || lead > 0xF4U || text.size() < length)
    return {};
  char32_t value = lead & (0x7FU >> length);
  for (std::size_t at = 1; at < length; ++at) {
    if (!continues_character(text[at]))
      return {};
    value = value << 6U | (static_cast<unsigned char>(text[at]) & 0x3FU);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < smallest[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
    return {};
  return {value, length};
}

bool steers_a_terminal(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
}

// Embeddings, overrides and isolates (Unicode Bidirectional Algorithm, UAX 9), with the separators U+2028 and U+2029.
bool turns_direction(char32_t c) {
  return (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string printable(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  while (!text.empty()) {
    const auto next = first_of(text);
    if (next.length > 0 && !steers_a_terminal(next.value) && !turns_direction(next.value))
      kept.append(text.substr(0, next.length));
    text.remove_prefix(std::max<std::size_t>(next.length, 1));
  }
  return kept;
}

std::size_t column_count(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues_character(c); }));
}

}  // namespace genesis::cli
