#pragma once

#include "domain/coach/phrase_book.hpp"

#include <span>

namespace genesis::coach {

// The words that `read_emergency` works with, in both languages.

/// Signs of each `emergency_kind`. One of them is enough.
std::span<const cue> emergency_cues();

/// Wordings that look like a sign and are none (`suicide sprints`, `dead lifts`, `cut myself shaving`).
std::span<const cue> harmless_cues();

/// Wordings that say that an emergency has passed, or never was.
std::span<const cue> relief_cues();

}  // namespace genesis::coach
