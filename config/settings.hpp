#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace genesis::config {

enum class registration_mode : std::uint8_t { open, invite, closed };
enum class log_format : std::uint8_t { text, json };
/// What the log tells of database connections: nothing; that they are connected, recycled or invalidated; also that
/// they are checked out and in.
enum class pool_echo : std::uint8_t { off, on, debug };

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Everything an operator may set. Names in files, flags and the environment follow the members: `http.port`,
/// `--http.port`, `GENESIS_HTTP_PORT`. `config/settings_table.cpp` holds the one table of units, defaults, ranges and
/// explanations.
struct settings {
  struct server_settings {
    milliseconds grace = seconds{15};  ///< From SIGTERM to the end, at most.
  } server;

  struct http_settings {
    std::vector<std::string> address{"127.0.0.1"};
    std::uint16_t port = 8080;              ///< 0 takes a free one.
    std::filesystem::path tls_certificate;  ///< PEM. Empty, as the key: plain HTTP. Both are read again on SIGHUP.
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies;  ///< Networks whose word about clients' addresses counts.
    bool proxy_protocol = false;               ///< Connections from them begin with a PROXY header.
    std::int64_t threads = 0;                  ///< 0 takes one per core.
    milliseconds drain_delay{0};
    milliseconds head_timeout = seconds{10};  ///< From the first byte of a request to the end of its head.
    milliseconds body_timeout = seconds{30};
    milliseconds write_timeout = seconds{30};  ///< Without progress of a write.
    milliseconds idle_timeout = seconds{75};
    milliseconds request_timeout = seconds{10};  ///< From the whole request to its answer.
    std::int64_t connections_max = 0;            ///< 0 takes what the descriptor limit allows, at most 65,536.
    std::int64_t connections_per_address_max = 1'024;
    milliseconds heartbeat = seconds{15};   ///< Silence of a stream after which a heartbeat goes out.
    std::vector<std::string> cors_origins;  ///< Whose pages may call from a browser; see `origin_fault`.
    seconds cors_max_age = std::chrono::minutes{10};
    std::string purge_url;  ///< Where a CDN is told what to forget; see `hook_url`. Empty: nobody is told.
    std::string purge_token;
    milliseconds purge_timeout{1'500};  ///< To connect to it, and again for its answer.
  } http;

  struct storage_settings {
    std::string url;                    ///< Empty: `sqlite://` and genesis.db in the data directory.
    std::vector<std::string> replicas;  ///< Of PostgreSQL; see `replica_url` for the form.
    milliseconds replica_lag_max = seconds{10};
    std::int64_t read_pool_size = 30;   ///< Connections to all replicas together.
    std::int64_t write_pool_size = 10;  ///< In place of `pool_size` while there are replicas.
    std::int64_t pool_size = 20;
    std::int64_t max_overflow = 10;
    milliseconds pool_timeout = seconds{30};
    milliseconds pool_recycle = seconds{3600};
    bool pool_pre_ping = true;
    bool echo = false;  ///< Logs every statement.
    pool_echo echo_pool = pool_echo::off;
    std::int64_t batch_size = 256;  ///< Writes committed together, at most.
    milliseconds batch_wait{0};     ///< Longest that a write waits for others to be committed with.
    milliseconds slow_statement = milliseconds{200};
    std::int64_t queue_max = 10'000;
    std::int64_t max_bytes = 0;  ///< Of SQLite's file; 0 for no limit. Read again on SIGHUP.
    milliseconds statement_timeout = seconds{2};
    milliseconds busy_timeout = seconds{1};
  } storage;

  struct cache_settings {
    std::string redis_url;  ///< Empty: no second cache; see `redis_url` for the form.
    std::string redis_password;
    std::string redis_prefix = "genesis:";  ///< Of all keys.
    seconds redis_ttl = std::chrono::hours{1};
    milliseconds redis_timeout{50};  ///< For one answer.
  } cache;

  struct data_settings {
    std::filesystem::path directory = "data";
  } data;

  struct auth_settings {
    registration_mode registration = registration_mode::open;
    std::string issuer = "genesis";
    std::string audience = "genesis-api";
    seconds access_token_lifetime = std::chrono::minutes{15};
    seconds refresh_token_lifetime = std::chrono::days{30};
    seconds fresh_login = std::chrono::minutes{5};  ///< How old a login may be that deletes an account.
    seconds invitation_lifetime = std::chrono::days{7};
    std::int64_t password_threads = 1;
    std::int64_t password_queue_max = 64;
  } auth;

  struct limits_settings {
    bool rate_enabled = true;               ///< Off, it lifts the limits below and the cap of connections per address.
    std::int64_t reads_per_minute = 1'200;  ///< Of one person, as the next two.
    std::int64_t writes_per_minute = 300;
    std::int64_t chats_per_minute = 30;
    std::int64_t auth_per_minute = 20;  ///< Registrations, logins and refreshes from one address.
    std::int64_t failed_logins_per_account = 10;
    std::int64_t failed_logins_per_address = 100;
    seconds failed_logins_window = std::chrono::minutes{15};
  } limits;

  struct users_settings {
    std::int64_t active_max = 200'000;
    milliseconds idle_timeout = std::chrono::minutes{15};
    std::int64_t queue_max = 32;                                    ///< Operations waiting per person.
    std::int64_t warm_up = 1'000;                                   ///< People activated at start, at most.
    std::int64_t warm_up_bytes = std::int64_t{64} * 1'024 * 1'024;  ///< Of those in memory, at most.
  } users;

  struct runs_settings {
    milliseconds keep = std::chrono::minutes{10};  ///< Events of an ended run stay readable one by one.
    milliseconds persist_interval = seconds{1};
    std::int64_t persist_bytes = 4'096;
    std::int64_t queue_max = 8;  ///< Questions waiting per conversation.
    std::int64_t reader_merge_bytes = std::int64_t{256} * 1'024;
    std::int64_t reader_drop_bytes = std::int64_t{1'024} * 1'024;
    milliseconds reader_stall = seconds{30};
  } runs;

  struct exports_settings {
    std::int64_t at_once = 8;  ///< Of all people together.
    std::int64_t per_person = 1;
    milliseconds duration_max = std::chrono::hours{1};
  } exports;

  struct idempotency_settings {
    seconds keep = std::chrono::hours{24};
  } idempotency;

  struct coach_settings {
    std::int64_t tokens_per_second = 0;  ///< 0: as fast as it goes.
    std::int64_t repeat_tokens = 0;      ///< Repeats an answer's words until it has this many; 0 leaves it alone.
  } coach;

  struct log_settings {
    std::string level = "info";
    log_format format = log_format::text;
    std::filesystem::path file;  ///< Empty: standard error.
    std::int64_t file_bytes_max = std::int64_t{64} * 1'024 * 1'024;
    std::int64_t file_count = 5;
    bool access = true;  ///< A line per request.
  } log;

  struct metrics_settings {
    std::vector<std::string> allow{"127.0.0.0/8", "::1/128"};  ///< Networks that may read /metrics.
  } metrics;
};

}  // namespace genesis::config
