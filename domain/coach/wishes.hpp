#pragma once

#include "domain/coach/mentions.hpp"
#include "domain/user.hpp"

#include <optional>

namespace genesis::coach {

/// The weight that a person wants to come down or up to, named or as what "lose 10 kg" leaves. Nothing when neither is
/// said, or what one weighs now is unknown.
std::optional<double> aimed_weight_kg(const mentions& said, const user& person) noexcept;

/// True when the wanted weight is a loss into underweight at the person's height, or the wanted body mass index is one.
bool is_too_light_an_aim(const mentions& said, const user& person);

/// True when what is asked for is what nobody should do, whatever the question is about.
bool is_unsafe(const mentions& said, const user& person);

/// The pace that is asked for, in kg a week, below 0 to lose: stated as such (`0.5 kg a week`), or as a change in a
/// week or more (`5 kg in 10 weeks`). Nothing beside a daily energy, which is a pace of its own.
std::optional<double> wanted_pace(const mentions& said, const user& person) noexcept;

/// The wanted pace, a gain held at `gain_kg_per_week_max`. A loss that is too fast is refused before anybody plans it.
std::optional<double> planned_pace(const mentions& said, const user& person) noexcept;

/// What the daily energy is worked out for.
energy_wish energy_wish_of(const mentions& said, const user& person);

}  // namespace genesis::coach
