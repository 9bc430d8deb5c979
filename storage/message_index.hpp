#pragma once

#include "storage/connection.hpp"

#include <cstddef>
#include <cstdint>

namespace genesis::storage {

/// Deleted messages whose terms leave SQLite's full-text index in one transaction: what most people have of messages at
/// all goes with its deletion, and the write lock is held for some ten milliseconds.
inline constexpr std::int64_t unindexed_at_once_max = 200;
/// Likewise, of their characters, before the last of them: long messages hold it no longer than 0.1 s, far below what a
/// statement may take.
inline constexpr std::int64_t unindexed_characters_max = 200'000;

/// Takes the terms of deleted messages, the oldest first, out of SQLite's full-text index, in the transaction that is
/// open: `messages_max` at most, and no more once they have `unindexed_characters_max`. Nothing to do on PostgreSQL.
/// The number of messages. Throws what the connection throws.
std::int64_t unindex_messages(connection& database, std::int64_t messages_max = unindexed_at_once_max);

/// Messages that wait for SQLite's full-text index, at most, between two transactions. Each search looks through those
/// of its person, which takes 4 us for each; and to index so many at once costs a quarter of what one by one costs.
inline constexpr std::int64_t queued_messages_max = 256;
/// Likewise, of their characters: a search reads some thirty in a microsecond.
inline constexpr std::int64_t queued_characters_max = 65'536;

/// Takes messages from the queue (0006_message_search_queue.sql) into SQLite's full-text index, in the transaction that
/// is open: `messages_max` at most, and no more once they have `queued_characters_max`. Nothing to do on PostgreSQL.
/// The number of messages. Throws what the connection throws.
std::int64_t index_queued_messages(connection& database, std::int64_t messages_max = queued_messages_max);

/// Takes up to four times as many from the queue, which empties it unless the index could not be written for a while,
/// and as many changed messages' old terms out, in the transaction that is open. Throws what the connection throws.
void settle_message_index(connection& database);

/// What a writer has put into the queue since it was emptied last. What an earlier one left there, the housekeeper
/// takes (maintenance.hpp).
class queue_fill {
public:
  void add(std::size_t characters) noexcept {
    ++messages_;
    characters_ += static_cast<std::int64_t>(characters);
  }
  void clear() noexcept { messages_ = characters_ = 0; }
  [[nodiscard]] bool is_full() const noexcept {
    return messages_ >= queued_messages_max || characters_ >= queued_characters_max;
  }

private:
  std::int64_t messages_ = 0;
  std::int64_t characters_ = 0;
};

/// Writes the search terms of all messages of a PostgreSQL database, in the transaction that is open: for the migration
/// that adds the index to messages that are there. Throws what the connection throws.
void index_messages(connection& database);

}  // namespace genesis::storage
