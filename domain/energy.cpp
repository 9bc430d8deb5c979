#include "domain/energy.hpp"

#include <algorithm>
#include <chrono>

namespace genesis {

namespace {

constexpr double days_per_week = std::chrono::days{std::chrono::weeks{1}}.count();

/// What the formulas of weight, height and age take.
struct measurements {
  reference_sex sex;
  double weight_kg;
  double height_cm;
  int age_years;
};

double resting_kcal(resting_energy_formula formula, const measurements& of) noexcept {
  return formula == resting_energy_formula::harris_benedict
           ? harris_benedict_kcal(of.sex, of.weight_kg, of.height_cm, of.age_years)
           : mifflin_st_jeor_kcal(of.sex, of.weight_kg, of.height_cm, of.age_years);
}

resting_energy from_fat_free_mass(double weight_kg, double body_fat_pct) {
  return {.kcal_per_day = katch_mcardle_kcal(weight_kg, body_fat_pct),
    .formula = std::string{name_of(resting_energy_formula::katch_mcardle)},
    .inputs = {{"weight_kg", weight_kg}, {"body_fat_pct", body_fat_pct}}};
}

resting_energy from_measurements(resting_energy_formula formula, const measurements& of) {
  return {.kcal_per_day = resting_kcal(formula, of),
    .formula = std::string{name_of(formula)},
    .inputs = {
      {"weight_kg", of.weight_kg}, {"height_cm", of.height_cm}, {"age_years", static_cast<double>(of.age_years)}}};
}

/// Which fields some computation needs; `missing_in` tells the ones that a person lacks, in the API's order.
struct needed_fields {
  bool date_of_birth = false;
  bool sex = false;
  bool height_cm = false;
  bool weight_kg = false;
  bool body_fat_pct = false;
  bool activity_level = false;
  bool goal = false;

