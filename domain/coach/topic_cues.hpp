#pragma once

#include "domain/coach/phrase_book.hpp"

#include <span>

namespace genesis::coach {

// The tables that `read_topic` works with, in both languages. They hold words only; how they count is told in
// topic.cpp.

/// What people say about each `topic`.
std::span<const cue> topic_cues();

/// Signs of each `emergency_kind`. One of them is enough.
std::span<const cue> emergency_cues();

/// Wordings that look like a sign and are none (`suicide sprints`, `dead lifts`).
std::span<const cue> harmless_cues();

/// What people say about each `training_subject`.
std::span<const cue> training_cues();

}  // namespace genesis::coach
