#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/mentions.hpp"
#include "domain/progress.hpp"

#include <optional>

namespace genesis::coach {

/// Adds how today feels: ratings as numbers (`sore 4 of 5`, `energy 2`, `motivación de 3`), and soreness and tiredness
/// as words (`a bit sore`, `very tired`). A number that no rating has is among `impossible`. What is denied, asked for
/// or told of another day is none.
void read_ratings(const folded_text& words, mentions& said);

/// What is told of a metric of readiness, `sleep_hours` included; nothing for others.
std::optional<double> told_reading(const mentions& said, progress_metric metric) noexcept;

}  // namespace genesis::coach
