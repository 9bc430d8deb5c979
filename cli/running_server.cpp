#include "cli/running_server.hpp"

#include "actors/background_worker.hpp"
#include "actors/deadlines.hpp"
#include "actors/io_scheduler.hpp"
#include "actors/metrics.hpp"
#include "cli/installation.hpp"
#include "cli/local_server.hpp"
#include "cli/welcome.hpp"
#include "config/hook_url.hpp"
#include "config/limits.hpp"
#include "config/settings_table.hpp"
#include "http/encoders.hpp"
#include "http/handlers/handlers.hpp"
#include "http/purge_hook.hpp"
#include "http/server_url.hpp"
#include "http/time_zones.hpp"

#include <caf/scoped_actor.hpp>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <malloc.h>
#include <sys/resource.h>
#include <thread>

namespace genesis::cli {

namespace {

/// Connections that are accepted under the smallest of descriptor limits.
constexpr std::int64_t connections_floor = 8;

/// Of the grace, what is left for people's last writes, but never more than half of it.
constexpr auto people_time = std::chrono::seconds{2};
/// For words to those whose requests cannot be waited for, however short the grace is.
constexpr auto last_word_time = std::chrono::milliseconds{200};

std::int64_t connections_max(const config::settings& settings) {
  if (settings.http.connections_max > 0)
    return settings.http.connections_max;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0)
    return 1'024;
  if (limit.rlim_cur < limit.rlim_max) {  // take what we may have
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  const auto available = static_cast<std::int64_t>(std::min<rlim_t>(limit.rlim_cur, 1'000'000));
  return std::clamp<std::int64_t>(
    available - config::descriptors_reserved, connections_floor, config::connections_ceiling);
}

bool is_loopback_only(const config::settings& settings) {
  return std::ranges::all_of(settings.http.address, [](const std::string& text) {
    const auto address = config::ip_address::parse(text);
    return address && address->is_loopback();
  });
}

/// Faults of files, in one line.
std::string all_of(const std::vector<config::setting_fault>& faults) {
  std::string text;
  for (const auto& each : faults)
    (text += text.empty() ? "" : "; ") += each.name + ' ' + each.message;
  return text;
}

/// Settings that are taken over on SIGHUP.
constexpr std::array<std::string_view, 3> reloaded{"storage.max_bytes", "http.tls_certificate", "http.tls_key"};

/// Those that differ and stay as they are until the next start, for instance `http.port, log.level`.
std::string waiting_for_restart(const config::settings& running, const config::settings& read) {
  std::string names;
  for (const auto& row : config::settings_table())
    if (row.get(running) != row.get(read) && std::ranges::find(reloaded, row.name) == reloaded.end())
      (names += names.empty() ? "" : ", ") += row.name;
  return names;
}

/// Says where the file wants another value than a flag or the environment, which is stronger: whoever has changed it
/// waits for it otherwise.
void tell_overridden(const config::load_inputs& inputs, const config::loaded& read) {
  auto of_file = inputs;
  of_file.file = read.file;
  of_file.flags.clear();
  of_file.environment.clear();
  const auto alone = read.file ? config::load(of_file) : std::unexpected(std::vector<config::setting_fault>{});
  if (!alone)
    return;  // the file makes sense with the others only
  const auto table = config::settings_table();
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto& row = table[i];
    const auto wanted = row.get(alone->values);
    const auto used = row.get(read.values);
    if (std::ranges::find(reloaded, row.name) == reloaded.end() || wanted == used ||
        alone->origins[i].from != config::origin::source::file)
      continue;
    spdlog::warn("{} stays {}: {} is stronger than the file, which says {}", row.name, row.show(used),
      read.origins[i].where, row.show(wanted));
  }
}

/// Until those that have been made have run for the first time: once round for them to be queued, once for their turn.
void let_actors_begin(io_runtime& runtime) {
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < runtime.size(); ++i)
      runtime[i].run_and_wait([] {});
}

}  // namespace

bool running_server::may_stop() noexcept {
  bool has_failed = false;
  per_thread<actor_counters>::for_each(
    [&](const actor_counters& each) { has_failed = has_failed || each.actors_failed.value() != 0; });
  return !has_failed;
}

