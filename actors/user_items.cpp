#include "actors/user_templates.hpp"

#include <spdlog/fmt/fmt.h>

/// Measurements, plans and the food diary: what a person has many of, each a row of its own.
namespace genesis {

namespace {

using shown_later = result<std::function<entity_reply()>>;

/// Metrics of which the newest records are needed when an item changes. Either one that the profile shows, for a
/// measurement: which one it has is not known before it is loaded.
template <class T>
std::vector<progress_metric> shown_metrics() {
  if constexpr (std::same_as<T, progress_record>)
    return {progress_metric::weight_kg, progress_metric::body_fat_pct};
  else
    return {};
}

}  // namespace

template <class T>
caf::result<entity_reply> user_state::handle(const get_item<T>& what) {
  return read<entity_reply, storage::find_item<T>, T>(
    what.by, {user_, what.item}, [this](T& found) { return shown(found); });
}

template <class T>
caf::result<entity_reply> user_state::handle(const create_item<T>& what) {
  write_needs needs{.key = what.idempotency};
  if constexpr (plan<T>)
    needs.standing = storage::find_plan_standing<T>{user_};
  return create(what.by, std::move(needs), [this, what](user_draft& draft) -> result<entity_reply> {
    if constexpr (plan<T>)
      if (draft.count_of<T>() >= plans_per_user_max)
        return fail(
          errc::conflict, fmt::format("there are {} plans of this kind already, as many as may be: delete one first",
                            plans_per_user_max));
    auto made = what.value;
    made.id = ids_->next_id<decltype(T::id)>(draft.now());
    made.created_at = made.updated_at = draft.now();
    draft.put(made);
    return shown_as_made(made);
  });
}

template <class T>
caf::result<entity_reply> user_state::handle(const patch_item<T>& what) {
  write_needs needs{.item = storage::find_item<T>{user_, what.item}, .latest = shown_metrics<T>()};
  if constexpr (plan<T>)
    if (what.changes.is_active == true)
      needs.standing = storage::find_plan_standing<T>{user_};
  return write<entity_reply>(what.by, std::move(needs), [this, what](user_draft& draft) -> shown_later {
    auto found = draft.find_item<T>(what.item);
    auto faults = what.faults;
    if (!found)  // a faulty body is refused before an item that is not there
      return faults.empty() ? std::unexpected(found.error()) : fail(std::move(faults));
    const auto tag = tag_of(found->id.value, found->revision);
    apply(what.changes, *found);
    for (auto& each : faults_of(*found))
      add_fault(faults, std::move(each));
    if (!faults.empty())
      return fail(std::move(faults));
    if (auto no = unmet(what.if_match, tag))
      return std::unexpected(*no);
    return [this, changed = draft.change(std::move(*found))] { return shown(changed); };
  });
}

template <class T>
caf::result<entity_reply> user_state::handle(const delete_item<T>& what) {
  write_needs needs{.item = storage::find_item<T>{user_, what.item}, .latest = shown_metrics<T>()};
  return write<entity_reply>(what.by, std::move(needs), [this, what](user_draft& draft) -> shown_later {
    const auto found = draft.find_item<T>(what.item);
    if (!found)
      return std::unexpected(found.error());
    if (auto no = unmet(what.if_match, tag_of(found->id.value, found->revision)))
      return std::unexpected(*no);
    draft.remove(*found);
    return [] { return entity_reply{204, nullptr, {}, {}}; };
  });
}

template caf::result<entity_reply> user_state::handle(const get_item<progress_record>&);
template caf::result<entity_reply> user_state::handle(const patch_item<progress_record>&);
template caf::result<entity_reply> user_state::handle(const delete_item<progress_record>&);
template caf::result<entity_reply> user_state::handle(const get_item<workout_plan>&);
template caf::result<entity_reply> user_state::handle(const create_item<workout_plan>&);
template caf::result<entity_reply> user_state::handle(const patch_item<workout_plan>&);
template caf::result<entity_reply> user_state::handle(const delete_item<workout_plan>&);
template caf::result<entity_reply> user_state::handle(const get_item<nutrition_plan>&);
template caf::result<entity_reply> user_state::handle(const create_item<nutrition_plan>&);
template caf::result<entity_reply> user_state::handle(const patch_item<nutrition_plan>&);
template caf::result<entity_reply> user_state::handle(const delete_item<nutrition_plan>&);
template caf::result<entity_reply> user_state::handle(const get_item<nutrition_log>&);
template caf::result<entity_reply> user_state::handle(const create_item<nutrition_log>&);
template caf::result<entity_reply> user_state::handle(const patch_item<nutrition_log>&);
template caf::result<entity_reply> user_state::handle(const delete_item<nutrition_log>&);

}  // namespace genesis
