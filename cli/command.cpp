#include "cli/command.hpp"

#include "cli/installation.hpp"
#include "cli/last_word.hpp"
#include "cli/printable_text.hpp"
#include "cli/setting_flags.hpp"
#include "storage/storage_error.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <ostream>

namespace genesis::cli {

namespace {

constexpr auto description = "Genesis: the backend of an AI health and fitness coach.";
constexpr auto examples =
  "Examples:\n"
  "  genesis serve                    the server, with everything at its default\n"
  "  genesis chat --register          a conversation with the coach in this terminal\n"
  "  genesis config --http.port=0     the settings that would be in force\n"
  "\n'genesis COMMAND --help' says more. Exit status: 0 done, 1 failed, 2 wrong usage or settings.";
constexpr auto settings_hint =
  "Every setting may be given as a flag, like --data.directory=/srv/genesis; 'genesis config --help' lists them.";
constexpr auto settings_hint_of_verb =
  "--config, --profile and every setting may be given here too, like --data.directory=/srv/genesis; 'genesis config "
  "--help' lists them.";

int complain(const console& with, const std::string& sentence, const std::string& command) {
  with.err << "genesis: " << printable(sentence) << "\nSee 'genesis " << command << (command.empty() ? "" : " ")
           << "--help'.\n";
  return usage_status;
}

// The chosen commands, outermost first, for instance `user add`.
std::string path_of(const CLI::App& program) {
  std::string path;
  const auto* at = &program;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    path += (path.empty() ? "" : " ") + at->get_name();
  }
  return path;
}

// What is wrong with a line that names no command where one is needed, as `genesis user bogus`.
std::optional<std::string> fault_of_command(const CLI::App& program) {
  const auto* at = &program;
  while (!at->get_subcommands().empty())
    at = at->get_subcommands().front();
  const auto known = at->get_subcommands([](const CLI::App*) { return true; });
  if (known.empty())
    return std::nullopt;
  std::string names;
  for (const auto* each : known)
    names += (names.empty() ? "" : ", ") + each->get_name();
  const auto rest = program.remaining(true);
  return (rest.empty() ? at->get_name() + " needs a command"
                       : "'" + rest.front() + "' is no command of " + at->get_name()) +
         ": " + names;
}

// CLI11 takes the next flag for the value of an option that is missing. What has a place of its own may look like a
// flag behind "--".
void refuse_flags_as_values(CLI::App& command) {
  for (auto* option : command.get_options())
    if (option->get_expected_max() > 0 && !option->get_positional())
      option->check(
        [](const std::string& value) { return std::string{value.starts_with("--") ? "needs a value" : ""}; });
  for (auto* inner : command.get_subcommands({}))
    refuse_flags_as_values(*inner);
}

// The verbs of a command take its settings.
void hint_at_settings(CLI::App& program, const invocation& asked) {
  for (auto* command : program.get_subcommands({}))
    if (asked.takes_settings.contains(command))
      for (auto* verb : command->get_subcommands({})) {
        const auto above = verb->get_footer();
        verb->footer(above + (above.empty() ? "" : "\n\n") + settings_hint_of_verb);
      }
}

// The first setting among the flags that the chosen command has no use for.
std::optional<std::string> fault_of_settings(const CLI::App& program, const invocation& asked) {
  if (asked.settings.empty())
    return std::nullopt;
  const auto chosen = program.get_subcommands();
  const auto taken = chosen.empty() ? asked.takes_settings.end() : asked.takes_settings.find(chosen.front());
  if (taken == asked.takes_settings.end())
    return "--" + asked.settings.front().name + " is no flag of this command";
  const auto& used = taken->second;
  const auto vain = std::ranges::find_if(
    asked.settings, [&](const auto& each) { return std::ranges::find(used, each.name) == used.end(); });
  if (used.empty() || vain == asked.settings.end())
    return std::nullopt;
  std::string names;
  for (const auto name : used)
    (names += names.empty() ? "" : ", ") += name;
  return "--" + vain->name + " would have no effect here; of the settings " + taken->first->get_name() + " uses " +
         names;
}

// Gives the exit status where the line itself settles it: help, and faults.
std::optional<int> read_line(CLI::App& program, std::vector<std::string> arguments, const invocation& asked) {
  const auto& with = asked.with;
  std::ranges::reverse(arguments);  // CLI11 takes them from the back
  try {
    program.parse(std::move(arguments));
  } catch (const CLI::CallForHelp&) {
    if (const auto rest = program.remaining(true); !rest.empty() && !rest.front().starts_with('-'))
      if (const auto fault = fault_of_command(program))
        return complain(with, *fault, path_of(program));
    with.out << program.help();
    return success_status;
  } catch (const CLI::CallForVersion& version) {
    with.out << version.what() << '\n';
    return success_status;
  } catch (const CLI::RequiredError& fault) {
    return complain(with, fault_of_command(program).value_or(fault.what()), path_of(program));
  } catch (const CLI::ExtrasError&) {  // whose own words have them in the opposite order
    std::string rest;
    for (const auto& each : program.remaining(true))
      (rest += rest.empty() ? "" : " ") += each;
    return complain(with, "not expected here: " + rest, path_of(program));
  } catch (const CLI::ParseError& fault) {
    return complain(with, fault.what(), path_of(program));
  }
  if (program.get_subcommands().empty() && asked.settings.empty()) {
    with.out << program.help();
    return success_status;
  }
  if (const auto fault = fault_of_settings(program, asked))
    return complain(with, *fault, path_of(program));
  return std::nullopt;
}

}  // namespace