result<void> running_server::start() {
  if (auto made = start_purger(); !made)
    return made;
  site_ = http::make_site(settings_, home_.world().now, [this] { return metrics_.text(); });
  std::vector<http::front_desk*> desks;
  auto& scheduler = io_scheduler::of(home_.system());
  const auto fronts = std::make_shared<std::vector<http::front_actor>>();
  for (std::size_t i = 0; i < home_.runtime().size(); ++i) {
    desks_.push_back(std::make_unique<http::front_desk>(site_, keys_, state_));
    desks.push_back(desks_.back().get());
    auto front = home_.system().spawn<caf::lazy_init>(http::front_behavior, desks.back(),
      http::front_services{home_.shards, home_.accounts, home_.background, http::json_encoders(), home_.limiter,
        home_.caches, purger_, fronts});
    scheduler.pin(caf::actor_cast<caf::strong_actor_ptr>(front), i);
    fronts_.push_back(std::move(front));
  }
  *fronts = fronts_;
  if (http::find_timezone("UTC") != http::zone_answer::known)
    spdlog::warn("the time-zone database cannot be read: profiles with a time zone are refused until the next start");
  http::handler_of(0);  // every route has its handler, or the program ends here
  if (settings_.limits.rate_enabled)
    gate_ =
      home_.system().spawn(http::gate_behavior, static_cast<std::size_t>(settings_.http.connections_per_address_max));
  server_ = std::make_unique<http::server>(
    home_.runtime(), desks, fronts_, gate_, static_cast<std::size_t>(connections_max(settings_)));
  if (auto secured = use_tls(settings_); !secured)
    return fail(errc::unavailable, all_of(secured.error()));
  auto port = server_->listen(settings_.http.address, settings_.http.port);
  if (!port)
    return std::unexpected(port.error());
  control_ = spawn_control(home_, settings_, keys_, fronts_, purger_);
  control_server_ = std::make_unique<control_server>(home_.runtime()[0], ask_control(control_));
  if (auto listening = control_server_->listen(directory_.path()); !listening)
    return listening;
  port_ = std::to_string(*port);
  if (auto published = publish_way(); !published)
    return published;
  if (auto published = directory_.publish("http.port", port_ + '\n'); !published)
    return published;
  let_actors_begin(home_.runtime());
  // One that fails so early was in want of memory or of a thread, and may be one that everybody needs.
  if (!may_stop())
    return fail(errc::unavailable,
      "a part of the server could not start, as its log says; raise the limit of memory (ulimit -v) or of threads "
      "(ulimit -u)");
  start_housekeeper();
  state_.ready = http::readiness::ready;
  tell_edge();
  if (!is_loopback_only(settings_) && settings_.http.tls_certificate.empty())
    spdlog::warn("listening beyond this machine without TLS: set http.tls_certificate and http.tls_key, put a proxy "
                 "with TLS in front, or set http.address to loopback");
  if (!is_loopback_only(settings_) && settings_.auth.registration == config::registration_mode::open)
    spdlog::warn("anybody who reaches this server may register; see auth.registration");
  print_welcome();
  return {};
}

result<void> running_server::start_purger() {
  const auto& set = settings_.http;
  if (set.purge_url.empty())
    return {};
  const auto url = config::hook_url::parse(set.purge_url);
  if (!url)
    return fail(errc::invalid_argument, "http.purge_url " + url.error());
  const auto server = http::parse_server_url(url->origin);
  if (!server)
    return std::unexpected(server.error());
  const auto address = config::ip_address::parse(server->host);
  if (!server->is_secure && !set.purge_token.empty() && !(address && address->is_loopback()))
    spdlog::warn("http.purge_token goes to {} without TLS, where others may read it on the way", url->origin);
  auto post = http::make_post_purge({*server, url->target, set.purge_token, set.purge_timeout});
  if (!post)
    return std::unexpected(post.error());
  courier_ = home_.system().spawn<caf::detached>(background_behavior);
  purger_ = home_.system().spawn(purger_behavior, courier_,
    purger_options{std::move(*post), url->origin, http::purge_attempt_max(set.purge_timeout)});
  return {};
}

/// The program may be another version than the one whose answers the CDN has, with other keys and another document.
void running_server::tell_edge() {
  if (!purger_)
    return;
  purge_keys all;
  for (const auto key : http::surrogate_keys_of(routes_))
    all.keys.emplace_back(key);
  caf::anon_send(purger_, std::move(all));
}

std::expected<void, std::vector<config::setting_fault>> running_server::use_tls(const config::settings& settings) {
  if (settings.http.tls_certificate.empty())
    return {};
  auto context = http::load_tls_context(settings.http.tls_certificate, settings.http.tls_key);
  if (!context)
    return std::unexpected(std::move(context.error()));
  if (const auto fault = http::date_fault(**context); !fault.empty())
    spdlog::warn("http.tls_certificate: the certificate {}; clients will refuse it", fault);
  certified_name_ = http::certified_name(**context, local_address(settings));
  server_->use_tls(*context);
  return {};
}

/// Before `http.port`, which others wait for.
result<void> running_server::publish_way() {
  const auto address = local_address(settings_);
  local_way way{local_url(settings_, port_), {}};
  if (!certified_name_.empty() && certified_name_ != address)
    way = {to_string(http::server_url{certified_name_, port_, {}, true}), address};
  return directory_.publish(way_file, to_string(way));
}

void running_server::print_welcome() const {
  std::error_code failure;
  const auto found = std::filesystem::read_symlink("/proc/self/exe", failure);
  const auto program = failure ? std::string{"genesis"} : found.string();
  std::cout << welcome{settings_, directory_.path(), program, port_, certified_name_}.text() << std::flush;
}

