#include "domain/coach/energy_plan.hpp"

#include "domain/coach/pace.hpp"
#include "domain/coach/phrases_sage.hpp"
#include "domain/coach/wishes.hpp"
#include "domain/conditions.hpp"
#include "domain/macros.hpp"
#include "domain/safety.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

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

}  // namespace

resting_energy_formula formula_for(const composer& answer) {
  return answer.said().resting_formula.value_or(usual_formula(answer.person()));
}

std::string name_in_words(resting_energy_formula formula) {
  return formula == resting_energy_formula::harris_benedict ? "Harris-Benedict" : source_of(formula).title;
}

energy_wish wish_of(const composer& answer) {
  return energy_wish_of(answer.said(), answer.person());
}

std::vector<artifact_source> energy_sources(const composer& answer) {
  std::vector<artifact_source> sources{source_of(formula_for(answer))};
  if (answer.person().weight_kg)
    sources.push_back(answer.weight_source());
  if (formula_for(answer) == resting_energy_formula::katch_mcardle && answer.person().body_fat_pct)
    sources.push_back(answer.body_fat_source());
  return sources;
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

void help_partially(composer& answer, const profile_gaps& gaps) {
  const auto& words = answer.words();
  const auto& person = answer.person();
  const auto resting = resting_energy_of(person, answer.today(), answer.said().resting_formula);
  const auto lacks = [&](std::string_view field) { return std::ranges::find(gaps.fields, field) != gaps.fields.end(); };
  if (resting && lacks("activity_level")) {
    answer.paragraph(answer.say(phrases::partial_range,
      {{"resting", words.kcal(resting->kcal_per_day)}, {"formula", name_in_words(formula_for(answer))},
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
    return answer.say_once(phrases::partial_nothing);
  const auto kg = person.weight_kg->value;
  answer.paragraph(answer.say(phrases::partial_protein,
    {{"low", words.number(kg * protein_g_per_kg_min)}, {"high", words.grams(kg * protein_g_per_kg(goal::lose_weight))},
      {"weight", words.mass(kg)}}));
}

}  // namespace genesis::coach
