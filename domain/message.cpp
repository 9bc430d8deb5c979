#include "domain/message.hpp"

#include "domain/blank_text.hpp"
#include "domain/utf8.hpp"

namespace genesis {

namespace {

constexpr std::size_t title_bytes_max = 80;  // fits one line of a list; far below the limit of a given title

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
    cut = beginning_of(line, title_bytes_max).size();
  return std::string{line.substr(0, cut)} + "\u2026";
}

}  // namespace genesis
