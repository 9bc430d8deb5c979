#include "tests/storage/false_server.hpp"
#include "tests/storage/redis_server.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <thread>

/// The program with a second cache, from outside.
namespace genesis::system_test {
namespace {

using storage::redis_server;

constexpr auto me = "/api/v1/users/me";

class ProgramWithRedis : public ::testing::Test {
protected:
  /// Nobody is taken into memory before somebody asks for them.
  [[nodiscard]] program::settings flags() const { return flags_for(redis.url()); }
  static program::settings flags_for(const std::string& url) {
    return {"--cache.redis_url=" + url, "--cache.redis_timeout=1s", "--users.warm_up=0"};
  }
  static double counted(const program& server, std::string_view name, std::string_view label = {}) {
    http_peer peer{server.port()};
    return metric(peer, name, label);
  }
  static double hits(const program& server) {
    return counted(server, "genesis_cache_hits_total", R"(cache_type="l2_redis")");
  }
  static double misses(const program& server) {
    return counted(server, "genesis_cache_misses_total", R"(cache_type="l2_redis")");
  }
  static bool is_connected(const program& server) {
    return becomes([&] { return counted(server, "genesis_redis_usable") == 1; });
  }
  static bool is_without(const program& server) {
    return becomes([&] { return counted(server, "genesis_redis_usable") == 0; });
  }
  static std::string key_of(const person& who) { return "genesis:user:" + who.id(); }

  redis_server redis;
};

TEST_F(ProgramWithRedis, SparesTheDatabaseTheLoadOfWhoComesBack) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Some One","height_cm":181.5})").status, 200);
  const auto before = someone.get(me).body;
  EXPECT_EQ(server.end(), 0);
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_EQ(someone.get(me).body, before);
  EXPECT_EQ(hits(server), 1);
  EXPECT_EQ(misses(server), 0);
  EXPECT_EQ(counted(server, "genesis_db_rows_total", R"(query_type="select_person")"), 0);
  EXPECT_EQ(someone.call("PATCH", me, R"({"height_cm":182})").status, 200) << "over the version that it came with";
}

TEST_F(ProgramWithRedis, IsNeverShownAnOlderState) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(server.end(), 0);
  const auto old = redis.command({"GET", key_of(someone)});
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Newer"})").status, 200);
  const auto newer = someone.get(me).body;
  EXPECT_EQ(server.end(), 0);
  redis.command({"SET", key_of(someone), old});
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_EQ(someone.get(me).body, newer);
  EXPECT_EQ(counted(server, "genesis_cache_entries_ignored_total", R"(reason="stale")"), 1);
}

TEST_F(ProgramWithRedis, TakesNothingThatIsNotItsOwn) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  person other{server, "other@example.com"};
  const auto before = someone.get(me).body;
  const auto of_other = redis.command({"GET", key_of(other)});
  for (const std::vector<std::string>& planted :
    {std::vector<std::string>{"SET", key_of(someone), "hello"}, {"SET", key_of(someone), of_other},
      {"SET", key_of(someone), ""}, {"LPUSH", key_of(someone), "a list"}, {"FLUSHALL"}}) {
    EXPECT_EQ(server.end(), 0);
    redis.command({"DEL", key_of(someone)});
    redis.command(planted);
    server.start();
    ASSERT_TRUE(is_connected(server));
    EXPECT_EQ(someone.get(me).body, before) << planted.front();
    EXPECT_EQ(hits(server), 0);
    EXPECT_EQ(misses(server), 1);
    EXPECT_TRUE(becomes([&] {  // in its place
      return redis.command({"TYPE", key_of(someone)}) == "string" &&
             redis.command({"GET", key_of(someone)}).size() > before.size() / 2;
    }));
  }
}

TEST_F(ProgramWithRedis, GoesOnWhenItDiesAndUsesItAgain) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  redis.stop();
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Without"})").status, 200);
  EXPECT_EQ(person(server, "another@example.com").get(me).status, 200);
  EXPECT_TRUE(is_without(server));
  redis.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"With"})").status, 200);
  EXPECT_EQ(server.end(), 0);
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("With"));
  EXPECT_EQ(hits(server), 1);
}

TEST_F(ProgramWithRedis, StartsAndServesWhileNobodyAnswers) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(server.end(), 0);
  redis.pause();
  server.start();
  EXPECT_EQ(someone.get(me).status, 200);
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Paused"})").status, 200);
  EXPECT_EQ(hits(server), 0);
  redis.resume();
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("Paused"));
  redis.pause();
  for (const auto* const each : {"a@example.com", "b@example.com", "c@example.com"})  // who are put there
    EXPECT_EQ(person(server, each).get(me).status, 200);
  EXPECT_TRUE(is_without(server));
  EXPECT_EQ(server.end(), 0) << "nor does it hold up the end";
  redis.resume();
}

