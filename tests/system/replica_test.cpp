#include "tests/storage/postgres_server.hpp"
#include "tests/storage/redis_server.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

/// The program over PostgreSQL with streaming replicas, from outside.
namespace genesis::system_test {
namespace {

using storage::postgres_server;
using ::testing::HasSubstr;
using ::testing::Not;

class ProgramWithReplicas : public ::testing::Test {
protected:
  ProgramWithReplicas() {
    for (auto& each : replicas_)
      each = std::make_unique<postgres_server>(&primary_);
  }

  [[nodiscard]] program::settings flags() const {
    return {"--storage.url=" + primary_.url_of(database_), "--log.level=info",
      "--storage.replicas=" + replicas_[0]->url_of(database_, "&weight=2") + "," +
        replicas_[1]->url_of(database_, "&connect_timeout=30")};
  }
  static double counted(const program& server, std::string_view name, std::string_view label = {}) {
    http_peer peer{server.port()};
    return metric(peer, name, label);
  }
  static bool are_up(const program& server, int first, int second) {
    return becomes([&] {
      return counted(server, "genesis_replica_up", R"(replica="1")") == first &&
             counted(server, "genesis_replica_up", R"(replica="2")") == second;
    });
  }
  static double answered(const program& server) {
    return counted(server, "genesis_replica_reads_total", R"(outcome="answered")");
  }
  /// As many as a list that no memory holds says.
  static std::size_t conversations_of(person& who) {
    const auto given = who.get("/api/v1/conversations?archived=all&limit=100");
    EXPECT_EQ(given.status, 200) << given.body;
    return given.json().at("data").as_array().size();
  }
  /// Lists until replicas have answered some; false when none does.
  static bool replicas_answer(const program& server, person& who, std::size_t expected) {
    const auto before = answered(server);
    return becomes([&] {
      EXPECT_EQ(conversations_of(who), expected);
      return answered(server) > before;
    });
  }

  postgres_server primary_;
  std::string database_ = primary_.create_empty_database();
  std::array<std::unique_ptr<postgres_server>, 2> replicas_;
};

TEST_F(ProgramWithReplicas, WhoHasWrittenSeesItWhileReplicasDoNot) {
  program server{flags()};
  ASSERT_TRUE(are_up(server, 1, 1));
  person someone{server, "someone@example.com"};
  const auto first = someone.new_conversation();
  const auto messages = "/api/v1/conversations/" + first + "/messages";
  EXPECT_EQ(someone.call("POST", messages, R"({"content":"the first of the day"})").status, 201);
  ASSERT_TRUE(replicas_answer(server, someone, 1));

  for (const auto& each : replicas_)
    each->pause_replay();
  someone.new_conversation();
  EXPECT_EQ(someone.call("POST", messages, R"({"content":"the second of the day"})").status, 201);
  const auto before = answered(server);
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(conversations_of(someone), 2U);
    const auto found = someone.get("/api/v1/messages/search?q=day");
    EXPECT_THAT(found.body, HasSubstr("the second of the day"));
    EXPECT_THAT(someone.get("/api/v1/messages/export").body, HasSubstr("the second of the day"));
  }
  EXPECT_EQ(answered(server), before);
  EXPECT_GT(counted(server, "genesis_replica_reads_total", R"(outcome="behind")"), 0);

