#include "domain/coach/answers.hpp"
#include "domain/coach/foods.hpp"
#include "domain/coach/goals.hpp"
#include "domain/coach/pace.hpp"
#include "domain/coach/phrases.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/conditions.hpp"
#include "domain/energy.hpp"
#include "domain/macros.hpp"
#include "domain/safety.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::coach {

namespace {

constexpr double same_energy_kcal = 100;  // nobody counts what they eat more closely

resting_energy_formula formula_for(const composer& answer) {
  return answer.said().resting_formula.value_or(usual_formula(answer.person()));
}

/// The name people know; which revision it is stands in the source.
std::string name_in_words(resting_energy_formula formula) {
  return formula == resting_energy_formula::harris_benedict ? "Harris-Benedict" : source_of(formula).title;
}

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

std::vector<artifact_source> energy_sources(const composer& answer) {
  std::vector<artifact_source> sources{source_of(formula_for(answer))};
  if (answer.person().weight_kg)
    sources.push_back(answer.weight_source());
  if (formula_for(answer) == resting_energy_formula::katch_mcardle && answer.person().body_fat_pct)
    sources.push_back(answer.body_fat_source());
  return sources;
}

std::vector<tool_argument> energy_arguments(const composer& answer) {
  auto arguments = profile_arguments(answer);
  const auto& person = answer.person();
  if (formula_for(answer) == resting_energy_formula::katch_mcardle && person.body_fat_pct)
    arguments.push_back({"body_fat_pct", person.body_fat_pct->value});
  if (person.activity_level)
    arguments.push_back({"activity_level", std::string{name_of(*person.activity_level)}});
  if (answer.said().intake_kcal)
    arguments.push_back({"kcal", *answer.said().intake_kcal});
  else if (const auto pace = planned_pace(answer))
    arguments.push_back({"change_kg_per_week", *pace});
  else if (person.goal)
    arguments.push_back({"goal", std::string{name_of(*person.goal)}});
  arguments.push_back({"formula", std::string{name_of(formula_for(answer))}});
  return arguments;
}

energy_wish wish_of(const composer& answer) {
  return {answer.said().resting_formula, {}, answer.said().intake_kcal, planned_pace(answer)};
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
  if (kg_per_week <= 0)
    return;
  const auto& said = answer.said();
  if ((said.intake_kcal || wanted) && pace_of(-kg_per_week, answer.person().weight_kg->value) != change_pace::steady)
    answer.paragraph(answer.say(phrases::wish_too_fast,
      {{"better", words.kcal(target.maintenance_kcal * (1 + energy_change(goal::lose_weight)))}}));
  // Whoever named the time knows how long it takes, unless it was too short.
  const bool is_as_asked = said.change_days && target.bound_by == name_of(energy_bound::requested);
  if (said.change_kg && *said.change_kg < 0 && !is_as_asked)
    answer.paragraph(answer.say(phrases::duration,
      {{"change", words.mass(-*said.change_kg)}, {"weeks", words.number(std::ceil(-*said.change_kg / kg_per_week))}}));
}

/// Part of an answer for somebody whose profile lacks something.
void help_partially(composer& answer, const profile_gaps& gaps) {
  const auto& words = answer.words();
  const auto& person = answer.person();
  const auto resting = resting_energy_of(person, answer.today(), answer.said().resting_formula);
  const auto lacks = [&](std::string_view field) { return std::ranges::find(gaps.fields, field) != gaps.fields.end(); };
  if (resting && lacks("activity_level")) {
    answer.paragraph(answer.say(phrases::partial_range,
      {{"resting", words.kcal(resting->kcal_per_day)}, {"formula", formula_name(answer)},
        {"low", words.kcal(resting->kcal_per_day * activity_factor(activity_level::sedentary))},
        {"high", words.kcal(resting->kcal_per_day * activity_factor(activity_level::very_active))}}));
    answer.show(*resting, energy_sources(answer));
    return;
  }
  if (resting && person.activity_level && lacks("goal")) {
    const auto maintenance = resting->kcal_per_day * activity_factor(*person.activity_level);
    const bool may_lose = deficit_refusals(person, answer.today()).empty();
    answer.paragraph(answer.say(may_lose ? phrases::partial_maintenance : phrases::partial_hold,
      {{"maintenance", words.kcal(maintenance)},
        {"lose", words.kcal(maintenance * (1 + energy_change(goal::lose_weight)))},
        {"gain", words.kcal(maintenance * (1 + energy_change(goal::gain_muscle)))}}));
    answer.show(*resting, energy_sources(answer));
    return;
  }
  if (!person.weight_kg || any_states(person.medical_conditions, health_condition::kidney_disease))
    return answer.paragraph(answer.say(phrases::partial_nothing));
  const auto kg = person.weight_kg->value;
  answer.paragraph(answer.say(phrases::partial_protein,
    {{"low", words.number(kg * protein_g_per_kg_min)}, {"high", words.grams(kg * protein_g_per_kg(goal::lose_weight))},
      {"weight", words.mass(kg)}}));
}

std::optional<energy_target> find_energy_target(composer& answer) {
  const auto target = energy_target_of(answer.person(), answer.today(), wish_of(answer));
  answer.use_tool("energy_target", energy_arguments(answer), target.has_value());
  if (target)
    return *target;
  return std::nullopt;
}

bool wants_deficit(const composer& answer) {
  if (const auto kcal = answer.said().intake_kcal) {
    const auto target = energy_target_of(answer.person(), answer.today(), wish_of(answer));
    return target && *kcal < target->maintenance_kcal;
  }
  if (const auto pace = wanted_pace(answer))
    return *pace < 0;
  const auto goal = answer.person().goal;
  return goal && is_deficit(*goal);
}

double per_unit_of_mass(const composer& answer, double g_per_kg) {
  return answer.words().is_imperial() ? g_per_kg * kg_per_pound : g_per_kg;
}

/// "2.2 g per kilo" or "1 g per pound".
std::string per_mass_in_words(const composer& answer, double g_per_kg) {
  return answer.say(answer.words().is_imperial() ? phrases::per_pound : phrases::per_kilo,
    {{"value", answer.words().number(per_unit_of_mass(answer, g_per_kg), 1)}});
}

void list_meals(composer& answer, const macro_targets& macros) {
  const auto& words = answer.words();
  auto text = answer.say(phrases::meals_lead, {{"count", words.number(static_cast<double>(macros.per_meal.size()))}});
  for (const auto& meal : macros.per_meal)
    text +=
      "\n" + answer.say(phrases::meal_line, {{"meal", words.number(meal.meal)}, {"kcal", words.kcal(meal.kcal)},
                                              {"protein", words.grams(meal.protein_g)},
                                              {"carbs", words.grams(meal.carbs_g)}, {"fat", words.grams(meal.fat_g)}});
  answer.paragraph(text);
}

int meals_of(const composer& answer) {
  return answer.said().meals_per_day.value_or(static_cast<int>(answer.asked().prefs.meals_per_day));
}

/// The protein of each meal as the plan that is shown beside it splits it; without a plan, in equal parts.
std::string protein_of_meals(const composer& answer, const std::optional<macro_targets>& macros, double protein_g) {
  const auto& words = answer.words();
  const auto count = words.number(meals_of(answer));
  if (!macros)
    return answer.say(phrases::protein_meals, {{"count", count}, {"each", words.grams(protein_g / meals_of(answer))}});
  std::vector<std::string> parts;
  for (const auto& meal : macros->per_meal)
    parts.push_back(words.grams(meal.protein_g));
  return answer.say(phrases::protein_each_meal, {{"count", count}, {"parts", words.all_of(parts)}});
}

std::vector<artifact_source> macro_sources(const composer& answer) {
  auto sources = energy_sources(answer);
  sources.push_back(protein_source());
  return sources;
}

/// Runs the macro tool for a target; tells and returns nothing when no split is possible.
std::optional<macro_targets> find_macros(composer& answer, double kcal) {
  const auto kg = answer.person().weight_kg->value;
  const auto goal = answer.person().goal.value_or(goal::maintain);
  const auto macros = macro_targets_for(kcal, kg, goal, meals_of(answer));
  answer.use_tool("macro_targets",
    {{"kcal", kcal}, {"weight_kg", kg}, {"goal", std::string{name_of(goal)}},
      {"meals_per_day", static_cast<double>(meals_of(answer))}},
    macros.has_value());
  if (macros)
    return *macros;
  const auto& words = answer.words();
  answer.paragraph(answer.say(phrases::macros_infeasible,
    {{"kcal", words.kcal(kcal)}, {"weight", words.mass(kg)}, {"smallest", words.kcal(macros.error().smallest_kcal)}}));
  return std::nullopt;
}

profile_gaps energy_gaps(const composer& answer) {
  return {missing_for_energy_target(answer.person(), wish_of(answer))};
}

}  // namespace

