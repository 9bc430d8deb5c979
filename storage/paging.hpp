#pragma once

#include "domain/page.hpp"
#include "domain/time.hpp"

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace genesis::storage {

/// The place behind which a page begins, as statements compare it: before every row or behind every row where none is
/// given.
struct page_start {
  std::int64_t key;
  std::string id;  ///< Compared as text; the empty one comes before every id.
};

inline page_start start_of(const page_query& query) {
  if (query.after)
    return {query.after->key, to_string(query.after->id)};
  const bool is_descending = query.order == list_order::newest_first;
  return {is_descending ? std::numeric_limits<std::int64_t>::max() : std::numeric_limits<std::int64_t>::min(), {}};
}

/// Rows to ask for: one more than fits tells whether there are more.
constexpr std::int64_t rows_for(const page_query& query) {
  return query.limit + 1;
}

template <class T>
page<T> page_from(std::vector<T> rows, const page_query& query) {
  const auto limit = static_cast<std::size_t>(query.limit);
  const bool has_more = rows.size() > limit;
  if (has_more)
    rows.resize(limit);
  return {std::move(rows), has_more};
}

}  // namespace genesis::storage
