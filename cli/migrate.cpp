#include "cli/data_directory.hpp"
#include "cli/logging.hpp"
#include "cli/migrate_command.hpp"
#include "cli/node.hpp"
#include "storage/migrations.hpp"

#include <ostream>

namespace genesis::cli {

int migrate(const config::loaded& settings, const console& with) {
  log_warnings_only();
  const auto directory = data_directory::open(settings.values.data.directory);
  if (!directory)
    return fail_with(with, directory.error());
  const auto database = database_of(settings.values);
  if (!database)
    return fail_with(with, database.error());
  const auto done = storage::migrate(*database);
  if (!done)
    return fail_with(with, about_database(*database, done.error()));
  if (done->backup)
    with.out << "The database as it was is kept in " << done->backup->string() << ".\n";
  for (const auto& name : done->applied)
    with.out << "Applied " << name << ".\n";
  with.out << (done->applied.empty() ? "Nothing to do: " : "") << name_of(*database) << " is up to date.\n";
  return success_status;
}

}  // namespace genesis::cli
