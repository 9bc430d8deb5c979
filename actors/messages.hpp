#pragma once

#include "actors/encoders.hpp"
#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/entity_tag.hpp"
#include "domain/idempotency.hpp"
#include "domain/key_pattern.hpp"
#include "domain/message.hpp"
#include "domain/nutrition_log.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/page.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/rate_limit.hpp"
#include "domain/run.hpp"
#include "domain/search.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "domain/workout_plan.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What actors of one process say to each other. Questions to storage are messages too (`storage/queries.hpp`,
/// `storage/mutations.hpp`). Nothing here crosses nodes: fields may be shared pointers and handles.
namespace genesis {

using body_ptr = std::shared_ptr<const std::string>;

/// An object as it is shown: serialised once per revision and shared by everybody who reads it.
struct entity_reply {
  int status = 200;
  body_ptr body;         ///< Empty for 204.
  std::string etag;      ///< With its quotes; empty when the answer has none.
  std::string location;  ///< Of what was created.
};

// --- what a person asks of their own data; every message names what it came with
// ---------------------------------

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

// --- sessions
// ------------------------------------------------------------------------------------------------------------

/// Where a login comes from.
struct client_origin {
  std::string user_agent;
  std::string address;
};

/// A new account; its owner has just been activated for an id that nobody has seen before.
struct register_user {
  user person;
  preferences prefs;
  std::string password_hash;
  session_id session;
  secret_hash refresh_hash{};
  client_origin origin;
  std::optional<secret_hash> invitation = {};  ///< Used up with it.
};
/// A login whose password was right.
struct open_session {
  session_id session;
  secret_hash refresh_hash{};
  client_origin origin;
  std::optional<std::string> new_password_hash;  ///< When the stored one uses outdated parameters.
  /// The hash that the password was checked against: a login that began before a change of password must not end after
  /// it.
  std::optional<std::string> verified_hash;
};
/// Exchanges a refresh token for the next.
struct rotate_session {
  session_id session;
  secret_hash presented{};
  secret_hash next{};
};
/// A session that may be used: opened, or rotated.
struct session_grant {
  session_id session;
  timestamp authenticated_at;
  user_role role = user_role::user;
  body_ptr person;  ///< The person's JSON.
};
struct close_session {
  session_id session;
};
/// The person's sessions that have not expired. Answered with `page<session>`, by `created_at` and id.
struct get_sessions {
  session_id session;
  page_query page;
};
/// One of them. Answered with `session`.
struct get_open_session {
  session_id session;
  session_id wanted;
};
/// Ends one session of the person, which may be the asking one: then it is a logout.
struct end_session {
  session_id session;
  session_id ended;
};
/// The current password was right. Ends every other session. Takes from no limit: `check_session` went before.
struct change_password {
  session_id session;
  std::string password_hash;
};
/// Whether the session or API key may act, and take from this limit if there is one; answers with the person's e-mail
/// and name, for checks of new passwords.
struct check_session {
  credential by;
  std::optional<rate_limit> takes = {};
};
struct session_facts {
  std::string email;
  std::string full_name;
  user_role role = user_role::user;
};

// --- API keys
// ------------------------------------------------------------------------------------------------------------

/// The person's keys that have not expired. Answered with `page<api_key>`, by `created_at` and id.
struct get_api_keys {
  session_id session;
  page_query page;
};
/// One of them.
struct get_api_key {
  session_id session;
  api_key_id key;
};
/// Whoever asks has made the key and keeps its text from everybody: the answer shows the object without it. `conflict`
/// when there are `api_keys_per_user_max`.
struct create_api_key {
  session_id session;
  api_key_id key;
  secret_hash hash{};
  std::string name;
  std::vector<key_scope> scopes;
  std::optional<timestamp> expires_at;
  std::optional<idempotency_key> idempotency;
};
struct remove_api_key {
  session_id session;
  api_key_id key;
};
/// Whether a key that somebody presents is one of the person's. Every refusal is the same `unauthorized`.
struct check_api_key {
  api_key_id key;
  secret_hash presented{};
};
/// What a key that is alive lets its holder do.
struct api_key_facts {
  std::vector<key_scope> scopes;
  user_role role = user_role::user;
  std::optional<timestamp> expires_at;
};
/// From an owner to itself, behind the request that was made with the key.
struct api_key_used {
  api_key_id key;
  timestamp at;
};

// --- accounts
// ------------------------------------------------------------------------------------------------------------

/// A new account with a password that has not been judged yet.
struct sign_up {
  user person;  ///< Without id and times.
  preferences prefs;
  std::string password;
  client_origin origin;
  std::optional<std::string> invite = {};  ///< As the client sent it. Its role becomes the account's.
  /// Of the body: no account is made, and they are answered together with what is wrong with the password.
  field_errors faults = {};
};
/// A registration, a login or a refresh that begins: takes from the limit of its address.
struct take_auth_token {
  std::string address;
};
/// Somebody is about to try a password or an API key; counted as a failure until it is forgiven.
struct admit_login {
  std::string account;  ///< The e-mail in lower case, whether or not there is such an account; of a key, its hash.
  std::string address;
};
/// It was no failure after all.
struct forgive_login {
  admit_login login;
};
/// A login with a password that has not been checked yet.
struct log_in {
  std::string email;
  std::string password;
  client_origin origin;
};
/// A change of password whose current one has not been checked yet. Answers `forbidden` when it is wrong.
struct renew_password {
  user_id user;
  session_id session;
  std::string current_password;
  std::string new_password;
  std::string address;       ///< Where it comes from.
  field_errors faults = {};  ///< Of the body, likewise; the current password is not tried.
};
/// Somebody who may act from now on.
struct signed_in {
  user_id user;
  session_grant grant;
  std::string refresh_token;  ///< In plain, for the client; kept nowhere.
};
/// Exchanges a refresh token, given as the client sent it.
struct renew_session {
  std::string refresh_token;
};
/// An operator's change of an account.
struct administer_user {
  std::optional<bool> is_active;
  std::optional<user_role> role;
  std::optional<std::string> password_hash;  ///< Ends every session.
};
/// An account that an operator makes; its owner has just been activated for an id that nobody has seen before. It
/// begins without a session.
struct create_account {
  user person;
  preferences prefs;
  std::string password_hash;
  std::optional<timestamp> created_at;  ///< Now when absent.
};
/// An operator removes the account and everything in it.
struct remove_account {};
/// Rows that an operator brings along, stored as they are, whenever they were made; the profile follows the newest
/// measurements. What hangs together (a conversation, its messages, their runs) comes in one message. Only for a
/// person's new rows: nothing in memory is compared with them.
struct import_records {
  std::vector<progress_record> records;
  std::vector<conversation> conversations;
  std::vector<message> messages;
  std::vector<genesis::run> runs;

