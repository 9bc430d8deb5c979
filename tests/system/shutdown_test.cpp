#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace genesis::system_test {
namespace {

constexpr auto question = R"({"message":"How much should I eat?"})";

TEST(Shutdown, TellsReadersToComeBackAndEndsTheirRuns) {
  program server{{"--coach.tokens_per_second=5"}};
  person someone{server, "leaving@example.com"};
  auto sse = someone.ask(question);
  auto seen = sse.until("token");
  const auto run = seen.front().member("run_id");
  auto ndjson = someone.resume(run, 0, stream_form::ndjson);
  ndjson.until("token");
  http_peer idle{server.port()};
  idle.send(request_text("GET", "/health/live"));
  EXPECT_EQ(idle.read_answer().status, 200);

  EXPECT_EQ(server.end(), 0);
  for (auto* const stream : {&sse, &ndjson}) {
    const auto rest = stream->rest();
    ASSERT_FALSE(rest.empty());
    const auto& last = rest.back();
    EXPECT_EQ(last.type, "error");
    EXPECT_FALSE(last.seq) << "it belongs to the connection, not to the run";
    EXPECT_EQ(last.member("code"), "SHUTTING_DOWN");
    EXPECT_EQ(last.member("retryable"), "true");
    EXPECT_FALSE(stream->is_complete());
  }
  EXPECT_TRUE(idle.is_closed_silently());

  server.start();
  EXPECT_EQ(member(someone.get("/api/v1/runs/" + run), "status"), "interrupted");
  const auto replay = someone.resume(run, 0).rest();
  for (std::size_t i = 0; i < replay.size(); ++i)
    EXPECT_EQ(replay[i].seq, static_cast<std::int64_t>(i) + 1);
  for (std::size_t i = 0; i < seen.size(); ++i)
    EXPECT_EQ(replay[i].text(), seen[i].text());
  EXPECT_EQ(replay.back().type, "end");
  EXPECT_EQ(replay.back().member("status"), "interrupted");
}

TEST(Shutdown, AnswersWhatIsUnderWay) {
  program server{{"--storage.busy_timeout=1900ms"}};
  person someone{server, "underway@example.com"};
  http_peer peer{server.port()};
  {
    const write_lock held{server.data() / "genesis.db"};
    peer.send(someone.request("GET", "/api/v1/users/me") + someone.request("POST", "/api/v1/conversations", "{}"));
    EXPECT_EQ(peer.read_answer().status, 200);
    server.signal(SIGTERM);
    EXPECT_TRUE(server.process().wait_for_err("ending on signal"));
  }
  EXPECT_EQ(peer.read_answer().status, 201);
  EXPECT_TRUE(peer.is_closed_silently());
  EXPECT_EQ(server.wait(), 0);
  EXPECT_FALSE(std::filesystem::exists(server.data() / "http.port"));
}

/// Until the question of a chat is stored: its conversation is in the same commit.
void wait_for_conversation(person& whose) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (whose.get("/api/v1/conversations").json().at("data").as_array().empty())
    ASSERT_LT(std::chrono::steady_clock::now(), until);
}

TEST(Shutdown, TellsWhoWaitsForAnAnswerWhereItCanBeRead) {
  for (const auto* const grace : {"--server.grace=0s", "--server.grace=1s", "--server.grace=15s"}) {
    program server{{"--coach.tokens_per_second=1", grace, "--limits.rate_enabled=false"}};
    person someone{server, "waiting@example.com"};
    http_peer peer{server.port()};
    peer.send(someone.request("POST", "/api/v1/chat", question));
    wait_for_conversation(someone);
    EXPECT_EQ(server.end(), 0);
    const auto given = peer.read_answer();
    EXPECT_EQ(given.status, 202) << grace;
    EXPECT_EQ(given["Connection"], "close");
    EXPECT_TRUE(peer.is_closed_silently());

    server.start();
    const auto run = someone.get(given["Location"]);
    EXPECT_EQ(run.status, 200);
    EXPECT_EQ(member(run, "status"), "interrupted");
  }
}