  [[nodiscard]] std::vector<std::string> missing_in(const user& person) const {
    std::vector<std::string> missing;
    const auto check = [&missing](bool is_needed, bool is_known, const char* field) {
      if (is_needed && !is_known)
        missing.emplace_back(field);
    };
    check(date_of_birth, person.date_of_birth.has_value(), "date_of_birth");
    check(sex, reference_sex_of(person).has_value(), "sex");
    check(height_cm, person.height_cm.has_value(), "height_cm");
    check(weight_kg, person.weight_kg.has_value(), "weight_kg");
    check(body_fat_pct, person.body_fat_pct.has_value(), "body_fat_pct");
    check(activity_level, person.activity_level.has_value(), "activity_level");
    check(goal, person.goal.has_value(), "goal");
    return missing;
  }
};

needed_fields needed_by(resting_energy_formula formula) noexcept {
  if (formula == resting_energy_formula::katch_mcardle)
    return {.weight_kg = true, .body_fat_pct = true};
  return {.date_of_birth = true, .sex = true, .height_cm = true, .weight_kg = true};
}

}  // namespace

artifact_source source_of(resting_energy_formula formula) {
  constexpr auto kind = artifact_source::kind_type::formula;
  switch (formula) {
  case resting_energy_formula::mifflin_st_jeor:
    return {kind, "Mifflin-St Jeor", "Mifflin et al. 1990, Am J Clin Nutr 51:241-247"};
  case resting_energy_formula::katch_mcardle:
    return {kind, "Katch-McArdle", "McArdle, Katch and Katch, Exercise Physiology"};
  case resting_energy_formula::harris_benedict:
    return {kind, "Harris-Benedict, revised", "Roza and Shizgal 1984, Am J Clin Nutr 40:168-182"};
  }
  return {};
}

double mifflin_st_jeor_kcal(reference_sex sex, double weight_kg, double height_cm, int age_years) noexcept {
  return 10 * weight_kg + 6.25 * height_cm - 5 * age_years + (sex == reference_sex::male ? 5 : -161);
}

double katch_mcardle_kcal(double weight_kg, double body_fat_pct) noexcept {
  return 370 + 21.6 * fat_free_mass_kg(weight_kg, body_fat_pct);
}

double harris_benedict_kcal(reference_sex sex, double weight_kg, double height_cm, int age_years) noexcept {
  return sex == reference_sex::male ? 88.362 + 13.397 * weight_kg + 4.799 * height_cm - 5.677 * age_years
                                    : 447.593 + 9.247 * weight_kg + 3.098 * height_cm - 4.330 * age_years;
}

resting_energy_formula usual_formula(const user& person) noexcept {
  return person.body_fat_pct ? resting_energy_formula::katch_mcardle : resting_energy_formula::mifflin_st_jeor;
}

std::vector<std::string> missing_for_resting_energy(const user& person, resting_energy_formula formula) {
  return needed_by(formula).missing_in(person);
}

from_profile<resting_energy> resting_energy_of(
  const user& person, calendar_day today, std::optional<resting_energy_formula> asked) {
  const auto formula = asked.value_or(usual_formula(person));
  if (auto missing = missing_for_resting_energy(person, formula); !missing.empty())
    return std::unexpected(profile_gaps{std::move(missing)});
  if (formula == resting_energy_formula::katch_mcardle)
    return from_fat_free_mass(person.weight_kg->value, person.body_fat_pct->value);
  auto energy = from_measurements(formula, {.sex = *reference_sex_of(person),
                                             .weight_kg = person.weight_kg->value,
                                             .height_cm = *person.height_cm,
                                             .age_years = *age_of(person, today)});
  if (energy.kcal_per_day <= 0)
    return std::unexpected(profile_gaps{{"date_of_birth", "height_cm", "weight_kg"}});
  return energy;
}

double activity_factor(activity_level level) noexcept {
  switch (level) {
  case activity_level::sedentary: return 1.2;
  case activity_level::light: return 1.375;
  case activity_level::moderate: return 1.55;
  case activity_level::active: return 1.725;
  case activity_level::very_active: return 1.9;
  }
  return 1.2;
}

double kcal_per_day_of(double kg_per_week) noexcept {
  return kg_per_week * kcal_per_kg / days_per_week;
}

double kg_per_week_of(double kcal_per_day) noexcept {
  return kcal_per_day * days_per_week / kcal_per_kg;
}

double energy_change(goal aim) noexcept {
  switch (aim) {
  case goal::lose_weight: return -0.20;
  case goal::maintain: return 0;
  case goal::gain_muscle: return 0.10;
  case goal::recomposition: return -0.10;
  case goal::performance: return 0;
  }
  return 0;
}

bool is_deficit(goal aim) noexcept {
  return energy_change(aim) < 0;
}

double energy_floor_kcal(reference_sex sex) noexcept {
  return sex == reference_sex::male ? 1500 : 1200;
}

energy_target bounded_energy_target(
  double resting_kcal, double activity_factor, double floor_kcal, double requested_kcal) {
  const double maintenance = resting_kcal * activity_factor;
  const double least = std::min(floor_kcal, maintenance);
  auto bound = energy_bound::requested;
  if (requested_kcal < least)
    bound = floor_kcal <= maintenance ? energy_bound::floor : energy_bound::maintenance;
  return {.resting_kcal = resting_kcal,
    .maintenance_kcal = maintenance,
    .target_kcal = std::max(requested_kcal, least),
    .floor_kcal = floor_kcal,
    .bound_by = std::string{name_of(bound)},
    .activity_factor = activity_factor};
}

std::vector<std::string> missing_for_energy_target(const user& person, const energy_wish& wish) {
  auto needed = needed_by(wish.formula.value_or(usual_formula(person)));
  needed.sex = true;  // for the floor
  needed.activity_level = true;
  needed.goal = !wish.goal && !wish.kcal && !wish.change_kg_per_week;
  return needed.missing_in(person);
}

from_profile<energy_target> energy_target_of(const user& person, calendar_day today, const energy_wish& wish) {
  if (auto missing = missing_for_energy_target(person, wish); !missing.empty())
    return std::unexpected(profile_gaps{std::move(missing)});
  const auto resting = resting_energy_of(person, today, wish.formula);
  if (!resting)
    return std::unexpected(resting.error());
  const double factor = activity_factor(*person.activity_level);
  const double maintenance = resting->kcal_per_day * factor;
  const double requested = wish.kcal ? *wish.kcal
                           : wish.change_kg_per_week
                             ? maintenance + kcal_per_day_of(*wish.change_kg_per_week)
                             : maintenance * (1 + energy_change(wish.goal.value_or(*person.goal)));
  return bounded_energy_target(resting->kcal_per_day, factor, energy_floor_kcal(*reference_sex_of(person)), requested);
}

}  // namespace genesis
