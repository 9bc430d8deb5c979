#pragma once

#include "cli/command.hpp"

#include <cstdint>
#include <optional>

namespace genesis::cli {

struct migrate_options {
  std::optional<std::int64_t> to;  ///< The last migration to apply; all without it.
  bool is_dry_run = false;         ///< Says what would be applied, and changes nothing.
};

/// Brings the schema of the database up to date, which must be there when it is SQLite's, and says what it did. Gives
/// the exit status.
int migrate(const config::loaded& settings, const console& with, const migrate_options& options = {});

/// `genesis migrate`.
void add_migrate_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
