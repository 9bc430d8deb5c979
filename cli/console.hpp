#pragma once

#include "domain/error.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace genesis::cli {

/// Where a command reads from and writes to. Tests hand in strings.
struct console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  /// Somebody sits at both ends, so that questions may be asked.
  bool is_terminal = false;
  /// Reads one line that is not shown while it is typed, after a prompt.
  std::function<result<std::string>(std::string_view prompt)> read_secret;
};

/// The standard streams of this process.
console standard_console();

/// Says why a command failed, without what could steer a terminal. Gives the exit status of a failure.
int fail_with(const console& with, const error& why);

/// Asks on a terminal until an answer is not empty. Fails at the end of the input.
result<std::string> ask_line(const console& with, std::string_view prompt);

/// A password that is chosen now. On a terminal asked for twice; else the first line of the input.
result<std::string> ask_new_password(const console& with);

}  // namespace genesis::cli
