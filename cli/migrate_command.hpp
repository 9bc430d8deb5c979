#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// Brings the schema of the database up to date and says what it did. Gives the exit status.
int migrate(const config::loaded& settings, const console& with);

/// `genesis migrate`.
void add_migrate_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
