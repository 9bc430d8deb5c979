#include "domain/hydration.hpp"

#include "domain/conditions.hpp"

namespace genesis {

namespace {

constexpr int adult_intake_age_years = 14;  // EFSA gives adolescents from 14 years on the adults' intake

maternity maternity_of(const user& person) {
  if (any_states(person.medical_conditions, health_condition::lactation))
    return maternity::lactation;
  if (any_states(person.medical_conditions, health_condition::pregnancy))
    return maternity::pregnancy;
  return maternity::none;
}

double extra_litres(maternity state) noexcept {
  switch (state) {
  case maternity::none: return 0;
  case maternity::pregnancy: return 0.3;
  case maternity::lactation: return 0.7;
  }
  return 0;
}

}  // namespace

double total_water_litres(reference_sex sex, maternity state, std::optional<int> age_years) noexcept {
  const bool is_child = age_years && *age_years < adult_intake_age_years;
  const double base = sex == reference_sex::male ? (is_child ? 2.1 : 2.5) : (is_child ? 1.9 : 2.0);
  return base + extra_litres(state);
}

from_profile<water_target> water_target_of(const user& person, calendar_day today) {
  const auto sex = reference_sex_of(person);
  if (!sex)
    return std::unexpected(profile_gaps{{"sex"}});
  return water_target{.litres = total_water_litres(*sex, maternity_of(person), age_of(person, today))};
}

artifact_source water_source() {
  return {
    artifact_source::kind_type::publication, "Dietary reference values for water", "EFSA 2010, EFSA Journal 8(3):1459"};
}

}  // namespace genesis
