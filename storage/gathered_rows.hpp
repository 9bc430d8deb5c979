#pragma once

#include "storage/kept_statement.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// Rows of several people for one statement of PostgreSQL, column by column. A statement costs the server 20 to 30 us
/// beside its row, so that one of many rows takes half as long as as many statements.
///
/// A row: `begin_row`, then a `put` per parameter of the statement for one row. The first row fixes the kinds of the
/// columns; every later one puts the same.
class gathered_rows {
public:
  using kind = kept_statement::kind;

  void begin_row() noexcept;
  void put(std::int64_t value);
  void put(double value);
  void put(std::string_view value);
  void put_null(kind what);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// Of all their columns.
  [[nodiscard]] std::size_t bytes() const noexcept;
  /// Forgets the rows, but not the kinds of their columns.
  void clear() noexcept;

  /// The statement for all rows that does with each what `sql` does with its parameters: an `insert ... values (...)`,
  /// or an `update ... where ...`. Its parameters are arrays.
  [[nodiscard]] std::string statement_for(std::string_view sql) const;
  /// Puts the arrays into that statement.
  void put_all(kept_statement& statement);

private:
  struct column {
    kind what;
    std::string elements;  ///< Of the text of an array (PostgreSQL 15, 8.15.2), without its braces.
  };

  std::string& next_element(kind what);

  std::vector<column> columns_;
  std::size_t next_ = 0;
  std::size_t rows_ = 0;
};

}  // namespace genesis::storage
