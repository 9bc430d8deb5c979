#pragma once

#include "cli/command.hpp"

#include <string>

namespace genesis::cli {

/// The person that the demonstration is about.
struct demo_options {
  std::string email;
  std::string password;
  bool is_password_made = false;  ///< Nobody knows it yet: it has to be shown.
};

/// Fills the database with the demo person, or sets that person back to the beginning under the given password, and
/// says what it did. Gives the exit status.
int demo(const config::loaded& settings, const demo_options& options, const console& with);

/// `genesis demo`.
void add_demo_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
