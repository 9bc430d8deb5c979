#pragma once

#include "domain/ids.hpp"
#include "domain/patch.hpp"
#include "domain/plan.hpp"
#include "domain/range.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace genesis {

inline constexpr std::size_t plan_meals_max = 10;
inline constexpr range plan_energy_kcal_range{800, 10'000};  ///< Of a day.
inline constexpr range plan_macro_g_range{0, 1'000};         ///< Of a day.
inline constexpr range plan_fibre_g_range{0, 200};
inline constexpr range plan_water_litres_range{0, 20};
inline constexpr range meal_share_pct_range{0, 100};
inline constexpr range meal_energy_kcal_range{0, 10'000};

/// What PATCH changes of a plan.
struct nutrition_plan_patch {
  std::optional<std::string> name = {};
  patched<std::string> notes = {};
  std::optional<bool> is_active = {};
  patched<calendar_day> starts_on = {};
  patched<calendar_day> ends_on = {};
  std::optional<double> energy_kcal = {};
  std::optional<double> protein_g = {};
  std::optional<double> carbs_g = {};
  std::optional<double> fat_g = {};
  patched<double> fibre_g = {};
  patched<double> water_litres = {};
  std::optional<std::string> meals_json = {};
};

/// What to eat and drink on a day, and how it is spread over the meals.
struct nutrition_plan {
  using patch_type = nutrition_plan_patch;

  nutrition_plan_id id;
  std::string name;
  std::optional<std::string> notes;
  bool is_active = false;  ///< Of at most one of a person's nutrition plans.
  std::optional<calendar_day> starts_on;
  std::optional<calendar_day> ends_on;
  double energy_kcal = 0;
  double protein_g = 0;
  double carbs_g = 0;
  double fat_g = 0;
  std::optional<double> fibre_g;
  std::optional<double> water_litres;
  /// An array as the API shows it (schema `PlannedMeal`), members in the schema's order: equal meals are equal texts.
  std::string meals_json = "[]";
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const nutrition_plan&, const nutrition_plan&) = default;
};

/// Applies everything of the patch; touches neither `revision` nor `updated_at`.
void apply(const nutrition_plan_patch& patch, nutrition_plan& what);

/// What is wrong with a plan whose fields are sound each by itself: its period.
field_errors faults_of(const nutrition_plan& what);

}  // namespace genesis
