// The database's file in other hands: held by another process, moved away, replaced.

#include "tests/system/database_file.hpp"
#include "tests/system/writer.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <sys/resource.h>
#include <thread>

namespace genesis::system_test {
namespace {

constexpr auto me = "/api/v1/users/me";

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

void expect_unavailable(const answer& given) {
  EXPECT_EQ(given.status, 503);
  EXPECT_EQ(given.code(), "UNAVAILABLE") << given.body;
  EXPECT_TRUE(given.field("Retry-After"));
}

TEST(DatabaseFaults, AFileHeldByAnotherProcessRefusesChangesUntilItIsLetGo) {
  program server{{"--storage.busy_timeout=200ms", "--limits.rate_enabled=false"}};
  person someone{server, "locked@example.com"};
  person neighbour{server, "neighbour@example.com"};
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  const fields key{{"Idempotency-Key", "one"}};
  api_client stranger{server};
  {
    database_file other{server.data() / "genesis.db"};
    other.run("begin exclusive");
    for (int i = 0; i < 3; ++i) {
      expect_unavailable(someone.call("POST", messages, R"({"content":"Hello"})", key));
      expect_unavailable(neighbour.call("PATCH", me, R"({"height_cm":180})"));
      // What is in memory, and what is not, can be read.
      EXPECT_EQ(someone.get(me).status, 200);
      EXPECT_EQ(someone.get(messages).status, 200);
      EXPECT_EQ(neighbour.get("/api/v1/conversations").status, 200);
    }
    expect_unavailable(stranger.call(
      "POST", "/api/v1/auth/register", R"({"email":"new@example.com","password":)" + json_string(good_password) + '}'));
    expect_unavailable(stranger.call(
      "POST", "/api/v1/auth/login", R"({"email":"locked@example.com","password":)" + json_string(good_password) + '}'));
    EXPECT_EQ(someone.ask(R"({"message":"Hello"})").rest().back().member("status"), "error");
    EXPECT_EQ(someone.get("/health/ready").status, 200) << "reading goes on";
    EXPECT_TRUE(server.process().wait_for_err("the database takes no changes"));
    EXPECT_EQ(count_of(server.log(), "the database takes no changes"), 1U) << server.log();
    other.run("rollback");
  }
  const auto made = someone.call("POST", messages, R"({"content":"Hello"})", key);
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(member(made, "seq"), "1") << "what was refused has left nothing behind";
  EXPECT_EQ(neighbour.call("PATCH", me, R"({"height_cm":180})").status, 200);
  EXPECT_EQ(member(neighbour.get(me), "revision"), "2");
  EXPECT_EQ(someone.ask(R"({"message":"Hello"})").rest().back().member("status"), "success");
  const person newcomer{server, "new@example.com"};
  EXPECT_TRUE(server.process().wait_for_err("the database takes changes again")) << server.log();
}

TEST(DatabaseFaults, AnAnswerWhoseEndCannotBeStoredCanBeFound) {
  const program server{{"--storage.busy_timeout=100ms", "--limits.rate_enabled=false", "--coach.tokens_per_second=50",
    "--coach.repeat_tokens=100"}};
  person someone{server, "found@example.com"};
  const auto conversation = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + conversation + "/messages";
  api_client asking{server};
  asking.token = someone.token();
  auto given = std::async(std::launch::async, [&] {
    return asking.call("POST", "/api/v1/chat", R"({"message":"Hello","conversation_id":")" + conversation + R"("})");
  });
  const auto until = std::chrono::steady_clock::now() + patience;
  while (someone.get(messages).json().at("data").as_array().size() < 2)
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  database_file other{server.data() / "genesis.db"};
  other.run("begin exclusive");
  const auto ended = given.get();
  other.run("rollback");
  ASSERT_EQ(ended.status, 200) << "the question is stored: " << ended.body;
  const auto told = ended.json();
  EXPECT_EQ(member(told.at("run").as_object(), "status"), "error");
  EXPECT_EQ(member(told.at("message").as_object(), "status"), "incomplete");
  EXPECT_EQ(someone.get("/api/v1/runs/" + member(told.at("run").as_object(), "id")).status, 200);
}

/// Several people write while something happens to the file and is undone; in the end everything they were told is
/// there.
class DatabaseFaultsUnderLoad : public testing::Test {
protected:
  DatabaseFaultsUnderLoad() {
    for (int i = 0; i < 3; ++i)
      writers_.push_back(std::make_unique<writer>(server_, "writer" + std::to_string(i) + "@example.com"));
    for (auto& each : writers_)
      threads_.emplace_back([this, &each] { each->write(acknowledged_, is_over_); });
  }
  ~DatabaseFaultsUnderLoad() override { end_writing(); }

