#include "domain/coach/wishes.hpp"

#include "domain/coach/periods.hpp"
#include "domain/energy.hpp"
#include "domain/safety.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

constexpr double change_kg_told_min = 0.5;      // less is what a glass of water weighs
constexpr double change_kg_per_week_max = 1.5;  // too fast for anybody of up to 100 kg

bool is_below_floor(const mentions& said, const user& person) {
  const auto sex = reference_sex_of(person).value_or(reference_sex::female);
  return said.intake_kcal && !said.wants_reason && *said.intake_kcal < energy_floor_kcal(sex);
}

bool is_too_fast(const mentions& said, const user& person) {
  if (const auto pace = said.pace_kg_per_week) {
    if (person.goal == goal::gain_muscle)
      return false;
    return person.weight_kg ? pace_notice(-*pace, person.weight_kg->value).has_value() : *pace > change_kg_per_week_max;
  }
  if (!said.change_kg || !said.change_days || *said.change_kg >= 0)
    return false;
  if (-*said.change_kg < change_kg_told_min)
    return false;
  const auto per_week = *said.change_kg / *said.change_days * days_per_week;
  if (!person.weight_kg)
    return -per_week > change_kg_per_week_max;
  return pace_notice(per_week, person.weight_kg->value).has_value();
}

}  // namespace

std::optional<double> aimed_weight_kg(const mentions& said, const user& person) noexcept {
  if (said.goal_weight_kg)
    return said.goal_weight_kg;
  if (said.change_kg && *said.change_kg < 0 && person.weight_kg)
    return person.weight_kg->value + *said.change_kg;
  return std::nullopt;
}

bool is_too_light_an_aim(const mentions& said, const user& person) {
  const auto kg = aimed_weight_kg(said, person);
  if (!kg)
    return said.goal_bmi && *said.goal_bmi < deficit_bmi_min;
  return is_unsafe_aim(*kg, person.height_cm) && (!person.weight_kg || *kg < person.weight_kg->value);
}

bool is_unsafe(const mentions& said, const user& person) {
  return harm_of(said.aims) || is_too_light_an_aim(said, person) || is_below_floor(said, person) ||
         is_too_fast(said, person);
}

std::optional<double> wanted_pace(const mentions& said, const user& person) noexcept {
  if (said.intake_kcal)
    return std::nullopt;
  if (said.pace_kg_per_week)
    return person.goal == goal::gain_muscle ? *said.pace_kg_per_week : -*said.pace_kg_per_week;
  if (said.change_kg && said.change_days && *said.change_days >= days_per_week)
    return *said.change_kg / *said.change_days * days_per_week;
  return std::nullopt;
}

std::optional<double> planned_pace(const mentions& said, const user& person) noexcept {
  const auto wanted = wanted_pace(said, person);
  const auto& weight = person.weight_kg;
  return wanted && weight ? std::min(*wanted, gain_kg_per_week_max(weight->value)) : wanted;
}

energy_wish energy_wish_of(const mentions& said, const user& person) {
  return {said.resting_formula, {}, said.intake_kcal, planned_pace(said, person)};
}

}  // namespace genesis::coach
