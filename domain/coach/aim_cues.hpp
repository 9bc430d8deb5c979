#pragma once

#include "domain/coach/phrase_book.hpp"

#include <span>

namespace genesis::coach {

/// What a cue of an aim says.
enum aim_mark : int {
  lives_on_water,
  goes_without_food,  ///< An aim when it lasts.
  gives_up_food,      ///< An aim however long it lasts.
  fasts_in_bouts,
  names_substance,
  harmless_substance,
  dries_out,
  goes_without_water,  ///< An aim when it lasts or is for the scale.
  for_the_scale,
  harmless_thirst,
  aim_mark_count,
};

/// What people say for each `aim_mark`, in both languages.
std::span<const cue> aim_cues();

}  // namespace genesis::coach
