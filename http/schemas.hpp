#pragma once

#include "http/schema.hpp"

/// Every object that the API takes or gives, in one place each: the checks, the OpenAPI document and its examples
/// follow from these. Bounds come from the domain.
namespace genesis::http {

// What people send.
extern const schema register_schema;
extern const schema login_schema;
extern const schema refresh_schema;
extern const schema change_password_schema;
extern const schema no_members_schema;
extern const schema user_patch_schema;
extern const schema preferences_put_schema;
extern const schema new_api_key_schema;
extern const schema new_conversation_schema;
extern const schema conversation_patch_schema;
extern const schema new_message_schema;
extern const schema new_progress_schema;
extern const schema progress_patch_schema;
extern const schema new_workout_plan_schema;
extern const schema workout_plan_patch_schema;
extern const schema new_nutrition_plan_schema;
extern const schema nutrition_plan_patch_schema;
extern const schema new_nutrition_log_schema;
extern const schema nutrition_log_patch_schema;
extern const schema chat_schema;
extern const schema cache_invalidation_schema;
extern const schema edge_purge_schema;
extern const schema edge_purged_schema;
extern const schema cache_warming_schema;

// What they get.
extern const schema user_schema;
extern const schema user_view_schema;
extern const schema user_view_list_schema;
extern const schema auth_schema;
extern const schema preferences_schema;
extern const schema api_key_schema;
extern const schema created_api_key_schema;
extern const schema api_key_list_schema;
extern const schema session_schema;
extern const schema session_list_schema;
extern const schema conversation_schema;
extern const schema conversation_list_schema;
extern const schema message_schema;
extern const schema message_list_schema;
extern const schema found_message_schema;
extern const schema found_message_list_schema;
extern const schema progress_schema;
extern const schema progress_list_schema;
extern const schema workout_plan_schema;
extern const schema workout_plan_list_schema;
extern const schema nutrition_plan_schema;
extern const schema nutrition_plan_list_schema;
extern const schema nutrition_log_schema;
extern const schema nutrition_log_list_schema;
extern const schema run_schema;
extern const schema chat_answer_schema;
extern const schema chat_accepted_schema;
extern const schema problem_schema;
extern const schema problem_page_schema;
extern const schema health_status_schema;
extern const schema health_schema;
extern const schema cache_figures_schema;
extern const schema caches_warmed_schema;
extern const schema caches_forgot_schema;
extern const schema key_set_schema;

// Parts of plans, as people send them.
extern const field workout_days_field;
extern const field planned_meals_field;

// Parameters of queries. Lists take `list_parameters` and their own.
extern const std::span<const field> user_view_parameters;
extern const std::span<const field> people_parameters;
extern const std::span<const field> api_key_list_parameters;
extern const std::span<const field> session_list_parameters;
extern const std::span<const field> conversation_list_parameters;
extern const std::span<const field> message_list_parameters;
extern const std::span<const field> message_search_parameters;
extern const std::span<const field> progress_list_parameters;
extern const std::span<const field> plan_list_parameters;
extern const std::span<const field> nutrition_log_list_parameters;
extern const std::span<const field> chat_stream_parameters;
extern const std::span<const field> export_parameters;
extern const std::span<const field> run_stream_parameters;

}  // namespace genesis::http