  void wait_for_acknowledgements(int count) {
    const auto until = acknowledged_ + count;
    for (int now = acknowledged_; now < until; now = acknowledged_)
      acknowledged_.wait(now);
  }

  /// Throws when the server goes on acknowledging.
  void wait_for_refusal() {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (observer_.call("PATCH", me, R"({"height_cm":180})").status == 200)
      if (std::chrono::steady_clock::now() > until)
        throw std::runtime_error("it goes on as if nothing had happened");
  }

  void lose_index() {
    std::filesystem::remove(file("genesis.db-shm"));
    wait_for_refusal();
    expect_no_acknowledgements("-shm was removed or replaced");
  }

  /// Cached reads go on; what is said has `why` in it.
  void expect_no_acknowledgements(const std::string& why) {
    const int before = acknowledged_;
    for (int i = 0; i < 5; ++i)
      expect_unavailable(observer_.call("PATCH", me, R"({"height_cm":180})"));
    EXPECT_LE(acknowledged_, before + 3) << "all that can have been on its way";
    EXPECT_EQ(observer_.get(me).status, 200);
    EXPECT_TRUE(server_.process().wait_for_err(why)) << server_.log();
    EXPECT_TRUE(becomes([&] { return observer_.get("/health/ready").status == 503; }));
  }

  void end_writing() {
    is_over_ = true;
    for (auto& each : threads_)
      each.join();
    threads_.clear();
  }

  void expect_everything() {
    for (auto& each : writers_) {
      each->expect_everything();
      EXPECT_GT(each->messages(), 0U);
      for (const auto& [status, count] : each->refusals())
        EXPECT_EQ(status, 503) << count << " times";
    }
  }

  [[nodiscard]] std::filesystem::path file(const std::string& name = "genesis.db") const {
    return server_.data() / name;
  }

