#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// `genesis top`: what a running server does, refreshed until Ctrl-C.
void add_top_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
