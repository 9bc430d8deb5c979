#include "actors/kept_pages.hpp"

#include <algorithm>
#include <concepts>
#include <limits>

namespace genesis {

namespace {

template <class T, class... Others>
concept one_of = (std::same_as<T, Others> || ...);

/// Changes what no list of `kept_pages` shows. A run is shown by itself, its answer by `put_message`; sessions and API
/// keys are in memory as a whole; whoever removes a person forgets all pages.
template <class T>
concept changes_no_list = one_of<T, storage::create_user, storage::use_invitation, storage::put_user,
  storage::put_preferences, storage::put_password, storage::put_session, storage::remove_sessions, storage::put_api_key,
  storage::remove_api_keys, storage::put_used_refresh_token, storage::put_run, storage::put_run_events,
  storage::put_idempotency, storage::remove_user>;

}  // namespace

/// A new kind of mutation does not compile before it is said here what it means to lists.
class kept_pages::reader_of_mutations {
public:
  using change = std::optional<page_change>;

  explicit reader_of_mutations(const kept_pages& pages) : pages_(pages) {}

  change operator()(const storage::put_conversation& what) const { return put(what.value); }
  change operator()(const storage::remove_conversation& what) const {
    if (!pages_.has_any<conversation>() && !pages_.has_any<message>())
      return std::nullopt;
    return removed_item<conversation>{what.conversation};
  }
  change operator()(const storage::put_message& what) const { return put(what.value); }
  template <class T>
  change operator()(const storage::put_item<T>& what) const {
    return put(what.value);
  }
  template <class T>
  change operator()(const storage::remove_item<T>& what) const {
    if (!pages_.has_any<T>())
      return std::nullopt;
    return removed_item<T>{what.item};
  }
  template <changes_no_list Mutation>
  change operator()(const Mutation&) const {
    return std::nullopt;
  }

private:
  template <class T>
  [[nodiscard]] change put(const T& value) const {
    return pages_.has_list_of(value) ? change{value} : std::nullopt;
  }

