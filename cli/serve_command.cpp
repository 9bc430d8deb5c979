#include "cli/serve_command.hpp"

#include "cli/named_files.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

void add_serve_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("serve", "Runs the server in the foreground");
  const auto no_migrate = std::make_shared<bool>(false);
  command->add_flag(
    "--no-migrate", *no_migrate, "Refuse to start when the database has an older schema, or there is none");
  const command_settings settings{*command, asked,
    "Needs nothing: the database is a file in the data directory (./data), and the coach is built in. SIGTERM and "
    "Ctrl-C\n"
    "end it in good order, a second one at once; SIGHUP takes over storage.max_bytes and the certificate.",
    command_settings::help::all_settings};
  command->callback([&asked, settings, no_migrate] {
    asked.action = [settings, no_migrate] {
      const auto loaded = settings.load(faults_of_named_files);
      return loaded ? serve(*loaded, {settings.inputs(), !*no_migrate}) : loaded.error();
    };
  });
}

}  // namespace genesis::cli
