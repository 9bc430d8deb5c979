#include "config/settings_table.hpp"

#include "config/limits.hpp"
#include "config/setting_rules.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <type_traits>
#include <utility>
#include <vector>

namespace genesis::config {

namespace {

// Between the members of `settings` and `setting_value`

using texts = std::vector<std::string>;

/// In the order of the enumeration, as every array of choices.
constexpr std::array<std::string_view, 3> registration_choices{"open", "invite", "closed"};
constexpr std::array<std::string_view, 2> format_choices{"text", "json"};
constexpr std::array<std::string_view, 3> echo_choices{"off", "on", "debug"};
constexpr std::array<std::string_view, 7> level_choices{"trace", "debug", "info", "warn", "error", "critical", "off"};

template <class Enum>
constexpr std::span<const std::string_view> choices_of;
template <>
constexpr std::span<const std::string_view> choices_of<registration_mode>{registration_choices};
template <>
constexpr std::span<const std::string_view> choices_of<log_format>{format_choices};
template <>
constexpr std::span<const std::string_view> choices_of<pool_echo>{echo_choices};

template <class T>
constexpr bool is_duration = false;
template <class Rep, class Period>
constexpr bool is_duration<std::chrono::duration<Rep, Period>> = true;

template <class T>
constexpr setting_kind kind_for() {
  if constexpr (std::is_same_v<T, bool>)
    return setting_kind::boolean;
  else if constexpr (std::is_integral_v<T>)
    return setting_kind::integer;
  else if constexpr (is_duration<T>)
    return setting_kind::duration;
  else if constexpr (std::is_same_v<T, texts>)
    return setting_kind::list;
  else
    return setting_kind::text;
}

template <class T>
setting_value to_value(const T& member) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, std::string> || std::is_same_v<T, texts>)
    return member;
  else if constexpr (std::is_integral_v<T>)
    return std::int64_t{member};
  else if constexpr (is_duration<T>)
    return milliseconds{member};
  else if constexpr (std::is_enum_v<T>)
    return std::string(choices_of<T>[std::to_underlying(member)]);
  else
    return member.string();  // a path
}

template <class T>
void from_value(const setting_value& value, T& member) {
  if constexpr (std::is_same_v<T, bool>)
    member = std::get<bool>(value);
  else if constexpr (std::is_integral_v<T>)
    member = static_cast<T>(std::get<std::int64_t>(value));
  else if constexpr (is_duration<T>)
    member = std::chrono::duration_cast<T>(std::get<milliseconds>(value));
  else if constexpr (std::is_enum_v<T>)
    member = static_cast<T>(std::ranges::find(choices_of<T>, std::get<std::string>(value)) - choices_of<T>.begin());
  else if constexpr (std::is_same_v<T, texts>)
    member = std::get<texts>(value);
  else
    member = std::get<std::string>(value);
}

/// Completes a row with what the member's type says.
template <auto Section, auto Member>
constexpr setting row(setting described) {
  using type = std::remove_cvref_t<decltype((std::declval<settings&>().*Section).*Member)>;
  described.kind = kind_for<type>();
  if constexpr (std::is_enum_v<type>)
    described.choices = choices_of<type>;
  if constexpr (std::is_same_v<type, seconds>)
    described.rule = must_be_whole_seconds;
  described.get = [](const settings& all) { return to_value((all.*Section).*Member); };
  described.set = [](settings& all, const setting_value& value) { from_value(value, (all.*Section).*Member); };
  return described;
}

// Ranges

constexpr std::int64_t ms_per_second = 1'000;
constexpr std::int64_t ms_per_minute = 60 * ms_per_second;
constexpr std::int64_t ms_per_hour = 60 * ms_per_minute;
constexpr std::int64_t ms_per_day = 24 * ms_per_hour;
constexpr std::int64_t kibibyte = 1'024;
constexpr std::int64_t mebibyte = 1'024 * kibibyte;

/// Time-outs against slow clients: below a tenth of a second a healthy client over a bad line is cut off, above ten
/// minutes an attack is not.
constexpr setting_range client_wait{100, 10 * ms_per_minute};