TEST_F(ProgramWithRedis, DoesNotKeepWaitingForOneThatFallsSilent) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  const auto before = someone.get(me).body;
  EXPECT_EQ(server.end(), 0);
  server.start();
  ASSERT_TRUE(is_connected(server));
  redis.pause();
  EXPECT_EQ(someone.get(me).body, before) << "from the database";
  EXPECT_GE(counted(server, "genesis_redis_failures_total", R"(reason="late")"), 1);
  EXPECT_EQ(counted(server, "genesis_user_activation_seconds_count", R"(source="database")"), 1);
  redis.resume();
}

TEST_F(ProgramWithRedis, GoesOnWhenItIsFull) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  redis.command({"SET", "ballast", std::string(2'000'000, 'x')});
  redis.command({"CONFIG", "SET", "maxmemory", "1mb", "maxmemory-policy", "noeviction"});
  person someone{server, "someone@example.com"};
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Full"})").status, 200);
  EXPECT_TRUE(becomes([&] { return counted(server, "genesis_redis_failures_total", R"(reason="refused")") > 0; }));
  EXPECT_EQ(counted(server, "genesis_redis_usable"), 1);
  EXPECT_EQ(server.end(), 0);
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("Full"));
  EXPECT_EQ(hits(server), 0);
  redis.command({"CONFIG", "SET", "maxmemory", "100mb"});
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Room"})").status, 200);
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; }));
}

TEST_F(ProgramWithRedis, GoesOnWhenItIsFlushed) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; }));
  redis.command({"FLUSHALL"});
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Flushed"})").status, 200);
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; })) << "with the next change";
  redis.command({"FLUSHALL"});
  EXPECT_EQ(server.end(), 0);
  server.start();
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("Flushed"));
  EXPECT_EQ(misses(server), 1);
}

TEST_F(ProgramWithRedis, MayHaveAnotherOneWithThingsOfItsOwn) {
  const redis_server other;
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(server.end(), 0);
  other.command({"SET", key_of(someone), redis.command({"GET", key_of(someone)})});
  server.start(flags_for(other.url()));
  ASSERT_TRUE(is_connected(server));
  EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"Elsewhere"})").status, 200);
  EXPECT_EQ(hits(server), 1) << "it was up to date";
  EXPECT_EQ(server.end(), 0);
  server.start(flags());
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("Elsewhere")) << "the first one is behind now";
  EXPECT_EQ(hits(server), 0);
}

/// A server that is no Redis, on a thread of its own.
class impostor {
public:
  explicit impostor(storage::false_server::answering answers)
      : server_(context_, std::move(answers)), thread_([this] { context_.run(); }) {}
  impostor(const impostor&) = delete;
  impostor& operator=(const impostor&) = delete;
  ~impostor() { context_.stop(); }

  [[nodiscard]] std::string url() const { return server_.url(); }

private:
  boost::asio::io_context context_;
  storage::false_server server_;
  std::jthread thread_;
};

TEST_F(ProgramWithRedis, BelievesNothingThatAnImpostorSays) {
  for (const auto* const said : {"HTTP/1.1 400 Bad Request\r\n\r\n", "$5\r\nhello\r\n", ":1\r\n", "$-1\r\n$-1\r\n",
         "*2\r\n$1\r\na\r\n", "*1000000000\r\n", "-ERR no\r\n", "?"})
    for (const bool greets : {true, false}) {
      const impostor no_redis{[said, greets](const std::string& received) {
        return greets && received.contains("PING") ? "+PONG\r\n" : said;
      }};
      program server{flags_for(no_redis.url())};
      EXPECT_TRUE(!greets || is_connected(server)) << said;
      person someone{server, "someone@example.com"};
      EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":"True"})").status, 200) << said;
      const auto before = someone.get(me).body;
      EXPECT_EQ(server.end(), 0);
      server.start();
      EXPECT_TRUE(!greets || is_connected(server)) << said;
      EXPECT_EQ(someone.get(me).body, before) << said;
      EXPECT_EQ(hits(server), 0) << said;
    }
}

TEST_F(ProgramWithRedis, KeepsNothingThereThatCanBeRead) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(someone.call("PATCH", me, R"({"medical_conditions":["hypertension"]})").status, 200);
  EXPECT_EQ(server.end(), 0);
  const auto entry = redis.command({"GET", key_of(someone)});
  EXPECT_GT(entry.size(), 200U);
  EXPECT_FALSE(entry.contains("someone@example.com"));
  EXPECT_FALSE(entry.contains("hypertension"));
  const auto left = std::stoll(redis.command({"TTL", key_of(someone)}));
  EXPECT_GT(left, 3'000);
  EXPECT_LE(left, 3'600);
}

TEST_F(ProgramWithRedis, ForgetsADeletedAccount) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; }));
  EXPECT_EQ(someone.call("DELETE", me).status, 204);
  EXPECT_TRUE(becomes([&] { return redis.command({"DBSIZE"}) == "0"; }));
}

