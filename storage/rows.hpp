#pragma once

#include "storage/mutations.hpp"
#include "storage/queries.hpp"

#include <concepts>
#include <optional>
#include <type_traits>

/// Which columns a row of each kind has, in the order in which the statements name them. One list serves reading and
/// writing: `visit` is called with each member, `visit.group` with an optional member that spreads over several
/// columns.
namespace genesis::storage {

template <class T, class Row>
concept row_of = std::same_as<std::remove_const_t<T>, Row>;

void each_latest_measurement(auto& value, auto& visit) {
  visit(value.record);
  visit(value.recorded_at);
  visit(value.value);
}

void each_column(row_of<user> auto& row, auto& visit) {
  visit(row.email);
  visit(row.role);
  visit(row.is_active);
  visit(row.full_name);
  visit(row.date_of_birth);
  visit(row.sex);
  visit(row.height_cm);
  visit.group(row.weight_kg, [&](auto& value) { each_latest_measurement(value, visit); });
  visit.group(row.body_fat_pct, [&](auto& value) { each_latest_measurement(value, visit); });
  visit(row.activity_level);
  visit(row.goal);
  visit(row.experience_level);
  visit(row.dietary_restrictions);
  visit(row.allergies);
  visit(row.medical_conditions);
  visit(row.timezone);
  visit(row.locale);
  visit(row.units);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
  visit(row.id);
}

void each_column(row_of<preferences> auto& row, auto& visit) {
  visit(row.personality);
  visit(row.response_length);
  visit(row.preferred_agents);
  visit(row.training_days);
  visit(row.session_minutes);
  visit(row.meals_per_day);
  visit(row.theme);
  visit(row.notifications);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<session> auto& row, auto& visit) {
  visit(row.id);
  visit(row.created_at);
  visit(row.last_used_at);
  visit(row.authenticated_at);
  visit(row.expires_at);
  visit(row.refresh_hash);
  visit(row.user_agent);
  visit(row.address);
}

void each_column(row_of<api_key> auto& row, auto& visit) {
  visit(row.id);
  visit(row.name);
  visit(row.scopes);
  visit(row.hash);
  visit(row.expires_at);
  visit(row.last_used_at);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<credentials> auto& row, auto& visit) {
  visit(row.user);
  visit(row.password_hash);
  visit(row.is_active);
}

void each_column(row_of<invitation> auto& row, auto& visit) {
  visit(row.email);
  visit(row.hash);
  visit(row.role);
  visit(row.created_at);
  visit(row.expires_at);
}

void each_column(row_of<conversation> auto& row, auto& visit) {
  visit(row.id);
  visit(row.title);
  visit(row.agent);
  visit(row.is_archived);
  visit(row.message_count);
  visit(row.last_message_at);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<message> auto& row, auto& visit) {
  visit(row.id);
  visit(row.conversation);
  visit(row.seq);
  visit(row.role);
  visit(row.agent);
  visit(row.content);
  visit(row.status);
  visit(row.run);
  visit(row.artifacts_json);
  visit(row.metadata_json);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

/// A message and how well it fits a search.
struct scored_message {
  genesis::message message;
  std::int64_t score = 0;
};

void each_column(row_of<scored_message> auto& row, auto& visit) {
  each_column(row.message, visit);
  visit(row.score);
}

void each_column(row_of<progress_record> auto& row, auto& visit) {
  visit(row.id);
  visit(row.metric);
  visit(row.value);
  visit(row.recorded_at);
  visit(row.source);
  visit(row.note);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<workout_plan> auto& row, auto& visit) {
  visit(row.id);
  visit(row.name);
  visit(row.goal);
  visit(row.notes);
  visit(row.is_active);
  visit(row.starts_on);
  visit(row.ends_on);
  visit(row.days_json);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<nutrition_plan> auto& row, auto& visit) {
  visit(row.id);
  visit(row.name);
  visit(row.notes);
  visit(row.is_active);
  visit(row.starts_on);
  visit(row.ends_on);
  visit(row.energy_kcal);
  visit(row.protein_g);
  visit(row.carbs_g);
  visit(row.fat_g);
  visit(row.fibre_g);
  visit(row.water_litres);
  visit(row.meals_json);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

void each_column(row_of<nutrition_log> auto& row, auto& visit) {
  visit(row.id);
  visit(row.log_date);
  visit(row.meal);
  visit(row.description);
  visit(row.energy_kcal);
  visit(row.protein_g);
  visit(row.carbs_g);
  visit(row.fat_g);
  visit(row.fibre_g);
  visit(row.note);
  visit(row.created_at);
  visit(row.updated_at);
  visit(row.revision);
}

template <class Plan>
void each_column(plan_standing<Plan>& row, auto& visit) {
  visit(row.count);
  visit.group(row.active, [&](auto& value) { each_column(value, visit); });
}

void each_column(row_of<known_person> auto& row, auto& visit) {
  each_column(row.person, visit);
  each_column(row.prefs, visit);
  visit(row.prefs.owner);
}

/// Where a person's version stands.
struct fence_row {
  std::int64_t version = 0;
  std::int64_t epoch = 0;
};

void each_column(row_of<fence_row> auto& row, auto& visit) {
  visit(row.version);
  visit(row.epoch);
}

void each_token_count(auto& value, auto& visit) {
  visit(value.input_tokens);
  visit(value.output_tokens);
  visit(value.is_estimated);
}

void each_column(row_of<run> auto& row, auto& visit) {
  visit(row.id);
  visit(row.conversation);
  visit(row.user_message);
  visit(row.assistant_message);
  visit(row.agent);
  visit(row.status);
  visit(row.created_at);
  visit(row.started_at);
  visit(row.ended_at);
  visit(row.last_seq);
  visit.group(row.usage, [&](auto& value) { each_token_count(value, visit); });
  visit.group(row.failure, [&](auto& value) {
    visit(value.code);
    visit(value.message);
    visit(value.is_retryable);
  });
}

void each_column(row_of<idempotency_record> auto& row, auto& visit) {
  visit(row.key.key);
  visit(row.key.fingerprint);
  visit(row.status);
  visit(row.body);
  visit(row.location);
  visit(row.etag);
  visit(row.run);
  visit(row.created_at);
}

void each_column(row_of<run_beginning> auto& row, auto& visit) {
  visit(row.agent);
  visit(row.started_at);
  visit.group(row.usage, [&](auto& value) { each_token_count(value, visit); });
}

/// One row of `run_chunks`.
struct chunk_row {
  std::int64_t first_seq = 0;
  std::string events;  ///< As `pack_events` writes them.
};

void each_column(row_of<chunk_row> auto& row, auto& visit) {
  visit(row.first_seq);
  visit(row.events);
}

/// A run and whose it is.
struct owned_run {
  user_id owner;
  genesis::run run;
};

void each_column(row_of<owned_run> auto& row, auto& visit) {
  visit(row.owner);
  each_column(row.run, visit);
}

}  // namespace genesis::storage
