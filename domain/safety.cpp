#include "domain/safety.hpp"

#include "domain/body.hpp"
#include "domain/conditions.hpp"
#include "domain/energy.hpp"

namespace genesis {

namespace {

constexpr double gain_fast_pct_max = 0.5;  // of the body weight a week

}  // namespace

safety_notice notice_of(safety_kind kind) {
  return {.kind = std::string{name_of(kind)}};
}

std::vector<safety_kind> deficit_refusals(const user& person, calendar_day today) {
  std::vector<safety_kind> reasons;
  const auto& stated = person.medical_conditions;
  if (any_states(stated, health_condition::eating_disorder))
    reasons.push_back(safety_kind::eating_disorder);
  if (any_states(stated, health_condition::pregnancy))
    reasons.push_back(safety_kind::pregnancy);
  if (any_states(stated, health_condition::lactation))
    reasons.push_back(safety_kind::lactation);
  if (const auto age = age_of(person, today); age && *age < deficit_age_years_min)
    reasons.push_back(safety_kind::underage);
  if (const auto bmi = body_mass_index_of(person); bmi && *bmi < deficit_bmi_min)
    reasons.push_back(safety_kind::underweight);
  if (any_states(stated, health_condition::insulin))
    reasons.push_back(safety_kind::diabetes);
  return reasons;
}

std::vector<safety_kind> plan_cautions(const user& person) {
  std::vector<safety_kind> cautions;
  const auto& stated = person.medical_conditions;
  if (any_states(stated, health_condition::diabetes) || any_states(stated, health_condition::insulin))
    cautions.push_back(safety_kind::diabetes);
  if (any_states(stated, health_condition::kidney_disease))
    cautions.push_back(safety_kind::kidney_disease);
  return cautions;
}

bool is_unsafe_aim(double weight_kg, std::optional<double> height_cm) noexcept {
  return body_mass_index(weight_kg, height_cm.value_or(aim_height_cm_min)) < deficit_bmi_min;
}

double gain_kg_per_week_max(double weight_kg) noexcept {
  return weight_kg * gain_fast_pct_max / 100;
}

change_pace pace_of(double change_kg_per_week, double weight_kg) noexcept {
  const double pct = 100 * change_kg_per_week / weight_kg;
  const bool is_loss = pct < 0;
  const double steady_pct_max = is_loss ? 1.0 : 0.25;
  const double fast_pct_max = is_loss ? 1.5 : gain_fast_pct_max;
  const double size = is_loss ? -pct : pct;
  if (size <= steady_pct_max)
    return change_pace::steady;
  return size <= fast_pct_max ? change_pace::fast : change_pace::too_fast;
}

std::optional<safety_kind> pace_notice(double change_kg_per_week, double weight_kg) noexcept {
  if (change_kg_per_week < 0 && pace_of(change_kg_per_week, weight_kg) == change_pace::too_fast)
    return safety_kind::rapid_weight_loss;
  return std::nullopt;
}

std::optional<safety_kind> request_notice(const energy_target& target) noexcept {
  if (target.bound_by == name_of(energy_bound::requested))
    return std::nullopt;
  return safety_kind::below_energy_floor;
}

}  // namespace genesis
