#include "domain/body.hpp"
#include "domain/coach/answers.hpp"
#include "domain/coach/periods.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_refusals.hpp"
#include "domain/coach/wishes.hpp"
#include "domain/conditions.hpp"
#include "domain/energy.hpp"
#include "domain/hydration.hpp"
#include "domain/safety.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

constexpr double steady_loss_share = 0.01;  // of the body weight a week: what `pace_of` calls steady

/// The lightest healthy weight at a height, rounded up to half a kilo so that it is not below itself.
double least_aim_kg(double height_cm) {
  const auto height_m = height_cm / 100;
  return std::ceil(deficit_bmi_min * height_m * height_m * 2) / 2;
}

bool forbids_any_plan(safety_kind kind) {
  return kind == safety_kind::eating_disorder || kind == safety_kind::pregnancy || kind == safety_kind::lactation;
}

std::string refusal_in_words(const composer& answer, safety_kind kind) {
  const auto& words = answer.words();
  const auto& person = answer.person();
  switch (kind) {
  case safety_kind::eating_disorder: return answer.say(phrases::refuse_eating_disorder);
  case safety_kind::pregnancy: return answer.say(phrases::refuse_pregnancy);
  case safety_kind::lactation: return answer.say(phrases::refuse_lactation);
  case safety_kind::underage: return answer.say(phrases::refuse_underage);
  case safety_kind::underweight:
    return answer.say(phrases::refuse_underweight,
      {{"weight", words.mass(person.weight_kg->value)}, {"height", words.height(*person.height_cm)},
        {"bmi", words.number(body_mass_index_of(person).value_or(0), 1)}});
  case safety_kind::diabetes: return answer.say(phrases::refuse_diabetes);
  default: return {};
  }
}

std::string period_in_words(const composer& answer, double days) {
  const auto count = [&](double value, const phrase& one, const phrase& several) {
    return value == 1 ? answer.say(one) : answer.say(several, {{"count", answer.words().number(value, 1)}});
  };
  if (days < 7)
    return count(days, phrases::period_day, phrases::period_days);
  if (std::fmod(days, 7) == 0)
    return count(days / 7, phrases::period_week, phrases::period_weeks);
  if (days >= 30)
    return count(std::round(days / 30.4), phrases::period_month, phrases::period_months);
  return count(days, phrases::period_day, phrases::period_days);
}

void refuse_low_intake(composer& answer) {
  const auto& words = answer.words();
  const auto sex = reference_sex_of(answer.person()).value_or(reference_sex::female);
  const auto asked_kcal = *answer.said().intake_kcal;
  answer.paragraph(answer.say(
    phrases::refuse_below_floor, {{"asked", words.kcal(asked_kcal)}, {"floor", words.kcal(energy_floor_kcal(sex))}}));
  answer.show(notice_of(safety_kind::below_energy_floor));
  const auto target =
    energy_target_of(answer.person(), answer.today(), {answer.said().resting_formula, goal::lose_weight, {}});
  const auto formula = answer.said().resting_formula.value_or(usual_formula(answer.person()));
  auto arguments = profile_arguments(answer);
  arguments.push_back({"goal", std::string{name_of(goal::lose_weight)}});
  answer.use_tool("energy_target", std::move(arguments), target.has_value());
  if (!target) {
    answer.paragraph(answer.say(phrases::instead_unknown) + " " + answer.say(phrases::prescribed));
    answer.show(target.error());
    return;
  }
  const bool is_deficit = target->target_kcal < target->maintenance_kcal;
  answer.paragraph(answer.say(is_deficit ? phrases::instead_target : phrases::instead_maintenance,
                     {{"target", words.kcal(target->target_kcal)},
                       {"maintenance", words.kcal(target->maintenance_kcal)}, {"formula", source_of(formula).title}}) +
                   " " + answer.say(phrases::prescribed));
  answer.show(*target, {source_of(formula), answer.weight_source()});
}

/// A pace that lasts, and how long the whole wanted loss takes with it, when the person named one.
std::string steady_pace_in_words(const composer& answer, double weight_kg) {
  const auto& words = answer.words();
  const auto pace = weight_kg * steady_loss_share;
  const auto& total = answer.said().change_kg;
  if (!total || *total >= 0)
    return answer.say(phrases::steady_pace_week, {{"pace", words.mass(pace)}});
  return answer.say(
    phrases::steady_pace, {{"pace", words.mass(pace)}, {"change", words.mass(-*total)},
                            {"time", period_in_words(answer, std::ceil(-*total / pace) * days_per_week)}});
}

