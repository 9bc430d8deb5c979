#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// `genesis version`: name and version on one line.
void add_version_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
