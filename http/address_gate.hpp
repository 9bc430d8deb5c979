#pragma once

#include "config/network.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>

namespace genesis::http {

/// Counts the connections of each client and says who may have one more. A client is an `ip_address::household`.
///
/// Holds an entry per client that has a connection, and so never more than there are connections.
class address_gate {
public:
  explicit address_gate(std::size_t per_client_max) : per_client_max_(per_client_max) {}

  /// Counts one more connection of this client, unless it has as many as it may.
  bool enter(const config::ip_address& address);
  /// One that entered is gone.
  void leave(const config::ip_address& address) noexcept;

  /// Clients that have a connection.
  [[nodiscard]] std::size_t clients() const noexcept { return counts_.size(); }

private:
  std::size_t per_client_max_;
  std::unordered_map<config::ip_address, std::size_t, config::ip_address_hash> counts_;
};

}  // namespace genesis::http
