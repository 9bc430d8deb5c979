#pragma once

#include "cli/command.hpp"

#include <filesystem>
#include <string>

namespace genesis::cli {

/// Copies the database of an installation into a file, also while its server runs. Of a PostgreSQL database nothing is
/// copied: names the tool that does. An existing file is left alone. Gives the exit status.
int back_up(const config::loaded& settings, const std::filesystem::path& file, const console& with);

/// Puts a copy in the place of an installation's database, which no program may use meanwhile; what was there is kept,
/// and what Redis has of it is not read any more. Says when the signing keys are missing. Gives the exit status.
int restore(const config::loaded& settings, const std::filesystem::path& file, const console& with);

/// Looks whether what always holds does hold in the database; a line each. The status of a failure where something does
/// not.
int check_database(const config::loaded& settings, const console& with);

/// What the running server has asked its database, the statements that took the most time first.
int show_statements(const config::loaded& settings, const console& with);

struct copy_options {
  std::string from;  ///< URL; empty for the installation's own database.
  std::string to;    ///< URL.
};

/// Moves an installation to an empty database, which no program may use meanwhile, and neither the one that is copied:
/// see `storage::transfer_database`. Tells on standard error how far it has come. What Redis has is not read any more.
/// Gives the exit status.
int copy_database(const config::loaded& settings, const copy_options& options, const console& with);

/// `genesis backup`, `genesis restore`, `genesis db check|copy|statements`.
void add_backup_command(CLI::App& program, invocation& asked);
void add_restore_command(CLI::App& program, invocation& asked);
void add_database_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
