#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/topic.hpp"

#include <optional>

namespace genesis::coach {

/// What one text says of emergencies.
struct emergency_reading {
  std::optional<emergency_kind> present;  ///< A sign of now, the person's or somebody else's.
  std::optional<emergency_kind> past;     ///< A sign of long ago, the person's own; one for a doctor, not for 112.
  bool is_somebody_elses_loss = false;    ///< Tells of a suicide of long ago.
  bool is_chest_soreness = false;         ///< Names pain in the chest, and muscles as its cause.
  bool is_over = false;                   ///< Denies a sign (`no chest pain`) or says that it has passed.
};

/// Finds signs of an emergency. One is enough, wherever it stands, unless its own clause denies it or tells that it was
/// long ago: `my dad had a heart attack` and `I fainted two years ago` are history, `my dad is having a heart attack`
/// and `I fainted yesterday` are not. When in doubt it is an emergency. Linear in the text.
emergency_reading read_emergency(const folded_text& words);

}  // namespace genesis::coach
