#include "cli/control_client.hpp"
#include "cli/data_directory.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/logging.hpp"
#include "cli/migrate_command.hpp"
#include "storage/backup.hpp"
#include "storage/migrations.hpp"

#include <iterator>
#include <optional>
#include <ostream>
#include <span>

namespace genesis::cli {

namespace {

/// Migrations are not taken back.
std::optional<error> fault_of_goal(const storage::database_url& database, std::int64_t goal) {
  const auto pending = storage::pending_migrations(database);
  if (!pending)
    return about_database(database, pending.error());
  const auto applied = std::ssize(storage::embedded_migrations()) - std::ssize(*pending);
  if (applied <= goal)
    return std::nullopt;
  return error{errc::conflict, name_of(database) + " has " + std::to_string(applied) +
                                 " migrations already, and none is taken back: restore a copy made before them"};
}

int foretell(
  const storage::database_url& database, std::span<const storage::migration> migrations, const console& with) {
  const auto pending = storage::pending_migrations(database, migrations);
  if (!pending)
    return fail_with(with, about_database(database, pending.error()));
  for (const auto& name : *pending)
    with.out << "Would apply " << name << ".\n";
  if (pending->empty())
    with.out << "Nothing to do: " << name_of(database) << " is up to date.\n";
  return success_status;
}

}  // namespace

int migrate(const config::loaded& settings, const console& with, const migrate_options& options) {
  log_warnings_only();
  const auto database = database_of(settings.values);
  if (!database)
    return fail_with(with, database.error());
  if (const auto meant = look_for_other_database(settings.values); !meant)
    return fail_with(with, meant.error());
  if (const auto there = look_for_database(*database); !there)
    return fail_with(with, there.error());
  auto migrations = storage::embedded_migrations();
  if (options.to) {
    if (const auto fault = fault_of_goal(*database, *options.to))
      return fail_with(with, *fault);
    migrations = migrations.first(static_cast<std::size_t>(*options.to));
  }
  if (options.is_dry_run)
    return foretell(*database, migrations, with);
  const auto directory = data_directory::open(settings.values.data.directory);
  if (!directory)
    return fail_with(with, directory.error());
  const auto lock = lock_database(*database);
  if (!lock)
    return fail_with(with, lock.error());
  if (database->kind() == storage::engine::sqlite)
    storage::remove_unfinished_copies(database->file());
  const auto done = storage::migrate(*database, {.migrations = migrations});
  if (!done)
    return fail_with(with, about_database(*database, done.error()));
  if (done->backup)
    with.out << "The database as it was is kept in " << done->backup->string() << ".\n";
  for (const auto& name : done->applied)
    with.out << "Applied " << name << ".\n";
  with.out << (done->applied.empty() ? "Nothing to do: " : "") << name_of(*database) << " is up to date"
           << (options.to ? " with migration " + std::to_string(*options.to) : std::string{}) << ".\n";
  return success_status;
}

}  // namespace genesis::cli
