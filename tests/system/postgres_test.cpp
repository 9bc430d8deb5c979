#include "tests/storage/postgres_server.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

/// The program over PostgreSQL, from outside.
namespace genesis::system_test {
namespace {

using storage::postgres_server;

class ProgramOverPostgres : public ::testing::Test {
protected:
  [[nodiscard]] program::settings flags(
    program::settings more = {}, std::string_view connecting = postgres_server::patient) const {
    more.push_back("--storage.url=" + server_.url_of(database_, connecting));
    return more;
  }
  /// Asks until the answer has this status.
  static answer until(int status, const std::function<answer()>& ask) {
    const auto end = std::chrono::steady_clock::now() + patience;
    auto given = ask();
    while (given.status != status && std::chrono::steady_clock::now() < end)
      given = ask();
    EXPECT_EQ(given.status, status) << given.body;
    return given;
  }
  std::vector<std::string> sql(const std::string& text) { return server_.sql(database_, text); }

  postgres_server server_;
  std::string database_ = server_.create_empty_database();
};

TEST_F(ProgramOverPostgres, ServesAndKeepsWhatItWasTold) {
  program server{flags()};
  EXPECT_EQ(sql("select count(*) from schema_migrations"), std::vector<std::string>{"7"});
  person someone{server, "someone@example.com"};
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  const auto body = R"({"content":"Zo\u00eb's \"note\" :x ; $1"})";
  const auto made = someone.call("POST", messages, body, {{"Idempotency-Key", "k1"}});
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(someone.call("POST", messages, body, {{"Idempotency-Key", "k1"}}).body, made.body);
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"height_cm":181.5})").status, 200);
  const auto stream =
    someone.ask(R"({"message":"How much should I eat?","conversation_id":)" + json_string(conversation) + "}").rest();
  EXPECT_EQ(stream.back().member("status"), "success");
  const auto run = stream.front().member("run_id");
  const auto me = someone.get("/api/v1/users/me").body;
  const auto list = someone.get(messages + "?limit=100").body;
  EXPECT_EQ(server.end(), 0);

  server.start();
  EXPECT_EQ(someone.get("/api/v1/users/me").body, me);
  EXPECT_EQ(someone.get(messages + "?limit=100").body, list);
  EXPECT_EQ(someone.resume(run, 0).rest().back().type, "end");
  EXPECT_EQ(someone.call("DELETE", "/api/v1/conversations/" + conversation).status, 204);
  EXPECT_EQ(sql("select count(*) from messages"), std::vector<std::string>{"0"});
}

TEST_F(ProgramOverPostgres, LosesNothingAcknowledgedWhenItIsKilled) {
  program server{flags({"--log.level=warn"})};
  person someone{server, "killed@example.com"};
  const auto messages = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  std::atomic<int> acknowledged{0};
  std::vector<std::string> bodies;
  std::thread writes([&] {
    try {
      for (int i = 1;; ++i) {
        const auto number = std::to_string(i);
        bodies.push_back(
          someone.call("POST", messages, R"({"content":")" + number + R"("})", {{"Idempotency-Key", number}}).body);
        acknowledged = i;
        acknowledged.notify_all();
      }
    } catch (const std::exception&) {  // the connection has gone with the server
      acknowledged = 1'000'000;
      acknowledged.notify_all();
    }
  });
  for (int now = acknowledged; now < 30; now = acknowledged)
    acknowledged.wait(now);
  server.crash();
  writes.join();
  server.start();
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    const auto number = std::to_string(i + 1);
    EXPECT_EQ(someone.call("POST", messages, R"({"content":")" + number + R"("})", {{"Idempotency-Key", number}}).body,
      bodies[i]);
  }
  EXPECT_EQ(
    sql("select count(*) from (select conversation_id from messages group by conversation_id having min(seq) <> 1 "
        "or max(seq) <> count(*)) as gaps"),
    std::vector<std::string>{"0"});
}

TEST_F(ProgramOverPostgres, AServerThatIsAwayIs503AndWritesGoOnWhenItIsBack) {
  program server{flags({"--log.level=warn"})};
  person someone{server, "away@example.com"};
  const auto read = [&] { return someone.get("/api/v1/users/me"); };
  const auto write = [&] { return someone.call("POST", "/api/v1/conversations", "{}"); };
  EXPECT_EQ(read().status, 200);
  server_.stop();
  const auto refused = write();
  EXPECT_EQ(refused.status, 503) << refused.body;
  EXPECT_TRUE(refused.field("Retry-After"));
  EXPECT_EQ(write().status, 503);
  api_client anybody{server};
  until(503, [&] { return anybody.call("GET", "/health/ready"); });
  server_.start();
  until(201, write);
  EXPECT_EQ(read().status, 200);
  until(200, [&] { return anybody.call("GET", "/health/ready"); });
}

