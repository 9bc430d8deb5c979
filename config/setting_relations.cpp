#include "config/setting_relations.hpp"

#include "config/limits.hpp"

#include <array>

namespace genesis::config {

namespace {

// Named in the rules' texts below.
static_assert(storage_request_deadline == seconds{4});
static_assert(front_request_deadline == seconds{8});

constexpr std::array relations{
  setting_relation{"storage.statement_timeout", "",
    [](const settings& all) { return all.storage.statement_timeout < storage_request_deadline; },
    "storage.statement_timeout is shorter than 4s, after which nobody waits for storage any more"},
  setting_relation{"storage.busy_timeout", "storage.statement_timeout",
    [](const settings& all) { return all.storage.busy_timeout <= all.storage.statement_timeout; },
    "storage.busy_timeout is not longer than storage.statement_timeout, which includes it"},
  setting_relation{"storage.batch_wait", "storage.statement_timeout",
    [](const settings& all) {
      return all.storage.batch_wait.count() == 0 ||
             all.storage.batch_wait + all.storage.statement_timeout < storage_request_deadline - milliseconds{500};
    },
    "storage.batch_wait, where it is set, and storage.statement_timeout are shorter than 3.5s together, after which a "
    "write counts as "
    "lost"},
  setting_relation{"storage.replicas", "storage.url",
    [](const settings& all) { return all.storage.replicas.empty() || all.storage.url.starts_with("postgres"); },
    "storage.replicas are of a PostgreSQL database, which storage.url names"},
  setting_relation{"http.request_timeout", "",
    [](const settings& all) { return all.http.request_timeout > front_request_deadline; },
    "http.request_timeout is longer than 8s, the deadline of the work behind it"},
  setting_relation{"http.tls_certificate", "http.tls_key",
    [](const settings& all) { return all.http.tls_certificate.empty() == all.http.tls_key.empty(); },
    "http.tls_certificate and http.tls_key are set together"},
  setting_relation{"http.proxy_protocol", "http.trusted_proxies",
    [](const settings& all) { return !all.http.proxy_protocol || !all.http.trusted_proxies.empty(); },
    "http.proxy_protocol needs http.trusted_proxies, whose connections begin with a PROXY header"},
  setting_relation{"http.drain_delay", "server.grace",
    [](const settings& all) { return all.http.drain_delay <= all.server.grace; },
    "http.drain_delay is not longer than server.grace, which includes it"},
  setting_relation{"http.purge_token", "http.purge_url",
    [](const settings& all) { return all.http.purge_token.empty() || !all.http.purge_url.empty(); },
    "http.purge_token needs http.purge_url, to which it goes"},
  setting_relation{"auth.access_token_lifetime", "auth.refresh_token_lifetime",
    [](const settings& all) { return all.auth.access_token_lifetime < all.auth.refresh_token_lifetime; },
    "auth.access_token_lifetime is shorter than auth.refresh_token_lifetime, else there is nothing to refresh"},
  setting_relation{"runs.reader_merge_bytes", "runs.reader_drop_bytes",
    [](const settings& all) { return all.runs.reader_merge_bytes <= all.runs.reader_drop_bytes; },
    "runs.reader_merge_bytes is not more than runs.reader_drop_bytes, else readers are dropped before events are "
    "merged"},
};

}  // namespace

std::span<const setting_relation> setting_relations() noexcept {
  return relations;
}

}  // namespace genesis::config
