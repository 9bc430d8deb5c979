#include "storage/redis_client.hpp"
#include "tests/storage/false_server.hpp"
#include "tests/storage/redis_server.hpp"

#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

constexpr auto patience = 20s;

/// Counts.
class counting_observer final : public redis_observer {
public:
  void on_answer(std::chrono::nanoseconds) noexcept override { ++answers; }
  void on_failure(redis_failure what) noexcept override { ++failures[static_cast<std::size_t>(what)]; }
  void on_usable(bool is_usable) noexcept override { usable += is_usable ? 1 : -1; }
  [[nodiscard]] int count(redis_failure what) const { return failures[static_cast<std::size_t>(what)]; }

  int answers = 0;
  int usable = 0;
  std::array<int, 4> failures{};
};

/// Everything on the test's own thread.
class RedisClient : public testing::Test {
protected:
  /// The time-out is one that a loaded machine keeps, unless the test is about late answers.
  redis_client& use(const std::string& url, std::string password = {}, std::chrono::milliseconds timeout = 5s) {
    redis_client::options how{
      .access = {.url = config::redis_url::parse(url).value(), .password = std::move(password), .timeout = timeout},
      .breaker = {.failures_max = 2, .pause_min = 1ms, .pause_max = 20ms}};
    client = std::make_unique<redis_client>(context, std::move(how), &observer);
    client->start();
    return *client;
  }

  template <class Condition>
  bool run_until(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until)
        return false;
      context.restart();
      context.run_one_for(50ms);
    }
    return true;
  }
  bool becomes_usable() {
    return run_until([this] { return client->is_usable(); });
  }

  /// Waits for what a call gives to its callback.
  template <class T, class Call>
  result<T> wait(Call call) {
    std::optional<result<T>> answer;
    call([&answer](result<T> found) { answer = std::move(found); });
    if (!run_until([&] { return answer.has_value(); }))
      return fail(errc::internal, "no answer");
    return std::move(*answer);
  }
  result<std::optional<std::string>> get(std::string_view key) {
    return wait<std::optional<std::string>>([&](auto then) { client->get(key, std::move(then)); });
  }
  result<bool> put(std::string_view key, std::string_view value, std::chrono::milliseconds keep = 1h) {
    return wait<bool>([&](auto then) { client->put(key, value, keep, std::move(then)); });
  }
  result<bool> remove(std::string_view key) {
    return wait<bool>([&](auto then) { client->remove(key, std::move(then)); });
  }
  result<std::int64_t> remove_matching(std::string_view pattern, std::chrono::milliseconds within = patience) {
    return wait<std::int64_t>([&](auto then) { client->remove_matching(pattern, within, std::move(then)); });
  }

  /// Stays until the end of the test, as what it has begun does.
  false_server& serve(false_server::answering answers) {
    servers.push_back(std::make_unique<false_server>(context, std::move(answers)));
    return *servers.back();
  }

  asio::io_context context;
  std::vector<std::unique_ptr<false_server>> servers;
  counting_observer observer;
  std::unique_ptr<redis_client> client;
};

TEST_F(RedisClient, KeepsWhatIsPut) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  EXPECT_EQ(get("a").value(), std::nullopt);
  const std::string value("x\0\r\n\xff", 5);
  EXPECT_TRUE(put("a", value).value());
  EXPECT_EQ(get("a").value(), value);
  EXPECT_TRUE(remove("a").value());
  EXPECT_FALSE(remove("a").value());
  EXPECT_EQ(get("a").value(), std::nullopt);
}

