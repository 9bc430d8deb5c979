#include "storage/unfinished_copy.hpp"

#include "storage/connection.hpp"
#include "storage/sql_literal.hpp"

#include <algorithm>

namespace genesis::storage {

namespace {

constexpr std::string_view table_name = "unfinished_copy";

std::string part_of(const row_key& key, std::size_t place) {
  return sql_literal(place < key.size() ? key[place] : std::string{});
}

}  // namespace

bool has_unfinished_copy(connection& database) {
  const auto tables = database.backend().tables();
  return std::ranges::find(tables, table_name) != tables.end();
}

void begin_copy(connection& database, const std::vector<copy_mark>& marks) {
  database.run_script(
    "create table unfinished_copy (table_name varchar(64) primary key not null, source text not null, "
    "source_rows bigint not null, source_digest varchar(64) not null, copied_rows bigint not null, "
    "key_parts integer not null, last_key text not null, last_key_second text not null)");
  for (const auto& each : marks)
    database.run_script("insert into unfinished_copy values (" + sql_literal(each.table) + ", " +
                        sql_literal(each.source) + ", " + std::to_string(each.source_rows) + ", " +
                        sql_literal(each.source_digest) + ", 0, 0, '', '')");
}

std::vector<copy_mark> copy_marks_in(connection& database) {
  std::vector<copy_mark> marks;
  for (auto& row :
    database.ask("select table_name, source, source_rows, source_digest, copied_rows, key_parts, last_key, "
                 "last_key_second from unfinished_copy order by table_name")) {
    row_key last{std::move(row.at(6)), std::move(row.at(7))};
    last.resize(std::min(last.size(), static_cast<std::size_t>(std::stoul(row.at(5)))));
    marks.push_back({.table = std::move(row.at(0)),
      .source = std::move(row.at(1)),
      .source_rows = std::stoll(row.at(2)),
      .source_digest = std::move(row.at(3)),
      .copied_rows = std::stoll(row.at(4)),
      .last = std::move(last)});
  }
  return marks;
}

void advance_copy(connection& database, const copy_mark& mark) {
  database.run_script("update unfinished_copy set copied_rows = " + std::to_string(mark.copied_rows) +
                      ", key_parts = " + std::to_string(mark.last.size()) + ", last_key = " + part_of(mark.last, 0) +
                      ", last_key_second = " + part_of(mark.last, 1) +
                      " where table_name = " + sql_literal(mark.table));
}

void end_copy(connection& database) {
  database.run_script("drop table unfinished_copy");
}

}  // namespace genesis::storage
