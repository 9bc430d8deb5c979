#pragma once

#include "storage/connection.hpp"

namespace genesis::storage {

/// Writes the search terms of all messages of a PostgreSQL database, in the transaction that is open: for the migration
/// that adds the index to messages that are there. Throws what the connection throws.
void index_messages(connection& database);

}  // namespace genesis::storage
