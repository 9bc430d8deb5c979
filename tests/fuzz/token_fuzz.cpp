#include "auth/access_token.hpp"
#include "auth/api_key.hpp"
#include "auth/refresh_token.hpp"
#include "http/field_values.hpp"
#include "tests/auth/test_keys.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace genesis::fuzz {

namespace {

using std::chrono::minutes;

/// A ring, and one genuine token of it for the fuzzer to damage.
struct issuer {
  auth::signing_keys keys{std::vector{auth::rfc8037_key()}};
  auth::token_parties parties{"genesis", "genesis-api"};
  timestamp now = parse_rfc3339("2026-01-02T03:04:05.000Z").value();
  auth::access_claims claims{user_id::parse("018f0000-0000-7000-8000-000000000001").value(),
    session_id::parse("018f0000-0000-7000-8000-000000000002").value(), now, now + minutes{15}, now, user_role::user,
    parse_uuid("018f0000-0000-7000-8000-000000000003").value()};
  std::string genuine = auth::issue(claims, parties, keys).value();
};

/// Input as a list of changes to the genuine token: position (two bytes) and what is put there.
std::string damaged(std::string token, std::string_view changes) {
  for (; changes.size() >= 3; changes.remove_prefix(3)) {
    const auto at =
      (static_cast<unsigned char>(changes[0]) * 256U + static_cast<unsigned char>(changes[1])) % token.size();
    token[at] = changes[2];
  }
  return token;
}

}  // namespace

/// Tokens: nothing is accepted but what the ring has signed, byte for byte.
void fuzz(std::string_view input) {
  static const issuer issued;
  for (const std::string& token : {std::string(input), damaged(issued.genuine, input)}) {
    const auto claims = auth::verify(token, issued.parties, issued.keys, issued.now);
    require(claims.has_value() == (token == issued.genuine), "only the genuine token is accepted");
    const std::string field = "Bearer " + token;
    if (const auto shown = http::bearer_token(field))
      require(token.ends_with(*shown) && token.find_first_not_of(' ') == token.size() - shown->size(),
        "a bearer token is passed on as it came, without the spaces before it");
  }
  if (const auto refresh = auth::parse_refresh_token(input))
    require(input.starts_with("gr_") && input.size() == 89, "a refresh token has its form");
  if (const auto key = auth::parse_api_key(input))
    require(auth::is_like_api_key(input) && input.starts_with(auth::api_key_prefix(key->key)) && input.size() == 89,
      "an API key has its form");
}

}  // namespace genesis::fuzz
