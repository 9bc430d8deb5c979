#include "cli/config_command.hpp"

#include "config/describe.hpp"

#include <CLI/App.hpp>

#include <ostream>

namespace genesis::cli {

void add_config_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand(
    "config", "Prints every setting that would be in force, with where it comes from; secrets are masked");
  const command_settings settings{*command, asked, "", command_settings::help::all_settings};
  const auto is_example = std::make_shared<bool>(false);
  command->add_flag("--example", *is_example, "Print a settings file with every setting explained instead");
  command->callback([&asked, settings, is_example] {
    asked.action = [&asked, settings, is_example] {
      if (*is_example) {
        asked.with.out << config::example_file();
        return success_status;
      }
      const auto loaded = settings.load();
      if (!loaded)
        return loaded.error();
      asked.with.out << config::describe(*loaded);
      return success_status;
    };
  });
}

}  // namespace genesis::cli