  const kept_pages& pages_;
};

template <class T>
bool kept_pages::has_any() const {
  return std::ranges::any_of(lists_, [](const any_list& each) { return std::holds_alternative<kept_list<T>>(each); });
}

template <class T>
bool kept_pages::has_list_of(const T& item) const {
  return std::ranges::any_of(lists_, [&](const any_list& each) {
    const auto* list = std::get_if<kept_list<T>>(&each);
    return list != nullptr && (list_traits<T>::may_leave || list_traits<T>::holds(list->key, item));
  });
}

template <class T>
std::optional<page<T>> kept_pages::answer_of(const any_list& list, const list_key<T>& key, const page_query& query) {
  const auto* known = std::get_if<kept_list<T>>(&list);
  return known != nullptr && known->key == key ? known->first.answer(query) : std::nullopt;
}

template <class T>
std::optional<page<T>> kept_pages::find(const list_key<T>& key, const page_query& query) {
  for (auto it = lists_.begin(); it != lists_.end(); ++it) {
    if (auto found = answer_of<T>(*it, key, query)) {
      std::rotate(lists_.begin(), it, it + 1);
      return found;
    }
  }
  if constexpr (std::same_as<T, progress_record>)
    return key ? find_of_metric(*key, query) : std::nullopt;
  else
    return std::nullopt;
}

std::optional<page<progress_record>> kept_pages::find_of_metric(progress_metric metric, const page_query& query) {
  auto found = find<progress_record>({}, {std::numeric_limits<std::int64_t>::max(), query.after, query.order});
  if (!found)
    return std::nullopt;
  std::erase_if(found->items, [&](const progress_record& each) { return each.metric != metric; });
  found->has_more = std::ssize(found->items) > query.limit;
  if (found->has_more)
    found->items.resize(static_cast<std::size_t>(query.limit));
  return found;
}

template <class T>
std::optional<page<T>> kept_pages::look(const list_key<T>& key, const page_query& query) const {
  for (const auto& each : lists_)
    if (auto found = answer_of<T>(each, key, query))
      return found;
  return std::nullopt;
}

template <class T>
void kept_pages::keep(const list_key<T>& key, const page_query& query, const page<T>& found) {
  if (query.after)
    return;
  kept_list<T> added{key, kept_page<T>{found, query}};
  if (added.first.bytes() > kept_page_bytes_max)
    return;
  std::erase_if(lists_, [&](const any_list& each) {
    const auto* list = std::get_if<kept_list<T>>(&each);
    return list != nullptr && list->key == key && (list->first.order() == query.order || added.first.is_whole_list());
  });
  lists_.insert(lists_.begin(), std::move(added));
  make_room();
}

std::vector<page_change> kept_pages::changes_in(std::span<const storage::mutation> mutations) const {
  std::vector<page_change> changes;
  for (const auto& each : mutations)
    if (auto change = std::visit(reader_of_mutations{*this}, each))
      changes.push_back(std::move(*change));
  return changes;
}

void kept_pages::apply(std::span<const page_change> changes) {
  for (const auto& each : changes)
    std::visit([this](const auto& what) { change(what); }, each);
  make_room();
}

template <class T, class Change>
void kept_pages::change_lists(Change&& stays_certain) {
  for (auto it = lists_.begin(); it != lists_.end();) {
    auto* list = std::get_if<kept_list<T>>(&*it);
    const bool stays = list == nullptr || (stays_certain(*list) && list->first.bytes() <= kept_page_bytes_max);
    it = stays ? it + 1 : lists_.erase(it);
  }
}

template <class T>
void kept_pages::change(const T& put) {
  change_lists<T>([&](kept_list<T>& list) {
    if (list_traits<T>::holds(list.key, put))
      return list.first.put(put);
    return !list_traits<T>::may_leave || list.first.leave(put.id);
  });
}

template <class T>
void kept_pages::change(const removed_item<T>& removed) {
  change_lists<T>([&](kept_list<T>& list) { return list.first.leave(removed.id); });
  if constexpr (std::same_as<T, conversation>)
    change_lists<message>([&](const kept_list<message>& list) { return list.key != removed.id; });
}

std::size_t kept_pages::bytes() const noexcept {
  std::size_t sum = lists_.capacity() * sizeof(any_list);
  for (const auto& each : lists_)
    sum += std::visit([](const auto& list) { return list.first.bytes(); }, each);
  return sum;
}

void kept_pages::make_room() {
  while (lists_.size() > kept_pages_max || (bytes() > kept_bytes_max && !lists_.empty()))
    lists_.pop_back();
}

template std::optional<page<conversation>> kept_pages::find<conversation>(
  const list_key<conversation>&, const page_query&);
template void kept_pages::keep(const list_key<conversation>&, const page_query&, const page<conversation>&);
template std::optional<page<message>> kept_pages::find<message>(const list_key<message>&, const page_query&);
template void kept_pages::keep(const list_key<message>&, const page_query&, const page<message>&);
template std::optional<page<progress_record>> kept_pages::find<progress_record>(
  const list_key<progress_record>&, const page_query&);
template void kept_pages::keep(const list_key<progress_record>&, const page_query&, const page<progress_record>&);
template std::optional<page<workout_plan>> kept_pages::find<workout_plan>(
  const list_key<workout_plan>&, const page_query&);
template void kept_pages::keep(const list_key<workout_plan>&, const page_query&, const page<workout_plan>&);
template std::optional<page<nutrition_plan>> kept_pages::find<nutrition_plan>(
  const list_key<nutrition_plan>&, const page_query&);
template void kept_pages::keep(const list_key<nutrition_plan>&, const page_query&, const page<nutrition_plan>&);
template std::optional<page<conversation>> kept_pages::look<conversation>(
  const list_key<conversation>&, const page_query&) const;
template std::optional<page<progress_record>> kept_pages::look<progress_record>(
  const list_key<progress_record>&, const page_query&) const;
template std::optional<page<workout_plan>> kept_pages::look<workout_plan>(
  const list_key<workout_plan>&, const page_query&) const;
template std::optional<page<nutrition_plan>> kept_pages::look<nutrition_plan>(
  const list_key<nutrition_plan>&, const page_query&) const;
template std::optional<page<nutrition_log>> kept_pages::find<nutrition_log>(
  const list_key<nutrition_log>&, const page_query&);
template void kept_pages::keep(const list_key<nutrition_log>&, const page_query&, const page<nutrition_log>&);

}  // namespace genesis
