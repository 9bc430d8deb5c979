#pragma once

#include "domain/ids.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace genesis {

enum class list_order : std::uint8_t { newest_first, oldest_first };

/// The place behind which a page begins: the sort key of the last item before it, and its id where keys are equal.
struct list_position {
  std::int64_t key = 0;  ///< Milliseconds for times, the number itself for sequence numbers.
  uuid id;

  friend bool operator==(const list_position&, const list_position&) = default;
};

inline constexpr std::int64_t page_limit_max = 100;
inline constexpr std::int64_t page_limit_default = 20;

/// What part of a list is wanted. Pages are found by key, not by offset, so that inserts neither repeat nor hide an
/// item.
struct page_query {
  std::int64_t limit = page_limit_default;
  std::optional<list_position> after;
  list_order order = list_order::newest_first;
};

template <class T>
struct page {
  std::vector<T> items;
  bool has_more = false;
};

/// Whether a list in this order shows what is at `a` before what is at `b`.
inline bool comes_before(list_order order, const list_position& a, const list_position& b) noexcept {
  const bool is_less = std::tie(a.key, a.id) < std::tie(b.key, b.id);
  return order == list_order::newest_first ? a != b && !is_less : is_less;
}

/// The part of a list that is in memory as a whole; `position_of` gives an item's place in its order.
template <class T, class PositionOf>
page<T> page_of(std::vector<T> all, const page_query& query, PositionOf&& position_of) {
  const auto precedes = [order = query.order](
                          const list_position& a, const list_position& b) { return comes_before(order, a, b); };
  if (query.after)
    std::erase_if(all, [&](const T& each) { return !precedes(*query.after, position_of(each)); });
  std::ranges::sort(all, [&](const T& a, const T& b) { return precedes(position_of(a), position_of(b)); });
  const auto wanted = std::min(all.size(), static_cast<std::size_t>(query.limit));
  page<T> found;
  found.has_more = wanted < all.size();
  all.erase(all.begin() + static_cast<std::ptrdiff_t>(wanted), all.end());
  found.items = std::move(all);
  return found;
}

}  // namespace genesis