command_settings::command_settings(CLI::App& command, invocation& asked, const std::string& details, help shown)
    : asked_(&asked), file_(std::make_shared<std::string>()), profile_(std::make_shared<std::string>("production")) {
  command.add_option("--config", *file_, "Settings file, instead of genesis.toml in the data directory")
    ->type_name("FILE");
  command
    .add_option("--profile", *profile_,
      "Whose defaults hold: production, or development, which logs statements and connections of the database")
    ->type_name("NAME")
    ->capture_default_str();
  const std::string above = details + (details.empty() ? "" : "\n\n");
  command.footer([above, shown] { return above + (shown == help::all_settings ? settings_help() : settings_hint); });
  asked.takes_settings[&command];
}

const command_settings& command_settings::use_only(CLI::App& command, std::vector<std::string_view> names) const {
  asked_->takes_settings[&command] = std::move(names);
  command.remove_option(command.get_option("--profile"));  // of the database, which such a command does not open
  return *this;
}

std::string command_settings::first_flag() const {
  return asked_->settings.empty() ? std::string{} : "--" + asked_->settings.front().name;
}

config::load_inputs command_settings::inputs() const {
  config::load_inputs inputs;
  if (!file_->empty())
    inputs.file = *file_;
  inputs.profile = *profile_;
  inputs.environment = asked_->environment;
  inputs.flags = asked_->settings;
  inputs.inspect = faults_of_database_urls;
  return inputs;
}

std::expected<config::loaded, int> command_settings::load(config::settings_inspection inspect) const {
  auto sources = inputs();
  if (inspect)
    sources.inspect = [first = std::move(sources.inspect), inspect = std::move(inspect)](const auto& settings) {
      auto faults = first(settings);
      std::ranges::move(inspect(settings), std::back_inserter(faults));
      return faults;
    };
  auto loaded = config::load(sources);
  auto& err = asked_->with.err;
  if (loaded) {
    for (const auto& warning : loaded->warnings)
      err << "genesis: warning: " << printable(warning) << '\n';
    return *std::move(loaded);
  }
  for (const auto& fault : loaded.error())
    err << "genesis: " << printable(to_string(fault)) << '\n';
  return std::unexpected(usage_status);
}

int run_commands(const std::vector<add_command>& commands, const std::vector<std::string>& arguments,
  std::vector<config::named_text> environment, const console& with) {
  auto parted = part_settings(arguments);
  if (!parted)
    return complain(with, parted.error(), {});
  invocation asked{with, std::move(environment), std::move(parted->settings), {}, {}};
  try {
    CLI::App program{description, "genesis"};
    program.require_subcommand(0, 1);
    program.set_version_flag("--version", "genesis " GENESIS_VERSION, "Print the version and end");
    for (const auto add : commands)
      add(program, asked);
    program.footer(examples);  // after the commands, which would inherit it
    hint_at_settings(program, asked);
    refuse_flags_as_values(program);
    if (const auto status = read_line(program, std::move(parted->rest), asked))
      return *status;
    return asked.action();
  } catch (const std::exception& problem) {
    std::string words{what_ran_out(problem)};
    if (const auto* of_files = dynamic_cast<const std::filesystem::filesystem_error*>(&problem);
      of_files != nullptr && words.empty())
      words = storage::words_of(*of_files);
    with.err << "genesis: " << printable(words.empty() ? problem.what() : words) << '\n' << std::flush;
    return failure_status;
  }
}

}  // namespace genesis::cli
