#pragma once

#include "domain/progress.hpp"
#include "domain/user.hpp"

namespace genesis::testing {

inline constexpr calendar_day today{std::chrono::year{2026}, std::chrono::month{3}, std::chrono::day{15}};

/// Noon of a day that lies `days_ago` before `today`.
inline timestamp noon(int days_ago = 0) {
  return timestamp{std::chrono::sys_days{today}} + std::chrono::hours{12} - std::chrono::days{days_ago};
}

inline latest_measurement measured(double value) {
  return {.record = {}, .recorded_at = noon(), .value = value};
}

/// Somebody whose profile has everything but the body fat.
inline user person_of(sex who, double weight_kg, double height_cm, int age_years) {
  user person;
  person.sex = who;
  person.weight_kg = measured(weight_kg);
  person.height_cm = height_cm;
  person.date_of_birth = today - std::chrono::years{age_years};
  person.activity_level = activity_level::moderate;
  person.goal = goal::lose_weight;
  return person;
}

inline progress_record reading(progress_metric metric, double value, timestamp at) {
  progress_record record;
  record.metric = metric;
  record.value = value;
  record.recorded_at = at;
  return record;
}

}  // namespace genesis::testing
