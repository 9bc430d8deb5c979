#include "http/purge_hook.hpp"

#include "http/http_client.hpp"
#include "http/json_writer.hpp"

#include <memory>

namespace genesis::http {

namespace {

/// Nobody reads what the CDN says beside its status.
constexpr std::size_t answer_bytes_max = std::size_t{64} * 1'024;

http_request request_for(const purge_hook& hook, const std::vector<std::string>& keys) {
  std::string together;
  for (const auto& each : keys)
    (together += together.empty() ? "" : " ") += each;
  http_request request{"POST", hook.target,
    {{"Content-Type", "application/json"}, {"Surrogate-Key", std::move(together)},
      {"User-Agent", "genesis/" GENESIS_VERSION}},
    json_object([&](json_writer& json) { json.member("surrogate_keys", keys); })};
  if (!hook.token.empty())
    request.headers.push_back({"Authorization", "Bearer " + hook.token});
  return request;
}

}  // namespace

result<post_purge> make_post_purge(const purge_hook& hook) {
  connect_options way;
  if (hook.server.is_secure) {
    auto trust = load_server_trust();
    if (!trust)
      return std::unexpected(std::move(trust.error()));
    way.trust = *std::move(trust);
  }
  http_client_limits limits;
  limits.connect_timeout = hook.timeout;
  limits.exchange_timeout = hook.timeout;
  limits.body_bytes_max = answer_bytes_max;
  return post_purge{[hook, limits, way](const std::vector<std::string>& keys) -> result<int> {
    const auto answer = http_client{hook.server, limits, way}.exchange(request_for(hook, keys));
    if (!answer)
      return std::unexpected(answer.error());
    return static_cast<int>(answer->status);
  }};
}

}  // namespace genesis::http
