#pragma once

#include "actors/entity_reply.hpp"
#include "domain/api_key.hpp"
#include "domain/conversation.hpp"
#include "domain/entity_tag.hpp"
#include "domain/idempotency.hpp"
#include "domain/message.hpp"
#include "domain/page.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/run.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

/// How people come in, and what accounts are made of.
namespace genesis {

// --- sessions

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
  std::function<bool(const genesis::session&)> is_meant = {};  ///< Else it stays: `precondition_failed`. None: any.
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
  std::optional<precondition> if_match = {};
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
/// Somebody is about to try a password; counted as a failure until it is forgiven.
struct admit_login {
  std::string account;  ///< The e-mail in lower case, whether or not there is such an account; of a key, its hash.
  std::string address;
};
/// Somebody is about to try an API key; counts for nothing. A good key may be used on many connections at the same time
/// before any of them knows that it is good, and a wrong one is found by no number of attempts.
struct admit_key {
  admit_login attempt;
};
/// The key was wrong.
struct count_failed_key {
  admit_login attempt;
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

}  // namespace genesis
