#pragma once

#include "auth/signing_keys.hpp"
#include "domain/ids.hpp"
#include "domain/time.hpp"
#include "domain/user.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::auth {

/// What an access token says. Moments are whole seconds in the token: `issue` cuts them down.
struct access_claims {
  user_id user;                ///< `sub`
  session_id session;          ///< `sid`
  timestamp issued_at;         ///< `iat`
  timestamp expires_at;        ///< `exp`; not accepted from here on.
  timestamp authenticated_at;  ///< `auth_time`: when the password was last checked.
  user_role role = user_role::user;
  uuid id;  ///< `jti`

  friend bool operator==(const access_claims&, const access_claims&) = default;
};

/// Why a token is not accepted. Clients see only whether it expired.
enum class token_fault : std::uint8_t {
  malformed,      ///< No token of this server's making: size, encoding, JSON, or a header other than ours.
  unknown_key,    ///< Signed with a key that is not (or no longer) here.
  bad_signature,  ///< Changed on the way, or forged.
  expired,        ///< Genuine and once good.
  wrong_claims,   ///< Genuine, but for another issuer or audience, or a claim is missing, impossible or in the future.
};

inline constexpr std::size_t token_fault_count = 5;

/// The name in lower case, for logs and metrics.
std::string_view to_string(token_fault fault) noexcept;

/// Who issues tokens and for whom: claims `iss` and `aud`, compared byte for byte.
struct token_parties {
  std::string issuer;
  std::string audience;
};

/// A signed JWT for access tokens (RFC 9068), signed by the newest key with EdDSA over Ed25519 (RFC 8037). Fails only
/// when OpenSSL does.
result<std::string> issue(const access_claims& claims, const token_parties& parties, const signing_keys& keys);

/// Checks a token: size first, then the header, the signature, and only then the claims. The header must be exactly
/// `alg` EdDSA, `typ` at+jwt and a `kid` of the ring; anything else in it (`crit`, `jku`, `jwk`, `x5u`, ...) is refused
/// unread, so a token never chooses its algorithm or brings its key (RFC 8725 3.1, 3.5). Costs 60-100 us of CPU; on any
/// thread.
std::expected<access_claims, token_fault> verify(
  std::string_view token, const token_parties& parties, const signing_keys& keys, timestamp now);

/// What the time has to say about claims that were found good before: `expired`, or `wrong_claims` when they come from
/// the future because the clock was set back.
std::optional<token_fault> fault_at(const access_claims& claims, timestamp now) noexcept;

}  // namespace genesis::auth
