#pragma once

#include "cli/command.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace genesis::cli {

/// The person that the demonstration is about.
struct demo_options {
  std::string email;
  std::string password;
  bool is_password_made = false;  ///< Nobody knows it yet: it has to be shown.
  std::int64_t people = 0;        ///< So many people for a load test instead; 0 for the one to show.
  std::int64_t diary = 0;         ///< So many messages of each of them; 0 for none.
  std::filesystem::path tokens;   ///< Where their tokens go, one JSON object a line.
};

/// Most people that one command makes.
inline constexpr std::int64_t demo_people_max = 1'000'000;
/// Longest diary of one person.
inline constexpr std::int64_t demo_diary_max = 1'000'000;

/// Fills the database with the demo person, or sets that person back to the beginning under the given password, and
/// says what it did; or adds many people who can be used at once. Through the running server, else in the database
/// itself. A weak password of the environment is refused before anything is made. Gives the exit status.
int demo(const config::loaded& settings, const demo_options& options, const console& with);

/// `genesis demo`.
void add_demo_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
