#include "http/routes/specs.hpp"
#include "http/surrogate_key.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace genesis::http {
namespace {

TEST(SurrogateKey, IsAWordThatAHeadCanHold) {
  for (const auto* good : {"a", "openapi", "tag:7", "a/b.c_d-E"})
    EXPECT_TRUE(is_surrogate_key(good)) << good;
  for (const auto* bad : {"", " ", "two words", "a\r\nX: y", "a,b", "\"a\"", "ä", "a\x7f"})
    EXPECT_FALSE(is_surrogate_key(bad)) << bad;
  EXPECT_TRUE(is_surrogate_key(std::string(surrogate_key_length_max, 'a')));
  EXPECT_FALSE(is_surrogate_key(std::string(surrogate_key_length_max + 1, 'a')));
  EXPECT_FALSE(is_surrogate_key(std::string("a\0b", 3)));
}

TEST(SurrogateKey, IsThereForEveryPublicRouteAndOnceInTheList) {
  const auto keys = surrogate_keys_of(route_specs());
  EXPECT_THAT(keys, ::testing::ElementsAreArray(surrogate_keys)) << "what a purge may name";
  for (const auto key : keys)
    EXPECT_TRUE(is_surrogate_key(key)) << key;
}

}  // namespace
}  // namespace genesis::http
