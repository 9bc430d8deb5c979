#include "cli/program.hpp"

#include "cli/cache_command.hpp"
#include "cli/chat_command.hpp"
#include "cli/command.hpp"
#include "cli/config_command.hpp"
#include "cli/database_command.hpp"
#include "cli/demo_command.hpp"
#include "cli/keys_command.hpp"
#include "cli/last_word.hpp"
#include "cli/migrate_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/top_command.hpp"
#include "cli/user_command.hpp"
#include "cli/version_command.hpp"

#include <algorithm>
#include <exception>
#include <fcntl.h>
#include <string>
#include <unistd.h>
#include <vector>

namespace genesis::cli {

namespace {

// A process that is started with closed standard streams would get their numbers for its database and its sockets, and
// then print into them.
void keep_standard_streams_open() {
  int opened = 0;
  while ((opened = ::open("/dev/null", O_RDWR)) >= 0 && opened <= STDERR_FILENO) {
  }
  if (opened > STDERR_FILENO)
    ::close(opened);
}

// The environment for settings. The password of the chat client is named like one and is none.
std::vector<config::named_text> settings_environment() {
  auto variables = config::process_environment();
  std::erase_if(variables, [](const config::named_text& each) { return each.name == "GENESIS_CHAT_PASSWORD"; });
  return variables;
}

}  // namespace

int run_program(int argc, char** argv) {
  std::set_terminate(end_with_a_word);
  explain_signals_of_want();
  keep_standard_streams_open();
  return run_commands({add_serve_command, add_chat_command, add_demo_command, add_user_command, add_keys_command,
                        add_top_command, add_migrate_command, add_backup_command, add_restore_command,
                        add_database_command, add_cache_command, add_config_command, add_version_command},
    std::vector<std::string>(argv + std::min(argc, 1), argv + argc), settings_environment(), standard_console());
}

}  // namespace genesis::cli
