#include "tests/storage/postgres_server.hpp"
#include "tests/storage/redis_server.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <csignal>

/// `genesis db copy`, and the program on what it has made, from outside.
namespace genesis::system_test {
namespace {

using storage::postgres_server;

constexpr auto me = "/api/v1/users/me";

class ProgramThatMoves : public ::testing::Test {
protected:
  [[nodiscard]] std::string postgres_url() const { return server_.url_of(database_); }
  static std::string sqlite_url(const std::filesystem::path& file) { return "sqlite://" + file.string(); }

  [[nodiscard]] static program::settings words_of_copy(
    const program& server, const std::string& from, const std::string& to) {
    return {"db", "copy", "--from", from, "--to", to, "--data.directory=" + server.data().string()};
  }
  struct outcome {
    int status = 0;
    std::string out;
    std::string err;
  };
  static outcome run(const program& server, program::settings words) {
    child_process command{words, server.home()};
    const int status = command.wait();
    return {status, command.out(), command.err()};
  }
  static outcome copy(const program& server, const std::string& from, const std::string& to) {
    return run(server, words_of_copy(server, from, to));
  }
  static outcome check(const program& server, const std::string& url) {
    return run(server, {"db", "check", "--data.directory=" + server.data().string(), "--storage.url=" + url});
  }

