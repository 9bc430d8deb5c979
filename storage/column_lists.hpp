#pragma once

// The columns of a row of each kind in the order of `each_column` (rows.hpp), for texts of SQL of either database.
#define GENESIS_USER_COLUMNS                                                                                           \
  "email, role, is_active, full_name, date_of_birth, sex, height_cm, weight_record_id, "                               \
  "weight_recorded_at, weight_kg, body_fat_record_id, body_fat_recorded_at, body_fat_pct, "                            \
  "activity_level, goal, experience_level, dietary_restrictions, allergies, medical_conditions, "                      \
  "timezone, locale, units, created_at, updated_at, revision, id"
#define GENESIS_PREFERENCES_COLUMNS                                                                                    \
  "personality, response_length, preferred_agents, training_days, session_minutes, meals_per_day, "                    \
  "theme, notifications, created_at, updated_at, revision"
#define GENESIS_MESSAGE_COLUMNS                                                                                        \
  "id, conversation_id, seq, role, agent_name, content, status, run_id, artifacts, metadata, "                         \
  "created_at, updated_at, revision"
#define GENESIS_RUN_COLUMNS                                                                                            \
  "id, conversation_id, user_message_id, message_id, agent_name, status, created_at, started_at, "                     \
  "ended_at, last_seq, input_tokens, output_tokens, is_estimated, failure_code, failure_message, "                     \
  "is_retryable"
#define GENESIS_SESSION_COLUMNS                                                                                        \
  "id, created_at, last_used_at, authenticated_at, expires_at, refresh_hash, user_agent, address"
#define GENESIS_INVITATION_COLUMNS "email, token_hash, role, created_at, expires_at"
#define GENESIS_API_KEY_COLUMNS "id, name, scopes, hash, expires_at, last_used_at, created_at, updated_at, revision"
#define GENESIS_CONVERSATION_COLUMNS                                                                                   \
  "id, title, agent_name, is_archived, message_count, last_message_at, created_at, updated_at, "                       \
  "revision"
#define GENESIS_PROGRESS_COLUMNS "id, metric, value, recorded_at, source, note, created_at, updated_at, revision"
#define GENESIS_WORKOUT_PLAN_COLUMNS                                                                                   \
  "id, name, goal, notes, is_active, starts_on, ends_on, days, created_at, updated_at, revision"
#define GENESIS_NUTRITION_PLAN_COLUMNS                                                                                 \
  "id, name, notes, is_active, starts_on, ends_on, energy_kcal, protein_g, carbs_g, fat_g, "                           \
  "fibre_g, water_litres, meals, created_at, updated_at, revision"
#define GENESIS_NUTRITION_LOG_COLUMNS                                                                                  \
  "id, log_date, meal, description, energy_kcal, protein_g, carbs_g, fat_g, fibre_g, note, "                           \
  "created_at, updated_at, revision"
#define GENESIS_IDEMPOTENCY_COLUMNS "idempotency_key, fingerprint, status, body, location, etag, run_id, created_at"
