#include "domain/coach/answers.hpp"
#include "domain/coach/energy_plan.hpp"
#include "domain/coach/open_questions.hpp"
#include "domain/coach/pace.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/safety.hpp"

#include <cmath>

namespace genesis::coach {

namespace {

constexpr double same_energy_kcal = 100;  // nobody counts what they eat more closely

std::string formula_name(const composer& answer) {
  return name_in_words(formula_for(answer));
}

/// What the formula works on, in words: "80 kg, 180 cm and an age of 30".
std::string basis(const composer& answer) {
  const auto& person = answer.person();
  const auto& words = answer.words();
  if (!person.weight_kg)
    return {};
  if (formula_for(answer) == resting_energy_formula::katch_mcardle && person.body_fat_pct)
    return answer.say(phrases::basis_composition,
      {{"weight", words.mass(person.weight_kg->value)}, {"fat", words.percent(person.body_fat_pct->value, 1)}});
  return answer.say(phrases::basis_measures,
    {{"weight", words.mass(person.weight_kg->value)}, {"height", words.height(person.height_cm.value_or(0))},
      {"age", words.number(age_of(person, answer.today()).value_or(0))}});
}

std::string activity_in_words(const composer& answer) {
  switch (answer.person().activity_level.value_or(activity_level::sedentary)) {
  case activity_level::sedentary: return answer.say(phrases::activity_sedentary);
  case activity_level::light: return answer.say(phrases::activity_light);
  case activity_level::moderate: return answer.say(phrases::activity_moderate);
  case activity_level::active: return answer.say(phrases::activity_active);
  case activity_level::very_active: return answer.say(phrases::activity_very_active);
  }
  return {};
}

const phrase& energy_lead(const composer& answer, const energy_target& target) {
  if (target.bound_by != name_of(energy_bound::requested))
    return phrases::lead_bound;
  if (answer.said().intake_kcal) {
    const auto gap = target.maintenance_kcal - target.target_kcal;
    return gap > same_energy_kcal    ? phrases::lead_wish_less
           : gap < -same_energy_kcal ? phrases::lead_wish_more
                                     : phrases::lead_wish_same;
  }
  if (const auto pace = planned_pace(answer))
    return *pace < 0 ? phrases::lead_pace_lose : phrases::lead_pace_gain;
  if (answer.talk().keeps_topic)
    return answer.one_of(phrases::lead_then);
  switch (answer.person().goal.value_or(goal::maintain)) {
  case goal::lose_weight: return answer.one_of(phrases::lead_lose);
  case goal::maintain: return phrases::lead_maintain;
  case goal::gain_muscle: return phrases::lead_gain;
  case goal::recomposition: return phrases::lead_recomposition;
  case goal::performance: return phrases::lead_performance;
  }
  return phrases::lead_maintain;
}

std::string density_in_words(const composer& answer) {
  return answer.say(answer.words().is_imperial() ? phrases::density_pound : phrases::density_kilo);
}

/// The goal's share of maintenance; 0 where an amount or a pace stands in its place.
double wanted_change(const composer& answer) {
  return answer.said().intake_kcal || planned_pace(answer)
           ? 0
           : energy_change(answer.person().goal.value_or(goal::maintain));
}

std::string energy_path(const composer& answer, const energy_target& target) {
  const auto& words = answer.words();
  const auto change = wanted_change(answer);
  const bool is_requested = target.bound_by == name_of(energy_bound::requested);
  std::string change_text;
  if (const auto pace = planned_pace(answer); pace && is_requested)
    change_text = answer.say(*pace < 0 ? phrases::change_pace_minus : phrases::change_pace_plus,
      {{"gap", words.kcal(std::abs(kcal_per_day_of(*pace)))}, {"density", density_in_words(answer)}});
  else if (change != 0 && is_requested)
    change_text = answer.say(
      change < 0 ? phrases::change_minus : phrases::change_plus, {{"percent", words.percent(std::abs(change) * 100)}});
  return answer.say(
    phrases::energy_path, {{"resting", words.kcal(target.resting_kcal)}, {"formula", formula_name(answer)},
                            {"basis", basis(answer)}, {"activity", activity_in_words(answer)},
                            {"maintenance", words.kcal(target.maintenance_kcal)}, {"change", change_text}});
}

std::string bound_in_words(const composer& answer, const energy_target& target) {
  const auto& words = answer.words();
  const auto change = wanted_change(answer);
  const auto pace = planned_pace(answer).value_or(0);
  if ((change >= 0 && pace >= 0) || target.bound_by == name_of(energy_bound::requested))
    return {};
  if (target.bound_by == name_of(energy_bound::maintenance))
    return answer.say(phrases::bound_by_maintenance, {{"floor", words.kcal(target.floor_kcal)}});
  if (pace < 0) {
    const auto possible = kg_per_week_of(target.maintenance_kcal - target.target_kcal);
    return answer.say(phrases::pace_bound_by_floor,
      {{"pace", words.pace(-pace)}, {"requested", words.kcal(target.maintenance_kcal + kcal_per_day_of(pace))},
        {"floor", words.kcal(target.floor_kcal)}, {"possible", words.pace(possible)}});
  }
  return answer.say(phrases::bound_by_floor,
    {{"percent", words.percent(-change * 100)}, {"requested", words.kcal(target.maintenance_kcal * (1 + change))},
      {"floor", words.kcal(target.floor_kcal)}});
}

std::string energy_arithmetic(const composer& answer, const energy_target& target) {
  const auto& words = answer.words();
  const auto& person = answer.person();
  const auto share = 1 + wanted_change(answer);
  const bool is_mifflin = formula_for(answer) == resting_energy_formula::mifflin_st_jeor;
  const auto pace = planned_pace(answer);
  const auto gap = kcal_per_day_of(pace.value_or(0));
  const auto last_step = !pace       ? answer.say(phrases::arithmetic_share, {{"share", words.number(share, 2)}})
                         : *pace < 0 ? answer.say(phrases::arithmetic_pace_minus, {{"gap", words.kcal(-gap)}})
                                     : answer.say(phrases::arithmetic_pace_plus, {{"gap", words.kcal(gap)}});
  return answer.say(is_mifflin ? phrases::arithmetic_mifflin : phrases::arithmetic_general,
    {{"weight", words.number(person.weight_kg->value, 1)}, {"height", words.number(person.height_cm.value_or(0), 1)},
      {"age", words.number(age_of(person, answer.today()).value_or(0))},
      {"constant", reference_sex_of(person) == reference_sex::female ? "− 161" : "+ 5"},
      {"resting", words.kcal(target.resting_kcal)}, {"factor", words.number(target.activity_factor, 3)},
      {"maintenance", words.kcal(target.maintenance_kcal)}, {"last_step", last_step},
      {"requested", words.kcal(target.maintenance_kcal * share + gap)}});
}

/// How fast a wish is, and how long a wanted loss takes.
void tell_pace(composer& answer, const energy_target& target) {
  const auto& words = answer.words();
  const auto wanted = wanted_pace(answer);
  if (const auto planned = planned_pace(answer); planned && *planned < *wanted)
    answer.paragraph(
      answer.say(phrases::gain_bound, {{"wanted", words.pace(*wanted)}, {"pace", words.pace(*planned)}}));
  const auto kg_per_week = kg_per_week_of(target.maintenance_kcal - target.target_kcal);
  const auto& said = answer.said();
  if (kg_per_week < 0 && said.change_kg.value_or(0) > 0 && !said.change_days)
    answer.paragraph(answer.say(phrases::duration,
      {{"change", words.mass(*said.change_kg)}, {"weeks", words.number(std::ceil(*said.change_kg / -kg_per_week))}}));
  if (kg_per_week <= 0)
    return;
  if ((said.intake_kcal || wanted) && pace_of(-kg_per_week, answer.person().weight_kg->value) != change_pace::steady)
    answer.paragraph(answer.say(phrases::wish_too_fast,
      {{"better", words.kcal(target.maintenance_kcal * (1 + energy_change(goal::lose_weight)))}}));
  // Whoever named the time knows how long it takes, unless it was too short.
  const bool is_as_asked = said.change_days && target.bound_by == name_of(energy_bound::requested);
  if (said.change_kg && *said.change_kg < 0 && !is_as_asked)
    answer.paragraph(answer.say(phrases::duration,
      {{"change", words.mass(-*said.change_kg)}, {"weeks", words.number(std::ceil(-*said.change_kg / kg_per_week))}}));
}

/// "How much should I lose a week?": what a body bears, and what the target comes to.
void answer_pace(composer& answer) {
  constexpr double steady_loss_share = 0.01;  // of the body weight a week: what `pace_of` calls steady
  constexpr double steady_gain_share = 0.0025;
  const auto& words = answer.words();
  const auto& person = answer.person();
  if (!person.weight_kg)
    return answer.paragraph(answer.say(phrases::steady_unknown));
  const auto kg = person.weight_kg->value;
  const bool is_gain = person.goal == goal::gain_muscle;
  answer.paragraph(answer.say(is_gain ? phrases::steady_gain : phrases::steady_loss,
    {{"pace", words.pace(kg * (is_gain ? steady_gain_share : steady_loss_share))}, {"weight", words.mass(kg)}}));
  const auto target = find_energy_target(answer);
  if (!target)
    return;
  answer.show(*target, energy_sources(answer));
  const auto gap = target->maintenance_kcal - target->target_kcal;
  if (is_gain ? gap < 0 : gap > 0)
    answer.paragraph(answer.say(phrases::pace_of_target,
      {{"target", words.kcal(target->target_kcal)}, {"pace", words.pace(kg_per_week_of(std::abs(gap)))}}));
}

}  // namespace

void answer_energy_target(composer& answer) {
  answer.is_about_health();
  const auto& now = answer.talk().said_now;
  const bool asks_pace = now.asks_pace && !now.pace_kg_per_week && !now.change_kg && !now.intake_kcal;
  if (refuse_energy_plan(answer, wants_deficit(answer) || (asks_pace && answer.person().goal != goal::gain_muscle)))
    return;
  if (asks_pace)
    return answer_pace(answer);
  const auto target = find_energy_target(answer);
  if (!target) {
    const profile_gaps gaps{missing_for(topic::energy_target, answer.person(), answer.said(), answer.asked())};
    answer.ask_for(gaps, phrases::purpose_energy_target);
    return help_partially(answer, gaps);
  }
  const auto& words = answer.words();
  const auto gap = target->maintenance_kcal - target->target_kcal;
  answer.paragraph(answer.said().wants_reason
                     ? energy_arithmetic(answer, *target)
                     : answer.say(energy_lead(answer, *target),
                         {{"target", words.kcal(target->target_kcal)}, {"gap", words.kcal(std::abs(gap))},
                           {"mass", words.mass(kg_per_week_of(std::abs(gap)))},
                           {"pace", words.pace(std::abs(planned_pace(answer).value_or(0)))}}));
  answer.show(*target, energy_sources(answer));
  if (const auto bound = bound_in_words(answer, *target); !bound.empty() || answer.explains())
    answer.paragraph(answer.explains() ? energy_path(answer, *target) + (bound.empty() ? "" : " " + bound) : bound);
  tell_pace(answer, *target);
  tell_cautions(answer);
  if (answer.is_detailed() && gap > same_energy_kcal && !answer.said().intake_kcal && !planned_pace(answer))
    answer.paragraph(answer.say(phrases::expected_loss,
      {{"gap", words.kcal(gap)}, {"mass", words.mass(kg_per_week_of(gap))}, {"density", density_in_words(answer)}}));
  answer.advise(phrases::tip_energy_prime, phrases::tip_energy_longevity);
}

void answer_resting_energy(composer& answer) {
  answer.is_about_health();
  const auto formula = formula_for(answer);
  const auto resting = resting_energy_of(answer.person(), answer.today(), answer.said().resting_formula);
  auto arguments = profile_arguments(answer);
  arguments.push_back({"formula", std::string{name_of(formula)}});
  answer.use_tool("resting_energy", std::move(arguments), resting.has_value());
  if (!resting) {
    answer.ask_for(resting.error(), phrases::purpose_resting_energy);
    return help_partially(answer, resting.error());
  }
  const auto& words = answer.words();
  answer.paragraph(answer.say(phrases::lead_resting,
    {{"kcal", words.kcal(resting->kcal_per_day)}, {"formula", formula_name(answer)}, {"basis", basis(answer)}}));
  answer.show(*resting, energy_sources(answer));
  if (!answer.explains())
    return;
  if (const auto level = answer.person().activity_level)
    answer.paragraph(answer.say(
      phrases::resting_meaning, {{"activity", activity_in_words(answer)},
                                  {"maintenance", words.kcal(resting->kcal_per_day * activity_factor(*level))}}));
  else
    answer.paragraph(answer.say(phrases::resting_meaning_plain));
  const auto other = formula == resting_energy_formula::harris_benedict ? resting_energy_formula::mifflin_st_jeor
                                                                        : resting_energy_formula::harris_benedict;
  if (const auto second = resting_energy_of(answer.person(), answer.today(), other);
    second && (answer.is_detailed() || answer.said().wants_reason))
    answer.paragraph(answer.say(
      phrases::resting_other, {{"formula", name_in_words(other)}, {"kcal", words.kcal(second->kcal_per_day)}}));
}

}  // namespace genesis::coach
