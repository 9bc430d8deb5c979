#include "domain/coach/open_questions.hpp"

#include "domain/coach/records.hpp"
#include "domain/coach/wishes.hpp"
#include "domain/energy.hpp"
#include "domain/hydration.hpp"
#include "domain/readiness.hpp"

#include <algorithm>
#include <array>

namespace genesis::coach {

namespace {

using fields = std::vector<std::string>;

void add_unless(bool is_known, std::string_view field, fields& missing) {
  if (!is_known && std::ranges::find(missing, field) == missing.end())
    missing.emplace_back(field);
}

fields missing_for_readiness(const mentions& said, const turn& asked) {
  fields missing;
  const auto found = readiness_of(records_with_told(asked.records, said, asked.now), asked.now);
  if (!found)
    for (const auto metric : found.error())
      missing.emplace_back(name_of(metric));
  return missing;
}

}  // namespace

fields missing_for(topic what, const user& known, const mentions& said, const turn& asked) {
  fields missing;
  switch (what) {
  case topic::energy_target:
  case topic::macros:
    missing = missing_for_energy_target(known, energy_wish_of(said, known));
    if (what == topic::macros)
      add_unless(known.weight_kg.has_value(), "weight_kg", missing);
    return missing;
  case topic::resting_energy:
    return missing_for_resting_energy(known, said.resting_formula.value_or(usual_formula(known)));
  case topic::protein:
    add_unless(known.weight_kg.has_value(), "weight_kg", missing);
    add_unless(known.goal.has_value(), "goal", missing);
    return missing;
  case topic::body_mass_index:
    add_unless(known.height_cm.has_value(), "height_cm", missing);
    add_unless(known.weight_kg.has_value(), "weight_kg", missing);
    return missing;
  case topic::water: add_unless(reference_sex_of(known).has_value(), "sex", missing); return missing;
  case topic::heart_rate_zones:
    add_unless(known.date_of_birth || said.max_bpm, "date_of_birth", missing);
    return missing;
  case topic::weight_trend: add_unless(known.goal.has_value(), "goal", missing); return missing;
  case topic::readiness: return missing_for_readiness(said, asked);
  case topic::greeting:
  case topic::profile_gaps: return missing_in_profile(known);
  default: return missing;
  }
}

fields missing_in_profile(const user& known) {
  auto gaps = missing_for_energy_target(known);
  // What Katch-McArdle does without, other answers still need.
  for (const auto& field : missing_for_resting_energy(known, resting_energy_formula::mifflin_st_jeor))
    add_unless(false, field, gaps);
  constexpr auto order = std::to_array<std::string_view>(
    {"date_of_birth", "sex", "height_cm", "weight_kg", "body_fat_pct", "activity_level", "goal"});
  std::ranges::sort(
    gaps, {}, [&](const std::string& field) { return std::ranges::find(order, field) - order.begin(); });
  return gaps;
}

}  // namespace genesis::coach
