#include "domain/coach/facts.hpp"

#include "domain/safety.hpp"

#include <algorithm>

namespace genesis::coach {

namespace {

/// Somebody of whom nothing is known but what is said; the rest that answers need (units, language) is the asker's.
user stranger_to(const user& person) {
  user other;
  other.units = person.units;
  other.locale = person.locale;
  return other;
}

}  // namespace

mentions lasting(const mentions& said, const user& person) {
  mentions kept;
  const auto keep = [](auto& field, const auto& value, bool is_in_profile) {
    if (!is_in_profile)
      field = value;
  };
  // What the profile holds stands again with the next question, unless the person told of a body that must not lose.
  const bool is_light =
    said.weight_kg && is_unsafe_aim(*said.weight_kg, said.height_cm ? said.height_cm : person.height_cm);
  keep(kept.weight_kg, said.weight_kg, person.weight_kg.has_value() && !is_light);
  keep(kept.height_cm, said.height_cm, person.height_cm.has_value());
  const bool is_minor = said.age_years && *said.age_years < deficit_age_years_min;
  keep(kept.age_years, said.age_years, person.date_of_birth.has_value() && !is_minor);
  keep(kept.body_fat_pct, said.body_fat_pct, person.body_fat_pct.has_value());
  keep(kept.sex, said.sex, person.sex && *person.sex != sex::unspecified);
  keep(kept.activity_level, said.activity_level, person.activity_level.has_value());
  keep(kept.goal, said.goal, person.goal.has_value());
  kept.diet = said.diet;
  kept.is_pregnant = said.is_pregnant;
  kept.is_lactating = said.is_lactating;
  kept.has_eating_disorder = said.has_eating_disorder;
  kept.uses_insulin = said.uses_insulin;
  kept.has_diabetes = said.has_diabetes;
  kept.has_kidney_disease = said.has_kidney_disease;
  return kept;
}

mentions told_by(const mentions& said) {
  mentions told;
  if (said.about)
    return told;
  told.diet = said.diet;  // also of "and no dairy?": what is left out too much harms nobody
  told.is_pregnant = said.is_pregnant;
  told.denies_pregnancy = said.denies_pregnancy;
  told.is_lactating = said.is_lactating;
  if (said.is_supposed)
    return told;
  told.weight_kg = said.weight_kg;
  told.height_cm = said.height_cm;
  told.age_years = said.age_years;
  told.sex = said.sex;
  told.body_fat_pct = said.body_fat_pct;
  told.activity_level = said.activity_level;
  told.training_days = said.training_days;
  told.max_bpm = said.max_bpm;
  told.sleep_hours = said.sleep_hours;
  told.ratings = said.ratings;
  // A wish is one fact with its goal. A goal alone is one when the person says that it is theirs.
  const bool wants_change = said.change_kg || said.pace_kg_per_week || said.goal_weight_kg || said.goal_bmi;
  if (!wants_change && !said.owns_goal)
    return told;
  told.goal = said.goal;
  told.change_kg = said.change_kg;
  told.change_days = said.change_days;
  told.pace_kg_per_week = said.pace_kg_per_week;
  told.goal_weight_kg = said.goal_weight_kg;
  told.goal_bmi = said.goal_bmi;
  return told;
}

void forget_wish(mentions& said) noexcept {
  said.goal.reset();
  said.change_kg.reset();
  said.change_days.reset();
  said.pace_kg_per_week.reset();
  said.goal_weight_kg.reset();
  said.goal_bmi.reset();
}

mentions for_answer(mentions said) {
  if (!said.asks_expenditure)
    return said;
  forget_wish(said);
  said.intake_kcal.reset();
  said.goal = goal::maintain;
  return said;
}

user with_facts(const user& person, const mentions& said, timestamp now) {
  auto known = said.about ? stranger_to(person) : person;
  const auto measured = [&](double value) { return latest_measurement{{}, now, value}; };
  if (said.weight_kg)
    known.weight_kg = measured(*said.weight_kg);
  if (said.body_fat_pct)
    known.body_fat_pct = measured(*said.body_fat_pct);
  if (said.height_cm)
    known.height_cm = said.height_cm;
  if (said.sex)
    known.sex = said.sex;
  if (!known.sex && (said.is_pregnant || said.is_lactating))
    known.sex = sex::female;
  if (said.goal)
    known.goal = said.goal;
  else if (said.pace_kg_per_week && !known.goal)
    known.goal = goal::lose_weight;  // as a pace without a word for its way is read
  if (said.age_years)
    known.date_of_birth = (day_of(now).year() - std::chrono::years{*said.age_years}) / std::chrono::January / 1;
  if (said.activity_level)
    known.activity_level = said.activity_level;
  if (known.activity_level && said.activity_steps != 0) {
    const auto level = std::clamp(static_cast<int>(*known.activity_level) + said.activity_steps, 0, 4);
    known.activity_level = static_cast<activity_level>(level);
  }
  for (const auto term : said.diet.restrictions)
    known.dietary_restrictions.emplace_back(name_of(term));
  for (const auto term : said.diet.allergies)
    known.allergies.emplace_back(name_of(term));
  // The words that `conditions.hpp` looks for, as if the profile had them.
  if (said.is_pregnant)
    known.medical_conditions.emplace_back("pregnancy");
  if (said.is_lactating)
    known.medical_conditions.emplace_back("breastfeeding");
  if (said.has_eating_disorder)
    known.medical_conditions.emplace_back("eating disorder");
  if (said.uses_insulin)
    known.medical_conditions.emplace_back("on insulin");
  if (said.has_diabetes)
    known.medical_conditions.emplace_back("diabetes");
  if (said.has_kidney_disease)
    known.medical_conditions.emplace_back("kidney disease");
  return known;
}

}  // namespace genesis::coach
