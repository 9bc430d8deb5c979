#include "http/address_gate.hpp"

namespace genesis::http {

bool address_gate::enter(const config::ip_address& address) {
  const auto [entry, is_new] = counts_.try_emplace(address.household(), 0);
  if (entry->second >= per_client_max_)
    return false;
  ++entry->second;
  return true;
}

void address_gate::leave(const config::ip_address& address) noexcept {
  const auto entry = counts_.find(address.household());
  if (entry != counts_.end() && --entry->second == 0)
    counts_.erase(entry);
}

}  // namespace genesis::http
