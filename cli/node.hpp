#pragma once

#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/io_runtime.hpp"
#include "cli/replicas.hpp"
#include "cli/statement_metrics.hpp"
#include "config/settings.hpp"
#include "domain/error.hpp"
#include "storage/database_url.hpp"
#include "storage/statement_echo.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace genesis::storage {
class sql_store;
struct store_options;
}  // namespace genesis::storage

namespace genesis {
class second_cache;
struct replica_options;
}  // namespace genesis

namespace genesis::cli {

/// The actors of one process and the threads that they run on, without anything that listens: what the server serves
/// from, and what commands change an installation through when no server runs.
///
/// The members stand in the order in which they are made; the end goes the other way, in stated steps (`stop`).
class node {
public:
  /// Everything that can fail at the start has been done when this returns: the schema is up to date (see
  /// `prepare_database`), interrupted runs have their end. Errors name what to do. When memory or threads run out the
  /// process ends here (see `end_with_a_word`).
  static result<std::unique_ptr<node>> start(const config::settings& settings, const storage::database_url& database);
  ~node();

  /// People and runs come to their end, what waits is written, the actors go, the threads end. Gives up waiting after
  /// `patience` and goes on all the same. Called once; the destructor does it otherwise.
  void stop(std::chrono::milliseconds patience);

  io_runtime& runtime() noexcept { return runtime_; }
  caf::actor_system& system() noexcept { return *system_; }
  [[nodiscard]] const environment& world() const noexcept { return world_; }

  storage_pool_actor storage;
  password_pool_actor passwords;
  limiter_actor limiter;  ///< None when `limits.rate_enabled` is off.
  accounts_actor accounts;
  background_actor background;
  caches_actor caches;
  std::vector<shard_actor> shards;

private:
  explicit node(const config::settings& settings);
  /// SQLite: from here on every connection insists on the files that are there now.
  result<void> hold_files(storage::store_options& options);
  /// Nothing when there is none to be used.
  result<void> open_cache(const config::settings& settings, const storage::database_url& database);
  void spawn_actors(const config::settings& settings, const storage::store_options& options,
    const std::vector<named_replica>& replicas, std::unique_ptr<storage::sql_store> writer);
  /// How the pool reaches the replicas that the settings name; `options` are the primary's.
  std::vector<replica_options> prepare_replicas(const config::settings::storage_settings& of,
    const std::vector<named_replica>& all, storage::store_options options);
  void watch_replicas(const config::settings::storage_settings& of, const std::vector<named_replica>& all,
    const std::vector<replica_options>& prepared);
  void end_people(std::chrono::milliseconds patience);
  void settle_cache();

  environment world_;
  statement_metrics statements_;
  std::optional<storage::statement_echo> echo_;
  caf::actor_system_config system_config_;
  io_runtime runtime_;
  std::unique_ptr<caf::actor_system> system_;
  std::shared_ptr<const second_cache> cache_;
  cache_actor redis_;
  chunk_writer_actor chunks_;
  nexus_actor nexus_;
  nexus_actor long_nexus_;
  background_actor export_encoder_;
  exporter_actor exporter_;
  statistics_actor statistics_;
  /// Asks nothing. Without any connection SQLite would remove its log and its index, and make others for the next one.
  std::unique_ptr<storage::sql_store> holder_;
  std::vector<specialist_actor> specialists_;
  std::vector<replica_watch_actor> replica_watches_;
  bool is_stopped_ = false;
};

}  // namespace genesis::cli
