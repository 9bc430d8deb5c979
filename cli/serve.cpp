#include "cli/data_directory.hpp"
#include "cli/file_lock.hpp"
#include "cli/installation.hpp"
#include "cli/last_word.hpp"
#include "cli/logging.hpp"
#include "cli/named_files.hpp"
#include "cli/node.hpp"
#include "cli/running_server.hpp"
#include "cli/serve_command.hpp"
#include "cli/signal_watch.hpp"

#include <spdlog/spdlog.h>

#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string_view>
#include <unistd.h>

namespace genesis::cli {

namespace {

int refuse_to_start(const error& why) {
  std::cerr << "genesis: " << why.detail << '\n';
  return 1;
}

/// With a log that cannot be written the process ends here, at once, when all else has been done; `why` it failed is
/// said if standard error takes it. Nobody is to look for a server in the directory afterwards.
void end_logging(std::optional<data_directory>& directory, int status, std::string_view why = {}) {
  if (stop_logging())
    return;
  directory.reset();
  if (!why.empty())
    say({why});
  ::_exit(status);
}

/// What `serve` has made, in this order. Outlives what `run` throws: nothing is taken down then.
struct made_parts {
  std::optional<data_directory> directory;
  file_lock database;
  std::unique_ptr<node> home;
  std::unique_ptr<running_server> server;
};

int run(const config::loaded& loaded, const serve_options& options, signal_watch& signals, made_parts& made) {
  const auto& settings = loaded.values;
  auto directory = data_directory::open(settings.data.directory);  // the log may be in it
  if (!directory)
    return refuse_to_start(directory.error());
  made.directory.emplace(std::move(*directory));
  if (auto started = start_logging(settings.log); !started)
    return refuse_to_start(started.error());
  if (const auto exposed = exposed_secrets(loaded); !exposed.empty())
    spdlog::warn("{}", exposed);
  const auto database = database_of(settings);
  if (!database)
    return refuse_to_start(database.error());
  auto lock = lock_database(*database);
  if (!lock)
    return refuse_to_start(lock.error());
  made.database = *std::move(lock);
  if (auto ready = prepare_database(*database, options.may_migrate); !ready)
    return refuse_to_start(ready.error());
  auto keys = auth::signing_keys::open(
    keys_of(settings), std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()));
  if (!keys)
    return refuse_to_start(keys.error());
  auto home = node::start(settings, *database);
  if (!home)
    return refuse_to_start(home.error());
  made.home = std::move(*home);
  signals.hand_on_from_here();
  made.server = std::make_unique<running_server>(
    settings, *made.directory, std::make_shared<const auth::signing_keys>(std::move(*keys)), *made.home);
  if (auto started = made.server->start(); !started) {
    const bool may_stop = running_server::may_stop();
    if (may_stop)
      made.server->stop();
    end_logging(made.directory, 1, started.error().detail);
    const int status = refuse_to_start(started.error());
    if (!may_stop) {
      made.directory.reset();  // nobody is to look for a server here
      ::_exit(status);
    }
    return status;
  }
  int signal = 0;
  while ((signal = signals.next()) == SIGHUP)
    made.server->reload(options.inputs);
  spdlog::info("ending on signal {}; a second one ends at once", signal);
  made.server->stop();
  spdlog::info("ended");
  end_logging(made.directory, 0);
  return 0;
}

}  // namespace

int serve(const config::loaded& loaded, const serve_options& options) {
  claim_stack();
  made_parts made;
  try {
    signal_watch signals{loaded.values.server.grace};
    return run(loaded, options, signals, made);
  } catch (...) {
    end_with_a_word();
  }
}

}  // namespace genesis::cli
