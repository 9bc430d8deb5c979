#pragma once

#include "domain/message.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace genesis {

inline constexpr std::size_t search_text_length_max = 256;  ///< Code points of what is searched for.
inline constexpr std::size_t search_terms_max = 16;  ///< Each is a look-up in the index; nobody remembers more words.
/// Characters before the `*`: fewer stand at the beginning of too many words to tell messages apart.
inline constexpr std::size_t search_prefix_length_min = 2;

/// A word or phrase that is searched for.
struct search_term {
  std::string text;  ///< As typed, without the signs around it. Several words in it stand side by side in the message.
  bool is_excluded = false;
  bool is_prefix = false;  ///< The last word may go on.

  friend bool operator==(const search_term&, const search_term&) = default;
};

/// Messages that have every term that is not excluded, and none that is.
struct search_query {
  std::vector<search_term> terms;  ///< One at least is not excluded.

  friend bool operator==(const search_query&, const search_query&) = default;
};

/// Why a text is no query, and where.
struct search_fault {
  std::size_t position = 1;  ///< In code points, from 1.
  std::string_view reason;   ///< A clause for the person who typed it: `this quotation mark is not closed`.

  friend bool operator==(const search_fault&, const search_fault&) = default;
};

/// Reads `words "a phrase" -excluded -"excluded phrase" begin*`, separated by blanks of any script. There is no other
/// syntax: signs inside words separate them as in messages, and signs alone are passed over. Any bytes may come; what
/// is no UTF-8 is part of no word.
std::expected<search_query, search_fault> parse_search_query(std::string_view text);

/// A stretch of a message's text, marked where it is what was searched for.
struct snippet_part {
  std::string text;
  bool is_match = false;

  friend bool operator==(const snippet_part&, const snippet_part&) = default;
};

/// A message that a search has found.
struct found_message {
  genesis::message message;
  std::int64_t score = 0;  ///< In millionths. Comparable within the results of one query, of one installation.
  std::vector<snippet_part> snippet;

  friend bool operator==(const found_message&, const found_message&) = default;
};

}  // namespace genesis
