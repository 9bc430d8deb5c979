#pragma once

#include "storage/connection.hpp"

#include <vector>

namespace genesis::storage {

/// The stored events of a run, dense and in order. Where rows overlap, the one that begins later holds.
inline std::vector<run_event> stored_events(connection& database, const run_id& run) {
  std::vector<run_event> events;
  for (const auto& row : database.rows<chunk_row>(statement_id::select_run_events, run)) {
    auto unpacked = unpack_events(row.events);
    if (!unpacked)
      throw unreadable_row(unpacked.error().detail);
    while (!events.empty() && events.back().seq >= row.first_seq)
      events.pop_back();
    std::ranges::move(*unpacked, std::back_inserter(events));
  }
  return events;
}

}  // namespace genesis::storage
