#include "storage/table_row.hpp"

#include "domain/utf8.hpp"

#include <cmath>
#include <limits>

namespace genesis::storage {

namespace {

using kind = table_cell::kind_type;

constexpr std::size_t shown_key_max = 64;  // ids have 36 characters; an address may have 254

constexpr kind kind_for(column_kind column) noexcept {
  switch (column) {
  case column_kind::integer: return kind::integer;
  case column_kind::real: return kind::real;
  case column_kind::text: return kind::text;
  }
  return kind::other;
}

std::string_view wanted_by(column_kind column) noexcept {
  return column == column_kind::integer ? "a whole number" : column == column_kind::real ? "a number" : "a text";
}

/// What is wrong with a text wherever it goes: the program writes neither, and finds no row by it.
std::string fault_of_text(const table_column& column, std::string_view text, engine target) {
  if (text.contains('\0'))
    return "holds NUL";
  if (!is_utf8(text))
    return "is not UTF-8";
  if (target == engine::postgresql && column.characters_max > 0 &&
      std::cmp_greater(code_points(text), column.characters_max))
    return "has more than " + std::to_string(column.characters_max) + " characters";
  return {};
}

std::string fault_of_cell(const table_column& column, const table_cell& cell, engine target) {
  if (cell.kind == kind::null)  // whether it may be is the database's to say
    return {};
  if (cell.kind != kind_for(column.kind))
    return "is not " + std::string{wanted_by(column.kind)};
  if (cell.kind == kind::text)
    return fault_of_text(column, cell.text, target);
  if (cell.kind == kind::real && target == engine::sqlite && std::isnan(cell.real))
    return "is not a number (NaN), which SQLite cannot hold";
  if (cell.kind == kind::integer && target == engine::postgresql && column.is_narrow &&
      !std::in_range<std::int32_t>(cell.integer))
    return "does not fit into 32 bits";
  return {};
}

std::string shown(const table_cell& key) {
  return key.kind == kind::text && is_utf8(key.text) ? std::string{beginning_of(key.text, shown_key_max)} : "?";
}

}  // namespace

std::size_t size_of(const table_row& row) noexcept {
  std::size_t bytes = 0;
  for (const auto& each : row)
    bytes += sizeof each.integer + each.text.size();
  return bytes;
}

std::string place_of(const table_layout& layout, const table_row& row) {
  return "table " + std::string{layout.name} + ": in the row of " + std::string{layout.key.front()} + " " +
         shown(row[layout.place_of(layout.key.front())]);
}

std::optional<std::string> fault_of(const table_layout& layout, const table_row& row, engine target) {
  for (std::size_t i = 0; i < row.size(); ++i)
    if (const auto fault = fault_of_cell(layout.columns[i], row[i], target); !fault.empty())
      return place_of(layout, row) + ", " + layout.columns[i].name + " " + fault;
  return std::nullopt;
}

}  // namespace genesis::storage
