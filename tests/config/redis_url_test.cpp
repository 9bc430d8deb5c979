#include "config/redis_url.hpp"

#include <gtest/gtest.h>

namespace genesis::config {
namespace {

TEST(RedisUrl, NamesAHost) {
  const auto whole = redis_url::parse("redis://me@cache.example:6380/2").value();
  EXPECT_EQ(whole, (redis_url{.host = "cache.example", .socket = "", .port = 6'380, .user = "me", .database = 2}));
  EXPECT_EQ(whole.text(), "redis://cache.example:6380/2");
  const auto least = redis_url::parse("redis://localhost").value();
  EXPECT_EQ(least.text(), "redis://localhost:6379/0");
  EXPECT_EQ(redis_url::parse("redis://localhost/").value(), least);
  const auto address = redis_url::parse("redis://[::1]:7000").value();
  EXPECT_EQ(address.host, "::1");
  EXPECT_EQ(address.text(), "redis://[::1]:7000/0");
}

TEST(RedisUrl, NamesASocket) {
  const auto whole = redis_url::parse("unix:///run/redis/redis.sock?db=3").value();
  EXPECT_EQ(whole.socket, "/run/redis/redis.sock");
  EXPECT_EQ(whole.database, 3);
  EXPECT_TRUE(whole.is_local());
  EXPECT_EQ(redis_url::parse("unix://me@/s").value().user, "me");
  EXPECT_TRUE(redis_url::parse("unix:///" + std::string(106, 's')));
  EXPECT_FALSE(redis_url::parse("unix:///" + std::string(107, 's'))) << "no socket can have this name";
}

TEST(RedisUrl, HoldsNoPassword) {
  for (const auto* const text : {"redis://:secret@host", "redis://me:secret@host/1", "unix://:secret@/s"}) {
    const auto found = redis_url::parse(text);
    ASSERT_FALSE(found) << text;
    EXPECT_FALSE(found.error().contains("secret"));
    EXPECT_TRUE(found.error().contains("GENESIS_CACHE_REDIS_PASSWORD"));
  }
}

TEST(RedisUrl, RefusesEverythingElse) {
  for (const auto* const text :
    {"", "redis", "redis://", "redis://:6379", "http://host", "rediss://host", "redis://host:0", "redis://host:65536",
      "redis://host:", "redis://host:x", "redis://host/x", "redis://host/-1", "redis://host/99999", "redis://a b",
      "redis://host%41", "redis://a,b", "redis://host?db=1", "unix://", "unix:///", "unix://relative",
      "unix:///s?db=", "unix:///s?db=x", "unix:///s?x=1", "redis://[::1", "redis://host/1/2"})
    EXPECT_FALSE(redis_url::parse(text)) << text;
}

}  // namespace
}  // namespace genesis::config
