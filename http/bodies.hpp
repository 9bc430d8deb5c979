#pragma once

#include "domain/agent.hpp"
#include "domain/api_key.hpp"
#include "domain/key_pattern.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"
#include "http/problem.hpp"

#include <optional>
#include <string>
#include <string_view>

/// Reads the bodies of requests into values of the domain. Every reader refuses what is no JSON object
/// (MALFORMED_REQUEST) and what its schema in `http/schemas.hpp` finds wrong (VALIDATION_ERROR, all faults at once).
/// Pure functions, on any thread.
namespace genesis::http {

// --- accounts
// --------------------------------------------------------------------------------------------------------------

struct register_request {
  std::string email;     ///< Lower case.
  std::string password;  ///< As sent: of acceptable length, not yet normalised, strength not yet estimated.
  std::optional<std::string> full_name;
  std::optional<std::string> locale;
  std::optional<std::string> timezone;
  std::optional<std::string> invite;
  field_errors faults;  ///< Whose values are left out; the strength of the password is added to them.
};
struct login_request {
  std::string email;     ///< Lower case.
  std::string password;  ///< As sent, whatever its length: a wrong one is refused as such.
};
struct refresh_request {
  std::string refresh_token;
};
struct change_password_request {
  std::string current_password;
  std::string new_password;  ///< Like `register_request::password`.
  field_errors faults;       ///< Likewise.
};
/// Of a call that needs no more than its path.
struct no_members {};

/// Fails only where there is no JSON object, and so does `read_change_password`.
accepted<register_request> read_register(std::string_view body, timestamp now);
accepted<login_request> read_login(std::string_view body, timestamp now);
accepted<refresh_request> read_refresh(std::string_view body, timestamp now);
accepted<change_password_request> read_change_password(std::string_view body, timestamp now);
accepted<no_members> read_no_members(std::string_view body, timestamp now);
accepted<user_patch> read_user_patch(std::string_view body, timestamp now);

struct preferences_replacement {
  preferences value;  ///< Without owner, times and revision.
  carried_read_only carried;
  field_errors faults;  ///< Whose values are left out; the owner adds the read-only members that would change.
};
/// Fails only where there is no JSON object.
accepted<preferences_replacement> read_preferences(std::string_view body, timestamp now);

struct new_api_key {
  std::string name;
  std::vector<key_scope> scopes;
  std::optional<timestamp> expires_at;
};
accepted<new_api_key> read_new_api_key(std::string_view body, timestamp now);

// --- conversations and progress
// --------------------------------------------------------------------------------------------

struct new_conversation {
  std::optional<std::string> title;
  std::optional<genesis::agent> agent;
};
struct conversation_patch {
  std::optional<std::string> title;
  std::optional<bool> archived;
};
struct new_message {
  std::string content;
  std::string metadata_json;  ///< Byte for byte as sent; `{}` when absent.
};
struct new_progress {
  progress_metric metric = progress_metric::weight_kg;
  double value = 0;
  std::optional<timestamp> recorded_at;  ///< Now when absent.
  std::optional<std::string> note;
};

accepted<new_conversation> read_new_conversation(std::string_view body, timestamp now);
accepted<conversation_patch> read_conversation_patch(std::string_view body, timestamp now);
accepted<new_message> read_new_message(std::string_view body, timestamp now);
accepted<new_progress> read_new_progress(std::string_view body, timestamp now);
/// What to change of a measurement, a plan or an entry of the food diary.
template <class T>
struct item_change {
  typename T::patch_type changes;
  field_errors faults;  ///< Whose values may be anything: the owner adds what is wrong with the item as it would be.
};
/// Fails only where there is no JSON object. Knows no metric, hence checks `value` against the widest range only.
accepted<item_change<progress_record>> read_progress_patch(std::string_view body, timestamp now);

// --- plans and the food diary
// ----------------------------------------------------------------------------------------------

// What is read has no id, no times and no revision yet.
accepted<workout_plan> read_new_workout_plan(std::string_view body, timestamp now);
accepted<nutrition_plan> read_new_nutrition_plan(std::string_view body, timestamp now);
accepted<nutrition_log> read_new_nutrition_log(std::string_view body, timestamp now);

// These fail only where there is no JSON object.
accepted<item_change<workout_plan>> read_workout_plan_patch(std::string_view body, timestamp now);
accepted<item_change<nutrition_plan>> read_nutrition_plan_patch(std::string_view body, timestamp now);
accepted<item_change<nutrition_log>> read_nutrition_log_patch(std::string_view body, timestamp now);

// --- chat
// ------------------------------------------------------------------------------------------------------------------

struct chat_request {
  std::string message;
  std::optional<conversation_id> conversation;
  std::optional<genesis::agent> agent;
  std::string metadata_json;  ///< Byte for byte as sent; `{}` when absent.
};
accepted<chat_request> read_chat(std::string_view body, timestamp now);

// --- caches
// ----------------------------------------------------------------------------------------------------------------

accepted<key_pattern> read_cache_invalidation(std::string_view body, timestamp now);
/// Keys of what a CDN is to forget.
accepted<std::vector<std::string>> read_edge_purge(std::string_view body, timestamp now);
/// How many people.
accepted<std::int64_t> read_cache_warming(std::string_view body, timestamp now);

}  // namespace genesis::http
