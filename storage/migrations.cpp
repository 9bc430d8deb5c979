#include "storage/migrations.hpp"

#include "storage/backup.hpp"
#include "storage/connection.hpp"
#include "storage/message_index.hpp"
#include "storage/storage_error.hpp"
#include "storage/unfinished_copy.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <chrono>
#include <unistd.h>

namespace genesis::storage {

namespace {

/// One row of `schema_migrations`.
struct applied_migration {
  std::int64_t number = 0;
  std::string name;
  std::string checksum;
};

void each_column(row_of<applied_migration> auto& row, auto& visit) {
  visit(row.number);
  visit(row.name);
  visit(row.checksum);
}

/// What a migration needs beyond its text: rows that only the program can compute. In the same transaction, after it.
struct data_step {
  std::string_view migration;
  engine kind;
  void (*run)(connection& database);
};
constexpr data_step data_steps[] = {
  {"0005_message_search", engine::postgresql, &index_messages},  // SQLite's text rebuilds its index itself
};

using applied_list = std::vector<applied_migration>;
using migration_list = std::span<const migration>;

connection_options options_for(const database_url& database) {
  return {.database = database, .may_create = false, .busy_timeout = std::chrono::seconds{30}};
}

/// A database that is made with its first migration.
bool is_still_to_be_made(const database_url& database) {
  if (database.kind() != engine::sqlite)
    return false;
  std::error_code failure;
  const auto size = std::filesystem::file_size(database.file(), failure);
  return failure || size == 0;
}

result<applied_list> applied_in(connection& database) {
  const auto tables = database.backend().tables();
  if (std::ranges::find(tables, "schema_migrations") != tables.end())
    return database.rows<applied_migration>(statement_id::select_migrations);
  if (!tables.empty())
    return fail(errc::conflict, database.database().text() + ": it is the database of another program");
  return applied_list{};
}

/// What the database lacks. An error when what it has is not what the program has.
result<std::vector<migration>> pending_of(const applied_list& applied, migration_list known, engine kind) {
  for (const auto& each : applied) {
    const auto ours = std::ranges::find(known, each.number, &migration::number);
    if (ours != known.end() && ours->name == each.name && checksum_of(*ours, kind) == each.checksum)
      continue;
    if (ours != known.end())
      return fail(errc::conflict, "migration " + each.name + " was changed after it was applied");
    if (known.empty() || each.number > known.back().number)
      return fail(errc::conflict, "the database is newer than the program: it has migration " + each.name);
    return fail(errc::conflict, "migration " + each.name + " was applied and is missing in the program");
  }
  std::vector<migration> pending;
  for (const auto& each : known)
    if (std::ranges::find(applied, each.number, &applied_migration::number) == applied.end())
      pending.push_back(each);
  if (!applied.empty() && !pending.empty() && pending.front().number < applied.back().number)
    return fail(errc::conflict,
      "migration " + std::string{pending.front().name} + " is missing in the database, later ones are not");
  return pending;
}

result<std::vector<migration>> pending_in(connection& database, migration_list known) {
  return attempt([&]() -> result<std::vector<migration>> {
    auto applied = applied_in(database);
    if (!applied)
      return std::unexpected(std::move(applied.error()));
    return pending_of(*applied, known, database.backend().kind());
  });
}

/// True when the copy is of the state that was to be copied.
result<bool> is_copy_of(const std::filesystem::path& copy, const applied_list& expected) {
  auto opened = connection::open(options_for(copy));
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  return attempt([&]() -> result<bool> {
    const auto found = applied_in(**opened);
    return found && std::ranges::equal(*found, expected, {}, &applied_migration::number, &applied_migration::number);
  });
}

/// Copies the database beside itself. No path when another program has migrated it meanwhile: its copy is there then.
result<std::optional<std::filesystem::path>> back_up(
  connection& database, const applied_list& applied, std::int64_t number) {
  const auto& file = database.database().file();
  auto final_name = file;
  final_name += ".before-" + std::to_string(number);
  auto unchecked = final_name;
  unchecked += std::string{unfinished_mark} + "." + std::to_string(::getpid());
  if (auto copied = copy_database(file, unchecked); !copied)
    return std::unexpected(copied.error());
  const auto is_good = is_copy_of(unchecked, applied);
  if (!is_good || !*is_good) {
    std::filesystem::remove(unchecked);
    if (!is_good)
      return std::unexpected(is_good.error());
    return std::nullopt;
  }
  std::filesystem::rename(unchecked, final_name);
  sync_directory_of(final_name);
  return final_name;
}

/// False when another program has applied the step meanwhile.
result<bool> apply_step(connection& database, const migration& step, migration_list known) {
  const transaction lock(database, statement_id::begin_write);
  database.run_script("create table if not exists schema_migrations (number bigint primary key not null, "
                      "name varchar(100) not null, checksum varchar(64) not null, applied_at bigint not null)");
  const auto pending = pending_in(database, known);
  if (!pending)
    return std::unexpected(pending.error());
  if (pending->empty() || pending->front().number != step.number)
    return false;
  const auto kind = database.backend().kind();
  database.run_script(std::string{step.text_for(kind)});
  for (const auto& each : data_steps)
    if (each.migration == step.name && each.kind == kind)
      each.run(database);
  const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  database.execute(
    statement_id::insert_migration, step.number, std::string{step.name}, checksum_of(step, kind), timestamp{now});
  database.execute(statement_id::commit);
  return true;
}

result<migration_report> apply_all(connection& database, const std::vector<migration>& pending, migration_list known) {
  migration_report report;
  auto applied = applied_in(database);
  if (!applied)
    return std::unexpected(std::move(applied.error()));
  if (!applied->empty() && database.backend().kind() == engine::sqlite) {
    auto copy = back_up(database, *applied, pending.front().number);
    if (!copy)
      return std::unexpected(std::move(copy.error()));
    report.backup = std::move(*copy);
  }
  for (const auto& step : pending) {
    const auto is_applied = attempt([&] { return apply_step(database, step, known); });
    if (!is_applied)
      return fail(is_applied.error().code, "migration " + std::string{step.name} + ": " + is_applied.error().detail);
    if (*is_applied)
      report.applied.emplace_back(step.name);
  }
  return report;
}

/// Applies what is pending once nobody else is at it. Another program may have been first.
result<migration_report> apply_pending(connection& database, migration_list known) {
  database.backend().lock_schema();
  const auto pending = pending_in(database, known);
  if (!pending)
    return std::unexpected(pending.error());
  if (pending->empty())
    return migration_report{};
  if (!database.backend().claim())
    return fail(errc::unavailable, database.database().text() + " is in use by another server; migration " +
                                     std::string{pending->front().name} + " waits until it has ended");
  return apply_all(database, *pending, known);
}

result<std::vector<migration>> pending_for(const database_url& database, migration_list known) {
  if (is_still_to_be_made(database))
    return std::vector<migration>(known.begin(), known.end());
  auto opened = connection::open(options_for(database));
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  const auto is_half = attempt([&] { return has_unfinished_copy(**opened); });
  if (!is_half)
    return std::unexpected(is_half.error());
  if (*is_half)
    return fail(errc::conflict, database.text() + " is the target of a copy that was not finished: run genesis db copy "
                                                  "again, or empty it");
  return pending_in(**opened, known);
}

std::vector<std::string> names_of(const std::vector<migration>& steps) {
  std::vector<std::string> names;
  names.reserve(steps.size());
  for (const auto& each : steps)
    names.emplace_back(each.name);
  return names;
}

}  // namespace

std::string checksum_of(const migration& step, engine kind) {
  const auto text = step.text_for(kind);
  secret_hash digest{};
  if (::EVP_Digest(text.data(), text.size(), digest.data(), nullptr, ::EVP_sha256(), nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  return to_hex(digest);
}

result<std::vector<std::string>> pending_migrations(const database_url& database, migration_list migrations) {
  const auto pending = pending_for(database, migrations);
  if (!pending)
    return std::unexpected(pending.error());
  return names_of(*pending);
}

result<std::vector<std::string>> pending_migrations(connection& database, migration_list migrations) {
  const auto pending = pending_in(database, migrations);
  if (!pending)
    return std::unexpected(pending.error());
  return names_of(*pending);
}

result<migration_report> migrate(const database_url& database, const migration_options& options) {
  const auto pending = pending_for(database, options.migrations);
  if (!pending)
    return std::unexpected(pending.error());
  if (pending->empty())
    return migration_report{};
  if (!options.allow) {
    const bool is_empty = pending->size() == options.migrations.size();
    return fail(
      errc::conflict, database.text() + ": " +
                        (is_empty ? "the database is empty"
                                  : "migration " + std::string{pending->front().name} + " has not been applied") +
                        "; run 'genesis migrate', or start without --no-migrate");
  }
  auto target = options_for(database);
  target.may_create = true;
  auto opened = connection::open(target);
  if (!opened)
    return std::unexpected(std::move(opened.error()));
  return attempt([&] { return apply_pending(**opened, options.migrations); });
}

}  // namespace genesis::storage
