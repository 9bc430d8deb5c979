#pragma once

namespace genesis::cli {

/// The whole program: reads the command line, runs the command, gives the exit status. 0 done, 1 failed, 2 wrong usage
/// or settings; a command line without a command prints the help.
int run_program(int argc, char** argv);

}  // namespace genesis::cli
