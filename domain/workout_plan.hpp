#pragma once

#include "domain/ids.hpp"
#include "domain/patch.hpp"
#include "domain/plan.hpp"
#include "domain/range.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace genesis {

inline constexpr std::size_t workout_days_max = 14;
inline constexpr std::size_t workout_exercises_max = 30;  ///< Of one day.
inline constexpr std::size_t exercise_name_length_max = 120;
inline constexpr range exercise_sets_range{1, 20};
inline constexpr range exercise_reps_range{1, 100};
inline constexpr range exercise_seconds_range{1, 7'200};
inline constexpr range exercise_load_kg_range{0, 1'000};
inline constexpr range exercise_rest_seconds_range{0, 1'800};

/// What PATCH changes of a plan.
struct workout_plan_patch {
  std::optional<std::string> name = {};
  patched<genesis::goal> goal = {};
  patched<std::string> notes = {};
  std::optional<bool> is_active = {};
  patched<calendar_day> starts_on = {};
  patched<calendar_day> ends_on = {};
  std::optional<std::string> days_json = {};
};

/// Training days and what is done on each.
struct workout_plan {
  using patch_type = workout_plan_patch;

  workout_plan_id id;
  std::string name;
  std::optional<genesis::goal> goal;
  std::optional<std::string> notes;
  bool is_active = false;  ///< Of at most one of a person's workout plans.
  std::optional<calendar_day> starts_on;
  std::optional<calendar_day> ends_on;
  /// An array as the API shows it (schema `WorkoutDay`), members in the schema's order: equal days are equal texts.
  std::string days_json = "[]";
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const workout_plan&, const workout_plan&) = default;
};

/// Applies everything of the patch; touches neither `revision` nor `updated_at`.
void apply(const workout_plan_patch& patch, workout_plan& what);

/// What is wrong with a plan whose fields are sound each by itself: its period.
field_errors faults_of(const workout_plan& what);

}  // namespace genesis
