#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/phrase_book.hpp"
#include "domain/coach/topic.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace genesis::coach {

/// Two signs that are an emergency together and need not be one alone: a swollen leg and short breath, a racing heart
/// and dizziness.
struct sign_pair {
  emergency_kind kind = emergency_kind::other;
  std::size_t begin = 0;  ///< First word of the sign that stands first.
  std::size_t end = 0;    ///< One past its last.
};

/// The pairs in a text, wherever their halves stand. A half that its own clause denies,
/// or that lies in one of the `excuses` (what is said of an everyday thing), is none. Linear in the text.
std::vector<sign_pair> find_sign_pairs(const folded_text& words, std::span<const phrase_book::hit> excuses);

}  // namespace genesis::coach
