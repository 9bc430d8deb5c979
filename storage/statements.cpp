#include "storage/statements.hpp"

#include "storage/column_lists.hpp"

#include <array>

namespace genesis::storage {

namespace {

// Things of several kinds below each other (item_row.hpp): the kind, seven texts, six integers, six real numbers.
#define GENESIS_NO_TEXT "cast(null as text)"
#define GENESIS_NO_INTEGER "cast(null as bigint)"
#define GENESIS_NO_REAL "cast(null as double precision)"
#define GENESIS_NO_REALS                                                                                               \
  GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL                  \
                  ", " GENESIS_NO_REAL
#define GENESIS_NO_ITEM                                                                                                \
  "0, " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT            \
  ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER    \
  ", " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER ", " GENESIS_NO_REALS
#define GENESIS_SESSION_ITEM                                                                                           \
  "1, id, refresh_hash, user_agent, address, " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT               \
  ", created_at, last_used_at, authenticated_at, expires_at, " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER              \
  ", " GENESIS_NO_REALS
#define GENESIS_API_KEY_ITEM                                                                                           \
  "2, id, name, scopes, hash, " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT                              \
  ", expires_at, last_used_at, created_at, updated_at, revision, " GENESIS_NO_INTEGER ", " GENESIS_NO_REALS
#define GENESIS_WORKOUT_PLAN_ITEM                                                                                      \
  "3, id, name, goal, notes, starts_on, ends_on, days, is_active, created_at, updated_at, "                            \
  "revision, " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER ", " GENESIS_NO_REALS
#define GENESIS_NUTRITION_PLAN_ITEM                                                                                    \
  "4, id, name, notes, starts_on, ends_on, meals, " GENESIS_NO_TEXT                                                    \
  ", is_active, created_at, updated_at, revision, " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER                         \
  ", energy_kcal, protein_g, carbs_g, fat_g, fibre_g, water_litres"
#define GENESIS_PROGRESS_ITEM                                                                                          \
  "5, id, metric, source, note, " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT                            \
  ", recorded_at, created_at, updated_at, revision, " GENESIS_NO_INTEGER ", " GENESIS_NO_INTEGER                       \
  ", value, " GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL ", " GENESIS_NO_REAL
#define GENESIS_CONVERSATION_ITEM                                                                                      \
  "6, id, title, agent_name, " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT ", " GENESIS_NO_TEXT          \
  ", is_archived, message_count, last_message_at, created_at, updated_at, revision, " GENESIS_NO_REALS
// Version and epoch, 26 columns of a user, 12 of their preferences.
#define GENESIS_NO_PERSON                                                                                              \
  "null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, "                   \
  "null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, "                   \
  "null, null, null, null, null, null, null, null"
// The fence with the person, where there is one.
#define GENESIS_FENCED_PERSON                                                                                          \
  " from user_fences left join (select " GENESIS_USER_COLUMNS                                                          \
  " from users) as person on person.id = user_fences.user_id left join (select " GENESIS_PREFERENCES_COLUMNS           \
  ", user_id from preferences) as prefs on prefs.user_id = user_fences.user_id where user_fences.user_id = :user "
// The newest of a kind.
#define GENESIS_PAGE_OF_WORKOUTS                                                                                       \
  " from (select " GENESIS_WORKOUT_PLAN_COLUMNS                                                                        \
  " from workout_plans where user_id = :workout_owner order by created_at desc, id desc limit :workouts) as "          \
  "page_of_workouts "
#define GENESIS_PAGE_OF_NUTRITION                                                                                      \
  " from (select " GENESIS_NUTRITION_PLAN_COLUMNS                                                                      \
  " from nutrition_plans where user_id = :nutrition_owner order by created_at desc, id desc limit :nutritions) as "    \
  "page_of_nutrition "
#define GENESIS_PAGE_OF_RECORDS                                                                                        \
  " from (select " GENESIS_PROGRESS_COLUMNS                                                                            \
  " from progress_records where user_id = :record_owner order by recorded_at desc, id desc limit :records) as "        \
  "page_of_records "
#define GENESIS_PAGE_OF_CONVERSATIONS                                                                                  \
  " from (select " GENESIS_CONVERSATION_COLUMNS                                                                        \
  " from conversations where user_id = :conversation_owner and is_archived = 0 order by created_at desc, id desc "     \
  "limit :conversations) as page_of_conversations "
// The person with what everybody wants to know of them.
#define GENESIS_PERSON                                                                                                 \
  "select version, epoch, person.*, prefs.*, " GENESIS_NO_ITEM GENESIS_FENCED_PERSON                                   \
  "union all select " GENESIS_NO_PERSON ", " GENESIS_SESSION_ITEM " from sessions where user_id = :session_owner "     \
  "union all select " GENESIS_NO_PERSON ", " GENESIS_API_KEY_ITEM " from api_keys where user_id = :key_owner "         \
  "union all select " GENESIS_NO_PERSON ", " GENESIS_PROGRESS_ITEM GENESIS_PAGE_OF_RECORDS                             \
  "union all select " GENESIS_NO_PERSON ", " GENESIS_CONVERSATION_ITEM GENESIS_PAGE_OF_CONVERSATIONS

constexpr std::array<statement_text, statement_count> texts{{
  {statement_id::begin_read, "begin_read", "begin"},
  {statement_id::begin_write, "begin_write", "begin immediate"},
  {statement_id::commit, "commit", "commit"},
  {statement_id::savepoint_batch, "savepoint_batch", "savepoint batch"},
  {statement_id::release_batch, "release_batch", "release savepoint batch"},
  {statement_id::rollback_batch, "rollback_batch", "rollback to savepoint batch"},
  {statement_id::select_one, "select_one", "select 1"},
  {statement_id::select_migrations, "select_migrations",
    "select number, name, checksum from schema_migrations order by number"},
  {statement_id::insert_migration, "insert_migration",
    "insert into schema_migrations (number, name, checksum, applied_at) values (:number, :name, "
    ":checksum, :applied_at)"},
  {statement_id::raise_fence, "raise_fence",
    "update user_fences set version = version + :steps, changed_at = :now where user_id = :user and "
    "version = :version and epoch = :epoch"},
  {statement_id::raise_fence_for_reload, "raise_fence_for_reload",
    "update user_fences set version = version + 1 where user_id = :user and epoch = :epoch"},
  {statement_id::insert_fence, "insert_fence",
    "insert into user_fences (user_id, version, epoch, changed_at) values (:user, :version, :epoch, :now)"},
  {statement_id::delete_fence, "delete_fence", "delete from user_fences where user_id = :user"},
  {statement_id::select_fence, "select_fence", "select version, epoch from user_fences where user_id = :user"},
  {statement_id::select_recently_active_users, "select_recently_active_users",
    "select user_id from user_fences order by changed_at desc limit :limit"},
  {statement_id::insert_user, "insert_user",
    "insert into users (" GENESIS_USER_COLUMNS
    ", password_hash) values (:email, :role, :is_active, :full_name, :date_of_birth, :sex, :height_cm, "
    ":weight_record_id, :weight_recorded_at, :weight_kg, :body_fat_record_id, :body_fat_recorded_at, "
    ":body_fat_pct, :activity_level, :goal, :experience_level, :dietary_restrictions, :allergies, "
    ":medical_conditions, :timezone, :locale, :units, :created_at, :updated_at, :revision, :id, "
    ":password_hash)"},
  {statement_id::update_user, "update_user",
    "update users set email = :email, role = :role, is_active = :is_active, full_name = :full_name, "
    "date_of_birth = :date_of_birth, sex = :sex, height_cm = :height_cm, weight_record_id = "
    ":weight_record_id, weight_recorded_at = :weight_recorded_at, weight_kg = :weight_kg, "
    "body_fat_record_id = :body_fat_record_id, body_fat_recorded_at = :body_fat_recorded_at, body_fat_pct "
    "= :body_fat_pct, activity_level = :activity_level, goal = :goal, experience_level = "
    ":experience_level, dietary_restrictions = :dietary_restrictions, allergies = :allergies, "
    "medical_conditions = :medical_conditions, timezone = :timezone, locale = :locale, units = :units, "
    "created_at = :created_at, updated_at = :updated_at, revision = :revision where id = :id"},
  {statement_id::update_password, "update_password",
    "update users set password_hash = :password_hash where id = :user"},
  {statement_id::list_users_newest_first, "list_users_newest_first",
    "select " GENESIS_USER_COLUMNS
    " from users where (created_at, id) < (:key, :id) order by created_at desc, id desc limit :limit"},
  {statement_id::list_users_oldest_first, "list_users_oldest_first",
    "select " GENESIS_USER_COLUMNS
    " from users where (created_at, id) > (:key, :id) order by created_at, id limit :limit"},
  {statement_id::select_credentials_by_email, "select_credentials_by_email",
    "select id, password_hash, is_active from users where email = :email"},
  {statement_id::select_credentials_by_id, "select_credentials_by_id",
    "select id, password_hash, is_active from users where id = :user"},
  {statement_id::insert_preferences, "insert_preferences",
    "insert into preferences (" GENESIS_PREFERENCES_COLUMNS
    ", user_id) values (:personality, :response_length, :preferred_agents, :training_days, "
    ":session_minutes, :meals_per_day, :theme, :notifications, :created_at, :updated_at, :revision, "
    ":user)"},
  {statement_id::update_preferences, "update_preferences",
    "update preferences set personality = :personality, response_length = :response_length, "
    "preferred_agents = :preferred_agents, training_days = :training_days, session_minutes = "
    ":session_minutes, meals_per_day = :meals_per_day, theme = :theme, notifications = :notifications, "
    "created_at = :created_at, updated_at = :updated_at, revision = :revision where user_id = :user"},
  // All that the owner keeps of somebody, in one round trip and as of one moment.
  {statement_id::select_person, "select_person", GENESIS_PERSON},
  // Likewise with their plans, of which few readers want to know.
  {statement_id::select_person_with_plans, "select_person_with_plans",
    GENESIS_PERSON "union all select " GENESIS_NO_PERSON ", " GENESIS_WORKOUT_PLAN_ITEM GENESIS_PAGE_OF_WORKOUTS
                   "union all select " GENESIS_NO_PERSON ", " GENESIS_NUTRITION_PLAN_ITEM GENESIS_PAGE_OF_NUTRITION},
  {statement_id::select_people, "select_people",
    "select person.*, prefs.* from (select " GENESIS_USER_COLUMNS
    " from users where id in (select value from json_each(:ids))) as person join (select " GENESIS_PREFERENCES_COLUMNS
    ", user_id from preferences) as prefs on prefs.user_id = person.id"},
  {statement_id::select_first_pages, "select_first_pages",
    "select " GENESIS_PROGRESS_ITEM GENESIS_PAGE_OF_RECORDS
    "union all select " GENESIS_CONVERSATION_ITEM GENESIS_PAGE_OF_CONVERSATIONS
    "union all select " GENESIS_WORKOUT_PLAN_ITEM GENESIS_PAGE_OF_WORKOUTS
    "union all select " GENESIS_NUTRITION_PLAN_ITEM GENESIS_PAGE_OF_NUTRITION},
  {statement_id::upsert_session, "upsert_session",
    "insert into sessions (user_id, " GENESIS_SESSION_COLUMNS
    ") values (:user, :id, :created_at, :last_used_at, :authenticated_at, :expires_at, :refresh_hash, "
    ":user_agent, :address) on conflict (id) do update set created_at = excluded.created_at, last_used_at "
    "= excluded.last_used_at, authenticated_at = excluded.authenticated_at, expires_at = "
    "excluded.expires_at, refresh_hash = excluded.refresh_hash, user_agent = excluded.user_agent, address "
    "= excluded.address where sessions.user_id = excluded.user_id"},
  {statement_id::delete_session, "delete_session", "delete from sessions where id = :id and user_id = :user"},
  {statement_id::insert_refresh_token, "insert_refresh_token",
    "insert into refresh_tokens (user_id, hash, session_id, used_at) values (:user, :hash, :session, "
    ":used_at) on conflict (user_id, hash) do nothing"},
  {statement_id::select_refresh_token, "select_refresh_token",
    "select session_id from refresh_tokens where user_id = :user and hash = :hash"},
  {statement_id::upsert_api_key, "upsert_api_key",
    "insert into api_keys (user_id, " GENESIS_API_KEY_COLUMNS
    ") values (:user, :id, :name, :scopes, :hash, :expires_at, :last_used_at, :created_at, :updated_at, "
    ":revision) on conflict (id) do update set name = excluded.name, scopes = excluded.scopes, hash = "
    "excluded.hash, expires_at = excluded.expires_at, last_used_at = excluded.last_used_at, created_at = "
    "excluded.created_at, updated_at = excluded.updated_at, revision = excluded.revision where "
    "api_keys.user_id = excluded.user_id"},
  {statement_id::delete_api_key, "delete_api_key", "delete from api_keys where id = :id and user_id = :user"},
  {statement_id::upsert_invitation, "upsert_invitation",
    "insert into invitations (" GENESIS_INVITATION_COLUMNS
    ") values (:email, :token_hash, :role, :created_at, :expires_at) on conflict (email) do update set "
    "token_hash = excluded.token_hash, role = excluded.role, created_at = excluded.created_at, "
    "expires_at = excluded.expires_at"},
  {statement_id::delete_invitation, "delete_invitation",
    "delete from invitations where token_hash = :hash and email = :email and expires_at > :now"},
  {statement_id::select_invitation, "select_invitation",
    "select " GENESIS_INVITATION_COLUMNS " from invitations where token_hash = :hash"},
  {statement_id::select_invitation_of_address, "select_invitation_of_address",
    "select " GENESIS_INVITATION_COLUMNS " from invitations where email = :email"},
  {statement_id::upsert_conversation, "upsert_conversation",
    "insert into conversations (user_id, " GENESIS_CONVERSATION_COLUMNS
    ") values (:user, :id, :title, :agent_name, :is_archived, :message_count, :last_message_at, "
    ":created_at, :updated_at, :revision) on conflict (id) do update set title = excluded.title, "
    "agent_name = excluded.agent_name, is_archived = excluded.is_archived, message_count = "
    "excluded.message_count, last_message_at = excluded.last_message_at, created_at = "
    "excluded.created_at, updated_at = excluded.updated_at, revision = excluded.revision where "
    "conversations.user_id = excluded.user_id"},
  {statement_id::delete_conversation, "delete_conversation",
    "delete from conversations where id = :id and user_id = :user"},
  {statement_id::select_conversation, "select_conversation",
    "select " GENESIS_CONVERSATION_COLUMNS " from conversations where id = :id and user_id = :user"},
  {statement_id::list_conversations_newest_first, "list_conversations_newest_first",
    "select " GENESIS_CONVERSATION_COLUMNS
    " from conversations where user_id = :user and (created_at, id) < (:key, :id) order by created_at "
    "desc, id desc limit :limit"},
  {statement_id::list_conversations_oldest_first, "list_conversations_oldest_first",
    "select " GENESIS_CONVERSATION_COLUMNS
    " from conversations where user_id = :user and (created_at, id) > (:key, :id) order by created_at, id "
    "limit :limit"},
  {statement_id::list_conversations_by_archived_newest_first, "list_conversations_by_archived_newest_first",
    "select " GENESIS_CONVERSATION_COLUMNS
    " from conversations where user_id = :user and is_archived = :archived and (created_at, id) < (:key, "
    ":id) order by created_at desc, id desc limit :limit"},
  {statement_id::list_conversations_by_archived_oldest_first, "list_conversations_by_archived_oldest_first",
    "select " GENESIS_CONVERSATION_COLUMNS
    " from conversations where user_id = :user and is_archived = :archived and (created_at, id) > (:key, "
    ":id) order by created_at, id limit :limit"},
  {statement_id::insert_message, "insert_message",
    "insert into messages (user_id, " GENESIS_MESSAGE_COLUMNS
    ") values (:user, :id, :conversation_id, :seq, :role, :agent_name, :content, :status, :run_id, "
    ":artifacts, :metadata, :created_at, :updated_at, :revision)"},
  {statement_id::upsert_message, "upsert_message",
    "insert into messages (user_id, " GENESIS_MESSAGE_COLUMNS
    ") values (:user, :id, :conversation_id, :seq, :role, :agent_name, :content, :status, :run_id, "
    ":artifacts, :metadata, :created_at, :updated_at, :revision) on conflict (id) do update set "
    "conversation_id = excluded.conversation_id, seq = excluded.seq, role = excluded.role, agent_name = "
    "excluded.agent_name, content = excluded.content, status = excluded.status, run_id = excluded.run_id, "
    "artifacts = excluded.artifacts, metadata = excluded.metadata, created_at = excluded.created_at, "
    "updated_at = excluded.updated_at, revision = excluded.revision where messages.user_id = "
    "excluded.user_id"},
  {statement_id::select_message, "select_message",
    "select " GENESIS_MESSAGE_COLUMNS " from messages where id = :id and user_id = :user"},
  // Whose a conversation is (`|| ''`) is no bound of an index: PostgreSQL takes the two for independent, expects next
  // to no messages, and would read and sort the whole conversation for each page.
  {statement_id::list_messages_newest_first, "list_messages_newest_first",
    "select " GENESIS_MESSAGE_COLUMNS
    " from messages where conversation_id = :conversation and user_id || '' = :user and seq < :key order by seq "
    "desc limit :limit"},
  {statement_id::list_messages_oldest_first, "list_messages_oldest_first",
    "select " GENESIS_MESSAGE_COLUMNS
    " from messages where conversation_id = :conversation and user_id || '' = :user and seq > :key order by seq "
    "limit :limit"},
  // The best of what the index finds, then the messages themselves; and the person's that wait for the index, which
  // have no score yet (more than a thousand only when the index cannot be written for long). One statement, so that
  // none is seen in both places or in neither. PostgreSQL has its own text (sql_dialect.cpp).
  {statement_id::search_messages, "search_messages",
    "select " GENESIS_MESSAGE_COLUMNS
    ", score from (select message_id, score from (select message_id, match_score(message_search) as score from "
    "message_search join message_search_rows on row_id = message_search.rowid where message_search match :query) "
    "where (score, message_id) < (:key, :after) order by score desc, message_id desc limit :limit) join messages on "
    "messages.id = message_id where user_id = :user union all select " GENESIS_MESSAGE_COLUMNS
    ", -1 from (select message_id from message_search_queue where user_id = :owner order by message_id desc "
    "limit 1000) join messages on messages.id = message_id"},
  {statement_id::upsert_progress, "upsert_progress",
    "insert into progress_records (user_id, " GENESIS_PROGRESS_COLUMNS
    ") values (:user, :id, :metric, :value, :recorded_at, :source, :note, :created_at, :updated_at, "
    ":revision) on conflict (id) do update set metric = excluded.metric, value = excluded.value, "
    "recorded_at = excluded.recorded_at, source = excluded.source, note = excluded.note, created_at = "
    "excluded.created_at, updated_at = excluded.updated_at, revision = excluded.revision where "
    "progress_records.user_id = excluded.user_id"},
  {statement_id::delete_progress, "delete_progress", "delete from progress_records where id = :id and user_id = :user"},
  {statement_id::select_progress, "select_progress",
    "select " GENESIS_PROGRESS_COLUMNS " from progress_records where id = :id and user_id = :user"},
  {statement_id::list_progress_newest_first, "list_progress_newest_first",
    "select " GENESIS_PROGRESS_COLUMNS
    " from progress_records where user_id = :user and (recorded_at, id) < (:key, :id) and recorded_at >= "
    ":from order by recorded_at desc, id desc limit :limit"},
  {statement_id::list_progress_oldest_first, "list_progress_oldest_first",
    "select " GENESIS_PROGRESS_COLUMNS
    " from progress_records where user_id = :user and (recorded_at, id) > (:key, :id) and recorded_at < "
    ":until order by recorded_at, id limit :limit"},
  {statement_id::list_progress_by_metric_newest_first, "list_progress_by_metric_newest_first",
    "select " GENESIS_PROGRESS_COLUMNS
    " from progress_records where user_id = :user and metric = :metric and (recorded_at, id) < (:key, :id) "
    "and recorded_at >= :from order by recorded_at desc, id desc limit :limit"},
  {statement_id::list_progress_by_metric_oldest_first, "list_progress_by_metric_oldest_first",
    "select " GENESIS_PROGRESS_COLUMNS
    " from progress_records where user_id = :user and metric = :metric and (recorded_at, id) > (:key, :id) "
    "and recorded_at < :until order by recorded_at, id limit :limit"},
  // The far end of a list of plans is no bound of the index (`+ 0`): between two bounds of created_at PostgreSQL
  // expects so few plans that it would read everybody's through idx_workout_plans_created. A person has 200 at most.
  {statement_id::upsert_workout_plan, "upsert_workout_plan",
    "insert into workout_plans (user_id, " GENESIS_WORKOUT_PLAN_COLUMNS
    ") values (:user, :id, :name, :goal, :notes, :is_active, :starts_on, :ends_on, :days, "
    ":created_at, :updated_at, :revision) on conflict (id) do update set name = excluded.name, "
    "goal = excluded.goal, notes = excluded.notes, is_active = excluded.is_active, starts_on = "
    "excluded.starts_on, ends_on = excluded.ends_on, days = excluded.days, created_at = "
    "excluded.created_at, updated_at = excluded.updated_at, revision = excluded.revision where "
    "workout_plans.user_id = excluded.user_id"},
  {statement_id::delete_workout_plan, "delete_workout_plan",
    "delete from workout_plans where id = :id and user_id = :user"},
  {statement_id::select_workout_plan, "select_workout_plan",
    "select " GENESIS_WORKOUT_PLAN_COLUMNS " from workout_plans where id = :id and user_id = :user"},
  {statement_id::select_workout_plan_standing, "select_workout_plan_standing",
    "select (select count(*) from workout_plans where user_id = :user), " GENESIS_WORKOUT_PLAN_COLUMNS
    " from user_fences left join workout_plans on workout_plans.user_id = user_fences.user_id and "
    "workout_plans.is_active = 1 where user_fences.user_id = :owner"},
  {statement_id::list_workout_plans_newest_first, "list_workout_plans_newest_first",
    "select " GENESIS_WORKOUT_PLAN_COLUMNS
    " from workout_plans where user_id = :user and (created_at, id) < (:key, :id) and created_at + 0 >= :from and "
    "is_active >= :least_active order by created_at desc, id desc limit :limit"},
  {statement_id::list_workout_plans_oldest_first, "list_workout_plans_oldest_first",
    "select " GENESIS_WORKOUT_PLAN_COLUMNS
    " from workout_plans where user_id = :user and (created_at, id) > (:key, :id) and created_at + 0 < :until and "
    "is_active >= :least_active order by created_at, id limit :limit"},
  {statement_id::upsert_nutrition_plan, "upsert_nutrition_plan",
    "insert into nutrition_plans (user_id, " GENESIS_NUTRITION_PLAN_COLUMNS
    ") values (:user, :id, :name, :notes, :is_active, :starts_on, :ends_on, :energy_kcal, "
    ":protein_g, :carbs_g, :fat_g, :fibre_g, :water_litres, :meals, :created_at, :updated_at, "
    ":revision) on conflict (id) do update set name = excluded.name, notes = excluded.notes, "
    "is_active = excluded.is_active, starts_on = excluded.starts_on, ends_on = excluded.ends_on, "
    "energy_kcal = excluded.energy_kcal, protein_g = excluded.protein_g, carbs_g = "
    "excluded.carbs_g, fat_g = excluded.fat_g, fibre_g = excluded.fibre_g, water_litres = "
    "excluded.water_litres, meals = excluded.meals, created_at = excluded.created_at, updated_at "
    "= excluded.updated_at, revision = excluded.revision where nutrition_plans.user_id = "
    "excluded.user_id"},
  {statement_id::delete_nutrition_plan, "delete_nutrition_plan",
    "delete from nutrition_plans where id = :id and user_id = :user"},
  {statement_id::select_nutrition_plan, "select_nutrition_plan",
    "select " GENESIS_NUTRITION_PLAN_COLUMNS " from nutrition_plans where id = :id and user_id = :user"},
  {statement_id::select_nutrition_plan_standing, "select_nutrition_plan_standing",
    "select (select count(*) from nutrition_plans where user_id = :user), " GENESIS_NUTRITION_PLAN_COLUMNS
    " from user_fences left join nutrition_plans on nutrition_plans.user_id = user_fences.user_id and "
    "nutrition_plans.is_active = 1 where user_fences.user_id = :owner"},
  {statement_id::list_nutrition_plans_newest_first, "list_nutrition_plans_newest_first",
    "select " GENESIS_NUTRITION_PLAN_COLUMNS
    " from nutrition_plans where user_id = :user and (created_at, id) < (:key, :id) and created_at + 0 >= :from and "
    "is_active >= :least_active order by created_at desc, id desc limit :limit"},
  {statement_id::list_nutrition_plans_oldest_first, "list_nutrition_plans_oldest_first",
    "select " GENESIS_NUTRITION_PLAN_COLUMNS
    " from nutrition_plans where user_id = :user and (created_at, id) > (:key, :id) and created_at + 0 < :until and "
    "is_active >= :least_active order by created_at, id limit :limit"},
  {statement_id::upsert_nutrition_log, "upsert_nutrition_log",
    "insert into nutrition_logs (user_id, " GENESIS_NUTRITION_LOG_COLUMNS
    ") values (:user, :id, :log_date, :meal, :description, :energy_kcal, :protein_g, :carbs_g, "
    ":fat_g, :fibre_g, :note, :created_at, :updated_at, :revision) on conflict (id) do update set "
    "log_date = excluded.log_date, meal = excluded.meal, description = excluded.description, "
    "energy_kcal = excluded.energy_kcal, protein_g = excluded.protein_g, carbs_g = "
    "excluded.carbs_g, fat_g = excluded.fat_g, fibre_g = excluded.fibre_g, note = excluded.note, "
    "created_at = excluded.created_at, updated_at = excluded.updated_at, revision = "
    "excluded.revision where nutrition_logs.user_id = excluded.user_id"},
  {statement_id::delete_nutrition_log, "delete_nutrition_log",
    "delete from nutrition_logs where id = :id and user_id = :user"},
  {statement_id::select_nutrition_log, "select_nutrition_log",
    "select " GENESIS_NUTRITION_LOG_COLUMNS " from nutrition_logs where id = :id and user_id = :user"},
  {statement_id::list_nutrition_logs_newest_first, "list_nutrition_logs_newest_first",
    "select " GENESIS_NUTRITION_LOG_COLUMNS
    " from nutrition_logs where user_id = :user and (log_date, id) < (:key, :id) and log_date >= "
    ":from order by log_date desc, id desc limit :limit"},
  {statement_id::list_nutrition_logs_oldest_first, "list_nutrition_logs_oldest_first",
    "select " GENESIS_NUTRITION_LOG_COLUMNS
    " from nutrition_logs where user_id = :user and (log_date, id) > (:key, :id) and log_date <= "
    ":to order by log_date, id limit :limit"},
  {statement_id::upsert_run, "upsert_run",
    "insert into runs (user_id, " GENESIS_RUN_COLUMNS
    ") values (:user, :id, :conversation_id, :user_message_id, :message_id, :agent_name, :status, "
    ":created_at, :started_at, :ended_at, :last_seq, :input_tokens, :output_tokens, :is_estimated, "
    ":failure_code, :failure_message, :is_retryable) on conflict (id) do update set conversation_id = "
    "excluded.conversation_id, user_message_id = excluded.user_message_id, message_id = "
    "excluded.message_id, agent_name = excluded.agent_name, status = excluded.status, created_at = "
    "excluded.created_at, started_at = excluded.started_at, ended_at = excluded.ended_at, last_seq = "
    "excluded.last_seq, input_tokens = excluded.input_tokens, output_tokens = excluded.output_tokens, "
    "is_estimated = excluded.is_estimated, failure_code = excluded.failure_code, failure_message = "
    "excluded.failure_message, is_retryable = excluded.is_retryable where runs.user_id = excluded.user_id"},
  {statement_id::select_run, "select_run",
    "select " GENESIS_RUN_COLUMNS " from runs where id = :id and user_id = :user"},
  {statement_id::select_runs, "select_runs",
    "select " GENESIS_RUN_COLUMNS
    " from runs where id in (select value from json_each(:ids)) and user_id = :user order by id"},
  {statement_id::delete_run_events_from, "delete_run_events_from",
    "delete from run_chunks where run_id = :run and first_seq >= :first_seq"},
  {statement_id::insert_run_events, "insert_run_events",
    "insert into run_chunks (run_id, first_seq, events) select id, cast(:first_seq as bigint), "
    "cast(:events as text) from runs where id = :run and user_id = :user"},
  {statement_id::append_run_events, "append_run_events",
    "insert into run_chunks (run_id, first_seq, events) select runs.id, cast(:first_seq as bigint), "
    "cast(:events as text) from runs join user_fences on user_fences.user_id = runs.user_id where runs.id "
    "= :run and runs.user_id = :user and runs.status in ('queued', 'running') and user_fences.epoch = "
    ":epoch on conflict (run_id, first_seq) do update set events = excluded.events"},
  {statement_id::begin_run, "begin_run",
    "update runs set status = 'running', agent_name = :agent_name, started_at = :started_at, input_tokens = "
    ":input_tokens, output_tokens = :output_tokens, is_estimated = :is_estimated where id = :run and user_id = :user "
    "and status in ('queued', 'running') and exists (select 1 from user_fences where user_fences.user_id = "
    "runs.user_id and user_fences.epoch = :epoch)"},
  {statement_id::select_run_events, "select_run_events",
    "select first_seq, events from run_chunks where run_id = :run order by first_seq"},
  {statement_id::upsert_idempotency_key, "upsert_idempotency_key",
    "insert into idempotency_keys (user_id, " GENESIS_IDEMPOTENCY_COLUMNS
    ") values (:user, :idempotency_key, :fingerprint, :status, :body, :location, :etag, :run_id, "
    ":created_at) on conflict (user_id, idempotency_key) do update set fingerprint = "
    "excluded.fingerprint, status = excluded.status, body = excluded.body, location = excluded.location, "
    "etag = excluded.etag, run_id = excluded.run_id, created_at = excluded.created_at"},
  {statement_id::select_idempotency_key, "select_idempotency_key",
    "select " GENESIS_IDEMPOTENCY_COLUMNS " from idempotency_keys where user_id = :user and idempotency_key = :key"},
  {statement_id::list_idempotency_keys, "list_idempotency_keys",
    "select idempotency_key from idempotency_keys where user_id = :user limit :limit"},
  {statement_id::list_unfinished_runs, "list_unfinished_runs",
    "select user_id, " GENESIS_RUN_COLUMNS " from runs where status in ('queued', 'running') order by id limit :limit"},
  {statement_id::interrupt_message, "interrupt_message",
    "update messages set agent_name = :agent_name, content = :content, status = 'incomplete', artifacts = "
    ":artifacts, updated_at = max(created_at, :now), revision = revision + 1 where id = :id"},
  {statement_id::touch_fence, "touch_fence",
    "update user_fences set version = version + 1, changed_at = :now where user_id = :user"},
  {statement_id::list_runs_with_old_events, "list_runs_with_old_events",
    "select id from runs where has_events = 1 and ended_at <= :until order by ended_at limit :limit"},
  {statement_id::delete_run_events, "delete_run_events", "delete from run_chunks where run_id = :run"},
  {statement_id::mark_run_without_events, "mark_run_without_events", "update runs set has_events = 0 where id = :run"},
  {statement_id::purge_sessions, "purge_sessions",
    "delete from sessions where id in (select id from sessions where expires_at <= :now order by "
    "expires_at limit :limit)"},
  {statement_id::purge_api_keys, "purge_api_keys",
    "delete from api_keys where id in (select id from api_keys where expires_at <= :now order by "
    "expires_at limit :limit)"},
  {statement_id::purge_invitations, "purge_invitations",
    "delete from invitations where email in (select email from invitations where expires_at <= :now "
    "order by expires_at limit :limit)"},
  {statement_id::purge_idempotency_keys, "purge_idempotency_keys",
    "delete from idempotency_keys where (user_id, idempotency_key) in (select user_id, idempotency_key "
    "from idempotency_keys where created_at <= :until order by created_at limit :limit)"},
  {statement_id::list_locked_people, "list_locked_people",
    "select user_id from user_fences where user_id in (select value from json_each(:people)) and 1 = 0"},
  {statement_id::list_gone_messages, "list_gone_messages",
    "select row_id, length(content) from message_search_gone where row_id > 0 order by row_id limit :limit"},
  // A trigger takes the terms of each out of the index.
  {statement_id::purge_message_search, "purge_message_search", "delete from message_search_gone where row_id <= :last"},
  {statement_id::list_queued_messages, "list_queued_messages",
    "select queued.user_id, message_id, length(content) from message_search_queue as queued join messages on id = "
    "message_id order by queued.user_id, message_id limit :limit"},
  {statement_id::number_queued_messages, "number_queued_messages",
    "insert into message_search_rows (message_id) select message_id from message_search_queue where (user_id, "
    "message_id) <= (:user, :message) order by user_id, message_id"},
  // In the order of their numbers, which lets FTS5 take all in one go.
  {statement_id::index_queued_messages, "index_queued_messages",
    "insert into message_search (rowid, text) select row_id, 'u' || replace(queued.user_id, '-', '') || ' ' || "
    "content from message_search_queue as queued cross join message_search_rows as numbered on numbered.message_id = "
    "queued.message_id cross join messages on messages.id = queued.message_id where (queued.user_id, "
    "queued.message_id) <= (:user, :message) order by queued.user_id, queued.message_id"},
  {statement_id::delete_queued_messages, "delete_queued_messages",
    "delete from message_search_queue where (user_id, message_id) <= (:user, :message)"},
}};

consteval bool every_statement_is_at_its_place() {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (texts[i].id != static_cast<statement_id>(i))
      return false;
  return true;
}
static_assert(every_statement_is_at_its_place());

}  // namespace

std::span<const statement_text, statement_count> all_statements() noexcept {
  return texts;
}

}  // namespace genesis::storage
