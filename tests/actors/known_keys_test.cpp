#include "actors/known_keys.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

std::vector<std::string> numbered(std::size_t count) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < count; ++i)
    keys.push_back("key" + std::to_string(i));
  return keys;
}

TEST(KnownKeys, MayBeAnyAtFirst) {
  known_keys keys;
  EXPECT_TRUE(keys.may_have("a"));
  keys.add("b");
  EXPECT_TRUE(keys.may_have("a")) << "one that is known does not tell of others";
}

TEST(KnownKeys, AreThoseThatWereLearntAndAdded) {
  known_keys keys;
  keys.learn({"a", "b"});
  EXPECT_TRUE(keys.may_have("a"));
  EXPECT_TRUE(keys.may_have("b"));
  EXPECT_FALSE(keys.may_have("c"));
  keys.add("c");
  EXPECT_TRUE(keys.may_have("c"));
  keys.forget();
  EXPECT_TRUE(keys.may_have("d"));
}

TEST(KnownKeys, AreLearntWithTheSecondQuestion) {
  known_keys keys;
  EXPECT_FALSE(keys.count_question());
  EXPECT_TRUE(keys.count_question());
  keys.learn({});
  EXPECT_FALSE(keys.count_question()) << "about a key that may be there";
}

TEST(KnownKeys, AreNotKeptWhenTheyAreTooMany) {
  known_keys keys;
  (void)keys.count_question();
  keys.learn(numbered(known_keys::size_max));
  EXPECT_FALSE(keys.may_have("another"));
  keys.add("one more");
  EXPECT_TRUE(keys.may_have("another"));
  EXPECT_TRUE(keys.count_question()) << "some have expired perhaps";
  keys.learn(numbered(known_keys::size_max + 1));
  EXPECT_TRUE(keys.may_have("another"));
  EXPECT_FALSE(keys.count_question()) << "asking again would find as many";
  keys.forget();
  EXPECT_TRUE(keys.count_question());
}

}  // namespace
}  // namespace genesis
