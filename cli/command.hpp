#pragma once

#include "cli/console.hpp"
#include "config/load.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
}

namespace genesis::cli {

/// Exit statuses of every command.
inline constexpr int success_status = 0;
inline constexpr int failure_status = 1;
inline constexpr int usage_status = 2;

/// What one start of the program was asked, shared by the commands that offer themselves.
struct invocation {
  const console& with;
  std::vector<config::named_text> environment;  ///< Without what belongs to commands alone.
  std::vector<config::named_text> settings;     ///< Given as flags.
  /// Commands that accept them, with those that each uses; an empty list stands for all.
  std::map<const CLI::App*, std::vector<std::string_view>> takes_settings;
  /// What the command does that the command line chose; gives the exit status. Set while the line is read.
  std::function<int()> action;
};

/// Adds one subcommand to the program.
using add_command = void (*)(CLI::App& program, invocation& asked);

/// The settings of one command, once the command line has been read.
class command_settings {
public:
  enum class help : std::uint8_t { hint_at_settings, all_settings };

  /// Gives the command `--config` and `--profile` and lets it take settings. Its help ends with `details` (lines) and
  /// with every setting, or where they are listed.
  command_settings(
    CLI::App& command, invocation& asked, const std::string& details = {}, help shown = help::hint_at_settings);

  /// Lets the command take these settings alone: what else is given as a flag would have no effect, and is refused.
  /// File and environment, which are the server's too, may hold any.
  const command_settings& use_only(CLI::App& command, std::vector<std::string_view> names) const;

  /// The first one that was given as a flag, with its dashes; empty when none was.
  [[nodiscard]] std::string first_flag() const;

  /// All sources, for whoever loads them again later. What is looked at with them is the databases' URLs.
  [[nodiscard]] config::load_inputs inputs() const;

  /// The settings to work with, after the warnings have been shown. Fails with the exit status, 2, after every fault
  /// has been shown, those of databases' URLs and those that `inspect` finds among them.
  [[nodiscard]] std::expected<config::loaded, int> load(config::settings_inspection inspect = {}) const;

private:
  invocation* asked_;
  std::shared_ptr<std::string> file_;
  std::shared_ptr<std::string> profile_;
};

/// Reads a command line and does what it says. Gives the exit status; faults in the line are shown in one sentence.
int run_commands(const std::vector<add_command>& commands, const std::vector<std::string>& arguments,
  std::vector<config::named_text> environment, const console& with);

}  // namespace genesis::cli
