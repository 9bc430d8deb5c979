#pragma once

#include "actors/entity_reply.hpp"
#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/entity_tag.hpp"
#include "domain/idempotency.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/page.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/search.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What a person asks of their own data; every message names what it came with.
namespace genesis {

struct get_user {
  credential by;
};
/// The person with what else is wanted of them. Answered with `user_view`.
struct get_user_view {
  credential by;
  bool preferences = false;
  bool workout_plans = false;
  bool nutrition_plans = false;
  bool progress = false;

  [[nodiscard]] bool wants_lists() const noexcept { return workout_plans || nutrition_plans || progress; }
};
/// The first page of each list that was wanted.
struct user_view {
  body_ptr person;
  body_ptr preferences;  ///< None when they were not wanted.
  std::optional<page<workout_plan>> workout_plans;
  std::optional<page<nutrition_plan>> nutrition_plans;
  std::optional<page<progress_record>> progress;
};
/// Other people with their preferences, at most `people_per_question_max`. Answered with `std::vector<known_person>` to
/// an admin, and `forbidden` to everybody else.
struct get_people {
  credential by;
  std::vector<user_id> users;
  std::string log_ids = {};  ///< Under which the request is found in logs: `request_id=...`, and those of its trace.
};
struct get_preferences {
  credential by;
};
struct get_conversation {
  credential by;
  conversation_id conversation;
};
struct get_message {
  credential by;
  message_id message;
};
/// One measurement, plan or entry of the food diary.
template <class T>
struct get_item {
  credential by;
  decltype(T::id) item;
};
using get_progress = get_item<progress_record>;
struct get_run {
  credential by;
  run_id run;
};
struct get_conversations {
  credential by;
  archived_filter archived = archived_filter::active;
  page_query page;
};
struct get_messages {
  credential by;
  conversation_id conversation;
  page_query page;
};
/// Of all conversations, the best first; see `storage::search_messages`.
struct get_found_messages {
  credential by;
  search_query query;
  page_query page;
};
struct get_progress_list {
  credential by;
  std::optional<progress_metric> metric;
  std::optional<timestamp> from;
  std::optional<timestamp> until;
  page_query page;
};

template <plan Plan>
struct get_plans {
  credential by;
  bool only_active = false;
  std::optional<timestamp> from;   ///< Of `created_at`; inclusive.
  std::optional<timestamp> until;  ///< Likewise; exclusive.
  page_query page;
};
struct get_nutrition_logs {
  credential by;
  std::optional<calendar_day> from;  ///< Inclusive.
  std::optional<calendar_day> to;    ///< Inclusive.
  page_query page;
};

struct patch_user {
  credential by;
  user_patch changes;
  std::optional<precondition> if_match;
};
struct replace_preferences {
  credential by;
  preferences value;
  std::optional<precondition> if_match;
  carried_read_only carried;
  field_errors faults;  ///< Of the body: nothing is replaced, and they are answered together with those of `carried`.
};
struct delete_user {
  session_id session;
  std::optional<precondition> if_match;
};
struct create_conversation {
  credential by;
  std::optional<std::string> title;
  std::optional<genesis::agent> agent;
  std::optional<idempotency_key> idempotency;
};
struct patch_conversation {
  credential by;
  conversation_id conversation;
  std::optional<std::optional<std::string>> title;
  std::optional<bool> archived;
  std::optional<precondition> if_match;
};
struct delete_conversation {
  credential by;
  conversation_id conversation;
  std::optional<precondition> if_match;
};
struct post_message {
  credential by;
  conversation_id conversation;
  std::string content;
  std::string metadata_json = "{}";
  std::optional<idempotency_key> idempotency;
};
struct create_progress {
  credential by;
  progress_metric metric = progress_metric::weight_kg;
  double value = 0;
  std::optional<timestamp> recorded_at;  ///< Now when absent.
  std::optional<std::string> note;
  std::optional<idempotency_key> idempotency;
};
/// Makes a plan or an entry of the food diary. `conflict` when there are `plans_per_user_max` of the kind. A plan that
/// is made active puts the one that was to rest.
template <class T>
struct create_item {
  credential by;
  T value;  ///< Without id, times and revision.
  std::optional<idempotency_key> idempotency;
};
/// Changes a measurement, a plan or an entry of the food diary; likewise.
template <class T>
struct patch_item {
  credential by;
  decltype(T::id) item;
  typename T::patch_type changes;
  std::optional<precondition> if_match;
  field_errors faults;  ///< Of the body: nothing is changed, and they are answered together with what is wrong with the
                        ///< object as it would be.
};
template <class T>
struct delete_item {
  credential by;
  decltype(T::id) item;
  std::optional<precondition> if_match;
};
using patch_progress = patch_item<progress_record>;
using delete_progress = delete_item<progress_record>;

}  // namespace genesis
