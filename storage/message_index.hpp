#pragma once

#include "storage/connection.hpp"

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

/// Writes the search terms of all messages of a PostgreSQL database, in the transaction that is open: for the migration
/// that adds the index to messages that are there. Throws what the connection throws.
void index_messages(connection& database);

}  // namespace genesis::storage
