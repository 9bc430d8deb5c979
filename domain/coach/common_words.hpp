#pragma once

#include <array>
#include <string_view>

namespace genesis::coach {

/// Everyday words of both languages, folded, that are one letter away from something the coach looks for and are never
/// meant as it.
inline constexpr auto common_words = std::to_array<std::string_view>({"about", "beber", "being", "bring", "calle",
  "comer", "could", "deber", "dentro", "donde", "event", "fresh", "goals", "great", "hambre", "hombre", "hombres",
  "hearing", "heard", "learn", "least", "loose", "marco", "maybe", "might", "muero", "never", "other", "pasado",
  "phone", "poder", "poner", "place", "point", "quick", "quiet", "quite", "recomendar", "recomienda", "recomiendas",
  "right", "shout", "since", "sleet", "saber", "small", "sobre", "sprint", "sprints", "state", "still", "there",
  "these", "think", "those", "threat", "three", "tiene", "todos", "tomar", "traer", "trail", "under", "until", "waste",
  "where", "which", "while", "whole", "world", "worst", "would", "write"});

}  // namespace genesis::coach
