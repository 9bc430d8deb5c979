#pragma once

#include <array>
#include <string_view>

namespace genesis::coach {

/// Everyday words of both languages, folded, that are one letter away from something the coach looks for and are never meant
/// as it.
inline constexpr auto common_words = std::to_array<std::string_view>({"about", "being", "bring", "could", "donde", "event",
  "fresh", "goals", "great", "hearing", "heard", "learn", "least", "loose", "marco", "maybe", "might", "never", "other",
  "pasado", "phone", "place", "point", "quick", "quiet", "quite", "right", "shout", "since", "sleet", "small", "sobre", "state",
  "still", "there", "these", "think", "those", "threat", "three", "tiene", "todos", "trail", "under", "until", "waste", "where",
  "which", "while", "whole", "world", "worst", "would", "write"});

}  // namespace genesis::coach
