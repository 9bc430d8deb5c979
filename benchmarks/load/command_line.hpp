#pragma once

namespace genesis::load {

/// Reads the command line, runs what it asks for and prints what came of it. Gives the exit status: 0 when every
/// request was successful, 1 when some failed or the server could not be reached, 2 for a wrong command line.
int run_command_line(int argc, char** argv);

}  // namespace genesis::load