/// What is above limits nothing.
constexpr setting_range rate_range{1, 1'000'000};

using server = settings::server_settings;
using http = settings::http_settings;
using storage = settings::storage_settings;
using cache = settings::cache_settings;
using data = settings::data_settings;
using auth = settings::auth_settings;
using limits = settings::limits_settings;
using users = settings::users_settings;
using runs = settings::runs_settings;
using exports = settings::exports_settings;
using idempotency = settings::idempotency_settings;
using coach = settings::coach_settings;
using log = settings::log_settings;
using metrics = settings::metrics_settings;

constexpr std::array table{
  row<&settings::server, &server::grace>({.name = "server.grace",
    .range = {0, ms_per_hour},
    .explanation = "From SIGTERM to the end of the process, at most. What has not finished by then is cut off; nothing "
                   "that was acknowledged is lost."}),

  row<&settings::http, &http::address>({.name = "http.address",
    .explanation = "IPv4 and IPv6 addresses to listen at. 0.0.0.0 and :: are all addresses of the machine: set "
                   "tls_certificate, or put a TLS proxy in front.",
    .rule = must_be_addresses}),
  row<&settings::http, &http::port>({.name = "http.port",
    .range = {0, 65'535},
    .explanation = "Port to listen at. 0 takes a free one; the one in use stands in the file http.port of the data "
                   "directory."}),
  row<&settings::http, &http::tls_certificate>({.name = "http.tls_certificate",
    .explanation = "File with the server's certificate and the chain behind it, in PEM. Set together with tls_key: the "
                   "port then speaks TLS 1.2 and 1.3 and nothing else. Both files are read again on SIGHUP."}),
  row<&settings::http, &http::tls_key>({.name = "http.tls_key",
    .explanation =
      "File with the key of the certificate, in PEM without a passphrase, which only its owner can read."}),
  row<&settings::http, &http::trusted_proxies>({.name = "http.trusted_proxies",
    .explanation =
      "Networks of proxies, in CIDR notation. A request from one of them is its client's, for logs, limits "
      "and metrics.allow: the rightmost address in Forwarded or X-Forwarded-For that is no such proxy. "
      "From anywhere else these fields mean nothing. Name only proxies that write one of them.",
    .rule = must_be_networks}),
  row<&settings::http, &http::proxy_protocol>({.name = "http.proxy_protocol",
    .explanation = "Whether every connection from trusted_proxies begins with a PROXY header, version 2, that names "
                   "the client; those without are closed."}),
  row<&settings::http, &http::threads>({.name = "http.threads",
    .unit = "threads",
    .range = {0, 256},
    .explanation = "I/O threads, on which the actors run too. 0 takes one per core."}),
  row<&settings::http, &http::drain_delay>({.name = "http.drain_delay",
    .range = {0, 10 * ms_per_minute},
    .explanation = "How long the listeners stay open after /health/ready has turned to 503, so that a load balancer "
                   "has seen it before connections are refused. Part of server.grace."}),
  row<&settings::http, &http::head_timeout>({.name = "http.head_timeout",
    .range = client_wait,
    .explanation = "From the first byte of a request to the end of its head."}),
  row<&settings::http, &http::body_timeout>({.name = "http.body_timeout",
    .range = client_wait,
    .explanation =
      "From the end of a request's head to the end of its body. A body that comes at 1 KiB/s or faster gets the "
      "time it needs."}),
  row<&settings::http, &http::write_timeout>({.name = "http.write_timeout",
    .range = client_wait,
    .explanation = "How long a client may take nothing of an answer before its connection is closed."}),
  row<&settings::http, &http::idle_timeout>({.name = "http.idle_timeout",
    .range = {100, ms_per_day},
    .explanation = "How long a connection is kept open between requests. Longer than that of a proxy in front, else "
                   "the proxy meets connections that are just closing."}),
  row<&settings::http, &http::request_timeout>({.name = "http.request_timeout",
    .range = {1, 10 * ms_per_minute},
    .explanation = "From the end of a request to its answer; streams excepted. Longer than 8s, the deadline of the "
                   "work behind it."}),
  row<&settings::http, &http::connections_max>({.name = "http.connections_max",
    .unit = "connections",
    .range = {0, connections_ceiling},
    .explanation = "Connections at once. 0 takes what the limit of open files allows (ulimit -n), at most 65536."}),
  row<&settings::http, &http::connections_per_address_max>({.name = "http.connections_per_address_max",
    .unit = "connections",
    .range = {1, connections_ceiling},
    .explanation =
      "Connections of one client at once, an IPv4 address or the /64 of an IPv6 one; one more is answered "
      "with 429. Clients behind a proxy share its address unless it is one of trusted_proxies, whose connections are "
      "not counted. Lifted by limits.rate_enabled = false."}),
  row<&settings::http, &http::heartbeat>({.name = "http.heartbeat",
    .range = client_wait,
    .explanation = "Silence of a stream after which a heartbeat goes out, so that proxies keep it open."}),
  row<&settings::http, &http::cors_origins>({.name = "http.cors_origins",
    .explanation = "Web sites whose pages may call this server from a browser (CORS), as origins: "
                   "https://app.example.com. None by default: then only pages of this server's own origin may.",
    .rule = must_be_origins}),
  row<&settings::http, &http::cors_max_age>({.name = "http.cors_max_age",
    .range = {0, ms_per_day},
    .explanation = "How long a browser may remember that http.cors_origins allows a page to call."}),
  row<&settings::http, &http::purge_url>({.name = "http.purge_url",
    .explanation =
      "Where a CDN in front is told what to forget: a POST with the keys, as Surrogate-Key of public answers "
      "names them, when the server starts and when signing keys are rotated. Empty is no CDN.",
    .shown = secrecy::url_query,
    .rule = must_be_hook_url}),
  row<&settings::http, &http::purge_token>({.name = "http.purge_token",
    .explanation = "What it wants to see as Authorization: Bearer. From the environment or a file that only the server "
                   "can read, never as a flag.",
    .shown = secrecy::secret,
    .rule = must_be_bearer_token}),
  row<&settings::http, &http::purge_timeout>({.name = "http.purge_timeout",
    .range = {100, purge_timeout_max.count()},
    .explanation = "How long connecting to it may take, and as long again its answer. What fails is tried five times "
                   "in a minute and a half."}),

  row<&settings::storage, &storage::url>({.name = "storage.url",
    .explanation =
      "The database: sqlite:// and the path of a file, or "
      "postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full (HOST may be several; a unix socket is "
      "?host=/DIRECTORY). Keep a password out of it with PGPASSWORD or PGPASSFILE in the environment. Empty "
      "is genesis.db in the data directory.",
    .shown = secrecy::url_password,
    .rule = must_be_storage_url}),
  row<&settings::storage, &storage::replicas>({.name = "storage.replicas",
    .explanation =
      "Streaming replicas of the PostgreSQL database in storage.url, each as URL, for lists, searches and exports: "
      "postgresql://USER@HOST:PORT/DATABASE?weight=2. The weight, 1 to 100, is its share of the reading; 1 without "
      "one. Whoever has just written reads from a replica only once it has that write. One that is away, is late or "
      "was promoted is left until it is well again; the primary stands in for it. Besides read_pool_size, each has "
      "one connection that looks after it. At most 16; none by default. A URL with a comma in it, of several hosts for "
      "instance, can be named in the file alone.",
    .shown = secrecy::url_password,
    .rule = must_be_replicas}),
  row<&settings::storage, &storage::replica_lag_max>({.name = "storage.replica_lag_max",
    .range = {ms_per_second, ms_per_hour},
    .explanation = "How far a replica may be behind the primary before it is left."}),
  row<&settings::storage, &storage::read_pool_size>({.name = "storage.read_pool_size",
    .unit = "connections",
    .range = {1, 1'000},
    .explanation = "Connections to all replicas together that are kept open once there was use for them, shared out by "
                   "weight; each replica has one at least."}),
  row<&settings::storage, &storage::write_pool_size>({.name = "storage.write_pool_size",
    .unit = "connections",
    .range = {2, 1'000},
    .explanation = "Connections to the primary, in place of pool_size, while there are replicas."}),
  row<&settings::storage, &storage::pool_size>({.name = "storage.pool_size",
    .unit = "connections",
    .range = {2, 1'000},
    .explanation = "Database connections that are kept open once there was use for them: one writes, the others read. "
                   "SQLite has no use for more than two readers per core, and opens no more."}),
  row<&settings::storage, &storage::max_overflow>({.name = "storage.max_overflow",
    .unit = "connections",
    .range = {0, 1'000},
    .explanation = "Connections beyond pool_size that are opened while all others are busy, and closed after 10s with "
                   "nothing to do. Not with SQLite."}),
  row<&settings::storage, &storage::pool_timeout>({.name = "storage.pool_timeout",
    .range = {1, ms_per_hour},
    .explanation = "How long a question waits for a free connection before it is answered with 503. Requests wait 2s "
                   "at most; an export that has begun asks again for so long."}),
  row<&settings::storage, &storage::pool_recycle>({.name = "storage.pool_recycle",
    .range = {ms_per_second, 30 * ms_per_day},
    .explanation =
      "Age at which a connection that reads from PostgreSQL is replaced. The one that writes holds the claim "
      "to the database and stays, and so do connections to a file."}),
  row<&settings::storage, &storage::pool_pre_ping>({.name = "storage.pool_pre_ping",
    .explanation = "Whether a connection that has rested for 5s is tried before it is used."}),
  row<&settings::storage, &storage::echo>({.name = "storage.echo",
    .explanation = "Whether the log shows every statement that runs: name, time, rows and text, never its values."}),
  row<&settings::storage, &storage::echo_pool>({.name = "storage.echo_pool",
    .explanation = "What the log shows of connections: nothing (off), that they are connected, recycled and "
                   "invalidated (on), also that they are checked out and in (debug)."}),
  row<&settings::storage, &storage::slow_statement>({.name = "storage.slow_statement",
    .range = {1, ms_per_hour},
    .explanation = "A statement that takes longer is logged with its plan, once an hour."}),
  row<&settings::storage, &storage::batch_size>({.name = "storage.batch_size",
    .unit = "writes",
    .range = {1, 10'000},
    .explanation = "Writes that are committed together, at most."}),
  row<&settings::storage, &storage::batch_wait>({.name = "storage.batch_wait",
    .range = {0, 3 * ms_per_second},
    .explanation = "How long a write waits for others to be committed with. 0s gathers only what is waiting already, "
                   "which is best unless commits are dear."}),
  row<&settings::storage, &storage::queue_max>({.name = "storage.queue_max",
    .unit = "operations",
    .range = {1, 1'000'000},
    .explanation = "Operations that wait for the database, at most; beyond it requests are answered with 429."}),
  row<&settings::storage, &storage::max_bytes>({.name = "storage.max_bytes",
    .unit = "bytes",
    .explanation = "Size that SQLite's file may grow to; writes beyond it are answered with 503. 0 sets no limit. Read "
                   "again on SIGHUP. PostgreSQL's disks are its operator's."}),
  row<&settings::storage, &storage::statement_timeout>({.name = "storage.statement_timeout",
    .range = {1, ms_per_hour},
    .explanation = "How long one statement may run. Shorter than 4s, the deadline of the request to storage. A "
                   "PostgreSQL server gets nine tenths of it to say so itself, three quarters for a change; then the "
                   "connection is given up."}),
  row<&settings::storage, &storage::busy_timeout>({.name = "storage.busy_timeout",
    .range = {0, ms_per_hour},
    .explanation = "How long a statement waits for a lock that somebody else holds. Not longer than "
                   "statement_timeout. On PostgreSQL who reads waits 250ms at most, and who is written again because "
                   "others were locked, 50ms."}),

  row<&settings::cache, &cache::redis_url>({.name = "cache.redis_url",
    .explanation =
      "A Redis server as second cache: redis://USER@HOST:PORT/DATABASE or unix:///PATH?db=DATABASE. It spares the "
      "database most of the loading of people who come back, and no request fails without it. Empty is none.",
    .shown = secrecy::url_password,
    .rule = must_be_redis_url}),
  row<&settings::cache, &cache::redis_password>({.name = "cache.redis_password",
    .explanation = "Its password. From the environment or a file that only the server can read, never as a flag.",
    .shown = secrecy::secret}),
  row<&settings::cache, &cache::redis_prefix>({.name = "cache.redis_prefix",
    .explanation = "What every key there begins with, so that several programs can share a database.",
    .rule = must_be_key_prefix}),
  row<&settings::cache, &cache::redis_ttl>({.name = "cache.redis_ttl",
    .range = {ms_per_second, 30 * ms_per_day},
    .explanation = "How long somebody's records stay there after they were last loaded or changed."}),
  row<&settings::cache, &cache::redis_timeout>({.name = "cache.redis_timeout",
    .range = {1, ms_per_second},
    .explanation = "How long an answer of Redis is waited for. After a few late ones it is left alone for a while."}),

  row<&settings::data, &data::directory>({.name = "data.directory",
    .explanation = "Where database, keys, the control socket and the port file live. A relative path begins at the "
                   "working directory. Can be set here only in a file named with --config.",
    .rule = must_not_be_empty}),

  row<&settings::auth, &auth::registration>({.name = "auth.registration",
    .explanation = "Who may register: anybody, people with an invitation (genesis user invite), or nobody."}),
  row<&settings::auth, &auth::issuer>({.name = "auth.issuer",
    .explanation = "Claim iss of access tokens. A change logs everybody out of their access tokens.",
    .rule = must_be_token_claim}),
  row<&settings::auth, &auth::audience>(
    {.name = "auth.audience", .explanation = "Claim aud of access tokens. Likewise.", .rule = must_be_token_claim}),
  row<&settings::auth, &auth::access_token_lifetime>({.name = "auth.access_token_lifetime",
    .range = {ms_per_second, 15 * ms_per_minute},
    .explanation = "Life of an access token. Shorter than that of a refresh token."}),
  row<&settings::auth, &auth::refresh_token_lifetime>({.name = "auth.refresh_token_lifetime",
    .range = {ms_per_second, 365 * ms_per_day},
    .explanation = "How long a session lives without being used: life of a refresh token, which each use renews."}),
  row<&settings::auth, &auth::fresh_login>({.name = "auth.fresh_login",
    .range = {ms_per_second, ms_per_day},
    .explanation = "How old a login may be that deletes an account."}),
  row<&settings::auth, &auth::invitation_lifetime>({.name = "auth.invitation_lifetime",
    .range = {ms_per_second, 365 * ms_per_day},
    .explanation = "How long an invitation (genesis user invite) can be used."}),
  row<&settings::auth, &auth::password_threads>({.name = "auth.password_threads",
    .unit = "threads",
    .range = {1, 64},
    .explanation = "Threads that hash passwords; each hash takes 11-45 ms of CPU and 19 MiB."}),
  row<&settings::auth, &auth::password_queue_max>({.name = "auth.password_queue_max",
    .unit = "operations",
    .range = {1, 10'000},
    .explanation = "Hashes that wait, at most; beyond it logins are answered with 429."}),

  row<&settings::limits, &limits::rate_enabled>({.name = "limits.rate_enabled",
    .explanation = "Whether request rates, failed logins and connections per address are limited."}),
  row<&settings::limits, &limits::reads_per_minute>({.name = "limits.reads_per_minute",
    .unit = "requests",
    .range = rate_range,
    .explanation = "Reads of one person: so many at once, and as many a minute; beyond it requests are answered "
                   "with 429."}),
  row<&settings::limits, &limits::writes_per_minute>({.name = "limits.writes_per_minute",
    .unit = "requests",
    .range = rate_range,
    .explanation = "Changes by one person, likewise."}),
  row<&settings::limits, &limits::chats_per_minute>({.name = "limits.chats_per_minute",
    .unit = "requests",
    .range = rate_range,
    .explanation = "Questions of one person to the coach, likewise."}),
  row<&settings::limits, &limits::auth_per_minute>({.name = "limits.auth_per_minute",
    .unit = "requests",
    .range = rate_range,
    .explanation = "Registrations, logins and refreshes from one IPv4 address, or one /64 of IPv6, likewise."}),
  row<&settings::limits, &limits::failed_logins_per_account>({.name = "limits.failed_logins_per_account",
    .unit = "logins",
    .range = rate_range,
    .explanation = "Wrong passwords for one account within failed_logins_window; beyond it even the right one is "
                   "answered with 429."}),
  row<&settings::limits, &limits::failed_logins_per_address>({.name = "limits.failed_logins_per_address",
    .unit = "logins",
    .range = rate_range,
    .explanation = "Wrong passwords and API keys from one IPv4 address, or one /64 of IPv6, likewise."}),
  row<&settings::limits, &limits::failed_logins_window>({.name = "limits.failed_logins_window",
    .range = {ms_per_second, ms_per_day},
    .explanation = "How long it takes until all of those may be tried again."}),

  row<&settings::users, &users::active_max>({.name = "users.active_max",
    .unit = "people",
    .range = {1'024, 10'000'000},  // one for each shard at least
    .explanation = "People whose records are held in memory, at most; those used least recently leave first."}),
  row<&settings::users, &users::idle_timeout>({.name = "users.idle_timeout",
    .range = {100, 30 * ms_per_day},
    .explanation = "How long the records of somebody who sends no request stay in memory, at least."}),
  row<&settings::users, &users::queue_max>({.name = "users.queue_max",
    .unit = "operations",
    .range = {1, 10'000},
    .explanation = "Operations of one person that wait, at most; beyond it requests are answered with 429."}),
  row<&settings::users, &users::warm_up>({.name = "users.warm_up",
    .unit = "people",
    .range = {0, 1'000'000},
    .explanation = "People whose records are loaded at start, at most, those active most recently first."}),
  row<&settings::users, &users::warm_up_bytes>({.name = "users.warm_up_bytes",
    .unit = "bytes",
    .range = {0, mebibyte * 64 * 1'024},
    .explanation = "Memory that those may take, at most: with it full nobody else is loaded until they ask. Some 4 KiB "
                   "a person."}),

  row<&settings::runs, &runs::keep>({.name = "runs.keep",
    .range = {0, ms_per_day},
    .explanation = "How long the events of an ended answer can be replayed one by one. Its text stays."}),
  row<&settings::runs, &runs::persist_interval>({.name = "runs.persist_interval",
    .range = {10, ms_per_minute},
    .explanation = "How often the text of a growing answer is stored: what a crash can cost of it."}),
  row<&settings::runs, &runs::persist_bytes>({.name = "runs.persist_bytes",
    .unit = "bytes",
    .range = {1, mebibyte},
    .explanation = "Text of a growing answer that is stored before the interval has passed."}),
  row<&settings::runs, &runs::queue_max>({.name = "runs.queue_max",
    .unit = "questions",
    .range = {1, 1'000},
    .explanation = "Questions of one conversation that wait for the answer before them, at most."}),
  row<&settings::runs, &runs::reader_merge_bytes>({.name = "runs.reader_merge_bytes",
    .unit = "bytes",
    .range = {1'024, 64 * mebibyte},
    .explanation = "What waits for a slow reader of a stream before its events are merged. Not more than "
                   "reader_drop_bytes."}),
  row<&settings::runs, &runs::reader_drop_bytes>({.name = "runs.reader_drop_bytes",
    .unit = "bytes",
    .range = {1'024, 256 * mebibyte},
    .explanation =
      "How far behind a reader may be that falls back ever further; then it is disconnected and can resume."}),
  row<&settings::runs, &runs::reader_stall>({.name = "runs.reader_stall",
    .range = client_wait,
    .explanation = "How long a reader may take nothing before it is disconnected; it can resume."}),

  row<&settings::exports, &exports::at_once>({.name = "exports.at_once",
    .unit = "exports",
    .range = {1, 1'000},
    .explanation = "Exports of all people under way together, at most; beyond it requests are answered with 429."}),
  row<&settings::exports, &exports::per_person>(
    {.name = "exports.per_person", .unit = "exports", .range = {1, 100}, .explanation = "Likewise, of one person."}),
  row<&settings::exports, &exports::duration_max>({.name = "exports.duration_max",
    .range = {ms_per_second, ms_per_day},
    .explanation = "How long an export may take; then it is broken off."}),

  row<&settings::idempotency, &idempotency::keep>({.name = "idempotency.keep",
    .range = {ms_per_second, 30 * ms_per_day},
    .explanation = "How long an Idempotency-Key is remembered with its answer, at least."}),

  row<&settings::coach, &coach::tokens_per_second>({.name = "coach.tokens_per_second",
    .unit = "tokens",
    .range = {0, 1'000'000},
    .explanation = "Speed of the built-in coach. 0 is as fast as it goes."}),
  row<&settings::coach, &coach::repeat_tokens>({.name = "coach.repeat_tokens",
    .unit = "tokens",
    .range = {0, 100'000},
    .explanation = "Repeats the words of an answer until it has this many, for load tests. 0 leaves it alone."}),

  row<&settings::log, &log::level>(
    {.name = "log.level", .choices = level_choices, .explanation = "The least severe lines that are logged."}),
  row<&settings::log, &log::format>({.name = "log.format", .explanation = "For people, or one JSON object per line."}),
  row<&settings::log, &log::file>(
    {.name = "log.file", .explanation = "Its directory must be there. Empty is standard error."}),
  row<&settings::log, &log::file_bytes_max>({.name = "log.file_bytes_max",
    .unit = "bytes",
    .range = {64 * kibibyte, kibibyte* kibibyte* mebibyte},
    .explanation = "Size at which a new log file is begun."}),
  row<&settings::log, &log::file_count>({.name = "log.file_count",
    .unit = "files",
    .range = {1, 1'000},
    .explanation = "Log files that are kept, the one being written included."}),
  row<&settings::log, &log::access>({.name = "log.access", .explanation = "Whether each request is a line."}),

  row<&settings::metrics, &metrics::allow>({.name = "metrics.allow",
    .explanation = "Networks that may read /metrics, in CIDR notation. The address is that of the connection, behind "
                   "http.trusted_proxies the client's.",
    .rule = must_be_networks}),
};

/// Levenshtein's distance.
std::size_t edit_distance(std::string_view left, std::string_view right) {
  std::vector<std::size_t> row(right.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < left.size(); ++i) {
    auto diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < right.size(); ++j) {
      const auto replaced = diagonal + (left[i] == right[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

/// The row whose name, or part of it, a mistyped one most resembles; null when none is near.
template <class Part>
const setting* nearest_row(std::string_view name, Part part) {
  // Further apart than a third of its letters is another word, and a name this long is no name at all.
  static constexpr std::size_t name_length_max = 64;
  if (name.size() > name_length_max)
    return nullptr;
  const setting* nearest = nullptr;
  auto distance_max = name.size() / 3;
  for (const auto& each : table) {
    const auto distance = edit_distance(name, part(each));
    if (distance > distance_max || (nearest != nullptr && distance == distance_max))
      continue;
    nearest = &each;
    distance_max = distance;
  }
  return nearest;
}

}  // namespace

std::span<const setting> settings_table() noexcept {
  return table;
}

const setting* find_setting(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(table, name, &setting::name);
  return found == table.end() ? nullptr : found;
}

const setting* find_variable(std::string_view variable) {
  const auto* const found =
    std::ranges::find_if(table, [&](const setting& each) { return each.variable() == variable; });
  return found == table.end() ? nullptr : found;
}

const setting* nearest_setting(std::string_view name) {
  return nearest_row(name, [](const setting& each) { return each.name; });
}

std::string_view nearest_section(std::string_view name) {
  const auto* const found = nearest_row(name, [](const setting& each) { return each.section(); });
  return found == nullptr ? std::string_view{} : found->section();
}

}  // namespace genesis::config
