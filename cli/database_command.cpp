#include "cli/database_command.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

namespace {

using file_work = int (*)(const config::loaded&, const std::filesystem::path&, const console&);
using database_work = int (*)(const config::loaded&, const console&);

void add_file_command(
  CLI::App& program, invocation& asked, const char* name, const char* text, const char* about_file, file_work work) {
  auto* command = program.add_subcommand(name, text);
  const command_settings settings{*command, asked};
  const auto file = std::make_shared<std::string>();
  command->add_option("file", *file, about_file)->required()->type_name("FILE");
  command->callback([&asked, settings, file, work] {
    asked.action = [&asked, settings, file, work] {
      const auto loaded = settings.load();
      return loaded ? work(*loaded, *file, asked.with) : loaded.error();
    };
  });
}

/// `--config` and settings may stand behind the verb too.
void add_copy_command(CLI::App& database, const command_settings& settings, invocation& asked) {
  auto* command = database.add_subcommand(
    "copy", "Moves the installation to another database, for instance from SQLite to PostgreSQL, while no server runs");
  command->fallthrough();
  const auto options = std::make_shared<copy_options>();
  command
    ->add_option("--from", options->from,
      "The database to copy, as in storage.url: sqlite:///var/lib/genesis/genesis.db or\n"
      "postgresql://user@host:5432/database; the installation's own when not said")
    ->type_name("URL");
  command
    ->add_option("--to", options->to,
      "An empty database, which is made ready; a file of SQLite is made where there is none. Others can read a\n"
      "command line: give passwords in PGPASSWORD or a file that PGPASSFILE names")
    ->required()
    ->type_name("URL");
  command->footer(
    "Everything is compared in the end. A copy that was cut off goes on when the command is given again;\n"
    "until it is finished no server takes the new database. The old one stays as it is.");
  command->callback([&asked, settings, options] {
    asked.action = [&asked, settings, options] {
      const auto loaded = settings.load();
      return loaded ? copy_database(*loaded, *options, asked.with) : loaded.error();
    };
  });
}

}  // namespace

void add_backup_command(CLI::App& program, invocation& asked) {
  add_file_command(program, asked, "backup",
    "Copies the database into one file, checked, also while the server runs. The signing keys (keys/ in the data\n"
    "directory) are not in it",
    "The copy to make; must not exist", back_up);
}

void add_restore_command(CLI::App& program, invocation& asked) {
  add_file_command(program, asked, "restore",
    "Puts a copy made by 'genesis backup' in the database's place, while no server runs. The database as it was is "
    "kept",
    "The copy to take", restore);
}

void add_database_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("db", "Looks into the database, or moves it");
  command->require_subcommand(1);
  const command_settings settings{*command, asked};
  const auto add = [&](const char* name, const char* text, database_work work) {
    auto* inner = command->add_subcommand(name, text);
    inner->fallthrough();  // --config may stand behind the verb too
    inner->callback([&asked, settings, work] {
      asked.action = [&asked, settings, work] {
        const auto loaded = settings.load();
        return loaded ? work(*loaded, asked.with) : loaded.error();
      };
    });
  };
  add("check", "Looks whether what always holds does hold in the database, also while the server runs", check_database);
  add_copy_command(*command, settings, asked);
  add("statements", "Lists what the running server has asked its database: how often, and how long it took",
    show_statements);
}

}  // namespace genesis::cli
