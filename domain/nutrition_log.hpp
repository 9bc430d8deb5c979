#pragma once

#include "domain/ids.hpp"
#include "domain/patch.hpp"
#include "domain/range.hpp"
#include "domain/text_enum.hpp"
#include "domain/validation.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace genesis {

/// What an entry of the food diary belongs to.
enum class meal : std::uint8_t { breakfast, lunch, dinner, snack, other };
template <>
inline constexpr auto enum_names<meal> =
  std::to_array<std::pair<meal, std::string_view>>({{meal::breakfast, "breakfast"}, {meal::lunch, "lunch"},
    {meal::dinner, "dinner"}, {meal::snack, "snack"}, {meal::other, "other"}});

inline constexpr int log_year_min = 1900;
inline constexpr std::chrono::days log_ahead_max{1};                ///< Beyond today.
inline constexpr std::chrono::hours log_zone_ahead_of_utc_max{14};  ///< Of the Line Islands, where a day begins first.
inline constexpr std::size_t log_description_length_max = 500;      ///< Code points.
inline constexpr std::size_t log_note_length_max = 2'000;           ///< Code points.
inline constexpr range log_energy_kcal_range{0, 20'000};
inline constexpr range log_nutrient_g_range{0, 2'000};

/// What PATCH changes of an entry.
struct nutrition_log_patch {
  std::optional<calendar_day> log_date = {};
  std::optional<genesis::meal> meal = {};
  std::optional<std::string> description = {};
  std::optional<double> energy_kcal = {};
  patched<double> protein_g = {};
  patched<double> carbs_g = {};
  patched<double> fat_g = {};
  patched<double> fibre_g = {};
  patched<std::string> note = {};
};

/// Something eaten or drunk on a day.
struct nutrition_log {
  using patch_type = nutrition_log_patch;

  nutrition_log_id id;
  calendar_day log_date;  ///< Where the person is.
  genesis::meal meal = genesis::meal::other;
  std::string description;
  double energy_kcal = 0;
  std::optional<double> protein_g;
  std::optional<double> carbs_g;
  std::optional<double> fat_g;
  std::optional<double> fibre_g;
  std::optional<std::string> note;
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const nutrition_log&, const nutrition_log&) = default;
};

/// The place of a day in lists: days since 1970.
constexpr std::int64_t day_number(calendar_day day) noexcept {
  return std::chrono::sys_days{day}.time_since_epoch().count();
}

/// The day with this number; the first or last day that ISO 8601 can write for numbers beyond them.
calendar_day day_numbered(std::int64_t number) noexcept;

/// Applies everything of the patch; touches neither `revision` nor `updated_at`.
void apply(const nutrition_log_patch& patch, nutrition_log& what);

/// Nothing: the fields of an entry are sound each by itself.
inline field_errors faults_of(const nutrition_log&) {
  return {};
}

}  // namespace genesis
