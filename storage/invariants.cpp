#include "storage/invariants.hpp"

#include "domain/text_enum.hpp"
#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/row_stream.hpp"
#include "storage/storage_error.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace genesis::storage {

namespace {

std::int64_t number_of(connection& database, std::string_view sql) {
  const auto rows = database.ask(std::string{sql});
  return rows.empty() ? 0 : std::stoll(rows.at(0).at(0));
}

/// SQLite takes any value in any column.
std::int64_t misfits_in(connection& database) {
  std::int64_t count = 0;
  for (const auto& layout : layouts_in(database)) {
    const auto rows = read_rows(database, layout);
    table_row row;
    while (rows->next(row))
      count += fault_of(layout, row, engine::sqlite).has_value() ? 1 : 0;
  }
  return count;
}

/// A column with JSON in it.
struct json_column {
  std::string_view table;
  std::string_view name;
  boost::json::kind kind = boost::json::kind::array;
  std::optional<boost::json::kind> elements = boost::json::kind::string;  ///< What each element is, where it matters.
  bool (*is_known)(std::string_view element) = nullptr;                   ///< Of names of an enumeration's values.
};

template <class Enum>
bool is_name_of(std::string_view text) {
  return parse_enum<Enum>(text).has_value();
}

constexpr auto json_columns = std::to_array<json_column>({
  {"users", "dietary_restrictions"},
  {"users", "allergies"},
  {"users", "medical_conditions"},
  {"preferences", "preferred_agents", boost::json::kind::array, boost::json::kind::string, is_name_of<agent>},
  {"preferences", "training_days", boost::json::kind::array, boost::json::kind::string, is_name_of<weekday>},
  {"preferences", "notifications", boost::json::kind::object, boost::json::kind::bool_},
  {"api_keys", "scopes", boost::json::kind::array, boost::json::kind::string, is_name_of<key_scope>},
  {"messages", "artifacts", boost::json::kind::array, boost::json::kind::object},
  {"messages", "metadata", boost::json::kind::object, std::nullopt},
  {"workout_plans", "days", boost::json::kind::array, boost::json::kind::object},
  {"nutrition_plans", "meals", boost::json::kind::array, boost::json::kind::object},
});

bool is_readable(std::string_view text, const json_column& column) {
  boost::system::error_code failure;
  const auto value = boost::json::parse(text, failure);
  if (failure || value.kind() != column.kind)
    return false;
  const auto fits = [&](const boost::json::value& each) {
    return (!column.elements || each.kind() == *column.elements) &&
           (column.is_known == nullptr || column.is_known(std::string_view{each.get_string()}));
  };
  if (const auto* list = value.if_array())
    return std::ranges::all_of(*list, fits);
  return std::ranges::all_of(value.get_object(), [&](const auto& member) { return fits(member.value()); });
}

std::int64_t unreadable_in(connection& database, const table_layout& layout) {
  std::vector<std::pair<std::size_t, const json_column*>> columns;
  for (const auto& each : json_columns)
    if (each.table == layout.name)
      columns.emplace_back(layout.place_of(each.name), &each);
  if (columns.empty())
    return 0;
  std::int64_t count = 0;
  const auto rows = read_rows(database, layout);
  table_row row;
  while (rows->next(row))
    count +=
      std::ranges::any_of(columns, [&](const auto& each) { return !is_readable(row[each.first].text, *each.second); });
  return count;
}

/// The columns are texts on both databases, and what is in them goes into answers as it is.
std::int64_t unreadable_json_in(connection& database) {
  std::int64_t count = 0;
  for (const auto& layout : layouts_in(database))
    count += unreadable_in(database, layout);
  return count;
}

/// A connection that reads only may change what is its own meanwhile.
class changes_allowed {
public:
  explicit changes_allowed(connection& database) : database_(database) {
    database_.run_script("pragma query_only=off");
  }
  changes_allowed(const changes_allowed&) = delete;
  changes_allowed& operator=(const changes_allowed&) = delete;
  ~changes_allowed() {
    if (const auto done = attempt([this] { database_.run_script("pragma query_only=on"); }); !done)
      spdlog::warn("the check goes on over a connection that may write ({})", done.error().detail);
  }

private:
  connection& database_;
};

/// Reads every term that there is: what `integrity_check` sees of the index is rows of bytes. The table that shows them
/// is the connection's own, but counts as a change.
bool is_index_readable(connection& database) {
  return attempt([&] {
    const changes_allowed guard(database);
    database.run_script("create virtual table temp.terms_to_check using fts5vocab(main, message_search, 'row')");
    database.ask("select sum(cnt) from temp.terms_to_check");
    return true;
  }).value_or(false);
}

/// What SQLite itself says of its file, and of what PostgreSQL would not have taken.
std::vector<invariant_finding> check_file(connection& database) {
  const auto pages = database.ask("pragma integrity_check(100)");
  const bool is_sound = pages.size() == 1 && pages.at(0).at(0) == "ok";
  return {{"the file is sound", is_sound ? 0 : std::ssize(pages)},
    {"every reference leads somewhere", std::ssize(database.ask("pragma foreign_key_check"))},
    {"every value is of the kind that its column is for", misfits_in(database)},
    {"the full-text index can be read", is_index_readable(database) ? 0 : 1}};
}

/// Of a column that holds names of an enumeration's values: how many rows have another text.
template <class Enum>
std::string unknown_names_in(std::string_view table, std::string_view column) {
  std::string known;
  for (const auto& [value, name] : enum_names<Enum>)
    known.append(known.empty() ? "'" : ", '").append(name).append("'");
  return fmt::format("(select count(*) from {0} where {1} not in ({2}))", table, column, known);
}

std::string unknown_names() {
  const std::array counts{unknown_names_in<user_role>("users", "role"), unknown_names_in<sex>("users", "sex"),
    unknown_names_in<activity_level>("users", "activity_level"), unknown_names_in<goal>("users", "goal"),
    unknown_names_in<experience_level>("users", "experience_level"), unknown_names_in<unit_system>("users", "units"),
    unknown_names_in<personality>("preferences", "personality"),
    unknown_names_in<response_length>("preferences", "response_length"),
    unknown_names_in<colour_theme>("preferences", "theme"), unknown_names_in<agent>("conversations", "agent_name"),
    unknown_names_in<message_role>("messages", "role"), unknown_names_in<agent>("messages", "agent_name"),
    unknown_names_in<message_status>("messages", "status"),
    unknown_names_in<progress_metric>("progress_records", "metric"),
    unknown_names_in<progress_source>("progress_records", "source"), unknown_names_in<agent>("runs", "agent_name"),
    unknown_names_in<run_status>("runs", "status"), unknown_names_in<goal>("workout_plans", "goal"),
    unknown_names_in<meal>("nutrition_logs", "meal"), unknown_names_in<user_role>("invitations", "role")};
  return fmt::format("select {}", fmt::join(counts, " + "));
}

}  // namespace

