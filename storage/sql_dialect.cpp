#include "storage/sql_dialect.hpp"

#include "storage/person_columns.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace genesis::storage {

namespace {

struct difference {
  statement_id id;
  std::string_view sql;
};

constexpr std::array postgresql{
  // All questions of one transaction see one state, as they do on SQLite.
  difference{statement_id::begin_read, "begin isolation level repeatable read read only"},
  // Rows are locked when they are written; there is no lock of the whole database to take first.
  difference{statement_id::begin_write, "begin"},
  difference{statement_id::select_people,
    "select person.*, prefs.* from (select " GENESIS_USER_COLUMNS
    " from users where id in (select json_array_elements_text(cast(:ids as json)))) as person join "
    "(select " GENESIS_PREFERENCES_COLUMNS ", user_id from preferences) as prefs on prefs.user_id = person.id"},
};

bool belongs_to_name(char each) {
  return std::isalnum(static_cast<unsigned char>(each)) != 0 || each == '_';
}

}  // namespace

statement_text statement_for(engine kind, statement_id id) noexcept {
  auto text = statement_of(id);
  if (kind == engine::postgresql)
    if (const auto found = std::ranges::find(postgresql, id, &difference::id); found != postgresql.end())
      text.sql = found->sql;
  return text;
}

std::pair<std::string, int> with_numbered_parameters(std::string_view sql) {
  std::string text;
  int count = 0;
  bool is_quoted = false;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    is_quoted ^= sql[at] == '\'';
    if (sql[at] != ':' || is_quoted) {
      text += sql[at];
      continue;
    }
    text += '$' + std::to_string(++count);
    while (at + 1 < sql.size() && belongs_to_name(sql[at + 1]))
      ++at;
  }
  return {text, count};
}

}  // namespace genesis::storage
