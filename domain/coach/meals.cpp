#include "domain/coach/answers.hpp"
#include "domain/coach/energy_plan.hpp"
#include "domain/coach/foods.hpp"
#include "domain/coach/goals.hpp"
#include "domain/coach/open_questions.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/coach/quantities.hpp"
#include "domain/macros.hpp"
#include "domain/safety.hpp"

#include <cmath>

namespace genesis::coach {

namespace {

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

/// The grams, with the energy that they are for and, where it is another number, the energy that they have.
std::string lead_in_words(const composer& answer, const macro_targets& macros, double target_kcal) {
  const auto& words = answer.words();
  auto text =
    answer.say(phrases::lead_macros, {{"kcal", words.kcal(target_kcal)}, {"protein", words.grams(macros.protein_g)},
                                       {"carbs", words.grams(macros.carbs_g)}, {"fat", words.grams(macros.fat_g)},
                                       {"fibre", words.grams(macros.fibre_g)}});
  if (words.kcal(macros.kcal) != words.kcal(target_kcal))
    text += " " + answer.say(phrases::macros_of_whole_grams, {{"kcal", words.kcal(macros.kcal)}});
  return text;
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

/// What an answer on the topic still lacks of the profile.
profile_gaps gaps_for(const composer& answer, topic what) {
  return {missing_for(what, answer.person(), answer.said(), answer.asked())};
}

}  // namespace

void answer_macros(composer& answer) {
  answer.is_about_health();
  if (refuse_energy_plan(answer, wants_deficit(answer)) || refuse_protein(answer))
    return;
  const auto target = find_energy_target(answer);
  if (!target || !answer.person().weight_kg) {
    const auto gaps = gaps_for(answer, topic::macros);
    answer.ask_for(gaps, phrases::purpose_macros);
    return help_partially(answer, gaps);
  }
  const auto macros = find_macros(answer, target->target_kcal);
  if (!macros)
    return;
  const auto& words = answer.words();
  answer.paragraph(lead_in_words(answer, *macros, target->target_kcal));
  answer.show(*macros, macro_sources(answer));
  if (answer.said().wants_low_carb)
    answer.paragraph(answer.say(phrases::macros_low_carb));
  tell_cautions(answer);
  if (!answer.explains())
    return;
  const auto kg = answer.person().weight_kg->value;
  const auto share = macros->fat_g * fat_kcal_per_g / macros->kcal * 100;
  answer.paragraph(answer.say(answer.said().intake_kcal ? phrases::macros_wish_path : phrases::macros_path,
    {{"formula", name_in_words(formula_for(answer))},
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
  if (const auto gaps = gaps_for(answer, topic::protein); !gaps.fields.empty()) {
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
  const auto& now = answer.talk().said_now;
  const bool is_same = answer.talk().keeps_topic &&
                       (now.training_days || now.activity_level || now.activity_steps != 0) && !now.weight_kg &&
                       !now.goal;
  if (is_same)
    answer.paragraph(answer.say(phrases::protein_not_by_training));
  answer.paragraph(answer.say(words.is_imperial() ? phrases::lead_protein_pounds : phrases::lead_protein,
    {{"protein", words.grams(protein_g)}, {"factor", words.number(per_unit_of_mass(answer, protein_g / kg), 1)},
      {"weight", words.mass(kg)}}));
  if (macros)
    answer.show(*macros, macro_sources(answer));
  if (is_same)
    return;
  if (answer.explains()) {
    auto text = answer.say(phrases::protein_path,
      {{"goal", goal_in_words(words, *person.goal)}, {"plateau", per_mass_in_words(answer, protein_g_per_kg_min)}});
    if (meals_of(answer) > 1)
      text += " " + protein_of_meals(answer, macros, protein_g);
    answer.paragraph(text);
  }
  const auto foods = protein_portions(person, words);
  if (!answer.is_brief() && !answer.said().wants_reason)
    answer.paragraph(foods.empty() ? answer.say(phrases::protein_no_foods)
                                   : answer.say(phrases::protein_foods, {{"foods", words.any_of(foods)}}));
}

}  // namespace genesis::coach
