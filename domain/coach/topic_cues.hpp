#pragma once

#include "domain/coach/phrase_book.hpp"

#include <span>

namespace genesis::coach {

// The tables that `read_topic` works with, in both languages. They hold words only; how they count is told in
// topic.cpp.

/// What people say about each `topic`.
std::span<const cue> topic_cues();

/// What people say about each `training_subject`.
std::span<const cue> training_cues();

}  // namespace genesis::coach
