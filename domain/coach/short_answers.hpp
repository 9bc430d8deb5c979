#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/mentions.hpp"

#include <span>
#include <string>

namespace genesis::coach {

/// Longest reply that is read as nothing but answers to what the coach asked, in words.
inline constexpr std::size_t short_answer_words_max = 30;

/// Reads a reply to the coach's own question by what was asked: a bare number is the age, height, weight or rating that
/// fits it, in the order in which they were asked for, and a word such as `woman`, `moderately` or `maintain` is the
/// sex, activity or goal. `asked` are the names of `missing_for`; what `said` holds already stays. A number that no
/// such value can have is among `said.impossible`.
///
/// True when something that was asked for has been answered, or named as impossible.
bool read_short_answer(const folded_text& words, std::span<const std::string> asked, unit_system units, mentions& said);

}  // namespace genesis::coach
