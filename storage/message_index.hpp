#pragma once

#include "storage/connection.hpp"

#include <cstdint>

namespace genesis::storage {

/// Deleted messages whose terms leave SQLite's full-text index in one transaction: what most people have of messages at
/// all goes with its deletion, and the write lock is held for milliseconds.
inline constexpr std::int64_t unindexed_at_once_max = 200;

/// Writes the search terms of all messages of a PostgreSQL database, in the transaction that is open: for the migration
/// that adds the index to messages that are there. Throws what the connection throws.
void index_messages(connection& database);

}  // namespace genesis::storage