TEST_F(RedisClient, TellsWhenAllThatWasAskedIsAnswered) {
  const redis_server server;
  use(server.url());
  EXPECT_EQ(wait<bool>([&](auto then) { client->settle(std::move(then)); }).error().code, errc::unavailable);
  ASSERT_TRUE(becomes_usable());
  bool is_put = false;
  client->put("a", std::string(100'000, 'x'), 1h, [&](const result<bool>& done) { is_put = done.value_or(false); });
  EXPECT_TRUE(wait<bool>([&](auto then) { client->settle(std::move(then)); }).value());
  EXPECT_TRUE(is_put);
  EXPECT_EQ(server.command({"STRLEN", "a"}), "100000");
}

TEST_F(RedisClient, TellsThatTooWhenNoMoreCouldBeAsked) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  std::size_t kept = 0;
  while (observer.count(redis_failure::unsent) == 0)
    client->put("a", "1", 1h, [&](const result<bool>& done) { kept += done ? 1 : 0; });
  EXPECT_TRUE(wait<bool>([&](auto then) { client->settle(std::move(then)); }).value());
  EXPECT_EQ(kept, redis_connection::questions_max);
}

TEST_F(RedisClient, TellsThatNothingIsAnsweredAnyMore) {
  redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  server.pause();
  client->put("a", "1", 1h, [](const result<bool>&) {});
  std::optional<result<bool>> settled;
  client->settle([&](result<bool> outcome) { settled = std::move(outcome); });
  server.stop();
  ASSERT_TRUE(run_until([&] { return settled.has_value(); }));
  EXPECT_EQ(settled->error().code, errc::unavailable);
}

TEST_F(RedisClient, LetsRedisForgetAfterTheTimeGiven) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  put("a", "1", 3'600s);
  const auto left = std::stoll(server.command({"PTTL", "a"}));
  EXPECT_GT(left, 3'500'000);
  EXPECT_LE(left, 3'600'000);
}

TEST_F(RedisClient, UsesTheDatabaseOfTheUrl) {
  const redis_server server;
  use(server.url(3));
  ASSERT_TRUE(becomes_usable());
  put("a", "1");
  EXPECT_EQ(server.command({"GET", "a"}), "(nil)");
  EXPECT_EQ(server.command({"GET", "a"}, 3), "1");
}

TEST_F(RedisClient, SendsManyQuestionsBeforeTheFirstAnswer) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  int right = 0;
  for (int i = 0; i < 500; ++i) {
    const auto key = "k" + std::to_string(i);
    client->put(key, key, 1h, [](const result<bool>&) {});
    client->get(key, [&right, key](const result<std::optional<std::string>>& found) { right += *found == key; });
  }
  EXPECT_EQ(right, 0);
  EXPECT_TRUE(run_until([&] { return right == 500; })) << right;
  EXPECT_EQ(observer.answers, 1'000);
}

TEST_F(RedisClient, RefusesMoreThanMayWait) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  std::size_t refused = 0;
  std::size_t answered = 0;
  for (std::size_t i = 0; i < redis_connection::questions_max + 5; ++i)
    client->get("a", [&](const result<std::optional<std::string>>& found) {
      ++answered;
      refused += !found && found.error().code == errc::overloaded;
    });
  EXPECT_EQ(refused, 5U) << "at once";
  EXPECT_TRUE(run_until([&] { return answered == redis_connection::questions_max + 5; }));
  EXPECT_EQ(refused, 5U);
}

TEST_F(RedisClient, RefusesValuesThatWouldNotComeBack) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  const std::string largest(redis_client::value_bytes_max, 'x');
  EXPECT_TRUE(put("a", largest));
  EXPECT_EQ(get("a").value(), largest);
  EXPECT_FALSE(put("b", largest + 'x'));
  EXPECT_EQ(get("b").value(), std::nullopt);
}

TEST_F(RedisClient, AnswersAtOnceWhileThereIsNobody) {
  const temporary_directory nowhere;
  use("unix://" + (nowhere.path() / "none.sock").string());
  ASSERT_TRUE(run_until([&] { return observer.count(redis_failure::lost) >= 3; })) << "it goes on trying";
  bool is_answered = false;
  client->get("a", [&](const result<std::optional<std::string>>& found) {
    is_answered = true;
    EXPECT_EQ(found.error().code, errc::unavailable);
  });
  EXPECT_TRUE(is_answered);
  EXPECT_EQ(observer.count(redis_failure::unsent), 1);
}

