#include "domain/user.hpp"

namespace genesis {

void apply(const user_patch& patch, user& person) {
  assign(patch.full_name, person.full_name);
  assign(patch.date_of_birth, person.date_of_birth);
  assign(patch.sex, person.sex);
  assign(patch.height_cm, person.height_cm);
  assign(patch.activity_level, person.activity_level);
  assign(patch.goal, person.goal);
  assign(patch.experience_level, person.experience_level);
  assign(patch.dietary_restrictions, person.dietary_restrictions);
  assign(patch.allergies, person.allergies);
  assign(patch.medical_conditions, person.medical_conditions);
  assign(patch.timezone, person.timezone);
  assign(patch.locale, person.locale);
  assign(patch.units, person.units);
}

}  // namespace genesis
