#include "config/replica_url.hpp"

#include <gtest/gtest.h>

namespace genesis::config {
namespace {

TEST(ReplicaUrl, TakesTheWeightOutOfTheUrl) {
  using url = replica_url;
  const auto read = [](std::string_view text) { return url::parse(text).value(); };
  EXPECT_EQ(read("postgresql://me@db/x"), (url{"postgresql://me@db/x", 1}));
  EXPECT_EQ(read("postgres://me@db/x?weight=7"), (url{"postgres://me@db/x", 7}));
  EXPECT_EQ(read("postgresql:///x?host=/run&weight=100&port=1"), (url{"postgresql:///x?host=/run&port=1", 100}));
  EXPECT_EQ(read("postgresql:///x?weight=2&host=/run"), (url{"postgresql:///x?host=/run", 2}));
  EXPECT_EQ(read("postgresql:///x?host=/run&overweight=3"), (url{"postgresql:///x?host=/run&overweight=3", 1}));
}

TEST(ReplicaUrl, RefusesWeightsBeyondTheirBounds) {
  for (const auto* const weight : {"0", "101", "-1", "", "x", "1x", "1.5", "99999999999999999999", "1&weight=2"}) {
    const auto found = replica_url::parse("postgresql://me:secret@db/x?weight=" + std::string{weight});
    ASSERT_FALSE(found) << weight;
    EXPECT_EQ(found.error(), "must have a weight between 1 and 100");
  }
}

TEST(ReplicaUrl, RefusesOtherDatabases) {
  for (const auto* const text : {"", "sqlite://x.db", "db.example", "mysql://db/x"})
    EXPECT_EQ(replica_url::parse(text).error(), "must begin with postgresql://") << text;
}

}  // namespace
}  // namespace genesis::config
