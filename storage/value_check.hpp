#pragma once

#include <cstdint>
#include <string>
#include <utility>

/// Whether the rows of a database are such as this program writes. Whatever is in a column goes into answers as it is,
/// and one value that cannot be read takes everything of its person away from them.
namespace genesis::storage {

class connection;

/// Rows with the same fault.
struct faulty_rows {
  std::int64_t count = 0;
  std::string first;  ///< Where the first of them is; no value of it but its key.

  void add(std::string where) {
    if (++count == 1)
      first = std::move(where);
  }
};

/// Each row counts once: under the first of these that it breaks.
struct value_findings {
  faulty_rows misfits;  ///< With a value that is not of its column's kind. SQLite takes any value in any column.
  faulty_rows unreadable_json;  ///< With a list or a map that is none, or that has other things in it.
  faulty_rows unreadable;       ///< With a value that does not stand for anything: no id, day, hash or choice.
  faulty_rows out_of_bounds;    ///< With a value that the API would not have taken.
};

/// Reads every row of every table once. Throws what the connection throws.
value_findings check_values(connection& database);

}  // namespace genesis::storage