TEST(Shutdown, RefusesAChatWhoseQuestionCannotBeStored) {
  program server{{"--storage.busy_timeout=1900ms", "--server.grace=1s"}};
  person someone{server, "unstored@example.com"};
  http_peer peer{server.port()};
  http_peer writer{server.port()};
  const write_lock held{server.data() / "genesis.db"};
  peer.send(someone.request("GET", "/api/v1/users/me") + someone.request("POST", "/api/v1/chat", question));
  EXPECT_EQ(peer.read_answer().status, 200);
  writer.send(someone.request("GET", "/api/v1/users/me") + someone.request("POST", "/api/v1/conversations", "{}"));
  EXPECT_EQ(writer.read_answer().status, 200);
  server.signal(SIGTERM);
  const auto refused = peer.read_answer();
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "SHUTTING_DOWN");
  const auto unknown = writer.read_answer();
  EXPECT_EQ(unknown.status, 503);
  EXPECT_EQ(unknown.code(), "OUTCOME_UNKNOWN");
  EXPECT_EQ(server.wait(), 0);
}

TEST(Shutdown, KeepsListeningForTheDelayAndEndsAtOnceOnASecondSignal) {
  program server{{"--http.drain_delay=60s", "--server.grace=90s"}};
  http_peer peer{server.port()};
  server.signal(SIGTERM);
  EXPECT_TRUE(server.process().wait_for_err("ending on signal"));
  api_client late{server};
  const auto until = std::chrono::steady_clock::now() + patience;
  while (late.call("GET", "/health/ready").status == 200)  // the word follows the line in the log
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  peer.send(request_text("GET", "/health/ready"));
  for (const auto& given : {late.call("GET", "/health/ready"), peer.read_answer()}) {
    EXPECT_EQ(given.status, 503);
    EXPECT_EQ(member(given, "status"), "draining");
    EXPECT_EQ(given["Connection"], "close");
    EXPECT_TRUE(given.field("Retry-After"));
  }
  EXPECT_TRUE(peer.is_closed_silently());
  server.signal(SIGTERM);
  EXPECT_EQ(server.wait(), 128 + SIGTERM);
}

/// Starting must fail with one line that names what to do.
void expect_refusal(child_process& started, std::string_view says) {
  EXPECT_EQ(started.wait(), 1);
  const auto complaint = started.err();
  const auto at = complaint.find("genesis: ");
  ASSERT_NE(at, std::string::npos) << complaint;
  EXPECT_EQ(complaint.find('\n', at), complaint.size() - 1) << complaint;
  EXPECT_NE(complaint.find(says, at), std::string::npos) << complaint;
  EXPECT_EQ(started.out(), "");
}

TEST(Start, RefusesADirectoryOrPortThatIsTaken) {
  const program server;
  expect_refusal(*server.start_another({"--http.port=0", "--data.directory=" + server.data().string()}),
    "is in use by another genesis");
  const auto other = (server.home() / "other").string();
  expect_refusal(*server.start_another({"--http.port=" + std::to_string(server.port()), "--data.directory=" + other}),
    "--http.port");
  api_client client{server};
  EXPECT_EQ(client.call("GET", "/health/ready").status, 200);
}

TEST(Start, RefusesADatabaseThatIsNewer) {
  program server;
  EXPECT_EQ(server.end(), 0);
  database_file{server.data() / "genesis.db"}.run(
    "insert into schema_migrations select 9999, '9999_future', checksum, applied_at from schema_migrations limit 1");
  expect_refusal(*server.start_another({"--http.port=0", "--data.directory=" + server.data().string()}), "9999");
}

TEST(Start, RefusesSettingsThatDoNotExist) {
  const program server;
  const auto started = server.start_another({"--http.porto=1"});
  EXPECT_NE(started->wait(), 0);
  EXPECT_NE(started->err().find("http.porto"), std::string::npos) << started->err();
}

}  // namespace
}  // namespace genesis::system_test
