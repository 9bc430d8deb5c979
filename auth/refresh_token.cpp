#include "auth/refresh_token.hpp"

namespace genesis::auth {

namespace {

constexpr std::string_view prefix = "gr_";

}  // namespace

new_secret make_refresh_token(user_id user, session_id session) {
  return make_owned_secret(prefix, user.value, session.value);
}

std::optional<refresh_token> parse_refresh_token(std::string_view text) {
  const auto read = parse_owned_secret(prefix, text);
  if (!read)
    return std::nullopt;
  return refresh_token{{read->first}, {read->second}, read->hash};
}

}  // namespace genesis::auth