  [[nodiscard]] std::size_t size() const noexcept {
    return records.size() + conversations.size() + messages.size() + runs.size();
  }
};
/// Rows of one import: a transaction of a few milliseconds.
inline constexpr std::size_t import_rows_max = 500;

// --- runs
// ----------------------------------------------------------------------------------------------------------------

struct start_chat {
  credential by;
  std::string text;
  std::optional<conversation_id> conversation;
  std::optional<genesis::agent> agent;
  std::string metadata_json = "{}";
  std::optional<idempotency_key> idempotency;
};
/// Answered with `run_ticket`.
struct join_run {
  credential by;
  run_id run;
  std::int64_t after = 0;   ///< Events with a greater sequence number are wanted.
  bool only_looks = false;  ///< Whether there are any is wanted; no actor is.
};
struct cancel_run {
  credential by;
  run_id run;
};

/// A reader of a run's events: one connection. Sent by a front to the run.
struct attach_reader {
  std::uint64_t reader = 0;  ///< Unique within its front.
  std::int64_t after = 0;    ///< Events with a greater sequence number are wanted.
  stream_format format = stream_format::sse;
};
/// The reader has written this many bytes of what it was sent, since it last said so.
struct reader_ready {
  std::uint64_t reader = 0;
  std::size_t bytes = 0;
};
struct detach_reader {
  std::uint64_t reader = 0;
};
/// What the run has for a reader. The next is sent once less than `config::stream_window_bytes` are on their way.
struct reader_frames {
  std::uint64_t reader = 0;
  std::vector<body_ptr> frames;
  bool is_last = false;  ///< The run's `end` is among them.
};
/// The reader is too slow, or its place in the log is gone; the connection is to be broken off.
struct reader_dropped {
  std::uint64_t reader = 0;
};
/// Asks to be told when the run has ended. Answered with `run_outcome`.
struct await_run {};
struct run_outcome {
  genesis::run run;
  message answer;
};
/// Asks for the run as it is once its question is durable; fails when that does not happen.
struct await_stored {};
/// The owner's word that the question is stored (or that it cannot be).
struct run_stored {};
struct run_refused {
  errc reason = errc::unavailable;
};
/// It is the run's turn in its conversation.
struct run_turn {};
/// The position among those waiting in the conversation, from 1.
struct run_waits {
  std::int64_t position = 0;
};
/// Ends the run as cancelled; answered when that is durable, or at once when it has ended before.
struct stop_run {};
/// The conversation or the person is being deleted: end without writing anything.
struct abandon_run {};
/// The server is leaving: store what there is as interrupted and end. Answered when that is durable or has failed.
struct interrupt_run {};

/// A run asks its person's owner for everything the coach may look at. Answered with `turn_ptr`.
struct get_turn {
  genesis::run run;
  std::string question;
};
using turn_ptr = std::shared_ptr<const coach::turn>;
using reply_ptr = std::shared_ptr<const coach::reply>;

/// A run that has come to its end asks its person's owner to store it: the row, the answer, and the events that no
/// chunk holds yet, in one transaction. Answered with `run_outcome`: what is stored, which is an earlier attempt's when
/// that one got through after all.
struct finish_run {
  genesis::run run;
  std::string text;
  std::string artifacts_json = "[]";
  std::vector<run_event> events;
};
/// The run has told its readers that it ended: its place in the conversation is free.
struct run_done {
  run_id run;
};

/// A question to a specialist, or to `nexus` who finds the specialist. Answered with `reply_ptr`.
struct ask_coach {
  turn_ptr turn;
};
struct ask_specialist {
  turn_ptr turn;
  coach::intent what;
};

// --- finding people
// --------------------------------------------------------------------------------------------------------

/// Asks a shard for the owner of a person, who is activated if need be. `bounced` is the id of an owner that the asker
/// has found dead (0 for none): it must not be handed out again.
struct find_user {
  user_id user;
  std::uint64_t bounced = 0;
};
/// May the user actor leave? It answers no while it has anything to do, else it leaves and answers yes.
struct passivate {
  /// It stays as well when somebody has used it since so long ago; the shard knows of those alone who asked there.
  std::chrono::milliseconds idle_for{0};
};
/// To an owner who has just been activated: the one before died, and a write of theirs may still be on its way. The
/// first load raises the fence.
struct predecessor_died {};
/// A shard's turn to look for idle people.
struct sweep_due {};
/// Take the person's state into memory: somebody may ask for it soon. Answered with whether it is there.
struct warm_up {};
/// Every reader is told that the server leaves; nobody is activated any more.
struct begin_shutdown {};

// --- workers
// ----------------------------------------------------------------------------------------------------------------

struct hash_password {
  std::string password;
  std::vector<std::string> personal_words;  ///< What a guesser would try first: e-mail, name.
  /// When nobody waits for it any more: work that has not begun by then is refused (`overloaded`).
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};
/// The hash of an acceptable password.
struct password_hashed {
  std::string hash;
};
/// Whether a password would be refused, without the work of a hash. Answers true, or fails as `hash_password` does.
struct judge_password {
  std::string password;
  std::vector<std::string> personal_words;
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};
struct verify_password {
  std::string password;
  std::string hash;  ///< Empty: does the same work and answers no.
  /// As of `hash_password`.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};
struct password_verdict {
  bool matches = false;
  std::optional<std::string> new_hash;  ///< When the stored one uses outdated parameters.
};

/// Work that takes longer than an I/O thread may be held up: parsing a large body.
struct background_job {
  std::shared_ptr<const std::function<void()>> run;
};

// --- the second cache
// ----------------------------------------------------------------------------------------------------------------

/// Answered with `cached_entry`.
struct get_cached {
  std::string key;
};
struct cached_entry {
  std::optional<std::string> value;
};
/// In place of what is there.
struct put_cached {
  std::string key;
  std::string value;
  std::chrono::milliseconds keep{};
};
struct remove_cached {
  std::string key;
};
/// `*` in the pattern stands for anything.
struct remove_cached_matching {
  std::string pattern;
  std::chrono::milliseconds within{};  ///< The search is given up then.
};

// --- the caches together
// -------------------------------------------------------------------------------------------------------------

/// Takes the people who were active last into memory, a few at a time, who are not there yet. Answered with how many it
/// went well for.
struct warm_caches {
  std::int64_t people_max = 0;
  std::chrono::milliseconds within{};  ///< Nobody is begun with after it.
};
/// Forgets entries, wherever they are kept. Answered with `caches_forgot`.
struct forget_cached {
  key_pattern which;
  std::chrono::milliseconds within{};  ///< The search in Redis ends then.
};
struct caches_forgot {
  std::int64_t people = 0;  ///< Who left memory; whoever was busy stayed.
  /// In Redis; nothing where there is none, or it could not be asked. What stays there is used only while it is right.
  std::optional<std::int64_t> entries;
};
/// A shard asks its people that match to leave memory. Answered with how many did.
struct let_people_go {
  key_pattern which;
};

// --- reminders to self
// -------------------------------------------------------------------------------------------------------

struct connect_due {};
struct flush_due {};
struct emit_due {};
struct persist_due {};
struct retry_due {};
struct linger_due {};

}  // namespace genesis
