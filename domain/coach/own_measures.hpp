#pragma once

#include "domain/coach/folded_text.hpp"

#include <cstdint>
#include <optional>

namespace genesis::coach {

/// A measure of the body that one may simply want to be told.
enum class own_measure : std::uint8_t { weight, height };

/// A question that asks for nothing but a measure as it is known.
struct own_measure_question {
  own_measure what = own_measure::weight;
  bool is_whole =
    true;  ///< False where the measure is only named, or asked "how is": behind a trend, that is the next.
};

/// Reads "How much do I weigh?", "What's my current weight?", "mi peso", "¿Cuánto mido?". Nothing for a text with any
/// other words in it: those are of another question.
std::optional<own_measure_question> read_own_measure(const folded_text& words);

}  // namespace genesis::coach
