#pragma once

#include "domain/session.hpp"

#include <initializer_list>
#include <string_view>

namespace genesis::auth {

/// SHA-256 (FIPS 180-4). On any thread.
secret_hash sha256(std::string_view data);

/// SHA-256 over several parts, each preceded by its length, so that parts cannot slide into one another: the digest of
/// ("ab", "c") is not that of ("a", "bc"). For fingerprints of requests.
secret_hash sha256_of_parts(std::initializer_list<std::string_view> parts);

/// Compares in a time that does not depend on where the two differ.
bool is_same_secret(const secret_hash& left, const secret_hash& right) noexcept;

}  // namespace genesis::auth
