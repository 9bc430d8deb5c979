#pragma once

#include "domain/ids.hpp"
#include "domain/patch.hpp"
#include "domain/range.hpp"
#include "domain/text_enum.hpp"
#include "domain/validation.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace genesis {

enum class progress_metric : std::uint8_t {
  weight_kg,
  body_fat_pct,
  waist_cm,
  resting_heart_rate_bpm,
  sleep_hours,
  sleep_quality,
  soreness,
  energy,
  motivation,
  stress,
};
template <>
inline constexpr auto enum_names<progress_metric> = std::to_array<std::pair<progress_metric, std::string_view>>(
  {{progress_metric::weight_kg, "weight_kg"}, {progress_metric::body_fat_pct, "body_fat_pct"},
    {progress_metric::waist_cm, "waist_cm"}, {progress_metric::resting_heart_rate_bpm, "resting_heart_rate_bpm"},
    {progress_metric::sleep_hours, "sleep_hours"}, {progress_metric::sleep_quality, "sleep_quality"},
    {progress_metric::soreness, "soreness"}, {progress_metric::energy, "energy"},
    {progress_metric::motivation, "motivation"}, {progress_metric::stress, "stress"}});

/// Allowed values of a metric.
constexpr range range_of(progress_metric metric) noexcept {
  switch (metric) {
  case progress_metric::weight_kg: return {20, 500};
  case progress_metric::body_fat_pct: return {2, 75};
  case progress_metric::waist_cm: return {40, 250};
  case progress_metric::resting_heart_rate_bpm: return {25, 220};
  case progress_metric::sleep_hours: return {0, 24};
  case progress_metric::sleep_quality:
  case progress_metric::soreness:
  case progress_metric::energy:
  case progress_metric::motivation:
  case progress_metric::stress: return {1, 5};
  }
  return {1, 0};
}

/// True for the feelings that are rated 1, 2, 3, 4 or 5.
constexpr bool is_rating(progress_metric metric) noexcept {
  return metric >= progress_metric::sleep_quality;
}

/// What is wrong with a value of a metric: out of range, or a rating that is no whole number.
std::optional<field_error> progress_value_fault(progress_metric metric, double value);

/// Where a record came from. A client can only write `manual`.
enum class progress_source : std::uint8_t { manual, profile };
template <>
inline constexpr auto enum_names<progress_source> = std::to_array<std::pair<progress_source, std::string_view>>(
  {{progress_source::manual, "manual"}, {progress_source::profile, "profile"}});

inline constexpr std::size_t progress_note_length_max = 2'000;      ///< Code points.
inline constexpr auto progress_ahead_max = std::chrono::hours{24};  ///< `recorded_at` beyond now.

/// What PATCH changes of a record.
struct progress_patch {
  std::optional<double> value = {};
  std::optional<timestamp> recorded_at = {};
  patched<std::string> note = {};
};

/// One measurement or feeling of one moment.
struct progress_record {
  using patch_type = progress_patch;

  progress_id id;
  progress_metric metric = progress_metric::weight_kg;
  double value = 0;
  timestamp recorded_at;
  progress_source source = progress_source::manual;
  std::optional<std::string> note;
  timestamp created_at;
  timestamp updated_at;
  std::int64_t revision = 1;

  friend bool operator==(const progress_record&, const progress_record&) = default;
};

/// Applies everything of the patch; touches neither `revision` nor `updated_at`.
void apply(const progress_patch& patch, progress_record& record);

/// What is wrong with a record whose fields are sound each by itself: the value, by its metric.
field_errors faults_of(const progress_record& record);

}  // namespace genesis
