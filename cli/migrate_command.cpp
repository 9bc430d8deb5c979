#include "cli/migrate_command.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

void add_migrate_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand(
    "migrate", "Brings the database's schema up to date, as 'genesis serve' does when it starts, and ends");
  const command_settings settings{*command, asked};
  command->callback([&asked, settings] {
    asked.action = [&asked, settings] {
      const auto loaded = settings.load();
      return loaded ? migrate(*loaded, asked.with) : loaded.error();
    };
  });
}

}  // namespace genesis::cli
