#pragma once

#include "actors/purger.hpp"
#include "config/limits.hpp"
#include "domain/error.hpp"
#include "http/server_url.hpp"

#include <chrono>
#include <string>

namespace genesis::http {

/// Where a CDN is told to forget something, and as whom.
struct purge_hook {
  server_url server;
  std::string target;                        ///< Path and query.
  std::string token;                         ///< Behind `Authorization: Bearer`; empty for none.
  std::chrono::milliseconds timeout{1'500};  ///< To connect, and again for the answer.
};

/// What tells it: a POST of `{"surrogate_keys":["openapi"]}` with the keys in `Surrogate-Key` as well, where some CDNs
/// look for them. Over TLS to whom the system believes, and to nobody else. Fails when it is not known whom the system
/// believes.
result<post_purge> make_post_purge(const purge_hook& hook);

/// Longest that a call of it takes, when names are known: what is added is for the thread to get its turn.
constexpr std::chrono::milliseconds purge_attempt_max(std::chrono::milliseconds timeout) noexcept {
  return 2 * timeout + std::chrono::milliseconds{500};
}
static_assert(2 * purge_attempt_max(config::purge_timeout_max) < config::front_request_deadline,
  "whoever purges by hand may have to wait for an attempt that is under way, and is told then how theirs went");

}  // namespace genesis::http
