#include "cli/demo_command.hpp"

#include "cli/chat_session.hpp"
#include "cli/demo_person.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

#include <cstdlib>

namespace genesis::cli {

void add_demo_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("demo", "Fills the database with a demo person");
  const command_settings settings{*command, asked,
    "Profile, weeks of progress, a conversation. The password is that of GENESIS_CHAT_PASSWORD, else a random one that "
    "is\n"
    "shown. May be repeated, also while the server runs."};
  const auto options = std::make_shared<demo_options>();
  command->add_option("--email", options->email, "Of the demo person (demo@example.com)")->type_name("E-MAIL");
  auto* people = command
                   ->add_option("--people", options->people,
                     "Adds so many people, each with a profile, a conversation and a session, all with one password")
                   ->check(CLI::Range(std::int64_t{1}, demo_people_max))
                   ->type_name("N");
  auto* tokens =
    command
      ->add_option("--tokens", options->tokens,
        "The file to make for their ids and tokens, a JSON object a line, readable by you alone; access tokens live as "
        "long as "
        "auth.access_token_lifetime says (15 minutes)")
      ->type_name("FILE");
  command
    ->add_option("--diary", options->diary,
      "Gives each of them a diary, the conversation that their line of FILE names: so many short messages")
    ->check(CLI::Range(std::int64_t{1}, demo_diary_max))
    ->type_name("N")
    ->needs(people);
  people->needs(tokens);
  tokens->needs(people);
  command->callback([&asked, settings, options] {
    asked.action = [&asked, settings, options] {
      const auto loaded = settings.load();
      if (!loaded)
        return loaded.error();
      if (options->email.empty())
        options->email = demo_email;
      const char* given = std::getenv("GENESIS_CHAT_PASSWORD");  // NOLINT(concurrency-mt-unsafe): no thread yet
      options->is_password_made = given == nullptr;
      options->password = given == nullptr ? random_key() : given;
      return demo(*loaded, *options, asked.with);
    };
  });
}

}  // namespace genesis::cli
