#pragma once

#include "auth/signing_key.hpp"

#include <string>
#include <string_view>

namespace genesis::auth {

/// The private key of RFC 8037 A.1 as PKCS#8.
inline constexpr std::string_view rfc8037_pem = "-----BEGIN PRIVATE KEY-----\n"
                                                "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
                                                "-----END PRIVATE KEY-----\n";

inline signing_key rfc8037_key(std::string kid = "rfc8037") {
  return signing_key::from_pem(std::move(kid), rfc8037_pem).value();
}

}  // namespace genesis::auth
