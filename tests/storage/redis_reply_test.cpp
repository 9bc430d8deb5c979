#include "storage/redis_reply.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis::storage {
namespace {

using kind = redis_reply::kind;

/// The only answer in these bytes.
redis_reply read_one(std::string_view bytes) {
  redis_reply_reader reader;
  EXPECT_TRUE(reader.feed(bytes));
  auto found = reader.next();
  if (!found || !*found) {
    ADD_FAILURE() << "no answer in " << bytes;
    return {};
  }
  return std::move(**found);
}

bool is_refused(std::string_view bytes) {
  redis_reply_reader reader;
  if (!reader.feed(bytes))
    return true;
  while (true) {
    const auto found = reader.next();
    if (!found)
      return true;
    if (!*found)
      return false;
  }
}

TEST(RedisReply, ReadsEachKind) {
  EXPECT_TRUE(read_one("+OK\r\n").is_status("OK"));
  EXPECT_FALSE(read_one("$2\r\nOK\r\n").is_status("OK"));
  EXPECT_EQ(read_one("$4\r\na\r\nb\r\n").text, "a\r\nb");
  EXPECT_EQ(read_one("$0\r\n\r\n").what, kind::text);
  EXPECT_EQ(read_one("$-1\r\n").what, kind::nothing);
  EXPECT_EQ(read_one("*-1\r\n").what, kind::nothing);
  EXPECT_EQ(read_one(":-42\r\n").number, -42);
  EXPECT_EQ(read_one("*0\r\n").what, kind::list);
}

TEST(RedisReply, ReadsListsInLists) {
  const auto reply = read_one("*2\r\n$1\r\n7\r\n*3\r\n$1\r\na\r\n$-1\r\n:5\r\n");
  ASSERT_EQ(reply.items.size(), 2U);
  EXPECT_EQ(reply.items[0].text, "7");
  ASSERT_EQ(reply.items[1].items.size(), 3U);
  EXPECT_EQ(reply.items[1].items[0].text, "a");
  EXPECT_EQ(reply.items[1].items[1].what, kind::nothing);
  EXPECT_EQ(reply.items[1].items[2].number, 5);
}

TEST(RedisReply, SaysTheSameHoweverTheBytesAreSplit) {
  const std::string bytes = "*2\r\n$3\r\nabc\r\n*1\r\n:12\r\n+PONG\r\n$5\r\nx\r\ny\n\r\n";
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    redis_reply_reader reader;
    std::vector<redis_reply> seen;
    for (std::size_t at = 0; at < bytes.size(); at += size) {
      ASSERT_TRUE(reader.feed(std::string_view{bytes}.substr(at, size)));
      for (auto next = reader.next(); next && *next; next = reader.next())
        seen.push_back(std::move(**next));
    }
    ASSERT_EQ(seen.size(), 3U) << size;
    EXPECT_EQ(seen[0].items[0].text, "abc");
    EXPECT_TRUE(seen[1].is_status("PONG"));
    EXPECT_EQ(seen[2].text, "x\r\ny\n");
  }
}

TEST(RedisReply, ShowsOfAnErrorItsFirstWordAlone) {
  EXPECT_EQ(read_one("-OOM command not allowed\r\n").error_code(), "OOM");
  EXPECT_EQ(read_one("-hunter2 is no command\r\n").error_code(), "");
  EXPECT_EQ(read_one("-" + std::string(17, 'A') + "\r\n").error_code(), "");
  EXPECT_EQ(read_one("+OOM\r\n").error_code(), "");
}

TEST(RedisReply, RefusesWhatIsNotRedis) {
  EXPECT_TRUE(is_refused("HTTP/1.1 400 Bad Request\r\n\r\n"));
  EXPECT_TRUE(is_refused("$-5\r\n"));
  EXPECT_TRUE(is_refused(std::string(10, '\0')));
}

TEST(RedisReply, BoundsWhatAnAnswerCosts) {
  const auto list_of = [](int size) { return "*" + std::to_string(size) + "\r\n"; };
  EXPECT_FALSE(is_refused(list_of(redis_reply_reader::reply_elements_max)));
  EXPECT_TRUE(is_refused(list_of(redis_reply_reader::reply_elements_max + 1)));
  EXPECT_TRUE(is_refused("*2147483647\r\n"));
  EXPECT_TRUE(is_refused("*2\r\n" + list_of(5'000) + ":1\r\n" + list_of(5'000))) << "in all";
  EXPECT_TRUE(is_refused("$2000000000\r\n" + std::string(redis_reply_reader::reply_bytes_max, 'x')));
}

TEST(RedisReply, TakesTheNextAnswerAfterALargeOne) {
  const std::string large(redis_reply_reader::reply_bytes_max - 100, 'x');
  redis_reply_reader reader;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(reader.feed("$" + std::to_string(large.size()) + "\r\n" + large + "\r\n"));
    EXPECT_EQ(reader.next().value().value().text.size(), large.size());
  }
}

TEST(RedisReply, SurvivesWhateverComes) {
  std::mt19937 dice{7};
  constexpr std::string_view letters = "*$:+-0123456789\r\n\r\n\r\nab";
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    for (auto size = dice() % 40; size > 0; --size)
      bytes += letters[dice() % letters.size()];
    is_refused(bytes);
  }
}

TEST(RedisCommand, HasTheSizesOfItsWords) {
  std::string sent = "before";
  append_redis_command(sent, std::vector<std::string_view>{"SET", "a b", std::string_view{"\0\r\n", 3}, {}});
  EXPECT_EQ(sent, "before*4\r\n$3\r\nSET\r\n$3\r\na b\r\n$3\r\n" + std::string("\0\r\n", 3) + "\r\n$0\r\n\r\n");
}

}  // namespace
}  // namespace genesis::storage
