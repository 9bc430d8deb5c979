#pragma once

#include <cstddef>
#include <string_view>

namespace genesis {

/// Bytes at the front of valid UTF-8 that show nothing: white space of every script (Unicode's White_Space), and the
/// characters without width that are no part of a letter (soft hyphen, U+200B to U+200F, word joiner, byte order mark).
std::size_t leading_blanks(std::string_view text) noexcept;

/// True for a text that shows nothing; also for an empty one.
inline bool is_blank_text(std::string_view text) noexcept {
  return leading_blanks(text) == text.size();
}

/// Finds a character that is no blank, as a regular expression of ECMA-262: for JSON Schema.
inline constexpr std::string_view visible_text_pattern = R"([^\s\u0085\u00AD\u200B-\u200F\u2060])";

}  // namespace genesis
