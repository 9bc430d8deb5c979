#pragma once

#include "cli/command.hpp"

#include <cstdint>

namespace genesis::cli {

enum class keys_verb : std::uint8_t { list, rotate };

/// Lists the keys that sign access tokens, or makes a new one: through the running server, else in the data directory
/// itself, where listing makes nothing. A rotation that would refuse tokens which have not expired is made with
/// `is_forced` alone. Gives the exit status.
int manage_keys(const config::loaded& settings, keys_verb verb, bool is_forced, const console& with);

/// `genesis keys list|rotate`.
void add_keys_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
