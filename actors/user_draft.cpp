#include "actors/user_draft.hpp"

#include "domain/ensure.hpp"

#include <algorithm>
#include <tuple>

namespace genesis {

namespace {

std::optional<latest_measurement>& shown_value(user& person, progress_metric metric) {
  return metric == progress_metric::weight_kg ? person.weight_kg : person.body_fat_pct;
}

/// As the changed object would be if it were not one: with the revision and the time of the present one.
template <class T>
T without_change(T changed, const T& present) {
  changed.revision = present.revision;
  changed.updated_at = present.updated_at;
  return changed;
}

/// Of a measurement the profile shows the value.
bool shows_the_same(const std::optional<latest_measurement>& a, const std::optional<latest_measurement>& b) {
  return a.has_value() == b.has_value() && (!a || a->value == b->value);
}

bool shows_the_same(user a, const user& b) {
  if (!shows_the_same(a.weight_kg, b.weight_kg) || !shows_the_same(a.body_fat_pct, b.body_fat_pct))
    return false;
  a.weight_kg = b.weight_kg;
  a.body_fat_pct = b.body_fat_pct;
  a.is_active = b.is_active;
  return a == b;
}

bool is_newer(const progress_record& a, const progress_record& b) {
  return std::tie(a.recorded_at, a.id) > std::tie(b.recorded_at, b.id);
}

/// The object with the id as a batch has it: changed by the batch, else loaded for it.
template <class Id, class T>
result<T> find_in(const std::map<Id, std::optional<T>>& changed, const std::map<Id, result<T>>& loaded, const Id& id) {
  if (const auto it = changed.find(id); it != changed.end()) {
    if (it->second)
      return *it->second;
    return fail(errc::not_found);
  }
  if (const auto it = loaded.find(id); it != loaded.end())
    return it->second;
  return fail(errc::internal, "a change was decided without the row that it needs");
}

/// The items with one more, which takes the place of the one with its id.
template <class T>
std::vector<T> with(std::vector<T> all, const T& value) {
  if (const auto it = std::ranges::find(all, value.id, &T::id); it != all.end())
    *it = value;
  else
    all.push_back(value);
  return all;
}

template <class T, class Id>
std::vector<T> without(std::vector<T> all, const std::vector<Id>& ids) {
  std::erase_if(all, [&](const T& each) { return std::ranges::find(ids, each.id) != ids.end(); });
  return all;
}

}  // namespace

result<conversation> user_draft::find(const conversation_id& id) const {
  return find_in(conversations_, rows_.conversations, id);
}

template <personal_item T>
result<T> user_draft::find_item(const decltype(T::id)& id) const {
  return find_in(std::get<changed_items<T>>(items_), std::get<loaded_items<T>>(rows_.items), id);
}

result<std::optional<idempotency_record>> user_draft::find(const idempotency_key& key) const {
  if (keys_.contains(key.key))
    return fail(errc::in_progress, "the first request with this key is still being worked on");
  const auto it = rows_.keys.find(key.key);
  if (it == rows_.keys.end())
    return fail(errc::internal, "a change was decided without the key that it needs");
  if (!it->second)
    return std::unexpected(it->second.error());
  const auto& record = *it->second;
  if (record && record->key.fingerprint != key.fingerprint)
    return fail(errc::key_reused, "this key was used for another request");
  return record;
}

result<storage::run_log> user_draft::find(const run_id& id) const {
  if (const auto it = ended_runs_.find(id); it != ended_runs_.end())
    return it->second;
  if (const auto it = rows_.runs.find(id); it != rows_.runs.end())
    return it->second;
  return fail(errc::internal, "a change was decided without the run that it needs");
}

const user& user_draft::change(user person) {
  const auto& present = this->person();
  person = without_change(std::move(person), present);
  if (person == present)
    return present;
  if (!shows_the_same(person, present)) {
    ++person.revision;
    mark_changed(person, now_);
  }
  person_ = std::move(person);
  add(storage::put_user{*person_});
  return *person_;
}

const preferences& user_draft::change(preferences prefs) {
  const auto& present = this->prefs();
  prefs.owner = present.owner;
  prefs.created_at = present.created_at;
  prefs = without_change(std::move(prefs), present);
  if (prefs == present)
    return present;
  ++prefs.revision;
  mark_changed(prefs, now_);
  prefs_ = std::move(prefs);
  add(storage::put_preferences{*prefs_});
  return *prefs_;
}

conversation user_draft::change(conversation value) {
  if (const auto present = find(value.id); present && without_change(value, *present) == *present)
    return *present;
  ++value.revision;
  mark_changed(value, now_);
  put(value);
  return value;
}

void user_draft::put(const conversation& value) {
  conversations_.insert_or_assign(value.id, value);
  add(storage::put_conversation{value});
}

void user_draft::remove(const conversation_id& id) {
  conversations_.insert_or_assign(id, std::nullopt);
  add(storage::remove_conversation{id});
}

void user_draft::store(const progress_record& record) {
  std::get<changed_items<progress_record>>(items_).insert_or_assign(record.id, record);
  add(storage::put_progress{record});
}

template <plan Plan>
const storage::plan_standing<Plan>& user_draft::standing_of() const {
  const auto& known = std::get<loaded_standing<Plan>>(rows_.standings);
  ensure(known && *known, "how a person stands with their plans is known before one is made or becomes active");
  return **known;
}

template <plan Plan>
std::int64_t user_draft::count_of() const {
  const auto& standing = standing_of<Plan>();
  const auto& loaded = std::get<loaded_items<Plan>>(rows_.items);
  const auto was_there = [&](const auto& id) {
    const auto it = loaded.find(id);
    return (it != loaded.end() && it->second) || (standing.active && standing.active->id == id);
  };
  auto count = standing.count;
  for (const auto& [id, value] : std::get<changed_items<Plan>>(items_))
    count += (value ? 1 : 0) - (was_there(id) ? 1 : 0);
  return count;
}

/// The database takes at most one active plan at any moment: this is written before the other one becomes active.
template <plan Plan>
void user_draft::rest_active() {
  const auto& changed = std::get<changed_items<Plan>>(items_);
  std::optional<Plan> active;
  for (const auto& [id, value] : changed)
    if (value && value->is_active)
      active = value;
  if (const auto& before = standing_of<Plan>().active; before && !changed.contains(before->id))
    active = before;
  if (!active)
    return;
  active->is_active = false;
  ++active->revision;
  mark_changed(*active, now_);
  put(*active);
}

template <personal_item T>
T user_draft::change(T value) {
  if (const auto present = find_item<T>(value.id); present && without_change(value, *present) == *present)
    return *present;
  ++value.revision;
  mark_changed(value, now_);
  put(value);
  return value;
}

template <personal_item T>
void user_draft::put(const T& value) {
  if constexpr (plan<T>) {
    const auto present = find_item<T>(value.id);
    if (value.is_active && !(present && present->is_active))
      rest_active<T>();
  }
  std::get<changed_items<T>>(items_).insert_or_assign(value.id, value);
  add(storage::put_item<T>{value});
  if constexpr (std::same_as<T, progress_record>)
    if (is_shown_by_profile(value.metric))
      follow_latest({&value.metric, 1});
}

template <personal_item T>
void user_draft::remove(const T& value) {
  std::get<changed_items<T>>(items_).insert_or_assign(value.id, std::nullopt);
  add(storage::remove_item<T>{value.id});
  if constexpr (std::same_as<T, progress_record>)
    if (is_shown_by_profile(value.metric))
      follow_latest({&value.metric, 1});
}

std::optional<latest_measurement> user_draft::newest(progress_metric metric) const {
  const auto& records = std::get<changed_items<progress_record>>(items_);
  std::optional<progress_record> found;
  const auto consider = [&](const progress_record& record) {
    if (record.metric == metric && (!found || is_newer(record, *found)))
      found = record;
  };
  if (const auto it = rows_.latest.find(metric); it != rows_.latest.end() && it->second)
    for (const auto& record : *it->second)
      if (!records.contains(record.id))
        consider(record);
  for (const auto& [id, record] : records)
    if (record)
      consider(*record);
  if (!found)
    return std::nullopt;
  return latest_measurement{found->id, found->recorded_at, found->value};
}

/// Enough of the newest records are loaded that those which the batch changes cannot hide the one that follows them.
void user_draft::follow_latest(std::span<const progress_metric> metrics) {
  auto copy = person();
  for (const auto metric : metrics)
    shown_value(copy, metric) = newest(metric);
  change(std::move(copy));
}

void user_draft::end_run(const run& ended, const message& answer, const std::vector<run_event>& last_events) {
  ended_runs_.insert_or_assign(ended.id, storage::run_log{ended, last_events, answer});
  add(storage::put_message{answer});
  add(storage::put_run{ended});
  if (!last_events.empty())
    add(storage::put_run_events{ended.id, last_events});
}

void user_draft::put(const session& value) {
  sessions_ = with(sessions(), value);
  add(storage::put_session{value});
}

void user_draft::remove_sessions(const std::vector<session_id>& ids) {
  if (ids.empty())
    return;
  sessions_ = without(sessions(), ids);
  add(storage::remove_sessions{ids});
}

void user_draft::put(const api_key& value) {
  api_keys_ = with(api_keys(), value);
  add(storage::put_api_key{value});
}

void user_draft::remove_api_keys(const std::vector<api_key_id>& ids) {
  if (ids.empty())
    return;
  api_keys_ = without(api_keys(), ids);
  add(storage::remove_api_keys{ids});
}

void user_draft::put(const idempotency_record& record) {
  keys_.insert_or_assign(record.key.key, record);
  add(storage::put_idempotency{record});
}

result<bool> user_draft::has_password(const std::string& hash) const {
  if (has_new_password_)
    return false;
  if (!rows_.credentials)
    return fail(errc::internal, "a change was decided without the credentials that it needs");
  if (!*rows_.credentials)
    return std::unexpected(rows_.credentials->error());
  return (*rows_.credentials)->password_hash == hash;
}

void user_draft::put_password(const std::string& hash) {
  has_new_password_ = true;
  add(storage::put_password{hash});
}

void user_draft::create_person(const user& person, const preferences& prefs, const std::string& password_hash) {
  person_ = person;
  prefs_ = prefs;
  prefs_->owner = person.id;
  add(storage::create_user{person, *prefs_, password_hash});
}

void user_draft::remove_person() {
  is_removed_ = true;
  add(storage::remove_user{});
}

user_data user_draft::committed_state() const {
  return {person(), prefs(), sessions(), api_keys()};
}

template result<progress_record> user_draft::find_item<progress_record>(const decltype(progress_record::id)&) const;
template progress_record user_draft::change(progress_record);
template void user_draft::put(const progress_record&);
template void user_draft::remove(const progress_record&);
template result<workout_plan> user_draft::find_item<workout_plan>(const decltype(workout_plan::id)&) const;
template workout_plan user_draft::change(workout_plan);
template void user_draft::put(const workout_plan&);
template void user_draft::remove(const workout_plan&);
template result<nutrition_plan> user_draft::find_item<nutrition_plan>(const decltype(nutrition_plan::id)&) const;
template nutrition_plan user_draft::change(nutrition_plan);
template void user_draft::put(const nutrition_plan&);
template void user_draft::remove(const nutrition_plan&);
template result<nutrition_log> user_draft::find_item<nutrition_log>(const decltype(nutrition_log::id)&) const;
template nutrition_log user_draft::change(nutrition_log);
template void user_draft::put(const nutrition_log&);
template void user_draft::remove(const nutrition_log&);
template std::int64_t user_draft::count_of<workout_plan>() const;
template std::int64_t user_draft::count_of<nutrition_plan>() const;

}  // namespace genesis
