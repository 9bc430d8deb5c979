#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace genesis::storage {

/// Every statement that runs while the program serves. The names are labels of metrics and of the log.
enum class statement_id : std::uint8_t {
  // Transactions.
  begin_read,
  begin_write,
  commit,
  savepoint_batch,
  release_batch,
  rollback_batch,
  select_one,
  // Migrations.
  select_migrations,
  insert_migration,
  // People.
  raise_fence,
  raise_fence_for_reload,
  insert_fence,
  delete_fence,
  select_fence,
  select_recently_active_users,
  insert_user,
  update_user,
  update_password,
  list_users_newest_first,
  list_users_oldest_first,
  select_credentials_by_email,
  select_credentials_by_id,
  insert_preferences,
  update_preferences,
  select_person,
  select_person_with_plans,
  select_people,
  select_first_pages,
  // Sessions.
  upsert_session,
  delete_session,
  insert_refresh_token,
  select_refresh_token,
  // API keys.
  upsert_api_key,
  delete_api_key,
  // Invitations.
  upsert_invitation,
  delete_invitation,
  select_invitation,
  select_invitation_of_address,
  // Conversations and messages.
  upsert_conversation,
  delete_conversation,
  select_conversation,
  list_conversations_newest_first,
  list_conversations_oldest_first,
  list_conversations_by_archived_newest_first,
  list_conversations_by_archived_oldest_first,
  insert_message,
  upsert_message,
  select_message,
  list_messages_newest_first,
  list_messages_oldest_first,
  search_messages,
  // Progress.
  upsert_progress,
  delete_progress,
  select_progress,
  list_progress_newest_first,
  list_progress_oldest_first,
  list_progress_by_metric_newest_first,
  list_progress_by_metric_oldest_first,
  // Plans and the food diary.
  upsert_workout_plan,
  delete_workout_plan,
  select_workout_plan,
  select_workout_plan_standing,
  list_workout_plans_newest_first,
  list_workout_plans_oldest_first,
  upsert_nutrition_plan,
  delete_nutrition_plan,
  select_nutrition_plan,
  select_nutrition_plan_standing,
  list_nutrition_plans_newest_first,
  list_nutrition_plans_oldest_first,
  upsert_nutrition_log,
  delete_nutrition_log,
  select_nutrition_log,
  list_nutrition_logs_newest_first,
  list_nutrition_logs_oldest_first,
  // Runs.
  upsert_run,
  select_run,
  select_runs,
  delete_run_events_from,
  insert_run_events,
  append_run_events,
  begin_run,
  select_run_events,
  // Idempotency keys.
  upsert_idempotency_key,
  select_idempotency_key,
  list_idempotency_keys,
  // Maintenance.
  list_unfinished_runs,
  interrupt_message,
  touch_fence,
  list_runs_with_old_events,
  delete_run_events,
  mark_run_without_events,
  purge_sessions,
  purge_api_keys,
  purge_invitations,
  purge_idempotency_keys,
  // PostgreSQL's alone: SQLite locks no rows.
  list_locked_people,
  // SQLite's alone: PostgreSQL takes no terms out of its index, it forgets the row.
  list_gone_messages,
  purge_message_search,
  // Nor do messages wait for it there.
  list_queued_messages,
  number_queued_messages,
  index_queued_messages,
  delete_queued_messages,
};
inline constexpr std::size_t statement_count = static_cast<std::size_t>(statement_id::delete_queued_messages) + 1;

/// A statement's name and text. Each parameter stands once, in the order in which values are bound.
struct statement_text {
  statement_id id;
  std::string_view name;
  std::string_view sql;
};

/// All statements, each at the place of its id.
std::span<const statement_text, statement_count> all_statements() noexcept;

inline const statement_text& statement_of(statement_id id) noexcept {
  return all_statements()[static_cast<std::size_t>(id)];
}

}  // namespace genesis::storage
