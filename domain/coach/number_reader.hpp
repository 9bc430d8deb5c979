#pragma once

#include "domain/coach/folded_text.hpp"
#include "domain/coach/mentions.hpp"

namespace genesis::coach {

/// How active somebody is who trains so many times a week.
activity_level activity_of_training(double times) noexcept;

/// Adds what the numbers of a question say to what was read from its words. Facts that are set already stay.
void read_numbers(const folded_text& words, const number_context& context, mentions& said);

}  // namespace genesis::coach