TEST_F(ProgramOverPostgres, ASilentServerIs503AndCachedReadsGoOn) {
  program server{flags({"--storage.statement_timeout=1500ms", "--storage.busy_timeout=100ms", "--log.level=warn"},
    postgres_server::impatient)};
  person someone{server, "silent@example.com"};
  const auto read = [&] { return someone.get("/api/v1/users/me"); };
  EXPECT_EQ(read().status, 200);
  server_.pause();
  EXPECT_EQ(read().status, 200) << "it asks no database";
  EXPECT_EQ(someone.call("POST", "/api/v1/conversations", "{}").status, 503);
  server_.resume();
  until(201, [&] { return someone.call("POST", "/api/v1/conversations", "{}"); });
}

TEST_F(ProgramOverPostgres, RestartedConnectionsCostNobodyAnError) {
  program server{flags({"--log.level=warn"})};
  person someone{server, "restart@example.com"};
  EXPECT_EQ(someone.call("POST", "/api/v1/conversations", "{}").status, 201);
  sql("select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = current_database() and pid <> "
      "pg_backend_pid()");
  EXPECT_EQ(someone.call("POST", "/api/v1/conversations", "{}").status, 201);
  EXPECT_EQ(someone.get("/api/v1/conversations").status, 200);
}

TEST_F(ProgramOverPostgres, ASecondServerOnTheDatabaseIsRefused) {
  const program server{flags()};
  const temporary_directory elsewhere;
  const auto second = server.start_another(flags({"--data.directory=" + elsewhere.path().string(), "--http.port=0"}));
  EXPECT_EQ(second->wait(), 1);
  EXPECT_TRUE(second->err().contains("in use by another server")) << second->err();
}

TEST_F(ProgramOverPostgres, CommandsWorkOnItWithAndWithoutAServer) {
  const temporary_directory home;
  const auto run = [&](program::settings words) {
    words.push_back("--data.directory=" + (home.path() / "data").string());
    child_process command{
      flags(std::move(words)), home.path(), {"GENESIS_CHAT_PASSWORD=" + std::string{good_password}}};
    command.close_input();
    const auto status = command.wait();
    return std::pair{status, command.out() + command.err()};
  };
  const auto missing = run({"user", "list"});
  EXPECT_NE(missing.first, 0);
  EXPECT_TRUE(missing.second.contains("there is no database")) << missing.second;
  const auto refused = run({"serve", "--no-migrate", "--http.port=0"});
  EXPECT_EQ(refused.first, 1);
  EXPECT_TRUE(refused.second.contains("the database is empty; run 'genesis migrate'")) << refused.second;
  const auto migrated = run({"migrate"});
  EXPECT_EQ(migrated.first, 0) << migrated.second;
  EXPECT_TRUE(migrated.second.contains("0001_initial")) << migrated.second;
  const auto demo = run({"demo", "--email", "demo@example.com"});
  EXPECT_EQ(demo.first, 0) << demo.second;
  const auto listed = run({"user", "list"});
  EXPECT_TRUE(listed.second.contains("demo@example.com")) << listed.second;
  EXPECT_EQ(sql("select count(*) from users"), std::vector<std::string>{"1"});
}

TEST_F(ProgramOverPostgres, NeverShowsThePassword) {
  const temporary_directory home;
  const auto url = "postgresql://genesis:hunter2@/nowhere?host=" + server_.socket_directory() + "&sslpassword=hunter2";
  child_process refused{{"serve", "--data.directory=" + home.path().string(), "--storage.url=" + url}, home.path()};
  EXPECT_EQ(refused.wait(), 1);
  EXPECT_TRUE(refused.err().contains("nowhere")) << refused.err();
  EXPECT_TRUE(refused.err().contains("storage.url")) << refused.err();
  EXPECT_FALSE((refused.out() + refused.err()).contains("hunter2")) << refused.err();
  child_process shown{{"config", "--data.directory=" + home.path().string(), "--storage.url=" + url}, home.path()};
  EXPECT_EQ(shown.wait(), 0);
  EXPECT_FALSE(shown.out().contains("hunter2")) << shown.out();
}

}  // namespace
}  // namespace genesis::system_test
