#include "domain/message.hpp"

#include "domain/blank_text.hpp"

namespace genesis {

namespace {

constexpr std::size_t title_bytes_max = 80;  // fits one line of a list; far below the limit of a given title

/// Steps back to the first byte of the character that `at` points into (RFC 3629 3).
std::size_t character_start(std::string_view text, std::size_t at) noexcept {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u)
    --at;
  return at;
}

}  // namespace

std::string title_from(std::string_view first_message) {
  auto line = first_message.substr(leading_blanks(first_message));
  line = line.substr(0, line.find_first_of("\r\n"));
  while (!line.empty() && (line.back() == ' ' || line.back() == '\t'))
    line.remove_suffix(1);
  if (line.size() <= title_bytes_max)
    return std::string{line};
  auto cut = line.rfind(' ', title_bytes_max);
  if (cut == std::string_view::npos || cut < title_bytes_max / 2)
    cut = character_start(line, title_bytes_max);
  return std::string{line.substr(0, cut)} + "\u2026";
}

}  // namespace genesis
