#include "cli/keys_command.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

void add_keys_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("keys", "Lists and rotates the keys that sign access tokens");
  command->require_subcommand(1);
  const command_settings settings{*command, asked};
  const auto is_forced = std::make_shared<bool>(false);
  const auto add = [&](keys_verb verb, const char* name, const char* text) {
    auto* inner = command->add_subcommand(name, text);
    inner->fallthrough();  // --config may stand behind the verb too
    inner->callback([&asked, settings, verb, is_forced] {
      asked.action = [&asked, settings, verb, is_forced] {
        const auto loaded = settings.load();
        return loaded ? manage_keys(*loaded, verb, *is_forced, asked.with) : loaded.error();
      };
    });
    return inner;
  };
  add(keys_verb::list, "list", "Lists the keys, the one that signs first");
  add(keys_verb::rotate, "rotate",
    "Makes a key that signs from now on. The one before still checks the tokens it has signed; older ones go, and with "
    "them\ntheir tokens: two rotations within auth.access_token_lifetime (15 minutes) need --force")
    ->add_flag("--force", *is_forced, "Rotate even when that refuses access tokens that have not expired");
}

}  // namespace genesis::cli
