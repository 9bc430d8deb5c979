#include "cli/migrate_command.hpp"

#include "storage/migrations.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <iterator>

namespace genesis::cli {

void add_migrate_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("migrate",
    "Brings the schema of a database that is there up to date, as 'genesis serve' does when it starts, and ends");
  const command_settings settings{*command, asked};
  const auto options = std::make_shared<migrate_options>();
  command->add_option("--to", options->to, "Number of the last migration to apply; all of them when not said")
    ->check(CLI::Range(std::int64_t{1}, std::ssize(storage::embedded_migrations())))
    ->type_name("NUMBER");
  command->add_flag("--dry-run", options->is_dry_run, "Say what would be applied, and change nothing");
  command->callback([&asked, settings, options] {
    asked.action = [&asked, settings, options] {
      const auto loaded = settings.load();
      return loaded ? migrate(*loaded, asked.with, *options) : loaded.error();
    };
  });
}

}  // namespace genesis::cli
