#pragma once

#include "domain/ids.hpp"
#include "domain/key_pattern.hpp"
#include "domain/progress.hpp"
#include "domain/rate_limit.hpp"
#include "storage/log_position.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the actors that serve all people are told.
namespace genesis {

// --- finding people

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
  /// The caches were told to forget them: nothing is put there on the way out.
  bool is_forgotten = false;
};
/// To an owner who has just been activated: the one before died, and a write of theirs may still be on its way. The
/// first load raises the fence.
struct predecessor_died {};
/// A shard's turn to look for idle people.
struct sweep_due {};
/// Take the person's state into memory: somebody may ask for it soon. Answered with the bytes that it takes there, 0
/// when it is not.
struct warm_up {};
/// An owner's turn to put into the second cache what it has committed since it did so last.
struct cache_due {};
/// Every reader is told that the server leaves; nobody is activated any more.
struct begin_shutdown {};

// --- workers

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
  /// When nobody waits for it any more: work that has not begun by then is not done (`overloaded`).
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

// --- the database

/// Asks the pool how new the database is that somebody has to read from of whom nothing is known but that they are in
/// memory now. Answered with `std::optional<storage::log_position>`: nothing when the primary alone will do.
struct get_log_position {};
/// To the pool, at each look at a replica: whether it may be read from until the next one.
struct replica_verdict {
  std::size_t replica = 0;
  bool is_usable = false;
  std::int64_t timeline = 0;  ///< Of the primary that it was compared with; 0 where that is not known.
};

// --- the second cache

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
/// Answered when Redis has answered everything that was sent before; `unavailable` when it does not.
struct settle_cached {};
/// `*` in the pattern stands for anything.
struct remove_cached_matching {
  std::string pattern;
  std::chrono::milliseconds within{};  ///< The search is given up then.
};

// --- the caches together

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
/// Asks for people's data that match to leave memory: of a shard those who are there, of `statistics_actor` what was
/// worked out for them. Answered with how many did.
struct let_people_go {
  key_pattern which;
};

// --- what is worked out from a person's rows

/// The measurements of `coach::records_window`, and a little more, of all metrics, oldest first. `version` is that of
/// the person's data as of the last change of any measurement: what is known for it is never out of date, on one
/// timeline of the database.
struct get_recent_records {
  user_id user;
  std::int64_t version = 0;
  std::optional<storage::log_position> as_of = {};  ///< Of a replica that is asked; see `storage::list_progress`.
  std::int64_t timeline = 0;
};
using records_ptr = std::shared_ptr<const std::vector<progress_record>>;

// --- a CDN in front

/// Has it forget what it keeps under these keys. Answered with how many there were once it says that it has; when the
/// first attempt fails, `unavailable`, and the others follow.
struct purge_keys {
  std::vector<std::string> keys;
};
/// The next attempt. The number of the one that failed.
struct purge_due {
  std::uint64_t after = 0;
};

// --- reminders to self

struct connect_due {};
struct flush_due {};
struct emit_due {};
struct persist_due {};
struct retry_due {};
struct linger_due {};

}  // namespace genesis
