#include "http/object_json.hpp"

#include "auth/api_key.hpp"

namespace genesis::http {

namespace {

constexpr double millionths = 1e6;

/// The members that end every object.
template <class Object>
void write_times(json_writer& json, const Object& what) {
  json.member("created_at", what.created_at).member("updated_at", what.updated_at);
  json.member("revision", what.revision);
}

std::optional<double> value_of(const std::optional<latest_measurement>& measurement) noexcept {
  return measurement ? std::optional{measurement->value} : std::nullopt;
}

/// A member that is an object, or null.
template <class Object>
void write_maybe(json_writer& json, std::string_view name, const std::optional<Object>& what) {
  json.key(name);
  if (what)
    write_object(json, *what);
  else
    json.value(nullptr);
}

}  // namespace

void write(json_writer& json, const user& who) {
  json.member("id", who.id).member("email", who.email).member("full_name", who.full_name);
  json.member("role", who.role).member("date_of_birth", who.date_of_birth).member("sex", who.sex);
  json.member("height_cm", who.height_cm).member("weight_kg", value_of(who.weight_kg));
  json.member("body_fat_pct", value_of(who.body_fat_pct)).member("activity_level", who.activity_level);
  json.member("goal", who.goal).member("experience_level", who.experience_level);
  json.member("dietary_restrictions", who.dietary_restrictions).member("allergies", who.allergies);
  json.member("medical_conditions", who.medical_conditions).member("timezone", who.timezone);
  json.member("locale", who.locale).member("units", who.units);
  write_times(json, who);
}

void write(json_writer& json, const preferences& prefs) {
  json.member("id", prefs.owner).member("personality", prefs.personality);
  json.member("response_length", prefs.response_length).member("preferred_agents", prefs.preferred_agents);
  json.member("training_days", prefs.training_days).member("session_minutes", prefs.session_minutes);
  json.member("meals_per_day", prefs.meals_per_day).member("theme", prefs.theme);
  json.member("notifications", prefs.notifications);
  write_times(json, prefs);
}

void write(json_writer& json, const conversation& what) {
  json.member("id", what.id).member("title", what.title).member("agent", what.agent);
  json.member("archived", what.is_archived).member("message_count", what.message_count);
  json.member("last_message_at", what.last_message_at);
  write_times(json, what);
}

void write(json_writer& json, const message& what) {
  json.member("id", what.id).member("conversation_id", what.conversation).member("seq", what.seq);
  json.member("role", what.role).member("agent", what.agent).member("content", what.content);
  json.member("status", what.status).member("run_id", what.run);
  json.raw_member("artifacts", what.artifacts_json).raw_member("metadata", what.metadata_json);
  write_times(json, what);
}

void write(json_writer& json, const progress_record& what) {
  json.member("id", what.id).member("metric", what.metric).member("value", what.value);
  json.member("recorded_at", what.recorded_at).member("source", what.source).member("note", what.note);
  write_times(json, what);
}

void write(json_writer& json, const workout_plan& what) {
  json.member("id", what.id).member("name", what.name).member("goal", what.goal).member("notes", what.notes);
  json.member("is_active", what.is_active).member("starts_on", what.starts_on).member("ends_on", what.ends_on);
  json.raw_member("days", what.days_json);
  write_times(json, what);
}

void write(json_writer& json, const nutrition_plan& what) {
  json.member("id", what.id).member("name", what.name).member("notes", what.notes);
  json.member("is_active", what.is_active).member("starts_on", what.starts_on).member("ends_on", what.ends_on);
  json.member("energy_kcal", what.energy_kcal).member("protein_g", what.protein_g);
  json.member("carbs_g", what.carbs_g).member("fat_g", what.fat_g).member("fibre_g", what.fibre_g);
  json.member("water_litres", what.water_litres).raw_member("meals", what.meals_json);
  write_times(json, what);
}

void write(json_writer& json, const nutrition_log& what) {
  json.member("id", what.id).member("log_date", what.log_date).member("meal", what.meal);
  json.member("description", what.description).member("energy_kcal", what.energy_kcal);
  json.member("protein_g", what.protein_g).member("carbs_g", what.carbs_g).member("fat_g", what.fat_g);
  json.member("fibre_g", what.fibre_g).member("note", what.note);
  write_times(json, what);
}

void write(json_writer& json, const api_key& what) {
  json.member("id", what.id).member("name", what.name).member("prefix", auth::api_key_prefix(what.id));
  json.member("scopes", what.scopes).member("expires_at", what.expires_at);
  json.member("last_used_at", what.last_used_at);
  write_times(json, what);
}

void write(json_writer& json, const seen_session& what) {
  json.member("id", what.value.id).member("created_at", what.value.created_at);
  json.member("last_used_at", what.value.last_used_at).member("user_agent", what.value.user_agent);
  json.member("address", what.value.address).member("current", what.value.id == what.current);
}

void write(json_writer& json, const token_usage& usage) {
  json.member("input_tokens", usage.input_tokens).member("output_tokens", usage.output_tokens);
  json.member("estimated", usage.is_estimated);
}

void write(json_writer& json, const run_failure& failure) {
  json.member("code", failure.code).member("message", failure.message);
  json.member("retryable", failure.is_retryable);
}

void write(json_writer& json, const run& what) {
  json.member("id", what.id).member("conversation_id", what.conversation);
  json.member("user_message_id", what.user_message).member("message_id", what.assistant_message);
  json.member("agent", what.agent).member("status", what.status).member("created_at", what.created_at);
  json.member("started_at", what.started_at).member("ended_at", what.ended_at);
  json.member("last_seq", what.last_seq);
  write_maybe(json, "usage", what.usage);
  write_maybe(json, "error", what.failure);
}

void write(json_writer& json, const found_message& what) {
  write_object(json.key("message"), what.message);
  json.key("snippet").begin_array();
  for (const auto& part : what.snippet)
    json.begin_object().member("text", part.text).member("is_match", part.is_match).end_object();
  json.end_array().member("score", static_cast<double>(what.score) / millionths);
}

}  // namespace genesis::http
