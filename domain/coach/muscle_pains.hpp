#pragma once

#include "domain/coach/folded_text.hpp"

namespace genesis::coach {

/// What a text says about pains that may be those of worked muscles.
struct muscle_pains {
  /// A pain in the chest is told as that of its muscles: from push-ups or another exercise of theirs (`from`, not
  /// `during`), or as soreness with such a cause. Not with any sign of the heart beside it, such as pressure, sweat,
  /// short breath or pain in an arm or the jaw, nor when it comes with effort.
  bool is_chest_soreness = false;
  bool is_alarming_soreness = false;  ///< A chest that is only called sore, with a sign of the heart beside it.
  bool is_calf_strain = false;        ///< A calf that hurts has a cause of its own: a strain, a kick, a hard session.
};

/// Linear in the text.
muscle_pains read_muscle_pains(const folded_text& words);

}  // namespace genesis::coach
