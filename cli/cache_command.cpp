#include "cli/cache_command.hpp"

#include <CLI/App.hpp>
#include <CLI/Validators.hpp>

namespace genesis::cli {

namespace {

/// As many as the API takes.
constexpr std::int64_t people_max = 1'000'000;

using cache_work = std::function<int(const config::loaded&, const console&)>;

CLI::App* add_verb(CLI::App& command, invocation& asked, const command_settings& settings, const char* name,
  const char* text, cache_work work) {
  auto* inner = command.add_subcommand(name, text);
  inner->fallthrough();  // --config may stand behind the verb too
  inner->callback([&asked, settings, work = std::move(work)] {
    asked.action = [&asked, settings, work] {
      const auto loaded = settings.load();
      return loaded ? work(*loaded, asked.with) : loaded.error();
    };
  });
  return inner;
}

}  // namespace

void add_cache_command(CLI::App& program, invocation& asked) {
  auto* command = program.add_subcommand("cache", "Looks at and changes what the running server has cached");
  command->require_subcommand(1);
  const command_settings settings{*command, asked};
  add_verb(*command, asked, settings, "stats", "Shows how often the caches helped, and how Redis is", show_caches);

  const auto people = std::make_shared<std::optional<std::int64_t>>();
  add_verb(*command, asked, settings, "warm", "Takes the people into memory who were active last",
    [people](
      const config::loaded& loaded, const console& with) { return warm_caches_of_server(loaded, *people, with); })
    ->add_option("--people", *people, "How many, at most; the server's users.warm_up when not said")
    ->check(CLI::Range(std::int64_t{0}, people_max))
    ->type_name("NUMBER");

  const auto pattern = std::make_shared<std::string>();
  add_verb(*command, asked, settings, "invalidate",
    "Forgets what is kept under keys that match, in memory and in Redis. The keys are user:ID, of people as\n"
    "'genesis user list' shows them; * stands for anything, ? for one character. Nothing is lost: it is read from the\n"
    "database again",
    [pattern](const config::loaded& loaded, const console& with) {
      return invalidate_caches_of_server(loaded, *pattern, with);
    })
    ->add_option("pattern", *pattern, "For instance 'user:*'")
    ->required()
    ->type_name("PATTERN");

  const auto keys = std::make_shared<std::vector<std::string>>();
  add_verb(*command, asked, settings, "purge",
    "Has the CDN at http.purge_url forget what it keeps under these keys, which Surrogate-Key of public answers\n"
    "names: openapi, jwks, problems, root; public for all of them",
    [keys](const config::loaded& loaded, const console& with) { return purge_edge_of_server(loaded, *keys, with); })
    ->add_option("keys", *keys, "For instance openapi")
    ->required()
    ->type_name("KEY");
}

}  // namespace genesis::cli
