#include "cli/node.hpp"

#include "actors/accounts.hpp"
#include "actors/background_worker.hpp"
#include "actors/caches.hpp"
#include "actors/chunk_writer.hpp"
#include "actors/coach_actors.hpp"
#include "actors/deadlines.hpp"
#include "actors/exporter.hpp"
#include "actors/io_scheduler.hpp"
#include "actors/limiter.hpp"
#include "actors/password_pool.hpp"
#include "actors/redis_cache.hpp"
#include "actors/replica_watch.hpp"
#include "actors/second_cache.hpp"
#include "actors/shard_state.hpp"
#include "actors/statistics.hpp"
#include "actors/storage_pool.hpp"
#include "actors/storage_worker.hpp"
#include "actors/user_state.hpp"
#include "auth/random.hpp"
#include "cli/installation.hpp"
#include "cli/last_word.hpp"
#include "http/encoders.hpp"
#include "storage/maintenance.hpp"
#include "storage/migrations.hpp"
#include "storage/socket_watch.hpp"
#include "storage/sql_store.hpp"

#include <caf/scoped_actor.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <future>
#include <thread>

namespace genesis::cli {

namespace {

/// One node owns everybody, always.
constexpr std::int64_t sole_epoch = 1;

timestamp wall_clock() {
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::size_t thread_count(const config::settings& settings) {
  if (settings.http.threads > 0)
    return static_cast<std::size_t>(settings.http.threads);
  return std::max(1u, std::thread::hardware_concurrency());
}

/// A name of this process's own among those that use a PostgreSQL database.
std::string claim_name() {
  std::string name = "genesis ";
  for (const auto byte : auth::random_bytes<8>())
    name += fmt::format("{:02x}", byte);
  return name;
}

storage::store_options store_options_of(const config::settings& settings, const storage::database_url& database) {
  storage::store_options options;
  options.database = database;
  options.busy_timeout = settings.storage.busy_timeout;
  options.statement_timeout = settings.storage.statement_timeout;
  options.max_bytes = settings.storage.max_bytes;
  options.slow = std::make_shared<storage::slow_log>(settings.storage.slow_statement);
  if (database.kind() == storage::engine::postgresql) {
    options.claimed_by = claim_name();
    options.watch = std::make_shared<storage::socket_watch>();
    options.locates_commits = !settings.storage.replicas.empty();
  }
  return options;
}

/// What a statement on a replica has of `replica_deadline`, after which the primary is asked.
constexpr std::chrono::milliseconds replica_statement_max{900};
static_assert(replica_statement_max < replica_deadline);

result<std::unique_ptr<storage::sql_store>> open_writer(const storage::store_options& options) {
  return storage::sql_store::open(options, storage::access::writer);
}

store_factory open_reader(storage::store_options options, storage::access mode = storage::access::reader) {
  return [options = std::move(options), mode]() -> result<std::unique_ptr<storage::store>> {
    auto opened = storage::sql_store::open(options, mode);
    if (!opened)
      return std::unexpected(opened.error());
    return std::move(*opened);
  };
}

/// Gives the connection that was opened at the start, and others once that one has been given: it holds the claim to
/// the database, which must be nobody's else at any time. Called by one writer at a time.
store_factory open_writer_after(
  std::shared_ptr<std::unique_ptr<storage::sql_store>> first, storage::store_options options) {
  return [first = std::move(first), options = std::move(options)]() -> result<std::unique_ptr<storage::store>> {
    if (*first)
      return std::move(*first);
    auto opened = open_writer(options);
    if (!opened)
      return std::unexpected(opened.error());
    return std::move(*opened);
  };
}

/// Readers of SQLite's file for each core: one that computes while another one waits for the disk.
constexpr std::size_t sqlite_readers_per_core = 2;

storage_pool_options pool_options_of(const config::settings::storage_settings& settings, storage::engine kind) {
  storage_pool_options options;
  const auto size = settings.replicas.empty() ? settings.pool_size : settings.write_pool_size;
  options.readers = static_cast<std::size_t>(size) - 1;
  options.overflow_max = static_cast<std::size_t>(settings.max_overflow);
  options.queue_max = static_cast<std::size_t>(settings.queue_max);
  options.wait_max = std::min(settings.pool_timeout, config::pool_wait_max);
  options.echo = settings.echo_pool;
  if (kind == storage::engine::sqlite) {
    const auto cores = std::max<std::size_t>(std::thread::hardware_concurrency(), 1);
    options.readers = std::min(options.readers, sqlite_readers_per_core * cores);
    options.overflow_max = 0;
  }
  return options;
}

storage_worker_options worker_options_of(const config::settings::storage_settings& settings, storage::engine kind,
  worker_kind role, std::shared_ptr<database_timeline> timeline = nullptr) {
  // A file has no use for it, and the connection that holds the claim to a database must not let it go.
  const bool may_age = kind == storage::engine::postgresql && role == worker_kind::reader;
  return {.batch_size = static_cast<std::size_t>(settings.batch_size),
    .batch_wait = settings.batch_wait,
    .recycle_after = may_age ? settings.pool_recycle : std::chrono::milliseconds{0},
    .pre_ping = settings.pool_pre_ping,
    .echo = settings.echo_pool,
    .timeline = std::move(timeline)};
}

constexpr std::chrono::minutes rate_window{1};

personal_quotas quotas_of(const config::settings::limits_settings& limits) {
  return {rate_quota{limits.reads_per_minute, rate_window}, rate_quota{limits.writes_per_minute, rate_window},
    rate_quota{limits.chats_per_minute, rate_window}};
}

limiter_options limits_of(const config::settings::limits_settings& limits) {
  limiter_options options;
  options.auth = {limits.auth_per_minute, rate_window};
  options.account_failures = {limits.failed_logins_per_account, limits.failed_logins_window};
  options.address_failures = {limits.failed_logins_per_address, limits.failed_logins_window};
  return options;
}

export_services export_services_of(
  const config::settings& settings, const storage_pool_actor& storage, const background_actor& encoder) {
  return {.storage = storage,
    .encoder = encoder,
    .writer = http::json_encoders().make_export_writer,
    .patience = settings.storage.pool_timeout,
    .reader_stall = settings.runs.reader_stall,
    .duration_max = settings.exports.duration_max};
}

/// What a crash left without an end gets one before anybody can read it.
result<void> end_interrupted_runs(storage::sql_store& store) {
  const auto& encode = http::json_encoders();
  auto ended = storage::interrupt_unfinished_runs(
    store, wall_clock(), {encode.end_fields, encode.artifact_array_of, encode.start_fields});
  if (!ended)
    return std::unexpected(ended.error());
  if (*ended != 0)
    spdlog::warn("{} interrupted when the server last ended; what was said is kept",
      *ended == 1 ? "1 answer was" : std::to_string(*ended) + " answers were");
  return {};
}

}  // namespace

node::node(const config::settings& settings) : world_{wall_clock, auth::fill_random}, runtime_(thread_count(settings)) {
  io_scheduler::install(system_config_, runtime_);
  system_ = std::make_unique<caf::actor_system>(system_config_);
}

result<std::unique_ptr<node>> node::start(const config::settings& settings, const storage::database_url& database) {
  auto options = store_options_of(settings, database);
  const auto replicas = replicas_of(settings);
  if (!replicas)
    return fail(errc::invalid_argument, "storage.replicas " + replicas.error().detail);
  std::unique_ptr<node> made{new node{settings}};
  try {
    made->runtime_.start();
    options.observer = &made->statements_;
    if (settings.storage.echo) {
      made->echo_.emplace(database.kind(), &made->statements_);
      options.observer = &*made->echo_;
    }
    if (auto held = made->hold_files(options); !held)
      return std::unexpected(held.error());
    auto writer = open_writer(options);
    if (!writer)
      return std::unexpected(writer.error());
    if (auto ended = end_interrupted_runs(**writer); !ended)
      return std::unexpected(ended.error());
    if (auto opened = made->open_cache(settings, database); !opened)
      return std::unexpected(opened.error());
    made->spawn_actors(settings, options, *replicas, std::move(*writer));
  } catch (...) {
    // Taking down what has been made would wait for ever: for threads that do not run, and for an actor that CAF has
    // counted and could not give a thread.
    end_with_a_word();
  }
  return made;
}

result<void> node::hold_files(storage::store_options& options) {
  if (options.database.kind() != storage::engine::sqlite)
    return {};
  auto opened = storage::sql_store::open(options, storage::access::reader);
  if (!opened)
    return std::unexpected(opened.error());
  options.files = std::make_shared<const storage::database_files>(options.database.file());
  // With the files that all others insist on: the last connection to be closed knows what one of them has noticed.
  auto holder = storage::sql_store::open(options, storage::access::reader);
  if (!holder)
    return std::unexpected(holder.error());
  holder_ = std::move(*holder);
  return {};
}

result<void> node::open_cache(const config::settings& settings, const storage::database_url& database) {
  const auto& cache = settings.cache;
  if (cache.redis_url.empty())
    return {};
  const auto url = config::redis_url::parse(cache.redis_url);
  if (!url)
    return fail(errc::invalid_argument, "cache.redis_url " + url.error());
  auto key = auth::sealing_key::open(cache_key_of(settings));
  if (!key)
    return std::unexpected(key.error());
  const auto thread = runtime_.size() - 1;  // any, but always the same: its sockets are there
  redis_ = system_->spawn<caf::lazy_init>(redis_cache_behavior, &runtime_[thread].context(),
    storage::redis_client::options{
      .access = {.url = *url, .password = cache.redis_password, .timeout = cache.redis_timeout}});
  io_scheduler::of(*system_).pin(caf::actor_cast<caf::strong_actor_ptr>(redis_), thread);
  caf::anon_send(redis_, connect_due{});
  cache_ = std::make_shared<const second_cache>(redis_, *key, cache.redis_prefix, cache.redis_ttl, name_of(database));
  return {};
}

/// The watches follow when the pool is there.
std::vector<replica_options> node::prepare_replicas(
  const config::settings::storage_settings& of, const std::vector<named_replica>& all, storage::store_options options) {
  options.claimed_by.clear();
  options.statement_timeout = std::min(options.statement_timeout, replica_statement_max);
  options.busy_timeout = std::min(options.busy_timeout, options.statement_timeout);
  auto worker_options = worker_options_of(of, storage::engine::postgresql, worker_kind::reader);
  worker_options.is_of_replica = true;
  std::vector<replica_options> prepared;
  for (const auto& each : all) {
    options.database = each.database;
    prepared.push_back({each.weight, readers_of(each, all, of.read_pool_size),
      [&system = *system_, open = open_reader(options, storage::access::replica), worker_options] {
        return system.spawn<caf::detached>(storage_worker_behavior, open, worker_options);
      }});
  }
  return prepared;
}

void node::watch_replicas(const config::settings::storage_settings& of, const std::vector<named_replica>& all,
  const std::vector<replica_options>& prepared) {
  for (std::size_t i = 0; i < prepared.size(); ++i)
    replica_watches_.push_back(system_->spawn(replica_watch_behavior, storage, prepared[i].spawn,
      replica_watch_options{.replica = i, .name = all[i].database.text(), .lag_max = of.replica_lag_max}));
}

void node::spawn_actors(const config::settings& settings, const storage::store_options& options,
  const std::vector<named_replica>& replicas, std::unique_ptr<storage::sql_store> writer) {
  auto& system = *system_;
  const auto kind = options.database.kind();
  auto pool_options = pool_options_of(settings.storage, kind);
  pool_options.replicas = prepare_replicas(settings.storage, replicas, options);
  pool_options.position = writer->position();
  const auto timeline = std::make_shared<database_timeline>();
  pool_options.timeline = timeline;
  const auto write =
    open_writer_after(std::make_shared<std::unique_ptr<storage::sql_store>>(std::move(writer)), options);
  const auto read = open_reader(options);
  const spawn_storage_worker spawn_worker = [&system, write, read, kind, of = settings.storage, timeline](
                                              worker_kind role) {
    return system.spawn<caf::detached>(
      storage_worker_behavior, role == worker_kind::writer ? write : read, worker_options_of(of, kind, role, timeline));
  };
  storage = system.spawn(storage_pool_behavior, spawn_worker, pool_options);
  watch_replicas(settings.storage, replicas, pool_options.replicas);
  chunks_ = system.spawn(chunk_writer_behavior, storage);
  passwords = system.spawn(password_pool_behavior,
    spawn_password_worker{[&system] { return system.spawn<caf::detached>(password_worker_behavior); }},
    password_pool_options{static_cast<std::size_t>(settings.auth.password_threads),
      static_cast<std::size_t>(settings.auth.password_queue_max)});
  background = system.spawn<caf::detached>(background_behavior);

  specialists team;
  for (std::size_t i = 0; i < team.by_agent.size(); ++i) {
    team.by_agent[i] = system.spawn(specialist_behavior, static_cast<agent>(i));
    specialists_.push_back(team.by_agent[i]);
  }
  nexus_ = system.spawn(nexus_behavior, team);
  long_nexus_ = system.spawn<caf::detached>(solo_nexus_behavior);

  export_encoder_ = system.spawn<caf::detached>(background_behavior);
  exporter_ = system.spawn(exporter_behavior, export_services_of(settings, storage, export_encoder_),
    static_cast<std::size_t>(settings.exports.at_once));

  statistics_ = system.spawn(statistics_behavior, storage, world_, statistics_limits);

  auto services = std::make_shared<user_services>();
  services->storage = storage;
  services->timeline = timeline;
  services->has_replicas = !pool_options.replicas.empty();
  services->cache = cache_;
  services->chunks = chunks_;
  services->nexus = nexus_;
  services->long_nexus = long_nexus_;
  services->encode = http::json_encoders();
  services->world = world_;
  services->users = settings.users;
  services->runs = settings.runs;
  services->coach = settings.coach;
  services->exports = settings.exports;
  services->exporter = exporter_;
  services->statistics = statistics_;
  services->session_lifetime = settings.auth.refresh_token_lifetime;
  if (settings.limits.rate_enabled)
    services->rates = quotas_of(settings.limits);
  const user_services_ptr shared = std::move(services);

  shard_options per_shard;
  per_shard.users_max = std::max<std::size_t>(static_cast<std::size_t>(settings.users.active_max) / shard_count, 1);
  per_shard.idle_timeout = settings.users.idle_timeout;
  const spawn_user spawn = [&system, shared](
                             const user_id& user) { return system.spawn(user_behavior, user, sole_epoch, shared); };
  for (std::size_t i = 0; i < shard_count; ++i)
    shards.push_back(system.spawn(shard_behavior, spawn, per_shard));
  caches = system.spawn(caches_behavior, storage,
    caches_options{.shards = shards,
      .second = cache_,
      .people_max = settings.users.active_max,
      .warm_up_bytes_max = settings.users.warm_up_bytes,
      .statistics = statistics_});
  if (settings.limits.rate_enabled)
    limiter = system.spawn(limiter_behavior, limits_of(settings.limits), world_);
  accounts = system.spawn(accounts_behavior, accounts_services{storage, passwords, shards, world_, limiter});
}

void node::end_people(std::chrono::milliseconds patience) {
  const caf::scoped_actor self{*system_};
  const auto until = std::chrono::steady_clock::now() + patience;
  for (const auto& shard : shards)
    self->send(shard, begin_shutdown{});
  std::size_t answered = 0;
  bool is_late = false;
  while (answered < shards.size() && !is_late) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    self->receive([&](bool) { ++answered; }, [&](const caf::error&) { ++answered; },
      caf::after(std::max(left, std::chrono::milliseconds{0})) >> [&] { is_late = true; });
  }
  if (is_late)
    spdlog::warn("some people's changes were not finished in time; what was acknowledged is safe");
}

/// Whoever left is put into Redis; an actor that is ended drops what waits for it.
void node::settle_cache() {
  const caf::scoped_actor self{*system_};
  self->request(redis_, cache_deadline, settle_cached{}).receive([](bool) {}, [](const caf::error&) {});
}

void node::stop(std::chrono::milliseconds patience) {
  if (std::exchange(is_stopped_, true))
    return;
  end_people(patience);
  if (redis_)
    settle_cache();
  const auto end = [](auto& actor) {
    caf::anon_send_exit(actor, caf::exit_reason::user_shutdown);
    actor = nullptr;
  };
  end(accounts);
  if (limiter)
    end(limiter);
  end(caches);
  for (auto& shard : shards)
    end(shard);
  shards.clear();
  if (redis_)
    end(redis_);
  cache_ = nullptr;
  end(exporter_);
  end(export_encoder_);
  end(statistics_);
  end(nexus_);
  end(long_nexus_);
  for (auto& each : specialists_)
    end(each);
  specialists_.clear();
  end(chunks_);
  end(passwords);
  end(background);
  for (auto& each : replica_watches_)
    end(each);
  replica_watches_.clear();
  end(storage);
  system_ = nullptr;
  holder_ = nullptr;
  runtime_.stop();
}

node::~node() {
  stop(std::chrono::seconds{5});
}

}  // namespace genesis::cli