  program server_{{"--storage.busy_timeout=100ms", "--limits.rate_enabled=false", "--log.access=false"}};
  person observer_{server_, "observer@example.com"};
  std::atomic<int> acknowledged_{0};

private:
  std::vector<std::unique_ptr<writer>> writers_;
  std::atomic<bool> is_over_{false};
  std::vector<std::thread> threads_;
};

TEST_F(DatabaseFaultsUnderLoad, LocksThatComeAndGoLoseNothing) {
  database_file other{file()};
  for (int i = 0; i < 3; ++i) {
    wait_for_acknowledgements(20);
    other.run("begin exclusive");
    expect_unavailable(observer_.call("PATCH", me, R"({"height_cm":180})"));
    other.run("rollback");
  }
  wait_for_acknowledgements(20);
  end_writing();
  server_.crash();
  server_.start();
  expect_everything();
}

TEST_F(DatabaseFaultsUnderLoad, ADiskThatTakesNoMoreLosesNothing) {
  person bystander{server_, "bystander@example.com"};
  EXPECT_EQ(bystander.get(me).status, 200);
  for (int i = 0; i < 3; ++i) {
    wait_for_acknowledgements(20);
    // As on a full disk, what goes beyond this in any file fails, in the middle of a write.
    const rlimit full{20'000, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(server_.process().pid(), RLIMIT_FSIZE, &full, nullptr), 0);
    wait_for_refusal();
    EXPECT_EQ(bystander.get(me).status, 200) << "of whom no write has failed";
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    ASSERT_EQ(::prlimit(server_.process().pid(), RLIMIT_FSIZE, &none, nullptr), 0);
  }
  wait_for_acknowledgements(20);
  end_writing();
  server_.crash();
  server_.start();
  expect_everything();
}

TEST_F(DatabaseFaultsUnderLoad, NothingIsAcknowledgedIntoAFileThatWasMovedAway) {
  for (const auto* const name : {"genesis.db", "genesis.db-wal"}) {
    SCOPED_TRACE(name);
    wait_for_acknowledgements(20);
    std::filesystem::rename(file(name), file("moved"));
    wait_for_refusal();
    expect_no_acknowledgements("removed or replaced");
    std::filesystem::rename(file("moved"), file(name));
  }
  wait_for_acknowledgements(20);
  end_writing();
  server_.crash();
  server_.start();
  expect_everything();
}

TEST_F(DatabaseFaultsUnderLoad, NothingIsAcknowledgedOnceTheIndexOfTheLogIsGone) {
  wait_for_acknowledgements(20);
  lose_index();
  end_writing();
  EXPECT_EQ(server_.end(), 0);
  server_.start();
  EXPECT_EQ(observer_.get("/health/ready").status, 200);
  expect_everything();
}

/// It makes an index of its own, and neither sees what the other one locks and commits.
TEST_F(DatabaseFaultsUnderLoad, AnotherProgramLosesNothingOnceTheIndexOfTheLogIsGone) {
  wait_for_acknowledgements(20);
  lose_index();
  for (const auto* const change : {"create table notes_of_operator(x)", "insert into notes_of_operator values(1)",
         "pragma wal_checkpoint(truncate)", "insert into notes_of_operator values(2)"}) {
    database_file other{file()};
    other.run(change);
    expect_unavailable(observer_.call("PATCH", me, R"({"height_cm":180})"));
  }
  EXPECT_EQ(observer_.get("/health/ready").status, 503);
  end_writing();
  server_.crash();
  server_.start();
  expect_everything();
  EXPECT_EQ(database_file{file()}.number("select count(*) from notes_of_operator"), 2);
}

/// What the other program has written stands in the log alone, where the index that was there before does not know of
/// it.
TEST_F(DatabaseFaultsUnderLoad, AnIndexThatComesBackEmptiesNoLog) {
  wait_for_acknowledgements(20);
  std::filesystem::rename(file("genesis.db-shm"), file("aside"));
  wait_for_refusal();
  {
    database_file other{file()};
    other.run("create table notes_of_operator(x)");
    other.run("insert into notes_of_operator values(1)");
  }
  std::filesystem::rename(file("aside"), file("genesis.db-shm"));
  end_writing();
  EXPECT_EQ(server_.end(), 0);
  server_.start();
  expect_everything();
  EXPECT_EQ(database_file{file()}.number("select count(*) from notes_of_operator"), 1);
}

TEST_F(DatabaseFaultsUnderLoad, NothingIsAcknowledgedIntoAFileThatWasReplaced) {
  wait_for_acknowledgements(20);
  std::filesystem::rename(file(), file("moved"));
  std::filesystem::copy_file(file("moved"), file());
  wait_for_refusal();
  expect_unavailable(observer_.call("PATCH", me, R"({"height_cm":180})"));
  EXPECT_TRUE(server_.process().wait_for_err("removed or replaced")) << server_.log();
  end_writing();
  server_.crash();
  std::filesystem::rename(file("moved"), file());
  server_.start();
  expect_everything();
}

}  // namespace
}  // namespace genesis::system_test
