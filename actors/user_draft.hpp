#pragma once

#include "domain/error.hpp"
#include "domain/idempotency.hpp"
#include "storage/mutations.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

namespace genesis {

/// What the owner of a person keeps in memory and what storage holds of it as of `version`.
struct user_data {
  user person;
  preferences prefs;
  std::vector<session> sessions;
  std::vector<api_key> api_keys;
};

/// What a person has many of, kept in storage and not in memory.
template <class T>
concept personal_item = std::same_as<T, progress_record> || plan<T> || std::same_as<T, nutrition_log>;

/// One member for each kind of them.
template <template <class> class Member>
using for_each_item =
  std::tuple<Member<progress_record>, Member<workout_plan>, Member<nutrition_plan>, Member<nutrition_log>>;

template <personal_item T>
using loaded_items = std::map<decltype(T::id), result<T>>;

template <plan Plan>
using loaded_standing = std::optional<result<storage::plan_standing<Plan>>>;

/// As a batch has them; nothing for those that it removes.
template <personal_item T>
using changed_items = std::map<decltype(T::id), std::optional<T>>;

/// Rows that a batch of changes needs and the owner does not keep, as storage answered.
struct loaded_rows {
  std::map<conversation_id, result<conversation>> conversations;
  for_each_item<loaded_items> items;
  std::tuple<loaded_standing<workout_plan>, loaded_standing<nutrition_plan>> standings;
  std::map<progress_metric, result<std::vector<progress_record>>> latest;
  std::map<std::string, result<std::optional<idempotency_record>>> keys;
  std::map<run_id, result<storage::run_log>> runs;
  std::optional<result<storage::credentials>> credentials;
};

/// `value` changes at `now`. Never before it was made, whatever was done to the wall clock in between.
template <class T>
void mark_changed(T& value, timestamp now) noexcept {
  value.updated_at = std::max(value.created_at, now);
}

/// A person's state as it will be when the batch being decided is durable: what is committed, and over it what the
/// batch has changed so far. Collects the mutations that make it so.
class user_draft {
public:
  user_draft(const user_data& committed, const loaded_rows& rows, timestamp now)
      : committed_(committed), rows_(rows), now_(now) {}

  [[nodiscard]] timestamp now() const noexcept { return now_; }

  [[nodiscard]] const user& person() const { return person_ ? *person_ : committed_.person; }
  [[nodiscard]] const preferences& prefs() const { return prefs_ ? *prefs_ : committed_.prefs; }
  [[nodiscard]] const std::vector<session>& sessions() const { return sessions_ ? *sessions_ : committed_.sessions; }

  [[nodiscard]] const std::vector<api_key>& api_keys() const { return api_keys_ ? *api_keys_ : committed_.api_keys; }

  /// The conversation as the batch has it so far; it must be among the batch's needs.
  [[nodiscard]] result<conversation> find(const conversation_id& id) const;
  template <personal_item T>
  [[nodiscard]] result<T> find_item(const decltype(T::id)& id) const;

  /// What an earlier request with this key did. `key_reused` for another request, `in_progress` for one of this very
  /// batch.
  [[nodiscard]] result<std::optional<idempotency_record>> find(const idempotency_key& key) const;

  /// The run as the batch has it so far; it must be among the batch's needs, unless the batch ends it. Of one that the
  /// batch ends, only the last events.
  [[nodiscard]] result<storage::run_log> find(const run_id& id) const;

  /// Raises the revision, sets `updated_at`, and writes; the object as it is then. One that would be shown as it is now
  /// keeps both, and nothing is written unless something differs that is not shown.
  const user& change(user person);
  const preferences& change(preferences prefs);
  conversation change(conversation value);
  /// Likewise, with all that `put` does.
  template <personal_item T>
  T change(T value);
  /// Writes the item as it is given. The profile follows a measurement of a metric that it shows; a plan that becomes
  /// active puts the one that was to rest: how the person stands with such plans must be among the batch's needs then.
  template <personal_item T>
  void put(const T& value);
  template <personal_item T>
  void remove(const T& value);
  /// The person's plans of a kind as the batch has them so far. How they stand must be among the batch's needs.
  template <plan Plan>
  [[nodiscard]] std::int64_t count_of() const;
  /// Writes the record alone; the caller sees to the profile.
  void store(const progress_record& record);
  /// Lets the profile follow the newest records of these metrics, which it must show and which must be among the
  /// batch's needs.
  void follow_latest(std::span<const progress_metric> metrics);
  /// The newest record of the metric as the batch has it so far; the metric must be among the batch's needs.
  [[nodiscard]] std::optional<latest_measurement> newest(progress_metric metric) const;
  void put(const conversation& value);
  void remove(const conversation_id& id);
  /// Writes the run, its answer and its last events.
  void end_run(const run& ended, const message& answer, const std::vector<run_event>& last_events);
  void put(const session& value);
  void remove_sessions(const std::vector<session_id>& ids);
  void put(const api_key& value);
  void remove_api_keys(const std::vector<api_key_id>& ids);
  void put(const idempotency_record& record);
  void put_password(const std::string& hash);
  /// Whether the password is still the one that this hash was made of; the credentials must be among the batch's needs.
  [[nodiscard]] result<bool> has_password(const std::string& hash) const;
  void create_person(const user& person, const preferences& prefs, const std::string& password_hash);
  void remove_person();

  /// Anything else that has to be written; the draft does not look into it.
  void add(storage::mutation change) { mutations_.push_back(std::move(change)); }

  /// What the committed state becomes.
  [[nodiscard]] user_data committed_state() const;
  [[nodiscard]] const std::map<conversation_id, std::optional<conversation>>& conversations() const {
    return conversations_;
  }
  /// The idempotency records that the batch writes, by key.
  [[nodiscard]] const std::map<std::string, idempotency_record>& keys() const noexcept { return keys_; }
  [[nodiscard]] std::vector<storage::mutation> take_mutations() { return std::move(mutations_); }
  [[nodiscard]] bool is_empty() const noexcept { return mutations_.empty(); }
  /// True once the batch deletes the person.
  [[nodiscard]] bool is_removed() const noexcept { return is_removed_; }
  /// True once the batch deletes the conversation.
  [[nodiscard]] bool has_removed(const conversation_id& id) const {
    const auto it = conversations_.find(id);
    return it != conversations_.end() && !it->second;
  }

private:
  template <plan Plan>
  [[nodiscard]] const storage::plan_standing<Plan>& standing_of() const;
  template <plan Plan>
  void rest_active();

  const user_data& committed_;
  const loaded_rows& rows_;
  timestamp now_;
  std::optional<user> person_;
  std::optional<preferences> prefs_;
  std::optional<std::vector<session>> sessions_;
  std::optional<std::vector<api_key>> api_keys_;
  std::map<conversation_id, std::optional<conversation>> conversations_;
  for_each_item<changed_items> items_;
  std::map<std::string, idempotency_record> keys_;
  std::map<run_id, storage::run_log> ended_runs_;
  std::vector<storage::mutation> mutations_;
  bool has_new_password_ = false;
  bool is_removed_ = false;
};

/// True for the metrics that the profile shows.
constexpr bool is_shown_by_profile(progress_metric metric) noexcept {
  return metric == progress_metric::weight_kg || metric == progress_metric::body_fat_pct;
}

}  // namespace genesis
