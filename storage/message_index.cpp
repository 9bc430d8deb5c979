#include "storage/message_index.hpp"

#include "storage/search_terms.hpp"
#include "storage/sql_literal.hpp"

#include <optional>
#include <string>

namespace genesis::storage {

namespace {

/// A deleted message whose terms are in the index.
struct gone_message {
  std::int64_t number = 0;  ///< From 1.
  std::int64_t characters = 0;
};

void each_column(row_of<gone_message> auto& row, auto& visit) {
  visit(row.number);
  visit(row.characters);
}

/// A message that waits for the index.
struct queued_message {
  user_id owner;
  message_id message;
  std::int64_t characters = 0;
};

void each_column(row_of<queued_message> auto& row, auto& visit) {
  visit(row.owner);
  visit(row.message);
  visit(row.characters);
}

constexpr int rows_at_once = 500;

/// One keeps up with what is written; the others work off what has come together while the index could not be written.
/// Nobody else writes meanwhile.
constexpr int settle_steps_max = 4;

}  // namespace

std::int64_t unindex_messages(connection& database, std::int64_t messages_max) {
  if (database.backend().kind() != engine::sqlite)
    return 0;
  std::int64_t characters = 0;
  std::int64_t last = 0;
  for (const auto& each : database.rows<gone_message>(statement_id::list_gone_messages, messages_max)) {
    if (characters >= unindexed_characters_max)
      break;
    characters += each.characters;
    last = each.number;
  }
  return last == 0 ? 0 : database.execute(statement_id::purge_message_search, last);
}

std::int64_t index_queued_messages(connection& database, std::int64_t messages_max) {
  if (database.backend().kind() != engine::sqlite)
    return 0;
  std::int64_t characters = 0;
  std::optional<queued_message> last;
  for (const auto& each : database.rows<queued_message>(statement_id::list_queued_messages, messages_max)) {
    if (characters >= queued_characters_max)
      break;
    characters += each.characters;
    last = each;
  }
  if (!last)
    return 0;
  database.execute(statement_id::number_queued_messages, last->owner, last->message);
  database.execute(statement_id::index_queued_messages, last->owner, last->message);
  return database.execute(statement_id::delete_queued_messages, last->owner, last->message);
}

void settle_message_index(connection& database) {
  for (int step = 0; step < settle_steps_max && index_queued_messages(database) != 0; ++step) {
  }
  unindex_messages(database, queued_messages_max);
}

void index_messages(connection& database) {
  std::string last;
  stemmers words;
  for (;;) {
    const auto rows = database.ask("select id, user_id, content from messages where id > " + sql_literal(last) +
                                   " order by id limit " + std::to_string(rows_at_once));
    if (rows.empty())
      return;
    std::string values;
    for (const auto& row : rows) {
      const auto owner = stored<user_id>::take(row.at(1));
      values += (values.empty() ? "(" : ", (") + sql_literal(row.at(0)) + ", " +
                sql_literal(to_tsvector(row.at(2), owner, words)) + ")";
    }
    database.run_script("update messages set search_vector = cast(terms as tsvector) from (values " + values +
                        ") as indexed (message_id, terms) where id = message_id");
    last = rows.back().at(0);
  }
}

}  // namespace genesis::storage
