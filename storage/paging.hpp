#pragma once

#include "domain/page.hpp"
#include "domain/time.hpp"

#include <cstdint>
#include <limits>
#include <optional>
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

/// A part of an order: from a key on, and before another.
struct key_period {
  std::int64_t from = std::numeric_limits<std::int64_t>::min();
  std::int64_t until = std::numeric_limits<std::int64_t>::max();
};

inline key_period period_of(const std::optional<timestamp>& from, const std::optional<timestamp>& until) {
  key_period period;
  if (from)
    period.from = from->time_since_epoch().count();
  if (until)
    period.until = until->time_since_epoch().count();
  return period;
}

/// Likewise, inside a period: the end that a list comes from is one more place behind which the page may begin. The
/// empty id lies before every other, so that the exclusive end is left out and the inclusive begin is not.
inline page_start start_within(const key_period& period, const page_query& query) {
  auto start = start_of(query);
  const bool is_descending = query.order == list_order::newest_first;
  if (is_descending ? period.until <= start.key : period.from > start.key)
    start = {is_descending ? period.until : period.from, {}};
  return start;
}

/// The end of a period that a list goes to.
constexpr std::int64_t far_end(const key_period& period, const page_query& query) {
  return query.order == list_order::newest_first ? period.from : period.until;
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
