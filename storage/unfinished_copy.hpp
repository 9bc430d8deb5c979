#pragma once

#include "storage/row_stream.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// What is noted in a database while an installation is copied into it, in a table of its own (`unfinished_copy`): the
/// place from which an interrupted copy goes on, and the sign that this database is not to be served. Calls throw what
/// the connection throws.
namespace genesis::storage {

class connection;

/// Of one table.
struct copy_mark {
  std::string table;
  std::string source;  ///< The name of the database that is copied.
  std::int64_t source_rows = 0;
  std::string source_digest;  ///< See table_digest.
  std::int64_t copied_rows = 0;
  row_key last = {};  ///< Of the last row that is here; empty when there is none.

  [[nodiscard]] bool is_complete() const noexcept { return copied_rows == source_rows; }
};

bool has_unfinished_copy(connection& database);

/// In the transaction that is open.
void begin_copy(connection& database, const std::vector<copy_mark>& marks);
std::vector<copy_mark> copy_marks_in(connection& database);
/// In the transaction that has written the rows.
void advance_copy(connection& database, const copy_mark& mark);
/// In the transaction that is open: from its commit on the database is one like any other.
void end_copy(connection& database);

}  // namespace genesis::storage
