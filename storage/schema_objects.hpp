#pragma once

#include <string>
#include <vector>

/// Whether a database has what the migrations made: a copy that went wrong, or a hand that slipped, may have left a
/// table without its index or its keys, and nothing tells until two people have one address.
namespace genesis::storage {

class connection;

/// What the migrations that the database has had made, and is not there: tables, views, indexes, triggers and, on
/// PostgreSQL, where tools add them afterwards, keys. Each as one reads it, for instance `unique index idx_users_email`
/// or `foreign key of messages`. An index with another definition is found by what it is, unique or not, alone. Throws
/// what the connection throws.
std::vector<std::string> missing_objects(connection& database);

}  // namespace genesis::storage