TEST_F(RedisClient, ComesBackAfterTheServerWasKilled) {
  redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  put("a", "1");
  std::optional<result<std::optional<std::string>>> cut_off;
  server.pause();
  client->get("a", [&](result<std::optional<std::string>> found) { cut_off = std::move(found); });
  context.restart();
  context.poll();  // sent
  server.stop();
  ASSERT_TRUE(run_until([&] { return cut_off.has_value(); }));
  EXPECT_EQ(cut_off->error().code, errc::unavailable);
  EXPECT_FALSE(client->is_usable());
  EXPECT_EQ(observer.usable, 0);
  server.start();
  ASSERT_TRUE(becomes_usable());
  EXPECT_EQ(get("a").value(), std::nullopt) << "it was another server";
  EXPECT_TRUE(put("a", "2"));
  EXPECT_EQ(get("a").value(), "2");
}

TEST_F(RedisClient, LeavesASlowServerAloneAndTakesNoLateAnswerForAnother) {
  const redis_server server;
  use(server.url(), {}, 200ms);
  ASSERT_TRUE(becomes_usable());
  ASSERT_TRUE(put("a", "1"));
  ASSERT_TRUE(put("b", "2"));
  server.pause();
  EXPECT_EQ(get("a").error().detail, "Redis did not answer in time");
  server.resume();
  EXPECT_EQ(get("b").value(), "2") << "the answer to the first question came before this one's";
  server.pause();
  EXPECT_FALSE(get("a"));
  EXPECT_TRUE(client->is_usable());
  EXPECT_FALSE(get("a"));
  EXPECT_FALSE(client->is_usable()) << "two in a row";
  const auto tries = observer.count(redis_failure::late);
  EXPECT_FALSE(get("a"));
  EXPECT_EQ(observer.count(redis_failure::unsent), 1) << "nobody waits any more";
  EXPECT_TRUE(run_until([&] { return observer.count(redis_failure::late) > tries + 1; })) << "but the trials";
  server.resume();
  EXPECT_TRUE(becomes_usable());
  EXPECT_EQ(get("b").value(), "2");
}

TEST_F(RedisClient, LeavesAServerAloneThatAnswersSlowlyForAWhile) {
  const redis_server server;
  client = std::make_unique<redis_client>(context,
    redis_client::options{
      .access = {.url = config::redis_url::parse(server.url()).value(), .password = {}, .timeout = 5s},
      .breaker = {.slow_max = 3, .slow_for = 0ms, .pause_min = 1ms, .pause_max = 20ms},
      .slow_after = 0ns},
    &observer);
  client->start();
  ASSERT_TRUE(becomes_usable());
  EXPECT_TRUE(put("a", "1"));
  EXPECT_TRUE(put("a", "2"));
  EXPECT_TRUE(client->is_usable());
  EXPECT_EQ(get("a").value(), "2") << "what comes is taken";
  EXPECT_FALSE(client->is_usable());
  EXPECT_FALSE(get("a"));
  EXPECT_EQ(observer.count(redis_failure::late) + observer.count(redis_failure::lost), 0);
  EXPECT_TRUE(becomes_usable()) << "it is tried again";
}

TEST_F(RedisClient, LogsInWithThePassword) {
  const redis_server server({"--requirepass", "correct horse"});
  use(server.url(2), "correct horse");
  ASSERT_TRUE(becomes_usable());
  EXPECT_TRUE(put("a", "1"));
}

TEST_F(RedisClient, LogsInAsAUserOfTheAccessList) {
  const redis_server server({"--user", "genesis", "on", ">secret", "~genesis:*", "+@all"});
  auto url = server.url();
  use(url.insert(7, "genesis@"), "secret");
  ASSERT_TRUE(becomes_usable());
  EXPECT_TRUE(put("genesis:a", "1"));
  const auto refused = put("other:a", "1");
  EXPECT_EQ(refused.error().detail, "Redis refused: NOPERM");
  EXPECT_TRUE(client->is_usable()) << "an error is an answer";
  EXPECT_EQ(observer.count(redis_failure::refused), 1);
}

TEST_F(RedisClient, IsNotUsableWithAWrongPassword) {
  const redis_server server({"--requirepass", "correct horse"});
  for (const auto* const password : {"", "wrong"}) {
    const auto before = observer.count(redis_failure::lost);
    use(server.url(), password);
    EXPECT_TRUE(run_until([&] { return observer.count(redis_failure::lost) >= before + 3; }));
    EXPECT_FALSE(client->is_usable()) << password;
  }
}

