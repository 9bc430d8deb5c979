#include "domain/workout_plan.hpp"

namespace genesis {

void apply(const workout_plan_patch& patch, workout_plan& what) {
  assign(patch.name, what.name);
  assign(patch.goal, what.goal);
  assign(patch.notes, what.notes);
  assign(patch.is_active, what.is_active);
  assign(patch.starts_on, what.starts_on);
  assign(patch.ends_on, what.ends_on);
  assign(patch.days_json, what.days_json);
}

field_errors faults_of(const workout_plan& what) {
  return period_faults(what.starts_on, what.ends_on);
}

}  // namespace genesis
