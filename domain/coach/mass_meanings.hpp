#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/quantities.hpp"

#include <cstdint>

namespace genesis::coach {

/// What a mass in a talk about a body is.
enum class mass_meaning : std::uint8_t {
  present,  ///< What is weighed now, or nothing below.
  past,     ///< "I used to weigh 110 kg", "hace un año pesaba 90 kg", "I lost 30 kg".
  awaited,  ///< "how long until I'm 70 kg?", "¿cuándo pesaré 70 kg?"
  heavier,  ///< "I'm 5 kg heavier than last month".
  lighter,  ///< "I'm down 5 kg", "peso 3 kilos menos".
};

/// What the words around a number of kilograms (or one without a unit, behind a word of weighing) make of it.
mass_meaning meaning_of_mass(const folded_text& words, const quantity& number);

/// True for a difference that is wished for: "I'd like to be 5 kg lighter".
bool is_wished_difference(const folded_text& words, const quantity& number);

}  // namespace genesis::coach