const std::vector<invariant>& invariants() noexcept {
  static const std::vector<invariant> all{
    {"every person has a fence",
      "select count(*) from users u where not exists (select 1 from user_fences f where f.user_id = u.id)"},
    {"every fence belongs to a person",
      "select count(*) from user_fences f where not exists (select 1 from users u where u.id = f.user_id)"},
    {"every address is one person's, in lower case",
      "select (select count(*) from users where email <> lower(email)) + (select count(*) from (select email from users"
      " group by email having count(*) > 1) shared)"},
    {"every object has a revision from 1 on",
      "select (select count(*) from users where revision < 1) + (select count(*) from preferences where revision < 1)"
      " + (select count(*) from conversations where revision < 1) + (select count(*) from messages where revision < 1)"
      " + (select count(*) from progress_records where revision < 1) + (select count(*) from api_keys where revision < "
      "1)"
      " + (select count(*) from workout_plans where revision < 1) + (select count(*) from nutrition_plans where "
      "revision"
      " < 1) + (select count(*) from nutrition_logs where revision < 1)"},
    {"a profile's weight and body fat are records of that person",
      "select count(*) from users u where (u.weight_record_id is not null and not exists (select 1 from"
      " progress_records p where p.id = u.weight_record_id and p.user_id = u.id and p.metric = 'weight_kg' and p.value "
      "="
      " u.weight_kg)) or (u.body_fat_record_id is not null and not exists (select 1 from progress_records p where p.id "
      "="
      " u.body_fat_record_id and p.user_id = u.id and p.metric = 'body_fat_pct' and p.value = u.body_fat_pct))"},
    {"every conversation counts its messages",
      "select count(*) from conversations c where c.message_count <> (select count(*) from messages m where"
      " m.conversation_id = c.id)"},
    {"the messages of a conversation are numbered from 1 without gaps",
      "select count(*) from (select conversation_id from messages group by conversation_id having min(seq) <> 1 or"
      " max(seq) <> count(*)) gapped"},
    {"every answer has its question and its message in the same conversation",
      "select count(*) from runs r where not exists (select 1 from messages m where m.id = r.message_id and"
      " m.conversation_id = r.conversation_id) or not exists (select 1 from messages m where m.id = r.user_message_id "
      "and"
      " m.conversation_id = r.conversation_id)"},
    {"every answer that has ended says when",
      "select count(*) from runs where (status in ('queued', 'running')) <> (ended_at is null)"},
    {"nobody has two active plans of a kind",
      "select (select count(*) from (select user_id from workout_plans where is_active = 1 group by user_id having"
      " count(*) > 1) w) + (select count(*) from (select user_id from nutrition_plans where is_active = 1 group by"
      " user_id having count(*) > 1) n)"},
    {"every message is in the full-text index or waits for it, and nothing else is found there",
      "select (select count(*) from messages m where m.content <> '' and (exists (select 1 from message_search_rows r"
      " where r.message_id = m.id)) = (exists (select 1 from message_search_queue q where q.user_id = m.user_id and"
      " q.message_id = m.id))) + (select count(*) from message_search_queue q where not exists (select 1 from messages"
      " m where m.id = q.message_id and m.user_id = q.user_id)) + (select count(*) from message_search_rows r where not"
      " exists (select 1 from messages m where m.id ="
      " r.message_id) or not exists (select 1 from message_search_docsize d where d.id = r.row_id)) + (select count(*)"
      " from message_search_docsize d where not exists (select 1 from message_search_rows r where r.row_id = d.id) and"
      " not exists (select 1 from message_search_gone g where g.row_id = d.id))",
      "select count(*) from messages where search_vector is null"},
  };
  return all;
}

result<std::vector<invariant_finding>> check_invariants(
  const database_url& database, const std::function<void(const invariant_finding&)>& on_finding) {
  const auto pending = pending_migrations(database);
  if (!pending)
    return std::unexpected(pending.error());
  if (!pending->empty())
    return fail(errc::conflict, "migration " + pending->front() + " has not been applied: run genesis migrate first");
  auto opened = connection::open({.database = database, .is_read_only = true});
  if (!opened)
    return std::unexpected(opened.error());
  return attempt([&] {
    std::vector<invariant_finding> found;
    const auto add = [&](const invariant_finding& each) {
      found.push_back(each);
      if (on_finding)
        on_finding(each);
    };
    if (database.kind() == engine::sqlite)
      for (const auto& each : check_file(**opened))
        add(each);
    add({"what is kept as JSON can be read", unreadable_json_in(**opened)});
    add({"every choice is one of those that there are", number_of(**opened, unknown_names())});
    for (const auto& each : invariants())
      add({each.sentence, number_of(**opened, each.text_for(database.kind()))});
    return found;
  });
}

}  // namespace genesis::storage
