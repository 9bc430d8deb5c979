#pragma once

#include "domain/search.hpp"
#include "storage/search_terms.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// How well a message fits, in millionths: `times[i]` is how often it has the i-th thing that is wanted, `words` its
/// length.
///
/// Each thing adds at most 1, less in a long message, and its repetitions add less and less: the part of BM25 that
/// knows one message alone (Robertson and Zaragoza 2009, with k1 = 1.2, b = 0.75). How rare a word is among everybody's
/// messages is left out: it would be the same for all results of one word, would change with every message that is
/// written, and costs a count over all people's.
std::int64_t match_score(std::span<const std::int64_t> times, std::int64_t words) noexcept;

/// A stretch of a text, in bytes.
struct text_range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What a query finds in one text.
struct text_match {
  bool is_match = false;
  std::int64_t score = 0;
  std::vector<text_range> marks;  ///< The words that were found, in order; none twice.
};

/// Looks for a query in one text as the index does.
text_match match(const sought_text& what, std::string_view text, stemmers& by);

/// Around a third of a screen of a telephone.
inline constexpr std::size_t snippet_bytes_max = 240;

/// The marks that a snippet needs, with those a little behind it. Looks at the first `bytes_max` bytes alone, for a
/// long text takes a millisecond for each kilobyte or two: nothing when all marks are behind.
std::vector<text_range> snippet_marks(
  const sought_text& what, std::string_view text, stemmers& by, std::size_t bytes_max);

/// The part of a text around the first mark, cut between words, with an ellipsis where something is left out. A text
/// without marks is shown from its beginning.
std::vector<snippet_part> snippet_of(std::string_view text, std::span<const text_range> marks);

}  // namespace genesis::storage
