#pragma once

#include "domain/conversation.hpp"
#include "domain/list_position.hpp"
#include "domain/nutrition_plan.hpp"
#include "domain/workout_plan.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <list>
#include <optional>
#include <string>
#include <utility>

namespace genesis {

/// Bytes of texts that an item has beside itself: short ones are inside.
template <class... Texts>
std::size_t text_bytes(const Texts&... texts) noexcept {
  const auto bytes_of = [](const std::string& text) noexcept {
    return text.capacity() > std::string{}.capacity() ? text.capacity() + 1 : 0;
  };
  const auto count = [&](const auto& text) noexcept -> std::size_t {
    if constexpr (requires { text.has_value(); })
      return text ? bytes_of(*text) : 0;
    else
      return bytes_of(text);
  };
  return (count(texts) + ...);
}
inline std::size_t text_bytes_of(const conversation& item) noexcept {
  return text_bytes(item.title);
}
inline std::size_t text_bytes_of(const message& item) noexcept {
  return text_bytes(item.content, item.artifacts_json, item.metadata_json);
}
inline std::size_t text_bytes_of(const progress_record& item) noexcept {
  return text_bytes(item.note);
}
inline std::size_t text_bytes_of(const workout_plan& item) noexcept {
  return text_bytes(item.name, item.notes, item.days_json);
}
inline std::size_t text_bytes_of(const nutrition_plan& item) noexcept {
  return text_bytes(item.name, item.notes, item.meals_json);
}
inline std::size_t text_bytes_of(const nutrition_log& item) noexcept {
  return text_bytes(item.description, item.note);
}

/// The beginning of a list, as storage answered it once and as every change since has left it.
///
/// What is behind the beginning is not known, only whether there is anything. A change that makes even this uncertain
/// ends the page: `put` and `leave` say so, and it must not be asked any more.
template <class T>
class kept_page {
public:
  using id_type = decltype(T::id);

  /// What an item takes beside its texts: a node of the list, with what the allocator adds to it.
  static constexpr std::size_t item_bytes = sizeof(T) + 4 * sizeof(void*);

  /// `found` is the answer to `asked`, which begins at the beginning.
  kept_page(const page<T>& found, const page_query& asked)
      : items_(found.items.begin(), found.items.end()), items_max_(static_cast<std::size_t>(asked.limit)),
        order_(asked.order), has_more_(found.has_more) {
    for (const auto& each : items_)
      text_bytes_ += text_bytes_of(each);
  }

  [[nodiscard]] list_order order() const noexcept { return order_; }
  [[nodiscard]] bool is_whole_list() const noexcept { return !has_more_; }
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  /// What it takes in memory, about.
  [[nodiscard]] std::size_t bytes() const noexcept { return items_.size() * item_bytes + text_bytes_; }

  /// What storage would answer, when that is known here.
  [[nodiscard]] std::optional<page<T>> answer(const page_query& query) const {
    const auto limit = static_cast<std::size_t>(query.limit);
    if (query.after || (has_more_ && (query.order != order_ || limit > items_.size())))
      return std::nullopt;
    const auto count = std::min(limit, items_.size());
    page<T> found{{}, has_more_ || count < items_.size()};
    found.items.reserve(count);
    if (query.order == order_)
      std::copy_n(items_.begin(), count, std::back_inserter(found.items));
    else
      std::copy_n(items_.rbegin(), count, std::back_inserter(found.items));
    return found;
  }

  /// An item of this list was made or changed. False when it is not certain any more what the list begins with.
  [[nodiscard]] bool put(const T& value) {
    const auto place = position_of(value);
    const auto present = find(value.id);
    const bool was_shown = present != items_.end();
    if (was_shown && position_of(*present) == place) {
      insert(erase(present), value);
      return true;
    }
    if (was_shown)
      erase(present);
    const auto next =
      std::ranges::find_if(items_, [&](const T& each) { return comes_before(order_, place, position_of(each)); });
    if (next == items_.end() && has_more_)
      return !items_.empty();
    // One that was not shown may be new, or be what there was more of.
    if (has_more_ && !was_shown && items_.size() < items_max_)
      return false;
    insert(next, value);
    make_room();
    return true;
  }

  /// An item was removed, or belongs to another list now; it may never have been in this one. Likewise.
  [[nodiscard]] bool leave(const id_type& id) {
    const auto present = find(id);
    if (present == items_.end())
      return !has_more_;
    erase(present);
    return !(has_more_ && items_.empty());
  }

private:
  using place_in = typename std::list<T>::const_iterator;

  place_in find(const id_type& id) const { return std::ranges::find(items_, id, &T::id); }

  place_in erase(place_in which) {
    text_bytes_ -= text_bytes_of(*which);
    return items_.erase(which);
  }

  void insert(place_in before, const T& value) { text_bytes_ += text_bytes_of(*items_.insert(before, value)); }

  /// The page never grows beyond what was asked for.
  void make_room() {
    if (items_.size() <= items_max_)
      return;
    erase(std::prev(items_.end()));
    has_more_ = true;
  }

  /// Nodes of their own: no text is moved into the room that another had, so that what is counted is what there is.
  std::list<T> items_;
  std::size_t text_bytes_ = 0;
  std::size_t items_max_;
  list_order order_;
  bool has_more_;
};

}  // namespace genesis
