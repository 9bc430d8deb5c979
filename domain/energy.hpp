#pragma once

#include "domain/artifact.hpp"
#include "domain/body.hpp"
#include "domain/text_enum.hpp"
#include "domain/user.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

/// How resting energy is estimated. The names are what `resting_energy.formula` shows.
enum class resting_energy_formula : std::uint8_t { mifflin_st_jeor, katch_mcardle, harris_benedict };
template <>
inline constexpr auto enum_names<resting_energy_formula> =
  std::to_array<std::pair<resting_energy_formula, std::string_view>>(
    {{resting_energy_formula::mifflin_st_jeor, "mifflin_st_jeor"},
      {resting_energy_formula::katch_mcardle, "katch_mcardle"},
      {resting_energy_formula::harris_benedict, "harris_benedict"}});

/// Title and publication of a formula.
artifact_source source_of(resting_energy_formula formula);

/// kcal a day: 10 W + 6.25 H - 5 A, + 5 for men, - 161 for women (Mifflin et al. 1990, Am J Clin Nutr 51:241-247).
double mifflin_st_jeor_kcal(reference_sex sex, double weight_kg, double height_cm, int age_years) noexcept;

/// kcal a day from the fat-free mass: 370 + 21.6 kcal per kg (McArdle, Katch and Katch, Exercise Physiology).
double katch_mcardle_kcal(double weight_kg, double body_fat_pct) noexcept;

/// kcal a day as revised by Roza and Shizgal 1984, Am J Clin Nutr 40:168-182.
double harris_benedict_kcal(reference_sex sex, double weight_kg, double height_cm, int age_years) noexcept;

/// The formula for somebody who asks for none: Katch-McArdle when body fat is known, else Mifflin-St Jeor.
resting_energy_formula usual_formula(const user& person) noexcept;

/// Fields of the profile that the formula needs and the person has not filled in, under their API names. A `sex` of
/// unspecified counts as missing. Katch-McArdle needs weight and body fat only.
std::vector<std::string> missing_for_resting_energy(const user& person, resting_energy_formula formula);

/// Resting energy by the formula asked for, else by the usual one. Inputs: `weight_kg`, `height_cm`, `age_years` or
/// `weight_kg`, `body_fat_pct`. An age, a height and a weight that cannot be of one body (20 kg at 110 years), so that
/// the formula gives no energy at all, count as not filled in.
from_profile<resting_energy> resting_energy_of(
  const user& person, calendar_day today, std::optional<resting_energy_formula> asked = {});

/// What resting energy is multiplied by for a whole day: 1.2, 1.375, 1.55, 1.725 or 1.9.
double activity_factor(activity_level level) noexcept;

/// What a kilogram of body weight is taken for when its composition is not known: 3,500 kcal per pound, the value of
/// body tissue around 30 kg of fat (Hall 2008, Int J Obes 32:573-576).
inline constexpr double kcal_per_kg = 7700;

/// What a change of body weight moves the daily energy by, in kcal a day, with `kcal_per_kg`; below 0 for a loss.
double kcal_per_day_of(double kg_per_week) noexcept;

/// The change of body weight, in kg a week, that eating so many kcal a day above what one uses amounts to; below 0 for
/// a deficit. The inverse of `kcal_per_day_of`.
double kg_per_week_of(double kcal_per_day) noexcept;

/// What a goal adds to maintenance, as a share of it: -0.20 (lose_weight), 0, +0.10 (gain_muscle), -0.10
/// (recomposition), 0.
double energy_change(goal aim) noexcept;

/// True for the goals that are reached by eating less than one uses.
bool is_deficit(goal aim) noexcept;

/// Fewest kcal a day that the coach suggests without a doctor: 1,500 for men, 1,200 for women.
double energy_floor_kcal(reference_sex sex) noexcept;

/// What decided a target. The names are what `energy_target.bound_by` shows.
enum class energy_bound : std::uint8_t { requested, floor, maintenance };
template <>
inline constexpr auto enum_names<energy_bound> = std::to_array<std::pair<energy_bound, std::string_view>>(
  {{energy_bound::requested, "requested"}, {energy_bound::floor, "floor"}, {energy_bound::maintenance, "maintenance"}});

/// The target is max(requested, min(floor, maintenance)): never under the floor, but the floor alone never makes
/// anybody eat more than they use. Bound by `requested` when the request stands, else by the smaller of floor and
/// maintenance.
energy_target bounded_energy_target(
  double resting_kcal, double activity_factor, double floor_kcal, double requested_kcal);

/// What a person asks for instead of what the profile says.
struct energy_wish {
  std::optional<resting_energy_formula> formula = {};
  std::optional<genesis::goal> goal = {};
  std::optional<double> kcal = {};  ///< A daily energy; the goal is then not needed.
  /// A pace, below 0 to lose: maintenance moves by `kcal_per_day_of` it, and the goal is not needed either. A `kcal`
  /// outweighs it.
  std::optional<double> change_kg_per_week = {};
};

/// Fields of the profile that a target needs and the person has not filled in.
std::vector<std::string> missing_for_energy_target(const user& person, const energy_wish& wish = {});

/// The daily energy for a person's goal, held by the floor. It does not look for reasons to refuse a deficit: ask
/// `deficit_refusals` of `domain/safety.hpp` first.
from_profile<energy_target> energy_target_of(const user& person, calendar_day today, const energy_wish& wish = {});

}  // namespace genesis
