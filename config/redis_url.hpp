#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace genesis::config {

/// Where a Redis server is and what of it is used: a host and a port, or a unix socket.
struct redis_url {
  std::string host;    ///< A name, or an address without brackets. Empty for a unix socket.
  std::string socket;  ///< Absolute path. Empty for a host.
  std::uint16_t port = 6379;
  std::string user;  ///< Of an access list (Redis 6). Empty for the default one.
  std::uint16_t database = 0;

  /// Reads `redis://[user@]host[:port][/database]` and `unix://[user@]/path[?db=database]`. Fails with a clause that
  /// completes "cache.redis_url ...", which shows nothing of the text. A password is refused: it has a setting of its
  /// own, and URLs end up in logs and process lists.
  static std::expected<redis_url, std::string> parse(std::string_view text);

  [[nodiscard]] bool is_local() const noexcept { return !socket.empty(); }
  /// How messages name the server: `redis://host:6379/0`, without the user.
  [[nodiscard]] std::string text() const;

  friend bool operator==(const redis_url&, const redis_url&) = default;
};

}  // namespace genesis::config
