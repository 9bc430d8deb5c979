#include "storage/row_stream.hpp"

#include "storage/connection.hpp"
#include "storage/sql_literal.hpp"

namespace genesis::storage {

namespace {

template <class Parts>
std::string joined(const Parts& parts) {
  std::string list;
  for (const auto& each : parts)
    (list += list.empty() ? "" : ", ") += each;
  return list;
}

std::vector<std::string> in_sql(const table_layout& layout, const row_key& key) {
  std::vector<std::string> values;
  for (std::size_t i = 0; i < layout.key.size(); ++i) {
    const bool is_number = layout.columns[layout.place_of(layout.key[i])].kind == column_kind::integer;
    values.push_back(is_number ? std::to_string(std::stoll(key.at(i))) : sql_literal(key.at(i)));
  }
  return values;
}

std::string question_for(const table_layout& layout, const row_order& order) {
  auto sql = "select " + layout.column_list() + " from " + std::string{layout.name};
  const auto key = joined(layout.key);
  if (!order.after.empty())
    sql += " where (" + key + ") > (" + joined(in_sql(layout, order.after)) + ")";
  return order.is_by_key ? sql + " order by " + key : sql;
}

}  // namespace

row_key key_of(const table_layout& layout, const table_row& row) {
  row_key key;
  for (const auto column : layout.key) {
    const auto& cell = row[layout.place_of(column)];
    key.push_back(cell.kind == table_cell::kind_type::integer ? std::to_string(cell.integer) : std::string{cell.text});
  }
  return key;
}

std::unique_ptr<row_source> read_rows(connection& from, const table_layout& layout, const row_order& order) {
  const auto sql = question_for(layout, order);
  return from.backend().kind() == engine::sqlite ? read_sqlite_rows(from, layout, sql)
                                                 : read_postgres_rows(from, layout, sql);
}

std::unique_ptr<row_sink> write_rows(connection& to, const table_layout& layout) {
  return to.backend().kind() == engine::sqlite ? write_sqlite_rows(to, layout) : write_postgres_rows(to, layout);
}

}  // namespace genesis::storage
