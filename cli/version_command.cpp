#include "cli/version_command.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace genesis::cli {

void add_version_command(CLI::App& program, invocation& asked) {
  program.add_subcommand("version", "Prints the version")->callback([&asked] {
    asked.action = [&asked] {
      asked.with.out << "genesis " GENESIS_VERSION "\n";
      return success_status;
    };
  });
}

}  // namespace genesis::cli