TEST_F(ProgramWithRedis, ForgetsAndTakesInOnCommand) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  const auto before = someone.get(me).body;
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; }));
  redis.command({"SET", "other:user:1", "another program's"});
  EXPECT_EQ(server.command({"cache", "invalidate", "user:*"}), 0);
  EXPECT_EQ(redis.command({"KEYS", "*"}), "other:user:1\n");
  EXPECT_EQ(counted(server, "genesis_users_in_memory"), 0);
  EXPECT_EQ(server.command({"cache", "warm", "--people=10"}), 0);
  EXPECT_EQ(counted(server, "genesis_users_in_memory"), 1);
  EXPECT_EQ(someone.get(me).body, before);
  EXPECT_EQ(server.command({"cache", "stats"}), 0);
  EXPECT_EQ(server.command({"cache", "invalidate", "user:[0-9]*"}), 1);
  redis.stop();
  EXPECT_EQ(server.command({"cache", "invalidate", "user:*"}), 1) << "what Redis has is still there";
}

TEST_F(ProgramWithRedis, LetsAdminsForgetAndTakeIn) {
  program server{flags()};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_TRUE(becomes([&] { return redis.command({"EXISTS", key_of(someone)}) == "1"; }));
  const person made{server, "admin@example.com"};
  ASSERT_EQ(server.command({"user", "role", made.email(), "admin"}), 0);
  auto admin = made.log_in_again();
  const auto meant = R"({"pattern":"user:)" + someone.id() + R"("})";
  EXPECT_EQ(admin.call("POST", "/api/v1/admin/cache/invalidate", meant).body, R"({"people":1,"entries":1})");
  EXPECT_EQ(admin.call("POST", "/api/v1/admin/cache/invalidate", meant).body, R"({"people":0,"entries":0})");
  EXPECT_EQ(admin.call("POST", "/api/v1/admin/cache/warm", R"({"people":2})").body, R"({"people":2})");
  const auto figures = admin.get("/api/v1/admin/cache").json();
  EXPECT_EQ(figures.at("people").to_number<int>(), 2);
  EXPECT_TRUE(figures.at("redis_usable").as_bool());
  const auto refused = admin.call("POST", "/api/v1/admin/cache/invalidate", R"({"pattern":"user:[0]"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_TRUE(refused.body.contains(R"("field":"pattern","rule":"format")")) << refused.body;
  EXPECT_EQ(someone.call("POST", "/api/v1/admin/cache/invalidate", meant).status, 403);
  redis.stop();
  EXPECT_EQ(admin.call("POST", "/api/v1/admin/cache/invalidate", meant).body, R"({"people":1,"entries":null})");
  ASSERT_EQ(server.command({"user", "role", made.email(), "user"}), 0);
  EXPECT_EQ(admin.get("/api/v1/admin/cache").status, 403)
    << "the token is one of an admin, the person is none any more";
  EXPECT_EQ(admin.call("POST", "/api/v1/admin/cache/warm", "{").status, 403);
  EXPECT_EQ(admin.call("GET", "/api/v1/admin/cache", {}, {{"Accept", "text/html"}}).status, 403);
}

TEST_F(ProgramWithRedis, TakesInAtTheStartWhoWasActiveLast) {
  program server{flags()};
  person someone{server, "someone@example.com"};
  EXPECT_EQ(server.end(), 0);
  server.start({"--cache.redis_url=" + redis.url()});
  EXPECT_TRUE(becomes([&] { return counted(server, "genesis_users_in_memory") == 1; }));
}

TEST_F(ProgramWithRedis, TellsNobodyThePassword) {
  redis.command({"CONFIG", "SET", "requirepass", "hunter2"});
  {
    program server{flags(), {"GENESIS_CACHE_REDIS_PASSWORD=hunter2"}};
    ASSERT_TRUE(is_connected(server));
    EXPECT_FALSE(server.log().contains("hunter2"));
  }
  program server{flags(), {"GENESIS_CACHE_REDIS_PASSWORD=hunter3"}};
  EXPECT_TRUE(becomes([&] { return server.log().contains("the password was refused (WRONGPASS)"); })) << server.log();
  EXPECT_FALSE(server.log().contains("hunter"));
  EXPECT_EQ(person(server, "someone@example.com").get(me).status, 200);
}

}  // namespace
}  // namespace genesis::system_test
