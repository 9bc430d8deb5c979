#pragma once

#include "domain/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace genesis::auth {

inline constexpr std::size_t password_length_min = 8;    ///< Code points after normalisation; NIST SP 800-63B 5.1.1.2.
inline constexpr std::size_t password_length_max = 256;  ///< Likewise. Nothing is ever cut off.

/// The form in which a password is hashed and estimated: NFC, so that `é` typed on one keyboard as one code point and
/// on another as two is the same password. Fails with `invalid_argument` and a clause that completes "password ..." for
/// invalid UTF-8, NUL, or a length outside 8..256 code points.
result<std::string> normalise_password(std::string_view text);

/// An argon2id hash (RFC 9106) of 19 MiB and two passes in the usual text form, salt and parameters included. Takes a
/// normalised password. Costs 11-45 ms of CPU and 19 MiB: on the password pool only. Fails with `unavailable` when
/// there is no memory.
result<std::string> hash_password(std::string_view password);

/// What a comparison found.
struct password_check {
  bool matches = false;
  bool needs_rehash = false;  ///< It matches, and its hash was made with other parameters than today's.

  friend bool operator==(const password_check&, const password_check&) = default;
};

/// Compares a normalised password with a stored hash; the same cost as `hash_password`. Fails with `internal` when the
/// stored text is no hash, with `unavailable` when there is no memory to tell.
result<password_check> verify_password(std::string_view password, std::string_view stored);

/// Does the work of one `verify_password` and forgets it, so that a login costs the same whether the account exists.
/// Also for a password that `normalise_password` refused. Fails as that does without memory: `unavailable`.
result<void> verify_against_nothing(std::string_view password);

}  // namespace genesis::auth
