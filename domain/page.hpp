#pragma once

#include "domain/ids.hpp"

#include <cstdint>
#include <optional>
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

}  // namespace genesis