void running_server::reload_tls(const config::settings& settings) {
  if (settings.http.tls_certificate.empty() != settings_.http.tls_certificate.empty()) {
    spdlog::error("http.tls_certificate: TLS is switched on and off by a restart only");
    return;
  }
  if (settings.http.tls_certificate.empty())
    return;
  if (const auto used = use_tls(settings); !used) {
    spdlog::error("the certificate stays as it was: {}", all_of(used.error()));
    return;
  }
  spdlog::info("new connections get the certificate in {}", settings.http.tls_certificate.string());
  if (const auto published = publish_way(); !published)
    spdlog::warn("the commands on this machine may not find the server: {}", published.error().detail);
}

void running_server::start_housekeeper() {
  housekeeper_options options;
  options.run_events_keep = settings_.runs.keep;
  options.idempotency_keep = settings_.idempotency.keep;
  options.on_database = [this](bool is_there) {
    auto expected = is_there ? http::readiness::database : http::readiness::ready;
    state_.ready.compare_exchange_strong(expected, is_there ? http::readiness::ready : http::readiness::database);
  };
  caf::anon_send(home_.caches, warm_caches{settings_.users.warm_up, warm_up_time});
  options.give_memory_back = [background = home_.background] {
    // glibc keeps the memory of people who have left otherwise.
    caf::anon_send(background, background_job{std::make_shared<const std::function<void()>>([] { ::malloc_trim(0); })});
  };
  keeper_ = home_.system().spawn(housekeeper_behavior, home_.storage, home_.world(), std::move(options));
}

void running_server::limit_storage(std::int64_t bytes) {
  if (bytes == settings_.storage.max_bytes)
    return;
  if (const auto database = database_of(settings_); database && database->kind() != storage::engine::sqlite)
    return;  // its disks are its operator's
  const caf::scoped_actor self{home_.system()};
  self->request(home_.storage, pool_deadline, storage::limit_size{bytes})
    .receive(
      [&](bool) {
        settings_.storage.max_bytes = bytes;
        spdlog::info("storage.max_bytes is {} from now on{}", bytes, bytes == 0 ? ", which is no limit" : "");
      },
      [](const caf::error& failed) {
        spdlog::error("storage.max_bytes stays as it was: {}; send SIGHUP again", from_caf(failed).detail);
      });
}

void running_server::reload(const config::load_inputs& inputs) {
  const auto loaded = config::load(inputs);
  if (!loaded) {
    for (const auto& fault : loaded.error())
      spdlog::error("nothing was taken over from the settings: {}", config::to_string(fault));
    return;
  }
  tell_overridden(inputs, *loaded);
  limit_storage(loaded->values.storage.max_bytes);
  reload_tls(loaded->values);
  if (const auto names = waiting_for_restart(settings_, loaded->values); !names.empty())
    spdlog::warn("changed in the settings, and in force only after a restart: {}", names);
}

void running_server::stop() {
  const auto until = std::chrono::steady_clock::now() + settings_.server.grace;
  state_.is_closing = true;
  state_.ready = http::readiness::draining;
  caf::anon_send_exit(keeper_, caf::exit_reason::user_shutdown);
  keeper_ = nullptr;
  std::this_thread::sleep_for(settings_.http.drain_delay);
  state_.is_stopped = true;
  if (server_) {
    server_->stop_accepting();
    {
      // Streams end with a word for their readers; requests go on to their answers.
      const caf::scoped_actor self{home_.system()};
      for (const auto& front : fronts_)
        self->request(front, std::chrono::seconds{2}, begin_shutdown{}).receive([](bool) {}, [](const caf::error&) {});
    }
    const auto soon = [] { return std::chrono::steady_clock::now() + last_word_time; };
    const auto for_people = std::min<std::chrono::milliseconds>(people_time, settings_.server.grace / 2);
    drain_connections(std::max(until - for_people, soon()));
    server_->end_pending();
    drain_connections(soon());
    server_->close_all();
  }
  control_server_ = nullptr;
  caf::anon_send_exit(control_, caf::exit_reason::user_shutdown);
  control_ = nullptr;
  for (auto& front : fronts_)
    caf::anon_send_exit(front, caf::exit_reason::user_shutdown);
  fronts_.clear();
  caf::anon_send_exit(gate_, caf::exit_reason::user_shutdown);
  gate_ = nullptr;
  server_ = nullptr;
  caf::anon_send_exit(purger_, caf::exit_reason::user_shutdown);
  purger_ = nullptr;
  caf::anon_send_exit(courier_, caf::exit_reason::user_shutdown);
  courier_ = nullptr;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  home_.stop(std::max(left, std::chrono::milliseconds{500}));
}

void running_server::drain_connections(std::chrono::steady_clock::time_point until) {
  while (server_->connections() != 0 && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
}

}  // namespace genesis::cli
