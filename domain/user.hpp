#pragma once

#include "domain/ids.hpp"
#include "domain/patch.hpp"
#include "domain/range.hpp"
#include "domain/text_enum.hpp"
#include "domain/time.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

enum class user_role : std::uint8_t { user, coach, admin };
template <>
inline constexpr auto enum_names<user_role> = std::to_array<std::pair<user_role, std::string_view>>(
  {{user_role::user, "user"}, {user_role::coach, "coach"}, {user_role::admin, "admin"}});

enum class sex : std::uint8_t { male, female, unspecified };
template <>
inline constexpr auto enum_names<sex> = std::to_array<std::pair<sex, std::string_view>>(
  {{sex::male, "male"}, {sex::female, "female"}, {sex::unspecified, "unspecified"}});

enum class activity_level : std::uint8_t { sedentary, light, moderate, active, very_active };
template <>
inline constexpr auto enum_names<activity_level> = std::to_array<std::pair<activity_level, std::string_view>>(
  {{activity_level::sedentary, "sedentary"}, {activity_level::light, "light"}, {activity_level::moderate, "moderate"},
    {activity_level::active, "active"}, {activity_level::very_active, "very_active"}});

enum class goal : std::uint8_t { lose_weight, maintain, gain_muscle, recomposition, performance };
template <>
inline constexpr auto enum_names<goal> =
  std::to_array<std::pair<goal, std::string_view>>({{goal::lose_weight, "lose_weight"}, {goal::maintain, "maintain"},
    {goal::gain_muscle, "gain_muscle"}, {goal::recomposition, "recomposition"}, {goal::performance, "performance"}});

enum class experience_level : std::uint8_t { beginner, intermediate, advanced };
template <>
inline constexpr auto enum_names<experience_level> =
  std::to_array<std::pair<experience_level, std::string_view>>({{experience_level::beginner, "beginner"},
    {experience_level::intermediate, "intermediate"}, {experience_level::advanced, "advanced"}});

enum class unit_system : std::uint8_t { metric, imperial };
template <>
inline constexpr auto enum_names<unit_system> = std::to_array<std::pair<unit_system, std::string_view>>(
  {{unit_system::metric, "metric"}, {unit_system::imperial, "imperial"}});

inline constexpr range height_cm_range{50, 272};
inline constexpr range weight_kg_range{20, 500};
inline constexpr range body_fat_pct_range{2, 75};
inline constexpr int birth_year_min = 1900;
inline constexpr int age_years_min = 13;  ///< Nobody younger may have an account.
inline constexpr std::size_t full_name_length_max = 200;
inline constexpr std::size_t profile_list_length_max = 50;
inline constexpr std::size_t profile_text_length_max = 100;

/// The latest value of a progress metric that the profile shows.
struct latest_measurement {
  progress_id record;
  timestamp recorded_at;
  double value = 0;

  friend bool operator==(const latest_measurement&, const latest_measurement&) = default;
};

/// A person, as the API shows them. Everything but the account's own fields may be unknown.
struct user {
  user_id id;
  std::string email;  ///< Lower case.
  user_role role = user_role::user;
  bool is_active = true;  ///< False once an operator has disabled the account.
  std::optional<std::string> full_name;
  std::optional<calendar_day> date_of_birth;
  std::optional<genesis::sex> sex;
  std::optional<double> height_cm;
  std::optional<latest_measurement> weight_kg;     ///< Latest progress record of the metric, by `recorded_at`.
  std::optional<latest_measurement> body_fat_pct;  ///< Likewise.
  std::optional<genesis::activity_level> activity_level;
  std::optional<genesis::goal> goal;
  std::optional<genesis::experience_level> experience_level;
  std::vector<std::string> dietary_restrictions;
  std::vector<std::string> allergies;
  std::vector<std::string> medical_conditions;
  std::optional<std::string> timezone;  ///< An IANA name.
  std::optional<std::string> locale;    ///< `en` or `es`, with or without a region (`es-MX`).
  unit_system units = unit_system::metric;
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const user&, const user&) = default;
};

/// What PATCH changes of a person; an empty member leaves the field as it is.
struct user_patch {
  patched<std::string> full_name;
  patched<calendar_day> date_of_birth;
  patched<genesis::sex> sex;
  patched<double> height_cm;
  std::optional<double> weight_kg;     ///< Writes a progress record with source `profile`.
  std::optional<double> body_fat_pct;  ///< Likewise.
  patched<genesis::activity_level> activity_level;
  patched<genesis::goal> goal;
  patched<genesis::experience_level> experience_level;
  std::optional<std::vector<std::string>> dietary_restrictions;
  std::optional<std::vector<std::string>> allergies;
  std::optional<std::vector<std::string>> medical_conditions;
  patched<std::string> timezone;
  patched<std::string> locale;
  std::optional<unit_system> units;
};

/// Applies everything of the patch but the two measurements, which live in progress records. Touches neither `revision`
/// nor `updated_at`.
void apply(const user_patch& patch, user& person);

}  // namespace genesis
