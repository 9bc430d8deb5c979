#pragma once

#include "storage/database_url.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The tables of an installation, as whoever takes rows from one database to another sees them.
namespace genesis::storage {

class connection;

/// What stands in a column. The texts of the migrations declare it alike for both databases.
enum class column_kind : std::uint8_t { integer, real, text };

struct table_column {
  std::string name;
  column_kind kind = column_kind::text;
  bool is_narrow = false;           ///< An integer that PostgreSQL keeps in 32 bits.
  std::int64_t characters_max = 0;  ///< Of a text, where PostgreSQL has a limit; 0 for none.

  friend bool operator==(const table_column&, const table_column&) = default;
};

/// A table without the columns that follow from others.
struct table_layout {
  std::string_view name;
  /// The columns of the primary key, two at most: they tell its rows apart and put them in order.
  std::vector<std::string_view> key;
  std::vector<table_column> columns;

  /// Where a column stands; one that is not there is a `std::out_of_range`.
  [[nodiscard]] std::size_t place_of(std::string_view column) const;
  /// The names of the columns, with commas between.
  [[nodiscard]] std::string column_list() const;
};

/// Their names, in the order of `layouts_in`.
std::vector<std::string_view> own_table_names();

/// A question for the names and types of a table's columns, in order; nothing where there is no such table.
std::string columns_question(engine kind, std::string_view table);

/// Every table whose rows are an installation's own, a table behind those that it refers to. The others belong to the
/// database that they are in: the list of migrations, and what SQLite keeps for its full-text index.
std::vector<table_layout> layouts_in(connection& database);

}  // namespace genesis::storage
