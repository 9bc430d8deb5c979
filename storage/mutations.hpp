#pragma once

#include "storage/queries.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// Changes of one person's data. Mutations write whole rows: what they hold was decided by the person's owner, in
/// memory, before; the fence row makes sure that nobody else decided meanwhile.
namespace genesis::storage {

/// A new person with a new fence row (version 0, the batch's epoch). `email_taken` when the address has an account.
struct create_user {
  user person;
  preferences prefs;
  std::string password_hash;
};
/// Uses an invitation up, with the account that it is for. `forbidden` when it is not there any more or has expired.
struct use_invitation {
  secret_hash hash{};
  std::string email;
};
struct put_user {
  user person;
};
struct put_preferences {
  preferences prefs;
};
struct put_password {
  std::string password_hash;
};
/// Inserts or replaces.
struct put_session {
  session value;
};
/// The sessions and what is known of their old refresh tokens.
struct remove_sessions {
  std::vector<session_id> sessions;
};
/// Inserts or replaces.
struct put_api_key {
  api_key value;
};
struct remove_api_keys {
  std::vector<api_key_id> keys;
};
/// Remembers a refresh token that was exchanged: its return means theft.
struct put_used_refresh_token {
  secret_hash hash{};
  session_id session;
  timestamp used_at;
};
/// Inserts or replaces.
struct put_conversation {
  conversation value;
};
/// With its messages, runs and their events.
struct remove_conversation {
  conversation_id conversation;
};
/// Inserts or replaces.
struct put_message {
  message value;
  /// It has just been made. `conflict` if it is there nevertheless; PostgreSQL needs a tenth less time for one of which
  /// it does not have to look for that first.
  bool is_new = false;
};
/// Inserts or replaces a measurement, a plan or an entry of the food diary. `conflict` for a second active plan of a
/// kind.
template <class T>
struct put_item {
  T value;
};
template <class T>
struct remove_item {
  decltype(T::id) item;
};
using put_progress = put_item<progress_record>;
using remove_progress = remove_item<progress_record>;
/// Inserts or replaces.
struct put_run {
  run value;
};
/// Events of a run from `first_seq` on; rows of the same range are replaced.
struct put_run_events {
  run_id run;
  std::vector<run_event> events;
};
struct put_idempotency {
  idempotency_record record;
};
/// Every row of the person, the fence included.
struct remove_user {};

using mutation = std::variant<create_user, use_invitation, put_user, put_preferences, put_password, put_session,
  remove_sessions, put_api_key, remove_api_keys, put_used_refresh_token, put_conversation, remove_conversation,
  put_message, put_item<progress_record>, remove_item<progress_record>, put_item<workout_plan>,
  remove_item<workout_plan>, put_item<nutrition_plan>, remove_item<nutrition_plan>, put_item<nutrition_log>,
  remove_item<nutrition_log>, put_run, put_run_events, put_idempotency, remove_user>;

/// What a person's owner wants written: all of it, or nothing.
///
/// The version is raised from `version` to `version + steps` where (user, version, epoch) still match; else `fenced`.
struct write_batch {
  user_id user;
  std::int64_t version = 0;
  std::int64_t epoch = 1;
  std::int64_t steps = 1;
  /// Of the database that the batch is decided over, as of `store::timeline`: another one answers `fenced`, also where
  /// the version is the same, for what raises no version may be missing there. 0 where nothing was read.
  std::int64_t timeline = 0;
  std::vector<mutation> mutations;
  /// A worker refuses the batch unwritten (`unavailable`) when it gets to it later than this.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

/// The batch is durable.
struct write_receipt {
  std::int64_t version = 0;
  /// Where the log stands behind it: a replica that has come so far shows it. Nothing where no replicas are read from.
  std::optional<log_position> position = std::nullopt;
  std::int64_t timeline = 0;  ///< As of `store::timeline`.
};

/// What is known of a run once it speaks.
struct run_beginning {
  std::optional<genesis::agent> agent;
  std::optional<timestamp> started_at;
  std::optional<token_usage> usage;

  friend bool operator==(const run_beginning&, const run_beginning&) = default;
};

/// Events of one run that are kept as they grow, so that a crash loses at most a second of an answer.
struct run_chunk {
  user_id user;
  std::int64_t epoch = 1;
  run_id run;
  std::vector<run_event> events;
  /// With the first chunk: the run's row is `running` from then on and has these members.
  std::optional<run_beginning> beginning = {};
  std::int64_t timeline = 0;  ///< Of the database that has the chunks before it; 0 where that is not known.
};

/// Chunks of many runs, written in one transaction that raises no version. A chunk whose epoch is not the person's,
/// whose timeline is not the database's, or whose run has ended or is gone, is left out in silence. Answered with
/// `write_receipt`.
struct append_run_chunks {
  std::vector<run_chunk> chunks;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

}  // namespace genesis::storage