  // Also when nothing in memory tells what was written last.
  EXPECT_EQ(server.end(), 0);
  server.start();
  EXPECT_EQ(conversations_of(someone), 2U);
  for (const auto& each : replicas_)
    each->resume_replay();
  EXPECT_TRUE(replicas_answer(server, someone, 2));
}

TEST_F(ProgramWithReplicas, ListsGoOnWhenReplicasDieAndReadsReturnToThem) {
  program server{flags()};
  ASSERT_TRUE(are_up(server, 1, 1));
  person someone{server, "someone@example.com"};
  someone.new_conversation();
  ASSERT_TRUE(replicas_answer(server, someone, 1));

  replicas_[0]->stop();
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(conversations_of(someone), 1U);
  EXPECT_TRUE(are_up(server, 0, 1));
  EXPECT_TRUE(replicas_answer(server, someone, 1)) << "the other one";
  replicas_[1]->stop();
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(conversations_of(someone), 1U);
  EXPECT_TRUE(are_up(server, 0, 0));
  someone.new_conversation();
  EXPECT_EQ(conversations_of(someone), 2U);

  replicas_[0]->start();
  EXPECT_TRUE(are_up(server, 1, 0));
  EXPECT_TRUE(replicas_answer(server, someone, 2));
  EXPECT_THAT(server.log(), HasSubstr("is left"));
  EXPECT_THAT(server.log(), HasSubstr("is read from"));
}

TEST_F(ProgramWithReplicas, ASilentReplicaIsLeftAndTakenBack) {
  program server{flags()};
  ASSERT_TRUE(are_up(server, 1, 1));
  person someone{server, "someone@example.com"};
  someone.new_conversation();
  ASSERT_TRUE(replicas_answer(server, someone, 1));
  replicas_[0]->pause();
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(conversations_of(someone), 1U);
  EXPECT_TRUE(are_up(server, 0, 1));
  replicas_[0]->resume();
  EXPECT_TRUE(are_up(server, 1, 1));
}

TEST_F(ProgramWithReplicas, APromotedReplicaIsLeft) {
  program server{flags()};
  ASSERT_TRUE(are_up(server, 1, 1));
  person someone{server, "someone@example.com"};
  someone.new_conversation();
  replicas_[0]->promote();
  EXPECT_TRUE(are_up(server, 0, 1));
  someone.new_conversation();
  EXPECT_TRUE(replicas_answer(server, someone, 2));
  EXPECT_EQ(replicas_[0]->sql(database_, "select count(*) from conversations"), std::vector<std::string>{"1"});
}

TEST_F(ProgramWithReplicas, AServerStartsWithoutThem) {
  for (const auto& each : replicas_)
    each->stop();
  program server{flags()};
  person someone{server, "someone@example.com"};
  someone.new_conversation();
  EXPECT_EQ(conversations_of(someone), 1U);
  EXPECT_TRUE(are_up(server, 0, 0));
}

/// The replica that takes over lacks the last changes. Whatever was in memory, and in Redis, is not shown any more.
TEST(ProgramAfterAFailover, ShowsWhatTheServerHasThatTookOver) {
  postgres_server primary;
  const auto database = primary.create_empty_database();
  postgres_server replica{&primary};
  storage::redis_server redis;
  program server{{"--storage.url=" + primary.url_of(database, "," + replica.socket_directory()),
    "--cache.redis_url=" + redis.url(), "--log.level=info"}};
  person someone{server, "someone@example.com"};
  const auto rename = [&](const std::string& name) {
    return someone.call("PATCH", "/api/v1/users/me", R"({"full_name":")" + name + R"("})").status;
  };
  const auto name = [&] { return someone.get("/api/v1/users/me").json().at("full_name").as_string(); };
  ASSERT_EQ(rename("Kept"), 200);
  replica.catch_up_with(primary);
  replica.stop();
  ASSERT_EQ(rename("Lost"), 200);
  ASSERT_EQ(name(), "Lost");

  primary.stop();
  replica.start();
  replica.promote();
  EXPECT_TRUE(becomes([&] { return someone.get("/api/v1/messages/search?q=anything").status == 200; }));
  EXPECT_EQ(name(), "Kept");
  EXPECT_TRUE(becomes([&] { return rename("New") == 200; }));
  EXPECT_EQ(name(), "New");
  http_peer peer{server.port()};
  EXPECT_EQ(metric(peer, "genesis_storage_failovers_total"), 1);
  EXPECT_THAT(server.log(), HasSubstr("timeline 2"));
}

TEST(Replicas, AreRefusedOverAFile) {
  const program server;
  const auto second = server.start_another({"--storage.replicas=postgresql://genesis:secret@localhost/genesis"});
  EXPECT_NE(second->wait(), 0);
  EXPECT_THAT(second->err(), HasSubstr("storage.replicas"));
  EXPECT_THAT(second->err(), Not(HasSubstr("secret")));
}

}  // namespace
}  // namespace genesis::system_test
