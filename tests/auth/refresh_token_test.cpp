#include "auth/digest.hpp"
#include "auth/random.hpp"
#include "auth/refresh_token.hpp"

#include <gtest/gtest.h>

namespace genesis::auth {
namespace {

const user_id user{uuid{random_bytes<16>()}};
const session_id session{uuid{random_bytes<16>()}};

TEST(RefreshToken, LeadsToItsUserAndSession) {
  const auto made = make_refresh_token(user, session);
  EXPECT_EQ(parse_refresh_token(made.text), (refresh_token{user, session, made.hash}));
  EXPECT_EQ(made.hash, sha256(made.text));
}

TEST(RefreshToken, HasItsPrefixAndLength) {
  const auto made = make_refresh_token(user, session);
  EXPECT_TRUE(made.text.starts_with("gr_"));
  EXPECT_EQ(made.text.size(), 89U);
}

TEST(RefreshToken, IsNewEachTime) {
  EXPECT_NE(make_refresh_token(user, session).text, make_refresh_token(user, session).text);
}

TEST(RefreshToken, HasAnotherHashWithAnyOtherText) {
  const auto made = make_refresh_token(user, session);
  for (std::size_t at = 0; at < made.text.size(); ++at) {
    auto text = made.text;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    if (const auto read = parse_refresh_token(text)) {
      EXPECT_FALSE(is_same_secret(read->hash, made.hash)) << at;
    }
  }
}

TEST(RefreshToken, RefusesOtherTexts) {
  const auto text = make_refresh_token(user, session).text;
  EXPECT_FALSE(parse_refresh_token(""));
  EXPECT_FALSE(parse_refresh_token("gr_"));
  EXPECT_FALSE(parse_refresh_token("GR_" + text.substr(3)));
  EXPECT_FALSE(parse_refresh_token(text.substr(3)));
  EXPECT_FALSE(parse_refresh_token(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(parse_refresh_token(text + "A"));
  EXPECT_FALSE(parse_refresh_token(text + "="));
  EXPECT_FALSE(parse_refresh_token(text + "\n"));
  EXPECT_FALSE(parse_refresh_token(" " + text));
  EXPECT_FALSE(parse_refresh_token("gr_" + std::string(1'000'000, 'A')));
}

}  // namespace
}  // namespace genesis::auth
