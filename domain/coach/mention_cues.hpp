#pragma once

#include "domain/coach/phrase_book.hpp"

#include <span>

namespace genesis::coach {

/// What a cue of a mention says.
enum mark : int {
  wants_loss,
  wants_maintenance,
  wants_gain,
  wants_recomposition,
  wants_performance,
  asks_expenditure,
  names_rest,
  owns_goal,
  runs_a_race,
  wants_low_carb,
  asks_pace,
  asks_diary,
  asks_to_save,
  is_sedentary,
  is_light,
  is_moderate,
  is_active,
  is_very_active,
  moves_more,
  moves_less,
  trains,
  denies_pregnancy,
  is_male,
  is_female,
  asks_harris_benedict,
  asks_mifflin,
  asks_katch,
  asks_fox,
  asks_tanaka,
  asks_gellish,
  asks_gulati,
  asks_nes,
  asks_epley,
  asks_brzycki,
  asks_lombardi,
  asks_mayhew,
  asks_oconner,
  asks_wathan,
  asks_lander,
  in_pounds,
  in_kilograms,
  keeps_units,
  asks_reason,
  does_bench,
  does_squat,
  does_deadlift,
  does_overhead_press,
  does_row,
  does_pull_up,
  lifts,
  asks_maximum,
  names_pulse,
  mark_count,
};

/// What people say for each `mark`, in both languages.
std::span<const cue> mention_cues();

}  // namespace genesis::coach
