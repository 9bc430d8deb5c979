#include "domain/heart_rate.hpp"

#include <array>
#include <cmath>

namespace genesis {

namespace {

constexpr std::array<double, 6> zone_bounds{0.5, 0.6, 0.7, 0.8, 0.9, 1.0};

}  // namespace

artifact_source source_of(max_heart_rate_formula formula) {
  constexpr auto kind = artifact_source::kind_type::formula;
  switch (formula) {
  case max_heart_rate_formula::tanaka: return {kind, "Tanaka", "Tanaka et al. 2001, J Am Coll Cardiol 37:153-156"};
  case max_heart_rate_formula::fox: return {kind, "Fox", "Fox et al. 1971, Ann Clin Res 3:404-432"};
  case max_heart_rate_formula::gellish:
    return {kind, "Gellish", "Gellish et al. 2007, Med Sci Sports Exerc 39:822-829"};
  case max_heart_rate_formula::gulati: return {kind, "Gulati", "Gulati et al. 2010, Circulation 122:130-137"};
  case max_heart_rate_formula::nes: return {kind, "Nes", "Nes et al. 2013, Scand J Med Sci Sports 23:697-704"};
  }
  return {};
}

artifact_source karvonen_source() {
  return {artifact_source::kind_type::formula, "Karvonen", "Karvonen et al. 1957, Ann Med Exp Biol Fenn 35:307-315"};
}

double max_heart_rate_bpm(max_heart_rate_formula formula, int age_years) noexcept {
  switch (formula) {
  case max_heart_rate_formula::tanaka: return 208 - 0.7 * age_years;
  case max_heart_rate_formula::fox: return 220 - age_years;
  case max_heart_rate_formula::gellish: return 207 - 0.7 * age_years;
  case max_heart_rate_formula::gulati: return 206 - 0.88 * age_years;
  case max_heart_rate_formula::nes: return 211 - 0.64 * age_years;
  }
  return 208 - 0.7 * age_years;
}

double karvonen_bpm(double max_bpm, double resting_bpm, double share) noexcept {
  return resting_bpm + (max_bpm - resting_bpm) * share;
}

bool uses_reserve(double max_bpm, std::optional<double> resting_bpm) noexcept {
  return resting_bpm && *resting_bpm < max_bpm;
}

std::vector<heart_rate_zone> zones_between(double max_bpm, std::optional<double> resting_bpm) {
  // A reserve that begins at nothing is the maximum itself.
  const double from_bpm = uses_reserve(max_bpm, resting_bpm) ? *resting_bpm : 0;
  const auto bound = [&](std::size_t i) {
    return static_cast<int>(std::lround(karvonen_bpm(max_bpm, from_bpm, zone_bounds[i])));
  };
  std::vector<heart_rate_zone> zones;
  for (std::size_t i = 0; i + 1 < zone_bounds.size(); ++i)
    zones.push_back({.zone = static_cast<int>(i + 1), .low_bpm = bound(i), .high_bpm = bound(i + 1)});
  return zones;
}

heart_rate_zones zones_of_maximum(double max_bpm, std::optional<double> resting_bpm) {
  return {.max_bpm = max_bpm, .formula = std::string{stated_maximum}, .zones = zones_between(max_bpm, resting_bpm)};
}

from_profile<heart_rate_zones> heart_rate_zones_of(
  const user& person, calendar_day today, std::optional<double> resting_bpm, max_heart_rate_formula formula) {
  const auto age = age_of(person, today);
  if (!age)
    return std::unexpected(profile_gaps{{"date_of_birth"}});
  const double max_bpm = max_heart_rate_bpm(formula, *age);
  return heart_rate_zones{
    .max_bpm = max_bpm, .formula = std::string{name_of(formula)}, .zones = zones_between(max_bpm, resting_bpm)};
}

}  // namespace genesis
