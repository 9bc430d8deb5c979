#pragma once

#include "domain/coach/composer.hpp"
#include "domain/energy.hpp"

#include <optional>
#include <string>
#include <vector>

namespace genesis::coach {

// What every answer that stands on a daily energy shares.

/// The formula asked for, else the usual one.
resting_energy_formula formula_for(const composer& answer);

/// The name people know; which revision it is stands in the source.
std::string name_in_words(resting_energy_formula formula);

/// What the energy is worked out for.
energy_wish wish_of(const composer& answer);

/// The formula and the measures that it was given.
std::vector<artifact_source> energy_sources(const composer& answer);

/// Runs the tool; nothing when the profile lacks something.
std::optional<energy_target> find_energy_target(composer& answer);

/// True when the plan asked for is one of losing weight.
bool wants_deficit(const composer& answer);

/// Part of an answer for somebody whose profile lacks something.
void help_partially(composer& answer, const profile_gaps& gaps);

}  // namespace genesis::coach