void answer_energy_target(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, wants_deficit(answer)))
    return;
  const auto target = find_energy_target(answer);
  if (!target) {
    const auto gaps = energy_gaps(answer);
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

void answer_macros(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, wants_deficit(answer)) || refuse_protein(answer))
    return;
  const auto target = find_energy_target(answer);
  if (!target || !answer.person().weight_kg) {
    auto gaps = energy_gaps(answer);
    if (!answer.person().weight_kg && std::ranges::find(gaps.fields, "weight_kg") == gaps.fields.end())
      gaps.fields.emplace_back("weight_kg");
    answer.ask_for(gaps, phrases::purpose_macros);
    return help_partially(answer, gaps);
  }
  const auto macros = find_macros(answer, target->target_kcal);
  if (!macros)
    return;
  const auto& words = answer.words();
  answer.paragraph(
    answer.say(phrases::lead_macros, {{"kcal", words.kcal(macros->kcal)}, {"protein", words.grams(macros->protein_g)},
                                       {"carbs", words.grams(macros->carbs_g)}, {"fat", words.grams(macros->fat_g)},
                                       {"fibre", words.grams(macros->fibre_g)}}));
  answer.show(*macros, macro_sources(answer));
  tell_cautions(answer);
  if (!answer.explains())
    return;
  const auto kg = answer.person().weight_kg->value;
  const auto share = macros->fat_g * fat_kcal_per_g / macros->kcal * 100;
  answer.paragraph(answer.say(answer.said().intake_kcal ? phrases::macros_wish_path : phrases::macros_path,
    {{"formula", formula_name(answer)},
      {"goal", goal_in_words(answer.words(), answer.person().goal.value_or(goal::maintain))},
      {"factor", per_mass_in_words(answer, macros->protein_g / kg)}, {"share", words.percent(share)}}));
  if (macros->per_meal.size() > 1)
    list_meals(answer, *macros);
  answer.advise(phrases::tip_macros_prime, phrases::tip_macros_longevity);
}

