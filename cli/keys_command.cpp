#include "cli/keys_command.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

void add_keys_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("keys", "Lists and rotates the keys that sign access tokens");
  command->require_subcommand(1);
  const command_settings settings{*command, asked};
  const auto add = [&](keys_verb verb, const char* name, const char* text) {
    auto* inner = command->add_subcommand(name, text);
    inner->fallthrough();  // --config may stand behind the verb too
    inner->callback([&asked, settings, verb] {
      asked.action = [&asked, settings, verb] {
        const auto loaded = settings.load();
        return loaded ? manage_keys(*loaded, verb, asked.with) : loaded.error();
      };
    });
  };
  add(keys_verb::list, "list", "Lists the keys, the one that signs first");
  add(keys_verb::rotate, "rotate",
    "Makes a key that signs from now on. The one before still checks the tokens it has signed; older ones go, and with "
    "them\ntheir tokens: leave 15 minutes (auth.access_token_lifetime) between two rotations");
}

}  // namespace genesis::cli
