#pragma once

// Columns of people for statements of either database, in the order of `each_column` (rows.hpp).
#define GENESIS_USER_COLUMNS                                                                                           \
  "email, role, is_active, full_name, date_of_birth, sex, height_cm, weight_record_id, "                               \
  "weight_recorded_at, weight_kg, body_fat_record_id, body_fat_recorded_at, body_fat_pct, "                            \
  "activity_level, goal, experience_level, dietary_restrictions, allergies, medical_conditions, "                      \
  "timezone, locale, units, created_at, updated_at, revision, id"
#define GENESIS_PREFERENCES_COLUMNS                                                                                    \
  "personality, response_length, preferred_agents, training_days, session_minutes, meals_per_day, "                    \
  "theme, notifications, created_at, updated_at, revision"
