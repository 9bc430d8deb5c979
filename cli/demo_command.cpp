#include "cli/demo_command.hpp"

#include "cli/chat_session.hpp"

#include <CLI/App.hpp>

#include <cstdlib>

namespace genesis::cli {

void add_demo_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("demo",
    "Fills the database with a demo person: profile, weeks of progress, a conversation. The password is that of "
    "GENESIS_CHAT_PASSWORD, else a random one that is shown. May be repeated, also while the server runs.");
  const command_settings settings{*command, asked};
  const auto options = std::make_shared<demo_options>();
  command->add_option("--email", options->email, "Of the demo person (demo@example.com)")->type_name("E-MAIL");
  command->callback([&asked, settings, options] {
    asked.action = [&asked, settings, options] {
      const auto loaded = settings.load();
      if (!loaded)
        return loaded.error();
      if (options->email.empty())
        options->email = "demo@example.com";
      const char* given = std::getenv("GENESIS_CHAT_PASSWORD");  // NOLINT(concurrency-mt-unsafe): no thread yet
      options->is_password_made = given == nullptr;
      options->password = given == nullptr ? random_key() : given;
      return demo(*loaded, *options, asked.with);
    };
  });
}

}  // namespace genesis::cli
