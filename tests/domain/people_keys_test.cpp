#include "domain/people_keys.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

TEST(PeopleKeys, ArePatternsThatSomePersonsKeyMatches) {
  for (const auto* text : {"*", "user:*", "user:0*", "?ser:*", "*5c1a99", "user:0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c99",
         "user:????c5a2-*", "*:*-*-*", "u*"})
    EXPECT_TRUE(parse_people_pattern(text)) << text;
}

TEST(PeopleKeys, AreNoOthers) {
  for (const auto* text : {"session:*", "foo", "user", "user:", "users:*", "user:g*", "user:0198C5A2*", "user:?", "*x*",
         "user:0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c999", "user:-*"}) {
    const auto refused = parse_people_pattern(text);
    ASSERT_FALSE(refused) << text;
    EXPECT_TRUE(refused.error().detail.contains("the only kind is user:ID")) << refused.error().detail;
  }
  EXPECT_TRUE(parse_people_pattern("user:ann@example.com").error().detail.contains("not by e-mail address"));
  EXPECT_TRUE(parse_people_pattern("[a]").error().detail.contains("letters"));
}

}  // namespace
}  // namespace genesis