void answer_protein(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, false) || refuse_protein(answer))
    return;
  const auto& person = answer.person();
  profile_gaps gaps;
  if (!person.weight_kg)
    gaps.fields.emplace_back("weight_kg");
  if (!person.goal)
    gaps.fields.emplace_back("goal");
  if (!gaps.fields.empty()) {
    answer.use_tool("protein_target", profile_arguments(answer), false);
    answer.ask_for(gaps, phrases::purpose_protein);
    return help_partially(answer, gaps);
  }
  const auto kg = person.weight_kg->value;
  auto protein_g = std::round(kg * protein_g_per_kg(*person.goal));
  const bool may_plan = !wants_deficit(answer) || deficit_refusals(person, answer.today()).empty();
  const auto target = may_plan ? energy_target_of(person, answer.today(), wish_of(answer))
                               : from_profile<energy_target>{std::unexpected(profile_gaps{})};
  std::optional<macro_targets> macros;
  if (target)
    macros = find_macros(answer, target->target_kcal);
  else
    answer.use_tool("protein_target", {{"weight_kg", kg}, {"goal", std::string{name_of(*person.goal)}}});
  if (macros)
    protein_g = macros->protein_g;
  const auto& words = answer.words();
  answer.paragraph(answer.say(words.is_imperial() ? phrases::lead_protein_pounds : phrases::lead_protein,
    {{"protein", words.grams(protein_g)}, {"factor", words.number(per_unit_of_mass(answer, protein_g / kg), 1)},
      {"weight", words.mass(kg)}}));
  if (macros)
    answer.show(*macros, macro_sources(answer));
  if (answer.explains()) {
    auto text = answer.say(phrases::protein_path,
      {{"goal", goal_in_words(words, *person.goal)}, {"plateau", per_mass_in_words(answer, protein_g_per_kg_min)}});
    if (meals_of(answer) > 1)
      text += " " + protein_of_meals(answer, macros, protein_g);
    answer.paragraph(text);
  }
  const auto foods = protein_portions(person, words);
  if (!answer.is_brief() && !answer.said().wants_reason && !foods.empty())
    answer.paragraph(answer.say(phrases::protein_foods, {{"foods", words.any_of(foods)}}));
}

}  // namespace genesis::coach
