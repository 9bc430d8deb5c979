#include "storage/invariants.hpp"

#include "storage/connection.hpp"
#include "storage/migrations.hpp"
#include "storage/schema_objects.hpp"
#include "storage/storage_error.hpp"
#include "storage/value_check.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace genesis::storage {

namespace {

std::int64_t number_of(connection& database, std::string_view sql) {
  const auto rows = database.ask(std::string{sql});
  return rows.empty() ? 0 : std::stoll(rows.at(0).at(0));
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

/// Counts the rows that refer to none. Of SQLite that tells by itself; of PostgreSQL none can break but by hand, or
/// while triggers are off.
std::string broken_references() {
  std::vector<std::string> counts;
  for (const auto& [table, parent, columns] : references_of_schema()) {
    std::vector<std::string> refers;
    std::vector<std::string> matches;
    for (const auto& [child, other] : columns) {
      refers.push_back("c." + child + " is not null");
      matches.push_back(fmt::format("p.{} = c.{}", other, child));
    }
    counts.push_back(fmt::format("(select count(*) from {} c where {} and not exists (select 1 from {} p where {}))",
      table, fmt::join(refers, " and "), parent, fmt::join(matches, " and ")));
  }
  return fmt::format("select {}", fmt::join(counts, " + "));
}

/// Looks at one database, and tells of each finding as it is made.
class check {
public:
  check(connection& database, const std::function<void(const invariant_finding&)>& on_finding)
      : database_(database), on_finding_(on_finding) {}

  result<std::vector<invariant_finding>> run() {
    if (is_sqlite())
      check_file();
    const auto pending = pending_migrations(database_.database());
    if (!pending)
      return std::unexpected(pending.error());
    if (!pending->empty())
      return fail(errc::conflict, "migration " + pending->front() + " has not been applied: run genesis migrate first");
    if (auto whole = attempt([&] { return check_schema(); }); !whole)
      return std::unexpected(whole.error());
    if (auto read = attempt([&] { check_rows(); }); !read)
      return std::unexpected(read.error());
    return std::move(found_);
  }

private:
  [[nodiscard]] bool is_sqlite() const { return database_.backend().kind() == engine::sqlite; }

  void add(std::string_view sentence, std::int64_t violations, std::string detail = {}) {
    found_.push_back({sentence, violations, std::move(detail)});
    if (on_finding_)
      on_finding_(found_.back());
  }
  void add(std::string_view sentence, const faulty_rows& rows) {
    add(sentence, rows.count, rows.count == 0 ? std::string{} : "for instance " + rows.first);
  }

  /// What SQLite itself says of its file. One of which it can say nothing is not sound.
  void check_file() {
    const auto pages = attempt([&] { return database_.ask("pragma integrity_check(100)"); });
    const bool is_sound = pages && pages->size() == 1 && pages->at(0).at(0) == "ok";
    add("the file is sound", is_sound ? 0 : std::max(pages ? std::ssize(*pages) : 1, std::ptrdiff_t{1}),
      pages ? std::string{} : pages.error().detail);
  }

  result<void> check_schema() {
    const auto faults = faults_of_schema(database_);
    std::vector<std::string> names;
    for (const auto& each : faults)
      names.push_back(to_string(each));
    add("what the migrations made is there", std::ssize(faults), fmt::format("{}", fmt::join(names, ", ")));
    if (std::ranges::any_of(faults, &schema_object::is_vital))
      return fail(errc::conflict, "without all tables and columns nothing more can be looked at");
    return {};
  }

  void check_rows() {
    if (is_sqlite()) {
      add("every reference leads somewhere", std::ssize(database_.ask("pragma foreign_key_check")));
      add("the full-text index can be read", is_index_readable(database_) ? 0 : 1);
    } else {
      add("every reference leads somewhere", number_of(database_, broken_references()));
    }
    const auto values = check_values(database_);
    if (is_sqlite())
      add("every value is of the kind that its column is for", values.misfits);
    add("what is kept as JSON can be read", values.unreadable_json);
    add("every id, day, hash and choice can be read", values.unreadable);
    add("every value is within its bounds", values.out_of_bounds);
    for (const auto& each : invariants())
      add(each.sentence, number_of(database_, each.text_for(database_.backend().kind())));
  }

  connection& database_;
  const std::function<void(const invariant_finding&)>& on_finding_;
  std::vector<invariant_finding> found_;
};

}  // namespace

const std::vector<invariant>& invariants() noexcept {
  static const std::vector<invariant> all{
    {"every person has a fence",
      "select count(*) from users u where not exists (select 1 from user_fences f where f.user_id = u.id)"},
    {"every person has preferences",
      "select count(*) from users u where not exists (select 1 from preferences p where p.user_id = u.id)"},
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
  auto opened = connection::open({.database = database, .is_read_only = true});
  if (!opened)
    return std::unexpected(opened.error());
  return check(**opened, on_finding).run();
}

}  // namespace genesis::storage
