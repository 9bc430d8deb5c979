#pragma once

#include "domain/artifact.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <expected>
#include <optional>

namespace genesis {

/// The two groups that formulas were fitted on. A formula that needs one takes this type, so that "unspecified" can
/// never reach it; such a person has a gap in the profile there.
enum class reference_sex : std::uint8_t { male, female };

/// The group a person falls in; nothing when the sex is unknown or unspecified.
std::optional<reference_sex> reference_sex_of(const user& person) noexcept;

/// Full years of age; nothing without a date of birth.
std::optional<int> age_of(const user& person, calendar_day today) noexcept;

/// Body mass index in kg/m2, for instance 24.69 for 80 kg and 180 cm. The height is positive.
double body_mass_index(double weight_kg, double height_cm) noexcept;

/// Body mass index of a person; nothing without weight and height.
std::optional<double> body_mass_index_of(const user& person) noexcept;

/// Everything of the body but its fat, in kg. `body_fat_pct` is 0 to 100.
double fat_free_mass_kg(double weight_kg, double body_fat_pct) noexcept;

/// A value computed from the profile, or the profile's fields that it lacks, under their API names and in the order
/// `date_of_birth, sex, height_cm, weight_kg, body_fat_pct, activity_level, goal`.
template <class T>
using from_profile = std::expected<T, profile_gaps>;

}  // namespace genesis