  postgres_server server_;
  std::string database_ = server_.create_empty_database();
};

/// What somebody sees of themself.
std::vector<std::string> seen_by(person& who, const std::string& conversation) {
  std::vector<std::string> bodies;
  for (const auto& target : {std::string{me} + "?include=preferences,workout_plans,nutrition_plans,progress",
         std::string{"/api/v1/conversations"}, "/api/v1/conversations/" + conversation + "/messages?limit=100",
         std::string{"/api/v1/messages/search?q=running"}}) {
    const auto given = who.get(target);
    EXPECT_EQ(given.status, 200) << target << given.body;
    // How well a message fits is the database's own to say.
    bodies.push_back(
      target.contains("search") ? std::to_string(given.json().at("data").as_array().size()) : given.body);
  }
  return bodies;
}

TEST_F(ProgramThatMoves, IsTheSameToItsPeopleThereAndBackAgain) {
  program server;
  person someone{server, "someone@example.com"};
  someone.new_plans_and_log();
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  const auto written = R"({"content":"I went running, Zo\u00eb's \\N \"way\"\t:x"})";
  const auto made = someone.call("POST", messages, written, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(someone.ask(R"({"message":"How much should I eat?","conversation_id":)" + json_string(conversation) + "}")
              .rest()
              .back()
              .member("status"),
    "success");
  const auto before = seen_by(someone, conversation);
  const auto file = server.data() / "genesis.db";
  const auto early = copy(server, sqlite_url(file), postgres_url());
  EXPECT_EQ(early.status, 1) << "not under a running server";
  EXPECT_TRUE(early.err.contains("in use")) << early.err;
  EXPECT_EQ(server.end(), 0);

  const auto there = copy(server, sqlite_url(file), postgres_url());
  ASSERT_EQ(there.status, 0) << there.err;
  EXPECT_TRUE(there.out.contains("messages")) << there.out;
  EXPECT_TRUE(there.out.contains("the same in both")) << there.out;
  EXPECT_TRUE(there.err.contains("rows/s")) << there.err;
  EXPECT_EQ(check(server, postgres_url()).status, 0);
  server.start({"--storage.url=" + postgres_url()});
  EXPECT_EQ(seen_by(someone, conversation), before);
  EXPECT_EQ(someone.call("POST", messages, written, {{"Idempotency-Key", "k1"}}).body, made.body) << "once is enough";
  auto elsewhere = someone.log_in_again();
  EXPECT_EQ(elsewhere.call("POST", messages, R"({"content":"and running again"})").status, 201);
  EXPECT_NE(elsewhere.new_conversation(), conversation);
  const auto later = seen_by(someone, conversation);
  EXPECT_NE(later, before);
  EXPECT_EQ(server.end(), 0);

  const auto home_again = server.data() / "again.db";
  const auto back = copy(server, postgres_url(), sqlite_url(home_again));
  ASSERT_EQ(back.status, 0) << back.err;
  EXPECT_EQ(check(server, sqlite_url(home_again)).status, 0);
  server.start({"--storage.url=" + sqlite_url(home_again)});
  EXPECT_EQ(seen_by(elsewhere, conversation), later);
  EXPECT_EQ(elsewhere.call("POST", messages, R"({"content":"still running"})").status, 201);
}

TEST_F(ProgramThatMoves, GoesOnAfterItWasKilledAndServesNoHalf) {
  program server;
  EXPECT_EQ(server.end(), 0);
  ASSERT_EQ(server.command({"demo", "--people", "300", "--tokens", (server.home() / "tokens").string()}), 0);
  const auto from = sqlite_url(server.data() / "genesis.db");
  int kills = 0;
  for (const std::string_view word : {"copying", "messages", "runs"}) {
    child_process cut{words_of_copy(server, from, postgres_url()), server.home()};
    cut.wait_for_err(word);
    cut.signal(SIGKILL);
    kills += cut.wait() == 128 + SIGKILL ? 1 : 0;
    if (server_.sql(database_, "select count(*) from pg_tables where tablename = 'unfinished_copy'").at(0) == "0")
      break;  // it was faster
    const auto refused = server.start_another({"--storage.url=" + postgres_url(), "--http.port=0",
      "--data.directory=" + (server.home() / "elsewhere").string()});
    EXPECT_EQ(refused->wait(), 1);
    EXPECT_TRUE(refused->err().contains("genesis db copy")) << refused->err();
  }
  EXPECT_GE(kills, 1);
  const auto done = copy(server, from, postgres_url());
  EXPECT_TRUE(done.status == 0 || done.err.contains("is not empty")) << done.err;
  EXPECT_EQ(check(server, postgres_url()).status, 0);
  EXPECT_EQ(server_.sql(database_, "select count(*) from users").at(0), "300");
  server.start({"--storage.url=" + postgres_url()});
}

TEST_F(ProgramThatMoves, ShowsNobodyWhatRedisHasOfTheOtherDatabase) {
  const storage::redis_server redis;
  const program::settings flags{"--cache.redis_url=" + redis.url(), "--cache.redis_timeout=1s", "--users.warm_up=0"};
  const auto with = [&flags](const std::string& url) {
    auto all = flags;
    all.push_back("--storage.url=" + url);
    return all;
  };
  const auto is_connected = [](const program& server) {
    return becomes([&] {
      http_peer peer{server.port()};
      return metric(peer, "genesis_redis_usable", {}) == 1;
    });
  };
  program server{flags};
  ASSERT_TRUE(is_connected(server));
  person someone{server, "someone@example.com"};
  EXPECT_EQ(server.end(), 0);
  const auto file = sqlite_url(server.data() / "genesis.db");
  ASSERT_EQ(copy(server, file, postgres_url()).status, 0);
  // Each goes its own way, to the same version.
  const auto rename = [&](const std::string& url, const std::string& name) {
    server.start(with(url));
    ASSERT_TRUE(is_connected(server));
    EXPECT_EQ(someone.call("PATCH", me, R"({"full_name":)" + json_string(name) + "}").status, 200);
    EXPECT_EQ(server.end(), 0);
  };
  rename(postgres_url(), "Of the copy");
  rename(file, "Of the source");
  server.start(with(postgres_url()));
  ASSERT_TRUE(is_connected(server));
  EXPECT_TRUE(someone.get(me).body.contains("Of the copy"));
}

TEST_F(ProgramThatMoves, NeverShowsAPassword) {
  const program server;
  const auto url = "postgresql://genesis:hunter2@/nowhere?host=" + server_.socket_directory();
  for (const auto& [from, to] : {std::pair{url, postgres_url()}, std::pair{postgres_url(), url},
         std::pair{url + "&nonsense=hunter2", postgres_url()}}) {
    const temporary_directory home;
    const auto refused =
      run(server, {"db", "copy", "--from", from, "--to", to, "--data.directory=" + home.path().string()});
    EXPECT_EQ(refused.status, from.contains("nonsense") ? 2 : 1);
    EXPECT_NE(refused.err, "");
    EXPECT_FALSE((refused.out + refused.err).contains("hunter2")) << refused.err;
  }
}

}  // namespace
}  // namespace genesis::system_test
