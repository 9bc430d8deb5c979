#include "http/address_gate.hpp"

namespace genesis::http {

namespace {

constexpr unsigned household_bits = 64;

config::ip_address client_of(const config::ip_address& address) noexcept {
  return address.bits() == 32 ? address : address.block(household_bits);
}

}  // namespace

bool address_gate::enter(const config::ip_address& address) {
  const auto [entry, is_new] = counts_.try_emplace(client_of(address), 0);
  if (entry->second >= per_client_max_)
    return false;
  ++entry->second;
  return true;
}

void address_gate::leave(const config::ip_address& address) noexcept {
  const auto entry = counts_.find(client_of(address));
  if (entry != counts_.end() && --entry->second == 0)
    counts_.erase(entry);
}

}  // namespace genesis::http