TEST_F(RedisClient, GoesOnWhenTheServerIsFull) {
  const redis_server server({"--maxmemory", "1"});
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  const auto refused = put("a", "1");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "Redis refused: OOM");
  EXPECT_EQ(get("a").value(), std::nullopt);
  EXPECT_TRUE(client->is_usable());
}

TEST_F(RedisClient, TakesAKeyOfAnotherTypeForAnError) {
  const redis_server server;
  server.command({"LPUSH", "a", "1"});
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  EXPECT_EQ(get("a").error().detail, "Redis refused: WRONGTYPE");
  EXPECT_TRUE(put("a", "1"));
  EXPECT_EQ(get("a").value(), "1");
}

TEST_F(RedisClient, RemovesWhatMatchesAPatternAndNothingElse) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  for (int i = 0; i < 1'000; ++i)
    server.command({"SET", "genesis:user:" + std::to_string(i), "1"});
  server.command({"SET", "other", "1"});
  EXPECT_EQ(remove_matching("genesis:user:*").value(), 1'000);
  EXPECT_EQ(server.command({"KEYS", "*"}), "other\n");
  EXPECT_EQ(remove_matching("genesis:user:*").value(), 0);
}

TEST_F(RedisClient, LooksForThePatternInSteps) {
  const redis_server server;
  for (int i = 0; i < 1'000; ++i)
    server.command({"SET", "k" + std::to_string(i), "1"});
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  const auto before = observer.answers;
  EXPECT_EQ(remove_matching("nothing*").value(), 0);
  EXPECT_GE(observer.answers - before, 8) << "a step looks at about a hundred keys";
  EXPECT_EQ(remove_matching("k*", -1ms).error().code, errc::unavailable) << "the time is over";
}

TEST_F(RedisClient, DestroysWhatWaitsWithoutACall) {
  const redis_server server;
  use(server.url());
  ASSERT_TRUE(becomes_usable());
  const auto held = std::make_shared<int>(0);
  client->get("a", [held](const result<std::optional<std::string>>&) { ++*held; });
  client->remove_matching("*", 1h, [held](const result<std::int64_t>&) { ++*held; });
  client = nullptr;
  EXPECT_EQ(held.use_count(), 1);
  EXPECT_EQ(*held, 0);
  EXPECT_EQ(observer.usable, 0);
  context.restart();
  context.run_for(patience);
  EXPECT_TRUE(context.stopped()) << "nothing waits any more";
}

TEST_F(RedisClient, IsNotUsableWithAServerOfAnotherKind) {
  for (const auto* const answer : {"HTTP/1.1 400 Bad Request\r\n\r\n", "-ERR no\r\n", "+OK\r\n", "*1000000000\r\n"}) {
    const auto& server = serve([answer](const std::string&) { return answer; });
    use(server.url());
    EXPECT_TRUE(run_until([&] { return server.accepted() >= 3; })) << answer;
    EXPECT_FALSE(client->is_usable()) << answer;
    client = nullptr;
  }
}

TEST_F(RedisClient, IsNotUsableWithAServerThatSaysNothing) {
  const auto& server = serve([](const std::string&) { return ""; });
  use(server.url(), {}, 5ms);
  EXPECT_TRUE(run_until([&] { return server.accepted() >= 3; }));
  EXPECT_FALSE(client->is_usable());
}

TEST_F(RedisClient, GivesUpAConnectionThatTurnsToGarbage) {
  for (const auto* const garbage : {"?", "+OK\r\n+OK\r\n", "$3\r\nabcd\r\n", ":1\r\n:2\r\n", "*2\r\n$1\r\na\r\n?"}) {
    const auto& server =
      serve([garbage](const std::string& received) { return received.contains("PING") ? "+PONG\r\n" : garbage; });
    use(server.url());
    ASSERT_TRUE(becomes_usable());
    get("a");  // who asks does not believe a value for coming from there
    EXPECT_TRUE(run_until([&] { return server.accepted() >= 2; })) << garbage;
    client = nullptr;
  }
}

}  // namespace
}  // namespace genesis::storage
