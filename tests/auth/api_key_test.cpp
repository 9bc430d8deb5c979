#include "auth/api_key.hpp"
#include "auth/digest.hpp"
#include "auth/random.hpp"
#include "auth/refresh_token.hpp"

#include <gtest/gtest.h>

namespace genesis::auth {
namespace {

const user_id user{uuid{random_bytes<16>()}};
const api_key_id key{uuid{random_bytes<16>()}};

TEST(ApiKey, LeadsToItsUserAndItself) {
  const auto made = make_api_key(user, key);
  EXPECT_EQ(parse_api_key(made.text), (presented_api_key{key, user, made.hash}));
  EXPECT_EQ(made.hash, sha256(made.text));
}

TEST(ApiKey, IsRecognisedByItsPrefix) {
  const auto made = make_api_key(user, key);
  EXPECT_EQ(made.text.size(), 89U);
  EXPECT_TRUE(is_like_api_key(made.text));
  EXPECT_FALSE(is_like_api_key("eyJhbGciOiJFZERTQSJ9.e30.c2ln"));
  EXPECT_FALSE(is_like_api_key(make_refresh_token(user, session_id{key.value}).text));
}

TEST(ApiKey, IsNewEachTime) {
  EXPECT_NE(make_api_key(user, key).text, make_api_key(user, key).text);
}

TEST(ApiKey, BeginsWithWhatListsShowOfIt) {
  EXPECT_EQ(api_key_prefix(key).size(), 15U);
  for (int i = 0; i < 8; ++i)
    EXPECT_TRUE(make_api_key(user, key).text.starts_with(api_key_prefix(key)));
  EXPECT_NE(api_key_prefix(key), api_key_prefix(api_key_id{uuid{random_bytes<16>()}}));
}

TEST(ApiKey, RefusesOtherTexts) {
  const auto text = make_api_key(user, key).text;
  EXPECT_FALSE(parse_api_key(""));
  EXPECT_FALSE(parse_api_key("gk_"));
  EXPECT_FALSE(parse_api_key("GK_" + text.substr(3)));
  EXPECT_FALSE(parse_api_key("gr_" + text.substr(3)));
  EXPECT_FALSE(parse_api_key(text.substr(0, text.size() - 1)));
  EXPECT_FALSE(parse_api_key(text + "A"));
  EXPECT_FALSE(parse_api_key(text + " "));
  EXPECT_FALSE(parse_api_key("gk_" + std::string(1'000'000, 'A')));
}

}  // namespace
}  // namespace genesis::auth
