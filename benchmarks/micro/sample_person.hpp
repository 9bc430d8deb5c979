#pragma once

#include "domain/user.hpp"

#include <chrono>
#include <string>

namespace genesis::benchmarks {

/// Somebody whose profile is filled in: the body that most reads carry.
inline user sample_person() {
  using namespace std::chrono;
  const timestamp at{sys_days{2026y / March / 1} + 7h + 30min};
  user person;
  person.id = *user_id::parse("01953f5e-7c00-7a3b-9d55-2f1f6f1c0a01");
  person.email = "maria.lopez@example.com";
  person.full_name = "María López";
  person.date_of_birth = 1990y / May / 17;
  person.sex = sex::female;
  person.height_cm = 168;
  person.weight_kg = latest_measurement{.record = {}, .recorded_at = at, .value = 64.5};
  person.body_fat_pct = latest_measurement{.record = {}, .recorded_at = at, .value = 24};
  person.activity_level = activity_level::moderate;
  person.goal = goal::lose_weight;
  person.experience_level = experience_level::intermediate;
  person.dietary_restrictions = {"vegetarian", "no alcohol"};
  person.allergies = {"peanuts"};
  person.timezone = "Europe/Madrid";
  person.locale = "es-ES";
  person.created_at = at;
  person.updated_at = at;
  person.revision = 7;
  return person;
}

/// The day on which the formulas are asked.
inline calendar_day sample_day() {
  using namespace std::chrono;
  return 2026y / March / 1;
}

}  // namespace genesis::benchmarks
