#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/safety.hpp"

#include <optional>

namespace genesis::coach {

/// What one question aims at that may harm whoever does it, as far as its words tell. Amounts stand here whether they
/// are harmful or not; `harm_of` judges them.
struct harmful_aims {
  bool names_substance = false;   ///< A drug taken to get lean or big: clenbuterol, DNP, steroids, diet pills.
  bool wants_water_fast = false;  ///< To live on water, for however long.
  bool wants_no_food = false;     ///< To eat nothing at all, for however long.
  bool dries_out = false;         ///< To lose weight as water: sauna suits, sweating it off, cutting water.
  std::optional<double> fast_days;
  std::optional<double> drink_litres_per_day;
  std::optional<double> drink_litres_per_hour;
  std::optional<double> training_hours_per_day;
};

/// Reads one question, English or Spanish. What its own clause denies is no aim.
harmful_aims read_aims(const folded_text& words);

/// Why to refuse, the gravest first; nothing when all of it is fine.
std::optional<safety_kind> harm_of(const harmful_aims& aims) noexcept;

}  // namespace genesis::coach
