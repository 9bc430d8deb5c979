#pragma once

#include "domain/session.hpp"
#include "domain/time.hpp"
#include "domain/user.hpp"

#include <string>

namespace genesis {

/// Lets one person register once, under one address. An address has one invitation at a time.
struct invitation {
  secret_hash hash{};  ///< Of what was handed out.
  std::string email;   ///< Lower case.
  user_role role = user_role::user;
  timestamp created_at;
  timestamp expires_at;  ///< Of no use from here on.

  friend bool operator==(const invitation&, const invitation&) = default;
};

}  // namespace genesis
