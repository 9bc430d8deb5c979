#pragma once

#include "actors/export_writer.hpp"
#include "domain/api_key.hpp"
#include "domain/preferences.hpp"
#include "domain/session.hpp"
#include "domain/user.hpp"
#include "storage/log_position.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

/// What a person has, as one long body.
namespace genesis {

/// Asks the owner for an export. Answered with `export_ticket`; `overloaded` when there are as many as there may be,
/// `not_found` for a conversation that is not there.
struct start_export {
  credential by;
  export_form form;
  std::optional<conversation_id> conversation = std::nullopt;  ///< Its messages alone.
};

/// What of a person is in their owner's memory, as it was when the export began.
struct exported_account {
  user person;
  preferences prefs;
  session_id current;  ///< That asks; nil for an API key.
  /// None when an API key asks: it may not list these elsewhere either.
  std::vector<session> sessions;
  std::vector<api_key> api_keys;
};

/// The owner asks for a place among all exports. Answered with `export_ticket`.
struct open_export {
  user_id user;
  export_form form;
  std::optional<conversation_id> conversation;
  std::shared_ptr<const exported_account> account;  ///< Of an export of everything.
  /// How new the database has to be that it is read from; see `replica_question`.
  std::optional<storage::log_position> as_of = std::nullopt;
  /// How long who asks may read, where that has an end: an API key expires, and nothing else is written then.
  std::optional<std::chrono::milliseconds> good_for = std::nullopt;
};

/// From a front, before it attaches its reader: read the first part. Answered with true when there is something to be
/// sent, or with why there is nothing.
struct begin_export {};
/// From the owner: whoever asked may not read this any more. The reader's connection is broken off.
struct cut_export {};
/// From an export to its owner, before the front gets the end of it: another one may begin. Its reader may ask for that
/// before the front has confirmed that it is written.
struct export_handed_over {};

}  // namespace genesis
