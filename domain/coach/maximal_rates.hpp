#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/quantities.hpp"

namespace genesis::coach {

/// True for a number that is told as somebody's maximal heart rate, where the talk is of the heart: "my maximal heart
/// rate is 190", "FC máx. de 190", "190 bpm max". One that can be none is, too, when nothing else can be meant ("my max
/// heart rate is 300"). Not "maximum for age 50", "220 minus age", "max squat 140".
bool is_maximal_rate(const folded_text& words, const quantity& number);

/// True for a reply that has this number and nothing else to say: "190", "sorry, it's 190 bpm". Not "I weigh 85".
bool is_nothing_but_rate(const folded_text& words, const quantity& number);

}  // namespace genesis::coach
