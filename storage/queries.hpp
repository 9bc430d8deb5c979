#pragma once

#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/idempotency.hpp"
#include "domain/invitation.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/page.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/search.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"
#include "storage/log_position.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Questions to the database and their answers. Every question about a person's objects names the person, so that an
/// object of somebody else is simply not found.
///
/// Questions with a member `as_of` may be answered by a replica that has everything that was committed up to there. The
/// pool fills it in for whoever does not know how new the answer has to be: then it has all that was committed before.
namespace genesis::storage {

/// How many of the newest of what a person has many of; 0 for what is not wanted.
struct first_page_limits {
  std::int64_t workout_plans = 0;
  std::int64_t nutrition_plans = 0;
  std::int64_t progress = 0;
  std::int64_t conversations = 0;  ///< Those that are not archived.
};

/// The lists that were wanted.
struct first_pages {
  std::optional<page<workout_plan>> workout_plans;
  std::optional<page<nutrition_plan>> nutrition_plans;
  std::optional<page<progress_record>> progress;
  std::optional<page<conversation>> conversations;
};

/// Everything the owner of a person keeps in memory, in one statement: nobody has changed anything in between. Answered
/// with `user_snapshot`; `errc::not_found` for nobody.
struct load_user {
  user_id user;
  std::int64_t epoch = 1;
  /// Raises the version first, in a transaction of its own, so that a write whose outcome is unknown and which may
  /// still be on its way misses the fence (it is then answered `fenced`, or had committed before and is part of what is
  /// loaded).
  bool raise_fence = false;
  first_page_limits limits = {};
};

struct user_snapshot {
  genesis::user person;
  genesis::preferences prefs;
  std::vector<session> sessions;
  std::int64_t version = 0;
  std::vector<api_key> api_keys = {};
  std::int64_t timeline = 0;  ///< As of `store::timeline`: another one has other versions of the same numbers.
  first_pages lists = {};
};

/// The same, for somebody who holds the snapshot of one version. Answered with `std::optional<user_snapshot>`: nothing
/// while that version stands, which costs the look at one row.
struct load_newer {
  user_id user;
  std::int64_t epoch = 1;
  std::int64_t version = 0;
  std::int64_t timeline = 0;
  first_page_limits limits = {};  ///< Of what is answered when the version is another one.
};

/// Who logs in under an e-mail address (lower case). Answered with `credentials`; `not_found` for nobody.
struct find_credentials {
  std::string email;
};

/// The password hash of a known person. Answered with `credentials`.
struct find_credentials_of {
  user_id user;
};

struct credentials {
  user_id user;
  std::string password_hash;
  bool is_active = true;
};

/// By the hash of what was handed out, expired or not. Answered with `invitation`; `not_found` also for one that was
/// used.
struct find_invitation {
  secret_hash hash{};
};

/// Keeps an invitation, in place of the one that the address had before. Answered with true when that one was
/// still good: it is void now.
struct put_invitation {
  invitation value;
};

/// How the server stands to others of its cluster. Answered with `server_condition`; `unavailable` by a database that
/// is not replicated.
struct inspect_server {};

struct find_conversation {
  user_id user;
  conversation_id conversation;
};

/// Answered with `page<conversation>`, by `created_at` and id.
struct list_conversations {
  user_id user;
  archived_filter archived = archived_filter::active;
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

struct find_message {
  user_id user;
  message_id message;
};

/// Answered with `page<message>`, by `seq`.
struct list_messages {
  user_id user;
  conversation_id conversation;
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

/// Answered with `page<found_message>`: the person's messages that fit, in all of their conversations, by score and id,
/// highest first. A place in the list is (score, id); the order of the page means nothing here.
struct search_messages {
  user_id user;
  search_query query;
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

/// Where all of a person's messages are read on: behind the one with this number of that conversation.
struct export_place {
  list_position conversation;  ///< `created_at` and id.
  std::int64_t seq = 0;        ///< 0 for before the first.

  friend bool operator==(const export_place&, const export_place&) = default;
};

/// A person's messages, conversation by conversation (`created_at`, id) and in each by `seq`, a part at a time.
/// Answered with `message_partition`. No snapshot and no cursor is kept from part to part: each row is as it was when
/// it was read, and what comes to a conversation that has been read to its end is left out.
struct read_message_partition {
  user_id user;
  std::optional<conversation_id> conversation = std::nullopt;  ///< Its messages alone.
  std::optional<export_place> after = std::nullopt;            ///< From the beginning without one.
  bool with_runs = false;
  std::optional<log_position> as_of = std::nullopt;
};
inline constexpr std::int64_t partition_rows_max = 500;
/// Of texts: at this size a part is full, whatever the number of its rows.
inline constexpr std::size_t partition_bytes_max = std::size_t{512} * 1'024;

struct message_partition {
  std::vector<message> messages;     ///< May be none although more follow.
  std::vector<run> runs;             ///< That these messages are the answers of, by id, when they were asked for.
  std::optional<export_place> next;  ///< Where to read on; nothing when this is the last part.
};

/// One thing of a person: a measurement, a plan, an entry of the food diary. Answered with `T`.
template <class T>
struct find_item {
  user_id user;
  decltype(T::id) item;
};
using find_progress = find_item<progress_record>;

/// A person's plans of one kind. Answered with `page<Plan>`, by `created_at` and id.
template <plan Plan>
struct list_plans {
  user_id user;
  bool only_active = false;
  std::optional<timestamp> from = std::nullopt;   ///< Of `created_at`; inclusive.
  std::optional<timestamp> until = std::nullopt;  ///< Likewise; exclusive.
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

/// What a person's plans of one kind say about a new one. Answered with `plan_standing<Plan>`.
template <plan Plan>
struct find_plan_standing {
  user_id user;
};

template <plan Plan>
struct plan_standing {
  std::int64_t count = 0;
  std::optional<Plan> active;

