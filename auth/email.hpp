#pragma once

#include "domain/error.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace genesis::auth {

inline constexpr std::size_t email_length_min = 3;
inline constexpr std::size_t email_length_max = 254;  ///< What fits a path of RFC 5321 4.5.3.1.3.

/// The one spelling of an e-mail address under which it is stored and compared: lower case as a whole.
///
/// Takes `local@domain` in visible ASCII: the local part a dot-atom (RFC 5322 3.2.3) of at most 64 characters, the
/// domain one or more host labels (RFC 1123 2.1). Display names, comments, quotes, spaces, address literals and a
/// domain that ends in a number are refused. So are addresses outside ASCII: two that look alike would be two accounts.
/// Fails with `invalid_argument` and a clause that completes "email ...".
result<std::string> normalise_email(std::string_view text);

}  // namespace genesis::auth
