#pragma once

#include "actors/housekeeper.hpp"
#include "cli/control_commands.hpp"
#include "cli/control_server.hpp"
#include "cli/data_directory.hpp"
#include "cli/metrics_page.hpp"
#include "cli/node.hpp"
#include "config/load.hpp"
#include "http/server.hpp"

#include <chrono>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <vector>

namespace genesis::cli {

/// The server while it runs: what is made in `start` is taken down in `stop`, in the opposite order, and the node with
/// it.
class running_server {
public:
  running_server(const config::settings& settings, data_directory& directory, auth::signing_keys_ptr keys, node& home)
      : settings_(settings), directory_(directory), keys_(std::move(keys)), routes_(http::route_specs()), home_(home),
        metrics_(routes_, home_.runtime()) {}

  /// Listens and gets ready. Errors say what is in the way; then `stop` takes down what has been made, where it may.
  result<void> start();
  void stop();
  /// False when an actor has failed: one that CAF could not give a thread would be waited for without an end.
  [[nodiscard]] static bool may_stop() noexcept;
  /// Reads the settings again, applies what may change while the server runs, and says what waits for a restart.
  void reload(const config::load_inputs& inputs);

private:
  /// Nothing where there is no CDN to be told.
  result<void> start_purger();
  std::expected<void, std::vector<config::setting_fault>> use_tls(const config::settings& settings);
  void reload_tls(const config::settings& settings);
  /// Does nothing while that is the limit.
  void limit_storage(std::int64_t bytes);
  result<void> publish_way();
  void print_welcome() const;
  void tell_edge();
  void start_housekeeper();
  void drain_connections(std::chrono::steady_clock::time_point until);

  config::settings settings_;
  data_directory& directory_;
  auth::signing_keys_ptr keys_;
  std::vector<http::route_spec> routes_;
  http::server_state state_;
  node& home_;
  metrics_page metrics_;
  std::shared_ptr<const http::site> site_;
  std::vector<std::unique_ptr<http::front_desk>> desks_;
  std::vector<http::front_actor> fronts_;
  background_actor courier_;  ///< Talks to the CDN, on a thread of its own. Empty, as the next one, without one.
  purger_actor purger_;
  http::gate_actor gate_;  ///< Empty when the connections of an address are not limited.
  std::unique_ptr<http::server> server_;
  housekeeper_actor keeper_;
  std::string port_;            ///< That it listens on.
  std::string certified_name_;  ///< What the certificate calls the server; empty without TLS.
  control_actor control_;
  std::unique_ptr<control_server> control_server_;
};

}  // namespace genesis::cli
