#include "storage/message_index.hpp"

#include "storage/search_terms.hpp"

#include <string>

namespace genesis::storage {

namespace {

constexpr int rows_at_once = 500;

std::string literal(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text)
    quoted += c == '\'' ? std::string{"''"} : std::string{c};
  return quoted + "'";
}

}  // namespace

void index_messages(connection& database) {
  std::string last;
  stemmers words;
  for (;;) {
    const auto rows = database.ask("select id, user_id, content from messages where id > " + literal(last) +
                                   " order by id limit " + std::to_string(rows_at_once));
    if (rows.empty())
      return;
    std::string values;
    for (const auto& row : rows) {
      const auto owner = stored<user_id>::take(row.at(1));
      values += (values.empty() ? "(" : ", (") + literal(row.at(0)) + ", " +
                literal(to_tsvector(row.at(2), owner, words)) + ")";
    }
    database.run_script("update messages set search_vector = cast(terms as tsvector) from (values " + values +
                        ") as indexed (message_id, terms) where id = message_id");
    last = rows.back().at(0);
  }
}

}  // namespace genesis::storage
