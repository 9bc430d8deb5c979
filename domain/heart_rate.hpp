#pragma once

#include "domain/artifact.hpp"
#include "domain/body.hpp"
#include "domain/range.hpp"
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

/// How the maximal heart rate is estimated from age. The names are what `heart_rate_zones.formula` shows.
enum class max_heart_rate_formula : std::uint8_t { tanaka, fox, gellish, gulati, nes };
template <>
inline constexpr auto enum_names<max_heart_rate_formula> =
  std::to_array<std::pair<max_heart_rate_formula, std::string_view>>({{max_heart_rate_formula::tanaka, "tanaka"},
    {max_heart_rate_formula::fox, "fox"}, {max_heart_rate_formula::gellish, "gellish"},
    {max_heart_rate_formula::gulati, "gulati"}, {max_heart_rate_formula::nes, "nes"}});

/// What a maximal heart rate that somebody tells may be, in beats per minute.
inline constexpr range max_heart_rate_range{100, 230};

/// What `heart_rate_zones.formula` shows where the maximum is told and no formula's.
inline constexpr std::string_view stated_maximum = "stated";

/// Title and publication of a formula.
artifact_source source_of(max_heart_rate_formula formula);

/// The publication of zones by heart rate reserve (Karvonen et al. 1957).
artifact_source karvonen_source();

/// Beats per minute, unrounded: 208 - 0.7 A (Tanaka), 220 - A (Fox), 207 - 0.7 A (Gellish), 206 - 0.88 A (Gulati,
/// fitted on women), 211 - 0.64 A (Nes).
double max_heart_rate_bpm(max_heart_rate_formula formula, int age_years) noexcept;

/// The heart rate at a share (0 to 1) of the reserve between rest and maximum (Karvonen).
double karvonen_bpm(double max_bpm, double resting_bpm, double share) noexcept;

/// True when zones can be told by reserve: the resting rate is known and below the maximum.
bool uses_reserve(double max_bpm, std::optional<double> resting_bpm) noexcept;

/// Five zones between 50, 60, 70, 80, 90 and 100 %, rounded to whole beats; neighbours share a bound. By reserve where
/// `uses_reserve` holds, else of the maximum.
std::vector<heart_rate_zone> zones_between(double max_bpm, std::optional<double> resting_bpm);

/// Zones of somebody who knows the maximum.
heart_rate_zones zones_of_maximum(double max_bpm, std::optional<double> resting_bpm);

/// Zones of a person. Needs `date_of_birth`. The resting rate is the latest one on record, if any.
from_profile<heart_rate_zones> heart_rate_zones_of(const user& person, calendar_day today,
  std::optional<double> resting_bpm, max_heart_rate_formula formula = max_heart_rate_formula::tanaka);

}  // namespace genesis
