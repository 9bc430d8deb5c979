#pragma once

#include "domain/artifact.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <expected>
#include <vector>

namespace genesis {

inline constexpr double protein_kcal_per_g = 4;
inline constexpr double carbs_kcal_per_g = 4;
inline constexpr double fat_kcal_per_g = 9;

inline constexpr double fat_share = 0.28;           ///< Of the energy, in the balanced scheme.
inline constexpr double fat_g_per_kg_wanted = 0.8;  ///< Fat is not planned below this ...
inline constexpr double fat_g_per_kg_min = 0.6;     ///< ... unless the energy is too little for everything.
inline constexpr double protein_g_per_kg_min = 1.6;
inline constexpr double carbs_g_min = 50;
inline constexpr double fibre_g_per_1000_kcal = 14;
inline constexpr double fibre_g_max = 40;

static_assert(fat_g_per_kg_min < fat_g_per_kg_wanted, "fat must have room to shrink");

/// Grams of protein for a day, per kg of body weight: 2.2 to lose weight, 2.0 to gain muscle or for recomposition, 1.8
/// to keep the weight or to perform. At or above the plateau of 1.62 g/kg (Morton et al. 2018, Br J Sports Med 52:376).
double protein_g_per_kg(goal aim) noexcept;

/// Where the protein factors come from.
artifact_source protein_source();

/// Fibre for a day, in whole grams: 14 g per 1,000 kcal, at most 40 g.
double fibre_target_g(double kcal) noexcept;

/// The energy is too little for the least protein, fat and carbohydrate that a body of that weight should have.
struct infeasible_macros {
  double smallest_kcal = 0;  ///< Fewest kcal that have a plan.

  friend bool operator==(const infeasible_macros&, const infeasible_macros&) = default;
};

/// Fewest kcal a day that `macro_targets_for` can plan for that weight: least protein, fat and carbohydrate together.
double smallest_feasible_kcal(double weight_kg) noexcept;

/// Protein, carbohydrate and fat for a day in whole grams, and their split over meals.
///
/// Protein follows the goal, fat is 28 % of the energy and at least 0.8 g/kg, carbohydrate is the rest. When less than
/// 50 g of carbohydrate would be left, it stays at 50 g and fat shrinks to 0.6 g/kg, then protein to 1.6 g/kg. `kcal`
/// is the energy of the grams, within 2 kcal of the energy asked for, and the meals add up to the day in every member.
/// `meals_per_day` outside 1 to 8 counts as the nearer end.
std::expected<macro_targets, infeasible_macros> macro_targets_for(
  double target_kcal, double weight_kg, goal aim, int meals_per_day);

/// The parts of the day's energy that the meals get, in order: 30/40/30 % for three, 25/30/20/25 % for four,
/// 20/10/25/20/25 % for five, 18/10/22/10/22/18 % for six, equal parts else. They add up to 1.
std::vector<double> meal_shares(int meals_per_day);

}  // namespace genesis