void refuse_rapid_loss(composer& answer) {
  const auto& words = answer.words();
  const auto& said = answer.said();
  const auto days = said.pace_kg_per_week ? days_per_week : *said.change_days;
  const auto kg = said.pace_kg_per_week.value_or(std::abs(said.change_kg.value_or(0)));
  const auto per_week = kg / days * days_per_week;
  const auto period = period_in_words(answer, days);
  const auto& weight = answer.person().weight_kg;
  std::string text;
  if (weight) {
    text = answer.say(phrases::refuse_rapid_loss, {{"change", words.mass(kg)}, {"period", period},
                                                    {"rate", words.percent(per_week / weight->value * 100, 1)}}) +
           " " + steady_pace_in_words(answer, weight->value);
  } else {
    text = answer.say(phrases::refuse_rapid_loss_unknown,
      {{"change", words.mass(kg)}, {"period", period}, {"per_week", words.mass(per_week)}});
  }
  answer.use_tool("weight_pace", {{"change_kg_per_week", -per_week}});
  answer.paragraph(text);
  answer.show(notice_of(safety_kind::rapid_weight_loss));
  answer.paragraph(answer.say(phrases::rapid_professional));
}

void refuse_substance(composer& answer) {
  answer.paragraph(answer.say(phrases::refuse_substance));
  answer.show(notice_of(safety_kind::unsafe_substance));
  answer.paragraph(answer.say(phrases::substance_help));
}

void refuse_fast(composer& answer) {
  const auto& aims = answer.said().aims;
  answer.paragraph(aims.fast_days
                     ? answer.say(phrases::refuse_fast, {{"period", period_in_words(answer, *aims.fast_days)}})
                     : answer.say(aims.wants_no_food ? phrases::refuse_no_food : phrases::refuse_water_fast));
  answer.show(notice_of(safety_kind::prolonged_fast));
  answer.paragraph(answer.say(phrases::fast_instead));
  if (aims.wants_no_food)
    answer.paragraph(answer.say(phrases::fast_support));
}

void refuse_drying(composer& answer) {
  answer.paragraph(answer.say(phrases::refuse_drying));
  answer.show(notice_of(safety_kind::rapid_weight_loss));
  answer.paragraph(answer.say(phrases::drying_instead));
  answer.paragraph(answer.say(phrases::drying_signs));
}

void refuse_water(composer& answer) {
  const auto& words = answer.words();
  const auto& aims = answer.said().aims;
  const bool is_of_a_day = aims.drink_litres_per_day.value_or(0) > drink_litres_per_day_max;
  const auto litres = is_of_a_day ? *aims.drink_litres_per_day : aims.drink_litres_per_hour.value_or(0);
  answer.paragraph(answer.say(phrases::refuse_water,
    {{"amount",
      answer.say(is_of_a_day ? phrases::amount_a_day : phrases::amount_an_hour, {{"amount", words.volume(litres)}})}}));
  answer.show(notice_of(safety_kind::excess_water));
  const auto drinks = [&](double total) { return words.volume(total * water_share_from_drinks); };
  const auto water = water_target_of(answer.person(), answer.today());
  answer.use_tool("water_target", {{"drink_litres", litres}}, water.has_value());
  if (water) {
    answer.paragraph(answer.say(phrases::water_instead, {{"drinks", drinks(water->litres)}}));
    answer.show(*water, {water_source()});
  } else {
    answer.paragraph(
      answer.say(phrases::water_instead_unknown, {{"men", drinks(total_water_litres(reference_sex::male))},
                                                   {"women", drinks(total_water_litres(reference_sex::female))}}));
  }
  tell_water_caution(answer);
  answer.paragraph(answer.say(phrases::water_signs));
}

void refuse_training(composer& answer) {
  const auto hours = answer.said().aims.training_hours_per_day.value_or(0);
  answer.paragraph(answer.say(phrases::refuse_training, {{"hours", answer.words().number(hours, 1)}}));
  answer.show(notice_of(safety_kind::excess_training));
  answer.paragraph(answer.say(phrases::training_instead));
}

/// Refuses what harms whatever the person's body is like. True when there was such an aim.
bool refuse_harm(composer& answer) {
  switch (harm_of(answer.said().aims).value_or(safety_kind::emergency)) {
  case safety_kind::unsafe_substance: refuse_substance(answer); return true;
  case safety_kind::prolonged_fast: refuse_fast(answer); return true;
  case safety_kind::rapid_weight_loss: refuse_drying(answer); return true;
  case safety_kind::excess_water: refuse_water(answer); return true;
  case safety_kind::excess_training: refuse_training(answer); return true;
  default: return false;
  }
}

