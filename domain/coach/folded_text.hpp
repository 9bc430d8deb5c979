#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::coach {

/// A word as the coach compares it: lower case, without accents and apostrophes (`don't` is `dont`, `años` is `anos`).
/// Numbers are words of their own: `100kg` gives `100` and `kg`, `82,5` stays `82,5`, and `5'11"` gives `5 ft 11 in`.
struct folded_word {
  std::string text;
  bool begins_clause = false;  ///< First word, or a mark such as `.`, `,` or `?` stands before it.
  bool is_negative = false;    ///< A number with a minus sign of its own (`for -5 reps`, not `8-12`).
};

using folded_text = std::vector<folded_word>;

/// Longest word that is kept whole; the rest of a longer one is dropped, for nothing the coach looks for is that long.
inline constexpr std::size_t folded_word_length_max = 48;

/// Folds UTF-8 in one pass. Bytes that are not valid UTF-8, and scripts other than Latin, separate words.
folded_text fold(std::string_view utf8);

}  // namespace genesis::coach
