#include "storage/schema_objects.hpp"

#include "storage/connection.hpp"
#include "storage/migrations.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <ranges>
#include <string_view>
#include <utility>

namespace genesis::storage {

namespace {

/// By name with its kind, how many there are: a table has several foreign keys.
using object_counts = std::map<std::string, std::int64_t, std::less<>>;

/// Of a line, as SQL sees them.
std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  for (const char each : line) {
    if (std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_')
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
    else if (!word.empty())
      words.push_back(std::exchange(word, {}));
  }
  if (!word.empty())
    words.push_back(std::move(word));
  return words;
}

/// Reads texts of SQL as the migrations are written: a statement about an object begins a line with `create` or `drop`,
/// and a table's columns and keys stand on the lines between.
class object_reader {
public:
  void read(std::string_view sql) {
    for (const auto part : std::views::split(sql, '\n'))
      read_line(std::string_view{part.begin(), part.end()});
    table_.clear();
  }

  [[nodiscard]] const object_counts& found() const noexcept { return found_; }

private:
  void read_line(std::string_view line) {
    const bool is_indented = line.starts_with(' ');
    const auto words = words_of(line);
    if (words.size() < 3 || is_indented || line.starts_with("--")) {
      if (is_indented && !table_.empty())
        read_part_of_table(words);
      else if (line.starts_with(')'))
        table_.clear();
      return;
    }
    if (words[0] == "create")
      read_creation(words);
    else if (words[0] == "drop")
      drop(words[1], words[2]);
  }

  void read_creation(const std::vector<std::string>& words) {
    const bool is_unique = words[1] == "unique";
    const bool is_virtual = words[1] == "virtual";
    const std::size_t at = is_unique || is_virtual ? 2 : 1;
    if (at + 1 >= words.size())
      return;
    ++found_[(is_unique ? "unique " : "") + words[at] + " " + words[at + 1]];
    table_ = words[at] == "table" && !is_virtual ? words[at + 1] : std::string{};
  }

  void read_part_of_table(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == "references")
        ++found_["foreign key of " + table_];
      else if (words[i] == "primary" && i + 1 < words.size() && words[i + 1] == "key")
        ++found_["primary key of " + table_];
      else if (words[i] == "unique")
        ++found_["unique key of " + table_];
    }
  }

  void drop(const std::string& kind, const std::string& name) {
    found_.erase(kind + " " + name);
    found_.erase("unique " + kind + " " + name);
  }

  object_counts found_;
  std::string table_;  ///< Whose columns are being read.
};

object_counts objects_of_migrations(std::size_t applied, engine kind) {
  object_reader reader;
  for (const auto& each : embedded_migrations().first(applied))
    reader.read(each.text_for(kind));
  return reader.found();
}

/// SQLite keeps the texts.
object_counts objects_in_sqlite(connection& database) {
  object_reader reader;
  for (const auto& row : database.ask("select sql from sqlite_schema where sql is not null"))
    reader.read(row.at(0));
  return reader.found();
}

/// An index that PostgreSQL could not finish is none.
object_counts objects_in_postgres(connection& database) {
  object_counts found;
  for (const auto& row :
    database.ask(
      "select 'table ' || relname, 1 from pg_class where relkind = 'r' and relnamespace = "
      "current_schema()::regnamespace "
      "union all select case when indisunique then 'unique index ' else 'index ' end || relname, 1 from pg_class join "
      "pg_index on indexrelid = pg_class.oid where indisvalid and relnamespace = current_schema()::regnamespace "
      "union all select case contype when 'p' then 'primary' when 'f' then 'foreign' else 'unique' end || ' key of ' "
      "|| relname, count(*) from pg_constraint join pg_class on pg_class.oid = conrelid where contype in ('p', 'f', "
      "'u') and relnamespace = current_schema()::regnamespace group by contype, relname"))
    found[row.at(0)] += std::stoll(row.at(1));
  return found;
}

}  // namespace

std::vector<std::string> missing_objects(connection& database) {
  const auto kind = database.backend().kind();
  const auto pending = pending_migrations(database);
  const auto all = embedded_migrations().size();
  const auto wanted = objects_of_migrations(pending ? all - pending->size() : all, kind);
  const auto found = kind == engine::sqlite ? objects_in_sqlite(database) : objects_in_postgres(database);
  std::vector<std::string> missing;
  for (const auto& [name, count] : wanted)
    if (const auto there = found.find(name); there == found.end() || there->second < count)
      missing.push_back(name);
  return missing;
}

}  // namespace genesis::storage
