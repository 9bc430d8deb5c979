#pragma once

#include "domain/artifact.hpp"
#include "domain/progress.hpp"
#include "domain/text_enum.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis {

/// How tired somebody is. The names are what `readiness.level` shows; they say of what they are the level, for a high
/// score beside a bare `low` reads as its opposite.
enum class fatigue_level : std::uint8_t { low, moderate, high, severe };
template <>
inline constexpr auto enum_names<fatigue_level> = std::to_array<std::pair<fatigue_level, std::string_view>>(
  {{fatigue_level::low, "low_fatigue"}, {fatigue_level::moderate, "moderate_fatigue"},
    {fatigue_level::high, "high_fatigue"}, {fatigue_level::severe, "severe_fatigue"}});

inline constexpr auto readiness_age_max = std::chrono::hours{24};  ///< Older readings say nothing about today.
inline constexpr auto resting_baseline_window = std::chrono::days{28};
inline constexpr std::size_t resting_baseline_count_min = 3;  ///< Earlier readings that make a baseline.
inline constexpr double resting_raised_bpm = 5;               ///< Above one's own baseline.

/// How somebody slept and feels today. Ratings are 1 to 5; 5 is the best, of soreness the worst.
struct readiness_readings {
  double sleep_quality = 3;
  double sleep_hours = 7.5;
  double soreness = 3;
  double energy = 3;
  double motivation = 3;
  bool is_resting_rate_raised = false;
};

/// 1 to 5: the mean of sleep (the smaller of quality and full 90 minutes slept, at least 1), 6 - soreness, energy and
/// motivation; half a point less when the resting heart rate is raised.
double readiness_score(const readiness_readings& readings) noexcept;

/// Low from a score of 4, moderate from 3, high from 2, severe below.
fatigue_level fatigue_of(double score) noexcept;

/// The median of the resting heart rates in the 28 days before the last `readiness_age_max`; nothing from fewer than
/// three.
std::optional<double> resting_baseline_bpm(std::span<const progress_record> records, timestamp now);

/// Readiness from the latest reading of each metric in the last 24 hours, or the metrics that have none there (of
/// `sleep_quality, sleep_hours, soreness, energy, motivation`). The resting heart rate counts when today's and a
/// baseline are known; both are then among the inputs as `resting_heart_rate_bpm` and `resting_baseline_bpm`.
std::expected<readiness, std::vector<progress_metric>> readiness_of(
  std::span<const progress_record> records, timestamp now);

/// Between what the score lies while some of its readings are not known.
struct readiness_bounds {
  double low = 1;
  double high = 5;
  int known_count = 0;  ///< Of sleep, soreness, energy and motivation.
};

/// The score with the worst and with the best that the metrics without a reading in the last 24 hours can be. A resting
/// heart rate that is not known is taken for the usual one.
readiness_bounds readiness_bounds_of(std::span<const progress_record> records, timestamp now);

/// Where the score comes from: an own mean of ratings after Hooper and Mackinnon.
artifact_source readiness_source();

}  // namespace genesis
