#pragma once

#include "domain/coach/composer.hpp"

#include <optional>

namespace genesis::coach {

/// The pace that the person asks for, in kg a week, below 0 to lose: stated as such (`0.5 kg a week`), or as a change
/// in a week or more (`5 kg in 10 weeks`). Nothing beside a daily energy, which is a pace of its own.
std::optional<double> wanted_pace(const composer& answer);

/// The wanted pace, a gain held at `gain_kg_per_week_max`. A loss that is too fast is refused before anybody plans it.
std::optional<double> planned_pace(const composer& answer);

}  // namespace genesis::coach
