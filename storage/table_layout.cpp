#include "storage/table_layout.hpp"

#include "storage/connection.hpp"
#include "storage/sql_literal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace genesis::storage {

namespace {

struct own_table {
  std::string_view name;
  std::array<std::string_view, 2> key;  ///< The second one is empty where one will do.
};

constexpr std::array own_tables{
  own_table{"user_fences", {"user_id"}},
  own_table{"users", {"id"}},
  own_table{"preferences", {"user_id"}},
  own_table{"sessions", {"id"}},
  own_table{"refresh_tokens", {"user_id", "hash"}},
  own_table{"api_keys", {"id"}},
  own_table{"invitations", {"email"}},
  own_table{"workout_plans", {"id"}},
  own_table{"nutrition_plans", {"id"}},
  own_table{"nutrition_logs", {"id"}},
  own_table{"progress_records", {"id"}},
  own_table{"conversations", {"id"}},
  own_table{"messages", {"id"}},
  own_table{"runs", {"id"}},
  own_table{"run_chunks", {"run_id", "first_seq"}},
  own_table{"idempotency_keys", {"user_id", "idempotency_key"}},
};

/// PostgreSQL's; worked out from the text of the message.
constexpr std::string_view derived_column = "search_vector";

/// `varchar(36)`, `integer`, `bigint`, `double precision` or `text`, as the migrations have it.
table_column column_of(std::string name, std::string_view type) {
  table_column made{.name = std::move(name)};
  if (type == "integer" || type == "bigint") {
    made.kind = column_kind::integer;
    made.is_narrow = type == "integer";
  } else if (type == "double precision") {
    made.kind = column_kind::real;
  } else if (type.starts_with("varchar(")) {
    type.remove_prefix(std::string_view{"varchar("}.size());
    std::from_chars(type.data(), type.data() + type.size(), made.characters_max);
  } else if (type != "text") {
    throw std::runtime_error("column " + made.name + " has a type that is not known: " + std::string{type});
  }
  return made;
}

}  // namespace

std::vector<std::string_view> own_table_names() {
  std::vector<std::string_view> names;
  std::ranges::transform(own_tables, std::back_inserter(names), &own_table::name);
  return names;
}

std::string columns_question(engine kind, std::string_view table) {
  const auto name = sql_literal(table);
  if (kind == engine::sqlite)
    return "select name, lower(type) from pragma_table_info(" + name + ") order by cid";
  return "select column_name, case when character_maximum_length is null then data_type else 'varchar(' || "
         "character_maximum_length || ')' end from information_schema.columns where table_schema = current_schema() "
         "and table_name = " +
         name + " and column_name <> '" + std::string{derived_column} + "' order by ordinal_position";
}

std::size_t table_layout::place_of(std::string_view column) const {
  const auto found = std::ranges::find(columns, column, &table_column::name);
  if (found == columns.end())
    throw std::out_of_range(std::string{name} + " has no column " + std::string{column});
  return static_cast<std::size_t>(found - columns.begin());
}

std::string table_layout::column_list() const {
  std::string list;
  for (const auto& each : columns)
    list += (list.empty() ? "" : ", ") + each.name;
  return list;
}

std::vector<table_layout> layouts_in(connection& database) {
  std::vector<table_layout> layouts;
  for (const auto& each : own_tables) {
    table_layout layout{.name = each.name, .key = {each.key.begin(), each.key.end()}, .columns = {}};
    std::erase(layout.key, std::string_view{});
    for (auto& column : database.ask(columns_question(database.backend().kind(), each.name)))
      layout.columns.push_back(column_of(std::move(column.at(0)), column.at(1)));
    layouts.push_back(std::move(layout));
  }
  return layouts;
}

}  // namespace genesis::storage
