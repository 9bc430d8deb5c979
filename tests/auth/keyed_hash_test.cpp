#include "auth/keyed_hash.hpp"

#include <gtest/gtest.h>

#include <string>

namespace genesis::auth {

TEST(KeyedHash, IsTheSameForTheSameTextAlone) {
  const keyed_hash hash;
  EXPECT_EQ(hash("a token"), hash(std::string{"a token"}));
  EXPECT_NE(hash("a token"), hash("a tokem"));
  EXPECT_NE(hash(""), hash(std::string_view{"\0", 1}));
}

TEST(KeyedHash, DependsOnItsKey) {
  EXPECT_NE(keyed_hash{}("a token"), keyed_hash{}("a token"));
}

}  // namespace genesis::auth
