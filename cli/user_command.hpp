#pragma once

#include "cli/command.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <string>

namespace genesis::cli {

enum class user_verb : std::uint8_t { add, invite, password, role, disable, enable, list };

/// What an operator wants done with an account.
struct user_request {
  user_verb verb = user_verb::list;
  std::string email;                 ///< Whom it is about; empty for `list`.
  std::string full_name;             ///< For `add`; may be empty.
  std::string password;              ///< For `add` and `password`.
  user_role role = user_role::user;  ///< For `add`, `invite` and `role`.
};

/// Changes or lists accounts: through the running server, else in the database itself. Writes the outcome, for `invite`
/// the invitation. Gives the exit status.
int manage_users(const config::loaded& settings, const user_request& request, const console& with);

/// Says when there is no such account, as `manage_users` would: before anybody thinks of a password for it. Gives the
/// exit status.
int look_for_user(const config::loaded& settings, const std::string& email, const console& with);

/// `genesis user add|invite|password|role|disable|enable|list`.
void add_user_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
