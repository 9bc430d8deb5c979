#pragma once

#include "storage/table_row.hpp"

#include <memory>
#include <string>
#include <vector>

/// Rows of whole tables, out of a database and into one, one after the other: what is in memory of a table is a row and
/// what the connection has under way. Calls throw what the connection throws.
namespace genesis::storage {

class connection;

/// The values of a row's key, numbers as digits: where to go on behind it.
using row_key = std::vector<std::string>;

/// The key of a row.
row_key key_of(const table_layout& layout, const table_row& row);

/// The rows of one table. The connection is used for nothing else meanwhile.
class row_source {
public:
  row_source() = default;
  row_source(const row_source&) = delete;
  row_source& operator=(const row_source&) = delete;
  virtual ~row_source() = default;

  /// Reads one into `row`; false at the end.
  virtual bool next(table_row& row) = 0;
};

/// What takes rows of one table, in transactions that the caller begins and ends.
class row_sink {
public:
  row_sink() = default;
  row_sink(const row_sink&) = delete;
  row_sink& operator=(const row_sink&) = delete;
  virtual ~row_sink() = default;

  /// Some rows follow, in the transaction that is open.
  virtual void begin() = 0;
  virtual void put(const table_row& row) = 0;
  /// All of them are written when it returns, and indexed for search where they are messages.
  virtual void end() = 0;
};

/// How rows come: in no order, which is the fastest, or in that of the database's own key.
struct row_order {
  bool is_by_key = false;
  row_key after = {};  ///< With it: only what is behind this key; empty for everything.
};

std::unique_ptr<row_source> read_rows(connection& from, const table_layout& layout, const row_order& order = {});
std::unique_ptr<row_sink> write_rows(connection& to, const table_layout& layout);

/// What `read_rows` and `write_rows` are made of.
std::unique_ptr<row_source> read_sqlite_rows(connection& from, const table_layout& layout, const std::string& sql);
std::unique_ptr<row_source> read_postgres_rows(connection& from, const table_layout& layout, const std::string& sql);
std::unique_ptr<row_sink> write_sqlite_rows(connection& to, const table_layout& layout);
std::unique_ptr<row_sink> write_postgres_rows(connection& to, const table_layout& layout);

}  // namespace genesis::storage
