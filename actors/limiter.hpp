#pragma once

#include "actors/bucket_table.hpp"
#include "actors/environment.hpp"
#include "actors/interfaces.hpp"
#include "actors/service.hpp"

#include <array>
#include <cstring>

namespace genesis {

struct limiter_options {
  rate_quota auth{20, std::chrono::minutes{1}};  ///< Of one address.
  rate_quota account_failures{10, std::chrono::minutes{15}};
  rate_quota address_failures{100, std::chrono::minutes{15}};
  /// Addresses, and accounts, that are remembered at once: at some 80 bytes each a flood from a million of them costs
  /// 25 MB in all.
  std::size_t places = 100'000;
};

/// Of an address, or of an e-mail address: 128 bits of SHA-256 over it and a secret of this process, so that nobody can
/// choose two that collide, and no address of a person is kept.
using limiter_key = std::array<std::uint8_t, 16>;

struct limiter_key_hash {
  std::size_t operator()(const limiter_key& key) const noexcept {
    std::size_t first = 0;
    std::memcpy(&first, key.data(), sizeof first);
    return first;
  }
};

/// See `limiter_actor`. An address is an IPv4 address or a /64 of IPv6, which one subscriber has to themselves.
///
/// A login counts as failed from its admission on, until it is forgiven: else as many passwords as wait at once could
/// be tried beyond the bound. An account is counted whether it exists or not; what is right says nothing about what was
/// wrong before, so a success takes back its own count and no other. A wrong API key counts like a wrong password, but
/// only once it is known to be wrong.
class limiter_state {
public:
  using pointer = limiter_actor::stateful_pointer<limiter_state>;

  explicit limiter_state(pointer self) : self_(self) {}

  void start(const limiter_options& options, const environment& world);

  caf::result<bool> handle(const take_auth_token& what);
  caf::result<bool> handle(const admit_login& what);
  void handle(const forgive_login& what);
  caf::result<bool> handle(const admit_key& what);
  void handle(const count_failed_key& what);

private:
  using table = bucket_table<limiter_key, limiter_key_hash>;

  [[nodiscard]] limiter_key key_of_account(const std::string& account) const;
  [[nodiscard]] limiter_key key_of_address(const std::string& address) const;
  /// The limit that the attempt has reached, when it has.
  [[nodiscard]] std::optional<rate_refusal> reached(const limiter_key& account, const limiter_key& address) const;
  void take_both(const limiter_key& account, const limiter_key& address);
  static caf::result<bool> refuse(const rate_refusal& why);

  pointer self_;
  limiter_options options_;
  std::string secret_;
  std::optional<table> auth_;
  std::optional<table> account_failures_;
  std::optional<table> address_failures_;
};

limiter_actor::behavior_type limiter_behavior(
  service_pointer<limiter_actor, limiter_state> self, limiter_options options, environment world);

}  // namespace genesis
