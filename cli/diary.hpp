#pragma once

#include "domain/conversation.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "storage/mutations.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace genesis::cli {

/// Entries of one order at most. With so many SQLite's full-text index takes them in (D32), so that none pile up.
inline constexpr std::int64_t entries_per_order_max = 250;

/// A part of somebody's diary for a load test: a long conversation of short messages.
struct diary_order {
  user_id user;
  std::optional<conversation_id> diary;  ///< The one that is gone on with.
  std::int64_t version = 1;              ///< Of the person, who is in nobody's memory.
  std::int64_t first = 1;                ///< Number of the first entry.
  std::int64_t count = 1;
};

/// What the diary says under a number: a sentence or two, some in Spanish; the words repeat as words do.
std::string diary_entry(std::uint64_t number);

/// A part of a diary that is still to be written.
struct diary_part {
  storage::write_batch batch;  ///< Everything but the deadline.
  conversation_id diary;
};

/// An entry a minute, the first one two years before `now`.
diary_part order_diary(const diary_order& order, timestamp now, const uuid_source::random_fill& random);

}  // namespace genesis::cli
