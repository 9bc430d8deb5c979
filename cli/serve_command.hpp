#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// What the server needs besides its settings.
struct serve_options {
  config::load_inputs inputs;  ///< To load the settings again on SIGHUP.
  bool may_migrate = true;     ///< False: an old schema stops the start.
};

/// Runs the server until a signal ends it. Gives the exit status.
int serve(const config::loaded& settings, const serve_options& options);

/// `genesis serve`.
void add_serve_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
