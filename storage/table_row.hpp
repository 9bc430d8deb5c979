#pragma once

#include "storage/database_url.hpp"
#include "storage/table_layout.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::storage {

/// One value of a row, as the database it was read from has it.
struct table_cell {
  enum class kind_type : std::uint8_t {
    null,
    integer,
    real,
    text,
    other  ///< Bytes that no column of ours is for.
  };

  kind_type kind = kind_type::null;
  std::int64_t integer = 0;
  double real = 0;
  std::string_view text;  ///< Lasts until the next row is read.

  static table_cell of(std::int64_t value) noexcept {
    return {.kind = kind_type::integer, .integer = value, .text = {}};
  }
  static table_cell of(double value) noexcept { return {.kind = kind_type::real, .real = value, .text = {}}; }
  static table_cell of(std::string_view value) noexcept { return {.kind = kind_type::text, .text = value}; }
};

/// In the order of the layout's columns.
using table_row = std::vector<table_cell>;

/// The size of a row, roughly, in bytes.
std::size_t size_of(const table_row& row) noexcept;

/// Which row it is, for a person who looks for it: the table and the first of the key, and no other value.
std::string place_of(const table_layout& layout, const table_row& row);

/// Why a database cannot hold this row, in a sentence that names the column and no value but the first of the key;
/// nothing when it can. Only rows that another program has written have such faults: SQLite takes any value in any
/// column.
std::optional<std::string> fault_of(const table_layout& layout, const table_row& row, engine target);

}  // namespace genesis::storage
