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
  auto* command = program.add_subcommand("db", "Looks into the database");
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
  add("statements", "Lists what the running server has asked its database: how often, and how long it took",
    show_statements);
}

}  // namespace genesis::cli
