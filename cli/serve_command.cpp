#include "cli/serve_command.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

void add_serve_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("serve",
    "Runs the server in the foreground. Needs nothing: the database is a file in the data directory (./data), and the coach "
    "is built in. SIGTERM and Ctrl-C end it in good order, a second one at once; SIGHUP reads the settings again.");
  const command_settings settings{*command, asked, true};
  command->callback([&asked, settings] {
    asked.action = [settings] {
      const auto loaded = settings.load();
      return loaded ? serve(*loaded, {settings.inputs()}) : loaded.error();
    };
  });
}

}  // namespace genesis::cli