  friend bool operator==(const plan_standing&, const plan_standing&) = default;
};

/// Answered with `page<nutrition_log>`, by `log_date` and id.
struct list_nutrition_logs {
  user_id user;
  std::optional<calendar_day> from = std::nullopt;  ///< Inclusive.
  std::optional<calendar_day> to = std::nullopt;    ///< Inclusive.
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

/// Answered with `page<progress_record>`, by `recorded_at` and id.
struct list_progress {
  user_id user;
  std::optional<progress_metric> metric = std::nullopt;
  std::optional<timestamp> from = std::nullopt;   ///< Inclusive.
  std::optional<timestamp> until = std::nullopt;  ///< Exclusive.
  page_query page{};
  std::optional<log_position> as_of = std::nullopt;
};

/// The newest records of a metric by (`recorded_at`, id), newest first: what the profile shows, and what it will show
/// when newer ones go. Answered with `std::vector<progress_record>`.
struct latest_progress {
  user_id user;
  progress_metric metric = progress_metric::weight_kg;
  std::int64_t limit = 2;
};

/// The last messages of a conversation, oldest first. Answered with `coaching_history`.
struct load_coaching_history {
  user_id user;
  conversation_id conversation;
};
/// Records that the coach looks at, as `list_progress` gives them: 90 days of ten metrics, five times a day.
inline constexpr std::int64_t coaching_records_max = 5'000;
/// Of a conversation: the questions that the coach remembers, with their answers, and the turn under way.
inline constexpr std::int64_t coaching_messages_max = 66;

struct coaching_history {
  std::vector<message> messages;
};

struct find_run {
  user_id user;
  run_id run;
};

/// The stored events of a run, in order, from the first. Empty once they are no longer kept. Answered with `run_log`.
struct load_run_log {
  user_id user;
  run_id run;
};

struct run_log {
  genesis::run run;
  std::vector<run_event> events;
  genesis::message answer;  ///< The assistant's message.
};

/// Answered with `std::optional<idempotency_record>`.
struct find_idempotency {
  user_id user;
  std::string key;
};

/// A person's keys that have records, `limit` of them at most, in no order. Answered with `std::vector<std::string>`.
struct list_idempotency_keys {
  user_id user;
  std::int64_t limit = 0;  ///< From 1.
};

/// Whether a refresh token that is not current was one of a person's sessions once. Answered with the session it
/// belonged to.
struct find_used_refresh_token {
  user_id user;
  secret_hash hash{};
};

/// Ids of the people whose data changed last, newest first, to the minute: whom to activate at start.
struct recently_active_users {
  std::int64_t limit = 0;
};

/// When a change counts as made there. As long as that stays the same, no index has to be written, and a fence is
/// raised with each change.
inline timestamp activity_of(timestamp now) noexcept {
  return std::chrono::floor<std::chrono::minutes>(now);
}

/// A person as an operator sees them (`genesis user list`). Answered with `page<user>`, by `created_at` and id.
struct list_users {
  page_query page{};
};

/// Those, in one statement. Answered with `first_pages`.
struct load_first_pages {
  user_id user;
  first_page_limits limits;
  std::optional<log_position> as_of = std::nullopt;
};

/// People with their preferences, in one statement: at most `people_per_question_max`. Answered with
/// `std::vector<known_person>`, by id; who is not there is left out.
struct find_people {
  std::vector<user_id> users;
};

/// Does the cheapest statement there is. Answered with true.
struct check_database {
  bool of_writer = false;  ///< On the connection for changes, which may be lost alone.
};

/// Limits the size of the database from now on; 0 for no limit. Answered with true.
struct limit_size {
  std::int64_t max_bytes = 0;
};

/// Removes what nobody may ask for any more: a bounded number of rows, in one short transaction. Answered with the
/// number of rows; when it is not 0 there may be more.
struct purge_expired_rows {
  timestamp now;
  std::chrono::milliseconds run_events_keep{};   ///< From the end of the run on.
  std::chrono::milliseconds idempotency_keep{};  ///< From the key's first use on.
};

/// Questions that a replica may answer.
template <class Question>
concept replica_question = requires(Question& question) { question.as_of = log_position{}; };

}  // namespace genesis::storage