void refuse_light_index(composer& answer) {
  answer.paragraph(
    answer.say(phrases::refuse_light_index, {{"bmi", answer.words().number(answer.said().goal_bmi.value_or(0), 1)}}));
  answer.show(notice_of(safety_kind::underweight));
  answer.paragraph(answer.say(phrases::light_aim_help));
}

void refuse_light_aim(composer& answer) {
  const auto& words = answer.words();
  const auto aim = aimed_weight_kg(answer.said(), answer.person());
  if (!aim)
    return refuse_light_index(answer);
  const auto kg = *aim;
  const auto& height = answer.person().height_cm;
  answer.use_tool("body_mass_index", {{"weight_kg", kg}, {"height_cm", height.value_or(aim_height_cm_min)}});
  if (height)
    answer.paragraph(answer.say(phrases::refuse_light_aim,
      {{"weight", words.mass(kg)}, {"height", words.height(*height)},
        {"bmi", words.number(body_mass_index(kg, *height), 1)}, {"least", words.mass(least_aim_kg(*height))}}));
  else
    answer.paragraph(answer.say(phrases::refuse_light_aim_unknown, {{"weight", words.mass(kg)}}));
  answer.show(notice_of(safety_kind::underweight));
  answer.paragraph(answer.say(phrases::light_aim_help));
}

}  // namespace

bool refuse_energy_plan(composer& answer, bool is_deficit_wanted) {
  const auto refusals = deficit_refusals(answer.person(), answer.today());
  // The formulas were fitted on adults; a child's plan is a paediatrician's.
  const bool is_child = age_of(answer.person(), answer.today()).value_or(age_years_min) < age_years_min;
  const auto reason = std::ranges::find_if(refusals, [&](safety_kind kind) {
    return is_deficit_wanted || forbids_any_plan(kind) || (is_child && kind == safety_kind::underage);
  });
  if (reason == refusals.end())
    return false;
  answer.use_tool("deficit_check", profile_arguments(answer));
  answer.paragraph(refusal_in_words(answer, *reason));
  answer.show(notice_of(*reason));
  if (*reason == safety_kind::pregnancy && answer.said().denies_pregnancy)
    answer.paragraph(answer.say(phrases::profile_says_pregnant));
  answer.paragraph(answer.say(*reason == safety_kind::underweight ? phrases::offer_gain : phrases::still_can_help));
  return true;
}

bool refuse_effort(composer& answer) {
  if (!any_states(answer.person().medical_conditions, health_condition::pregnancy))
    return false;
  answer.is_about_health();
  answer.paragraph(answer.say(phrases::refuse_training_pregnancy));
  answer.show(notice_of(safety_kind::pregnancy));
  if (answer.said().denies_pregnancy)
    answer.paragraph(answer.say(phrases::profile_says_pregnant));
  return true;
}

bool refuse_protein(composer& answer) {
  if (!any_states(answer.person().medical_conditions, health_condition::kidney_disease))
    return false;
  answer.paragraph(answer.say(phrases::refuse_protein_kidney));
  answer.show(notice_of(safety_kind::kidney_disease));
  answer.paragraph(answer.say(phrases::still_can_help));
  return true;
}

void tell_cautions(composer& answer) {
  for (const auto kind : plan_cautions(answer.person())) {
    answer.paragraph(answer.say(kind == safety_kind::diabetes ? phrases::caution_diabetes : phrases::caution_kidney));
    answer.show(notice_of(kind));
  }
}

void tell_water_caution(composer& answer) {
  if (!any_states(answer.person().medical_conditions, health_condition::kidney_disease))
    return;
  answer.paragraph(answer.say(phrases::caution_kidney));
  answer.show(notice_of(safety_kind::kidney_disease));
}

void answer_unsafe_target(composer& answer) {
  answer.is_about_health();
  const auto& said = answer.said();
  if (refuse_harm(answer) || refuse_energy_plan(answer, true))
    return;
  if (is_too_light_an_aim(said, answer.person()))
    return refuse_light_aim(answer);
  if (answer.said().intake_kcal)
    refuse_low_intake(answer);
  else if (said.pace_kg_per_week || (said.change_kg && said.change_days))
    refuse_rapid_loss(answer);
  else
    answer.paragraph(answer.say(phrases::instead_unknown));
}

}  // namespace genesis::coach
