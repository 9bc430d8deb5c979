#pragma once

#include "domain/api_key.hpp"
#include "domain/ids.hpp"
#include "domain/session.hpp"
#include "domain/time.hpp"
#include "domain/user.hpp"

#include <vector>

namespace genesis::http {

/// An API key that its owner has vouched for. Whether it is alive still is the owner's to say, on each use.
struct known_key {
  api_key_id id;
  secret_hash hash{};
  user_id user;
  std::vector<key_scope> scopes;
  user_role role = user_role::user;
  timestamp from;
  timestamp until;

  /// Not before it was learnt either: the clock was set back, and nobody knows how long ago that was.
  [[nodiscard]] bool is_good_at(timestamp now) const noexcept { return from <= now && now < until; }
  /// They say the same, for however long.
  [[nodiscard]] bool agrees_with(const known_key& other) const noexcept {
    return id == other.id && hash == other.hash && user == other.user && scopes == other.scopes && role == other.role;
  }
};

}  // namespace genesis::http
