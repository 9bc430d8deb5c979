#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace genesis::config {

/// One entry of `storage.replicas`: where a replica is, and how much of the reading is for it.
struct replica_url {
  static constexpr std::int64_t weight_max = 100;

  std::string url;  ///< As PostgreSQL's clients take it.
  std::int64_t weight = 1;

  /// Reads a URL of PostgreSQL that may have a parameter `weight` more, 1..100. Fails with a clause about the entry,
  /// which shows nothing of it: it may hold a password.
  static std::expected<replica_url, std::string> parse(std::string_view text);

  friend bool operator==(const replica_url&, const replica_url&) = default;
};

}  // namespace genesis::config
