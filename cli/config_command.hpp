#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// `genesis config`: every setting in force with where it comes from, secrets masked.
void add_config_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
