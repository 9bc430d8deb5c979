#include "domain/nutrition_plan.hpp"

namespace genesis {

void apply(const nutrition_plan_patch& patch, nutrition_plan& what) {
  assign(patch.name, what.name);
  assign(patch.notes, what.notes);
  assign(patch.is_active, what.is_active);
  assign(patch.starts_on, what.starts_on);
  assign(patch.ends_on, what.ends_on);
  assign(patch.energy_kcal, what.energy_kcal);
  assign(patch.protein_g, what.protein_g);
  assign(patch.carbs_g, what.carbs_g);
  assign(patch.fat_g, what.fat_g);
  assign(patch.fibre_g, what.fibre_g);
  assign(patch.water_litres, what.water_litres);
  assign(patch.meals_json, what.meals_json);
}

field_errors faults_of(const nutrition_plan& what) {
  return period_faults(what.starts_on, what.ends_on);
}

}  // namespace genesis
