#pragma once

#include "cli/command.hpp"

namespace genesis::cli {

/// `genesis chat`: a conversation with the coach over the API, in a terminal or a pipe.
void add_chat_command(CLI::App& program, invocation& asked);

}  // namespace genesis::cli
