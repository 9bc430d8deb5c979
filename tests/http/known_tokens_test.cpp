#include "http/known_tokens.hpp"

#include <gtest/gtest.h>

#include <string>

namespace genesis::http {

namespace {

auth::access_claims claims_of(std::uint8_t number) {
  auth::access_claims claims;
  claims.id.bytes[0] = number;
  return claims;
}

}  // namespace

TEST(KnownTokens, AreFoundWithTheirClaims) {
  known_tokens known{10};
  EXPECT_EQ(known.find("one"), nullptr);
  known.add("one", claims_of(1));
  known.add("two", claims_of(2));
  ASSERT_NE(known.find("one"), nullptr);
  EXPECT_EQ(*known.find("one"), claims_of(1));
  EXPECT_EQ(*known.find("two"), claims_of(2));
  EXPECT_EQ(known.find("tow"), nullptr);
  known.clear();
  EXPECT_EQ(known.find("one"), nullptr);
}

TEST(KnownTokens, ForgetThoseThatAreNotUsed) {
  known_tokens known{10};
  known.add("used", claims_of(1));
  known.add("unused", claims_of(2));
  for (int i = 0; i < 1'000; ++i) {
    known.add(std::to_string(i), claims_of(3));
    ASSERT_NE(known.find("used"), nullptr) << i;
    ASSERT_LE(known.size(), 20U);
  }
  EXPECT_EQ(known.find("unused"), nullptr);
  EXPECT_NE(known.find("999"), nullptr);
}

}  // namespace genesis::http
