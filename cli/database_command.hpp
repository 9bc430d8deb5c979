#pragma once

#include "cli/command.hpp"

#include <filesystem>

namespace genesis::cli {

/// Copies the database of an installation into a file, also while its server runs. Of a PostgreSQL database nothing is
/// copied: names the tool that does. An existing file is left alone. Gives the exit status.
int back_up(const config::loaded& settings, const std::filesystem::path& file, const console& with);

/// Puts a copy in the place of an installation's database, which no program may use meanwhile; what was there is kept,
/// and what Redis has of it is not read any more. Gives the exit status.
int restore(const config::loaded& settings, const std::filesystem::path& file, const console& with);

/// Looks whether what always holds does hold in the database; a line each. The status of a failure where something does
/// not.
int check_database(const config::loaded& settings, const console& with);

/// What the running server has asked its database, the statements that took the most time first.
int show_statements(const config::loaded& settings, const console& with);

/// `genesis backup`, `genesis restore`, `genesis db check|statements`.
void add_backup_command(CLI::App& program, invocation& asked);
void add_restore_command(CLI::App& program, invocation& asked);
void add_database_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
