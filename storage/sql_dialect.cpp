#include "storage/sql_dialect.hpp"

#include "storage/column_lists.hpp"

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
  difference{statement_id::select_runs,
    "select " GENESIS_RUN_COLUMNS
    " from runs where id = any (array (select json_array_elements_text(cast(:ids as json)))) and user_id = :user "
    "order by id"},
  // SQLite keeps its index by triggers; here the terms of a message stand beside it.
  difference{statement_id::insert_message,
    "insert into messages (user_id, " GENESIS_MESSAGE_COLUMNS
    ", search_vector) values (:user, :id, :conversation_id, :seq, :role, :agent_name, :content, :status, :run_id, "
    ":artifacts, :metadata, :created_at, :updated_at, :revision, cast(:search_vector as tsvector))"},
  difference{statement_id::upsert_message,
    "insert into messages (user_id, " GENESIS_MESSAGE_COLUMNS
    ", search_vector) values (:user, :id, :conversation_id, :seq, :role, :agent_name, :content, :status, :run_id, "
    ":artifacts, :metadata, :created_at, :updated_at, :revision, cast(:search_vector as tsvector)) on conflict (id) do "
    "update set conversation_id = excluded.conversation_id, seq = excluded.seq, role = excluded.role, agent_name = "
    "excluded.agent_name, content = excluded.content, status = excluded.status, run_id = excluded.run_id, artifacts = "
    "excluded.artifacts, metadata = excluded.metadata, created_at = excluded.created_at, updated_at = "
    "excluded.updated_at, revision = excluded.revision, search_vector = excluded.search_vector where messages.user_id "
    "= excluded.user_id"},
  difference{statement_id::interrupt_message,
    "update messages set agent_name = :agent_name, content = :content, status = 'incomplete', artifacts = :artifacts, "
    "updated_at = greatest(created_at, :now), revision = revision + 1, search_vector = cast(:search_vector as "
    "tsvector) where id = :id"},
  // Those who are free are locked by the question itself.
  difference{statement_id::list_locked_people,
    "with asked as materialized (select json_array_elements_text(cast(:people as json)) as user_id), "
    "free as materialized (select user_fences.user_id from asked join user_fences on user_fences.user_id = "
    "asked.user_id for no key update of user_fences skip locked) "
    "select user_fences.user_id from asked join user_fences on user_fences.user_id = asked.user_id "
    "where user_fences.user_id not in (select user_id from free)"},
  // The owner is among the terms; an index of owners would lead to all of a person's messages instead.
  difference{statement_id::search_messages,
    "select " GENESIS_MESSAGE_COLUMNS ", score from (select " GENESIS_MESSAGE_COLUMNS
    ", cast(floor(ts_rank(search_vector, cast(:ranking as tsquery)) * 1000000) as bigint) as score from messages where "
    "search_vector @@ cast(:query as tsquery) and user_id || '' = :user) as found where (score, id) < (:key, :after) "
    "order by score desc, id desc limit :limit"},
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

std::pair<std::string, int> with_parameters(std::string_view sql, std::string_view prefix) {
  std::string text;
  int count = 0;
  bool is_quoted = false;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    is_quoted ^= sql[at] == '\'';
    if (sql[at] != ':' || is_quoted) {
      text += sql[at];
      continue;
    }
    text.append(prefix).append(std::to_string(++count));
    while (at + 1 < sql.size() && belongs_to_name(sql[at + 1]))
      ++at;
  }
  return {text, count};
}

}  // namespace genesis::storage
