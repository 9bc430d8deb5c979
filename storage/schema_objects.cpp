#include "storage/schema_objects.hpp"

#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/sql_literal.hpp"
#include "storage/sqlite_backend.hpp"
#include "storage/sqlite_search.hpp"
#include "storage/table_layout.hpp"

#include <sqlite3.h>

#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>

namespace genesis::storage {

namespace {

struct close_database {
  void operator()(sqlite3* handle) const noexcept { ::sqlite3_close_v2(handle); }
};

/// A database in memory that has what the first migrations make of SQLite.
class model_database {
public:
  explicit model_database(std::size_t migrations) {
    sqlite3* handle = nullptr;
    const int status = ::sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    handle_.reset(handle);
    if (status != SQLITE_OK)
      throw std::runtime_error(::sqlite3_errstr(status));
    add_search(handle);
    for (const auto& each : embedded_migrations().first(migrations))
      run(std::string{each.sql}, nullptr, nullptr);
  }

  text_rows ask(const std::string& sql) {
    text_rows rows;
    run(sql, add_text_row, &rows);
    return rows;
  }

private:
  void run(const std::string& sql, int (*on_row)(void*, int, char**, char**), void* context) {
    if (::sqlite3_exec(handle_.get(), sql.c_str(), on_row, context, nullptr) != SQLITE_OK)
      throw std::runtime_error(::sqlite3_errmsg(handle_.get()));
  }

  std::unique_ptr<sqlite3, close_database> handle_;
};

/// The number of the migration that gives PostgreSQL its vector.
constexpr std::size_t first_with_search = 5;

/// What there is, with what it is made of, where that can be compared.
using schema = std::map<std::string, std::string, std::less<>>;

/// A statement however its lines are broken.
std::string without_layout(std::string_view sql) {
  std::string text;
  for (const char each : sql) {
    const bool is_space = each == ' ' || each == '\n' || each == '\t' || each == '\r';
    if (!is_space)
      text += each;
    else if (!text.empty() && text.back() != ' ')
      text += ' ';
  }
  return text;
}

/// FTS5 makes tables of its own beside the index, as its version likes.
bool is_made_by_the_index(std::string_view sql) {
  return sql.starts_with("CREATE TABLE '");
}

template <class Database>
void add_columns(Database& database, engine kind, schema& into) {
  for (const auto table : own_table_names())
    for (const auto& column : database.ask(columns_question(kind, table)))
      into.emplace("column " + std::string{table} + "." + column.at(0), column.at(1));
}

/// As SQLite keeps it: a text for each.
template <class Database>
schema schema_of_sqlite(Database& database) {
  schema found;
  for (const auto& row : database.ask("select type || ' ' || name, sql from sqlite_schema where sql is not null"))
    found.emplace(row.at(0), is_made_by_the_index(row.at(1)) ? std::string{} : without_layout(row.at(1)));
  add_columns(database, engine::sqlite, found);
  return found;
}

/// What PostgreSQL should have of what the model has, and what its own migrations add.
schema wanted_of_postgres(model_database& model, std::size_t migrations) {
  schema wanted;
  for (const auto table : own_table_names()) {
    const auto name = std::string{table};
    if (model.ask("select 1 from sqlite_schema where type = 'table' and name = " + sql_literal(table)).empty())
      continue;  // a later migration makes it
    wanted.emplace("table " + name, "");
    wanted.emplace("primary key of " + name, "1");
    for (const auto& keys :
      model.ask("select 'foreign keys', count(distinct id) from pragma_foreign_key_list(" + sql_literal(table) +
                ") union all select 'unique keys', count(*) from pragma_index_list(" + sql_literal(table) +
                ") where origin = 'u'"))
      if (keys.at(1) != "0")
        wanted.emplace(keys.at(0) + " of " + name, keys.at(1));
    for (const auto& index :
      model.ask("select name, \"unique\" from pragma_index_list(" + sql_literal(table) + ") where origin = 'c'"))
      wanted.emplace("index " + index.at(0), index.at(1));
  }
  add_columns(model, engine::sqlite, wanted);
  if (migrations >= first_with_search) {
    wanted.emplace("index idx_messages_content_search", "0");
    wanted.emplace("column messages.search_vector", "");
  }
  return wanted;
}

/// An index that could not be finished is none, nor is a key that was never found to hold, or is not looked after.
schema schema_of_postgres(connection& database) {
  schema found;
  const std::string here = "relnamespace = (select oid from pg_namespace where nspname = current_schema())";
  for (const auto& row :
    database.ask(
      "select 'table ' || relname, '' from pg_class where relkind = 'r' and " + here +
      " union all select 'index ' || relname, indisunique::int::text from pg_class join pg_index on indexrelid = "
      "pg_class.oid where indisvalid and " +
      here +
      " union all select case contype when 'p' then 'primary key' when 'f' then 'foreign keys' else 'unique keys' end "
      "|| ' of ' || relname, count(*)::text from pg_constraint c join pg_class on pg_class.oid = conrelid where "
      "contype in ('p', 'f', 'u') and convalidated and (contype <> 'f' or confdeltype = 'c') and not exists (select "
      "from pg_trigger where tgconstraint = c.oid and tgenabled = 'D') and " +
      here +
      " group by contype, relname union all select 'column messages.search_vector', '' from pg_attribute join pg_class "
      "on pg_class.oid = attrelid where relname = 'messages' and attname = 'search_vector' and not attisdropped and " +
      here))
    found.emplace(row.at(0), row.at(1));
  add_columns(database, engine::postgresql, found);
  return found;
}

}  // namespace

std::string to_string(const schema_object& what) {
  return what.name + (what.state == schema_object::state_type::missing ? " is missing" : " is another");
}

std::vector<schema_object> faults_of_schema(connection& database) {
  const auto pending = pending_migrations(database);
  const auto migrations = embedded_migrations().size() - (pending ? pending->size() : 0);
  model_database model(migrations);
  const bool is_sqlite = database.backend().kind() == engine::sqlite;
  const auto wanted = is_sqlite ? schema_of_sqlite(model) : wanted_of_postgres(model, migrations);
  const auto found = is_sqlite ? schema_of_sqlite(database) : schema_of_postgres(database);
  std::vector<schema_object> faults;
  for (const auto& [name, text] : wanted) {
    const auto there = found.find(name);
    if (there == found.end())
      faults.push_back({name, schema_object::state_type::missing});
    else if (there->second != text)
      faults.push_back({name, schema_object::state_type::different});
  }
  return faults;
}

std::vector<schema_reference> references_of_schema() {
  model_database model(embedded_migrations().size());
  std::vector<schema_reference> references;
  for (const auto table : own_table_names())
    for (const auto& row : model.ask("select seq, \"table\", \"from\", \"to\" from pragma_foreign_key_list(" +
                                     sql_literal(table) + ") order by id, seq")) {
      if (row.at(0) == "0")
        references.push_back({std::string{table}, row.at(1), {}});
      references.back().columns.push_back({row.at(2), row.at(3)});
    }
  return references;
}

}  // namespace genesis::storage
