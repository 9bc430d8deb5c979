#include "tests/system/database_file.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/writer.hpp"
#include "tests/unread_pipe.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

#include <csignal>
#include <poll.h>
#include <thread>

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

/// The rest of none comes. Where nothing has begun, nothing is answered.
TEST(Shutdown, AnswersRequestsThatHaveNotArrivedAsAWhole) {
  const auto post = [](const std::string& target) {
    return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{";
  };
  for (const auto* const grace : {"--server.grace=0s", "--server.grace=1s"}) {
    SCOPED_TRACE(grace);
    program server{{grace}};
    http_peer observer{server.port()};
    http_peer untold{server.port()};
    http_peer head{server.port()};
    head.send("GET /api/v1/he");
    http_peer body{server.port()};
    body.send(post("/api/v1/auth/login"));
    http_peer refused{server.port()};
    refused.send(post("/nope"));
    ASSERT_TRUE(becomes([&] {
      return metric(observer, "genesis_connections", R"(state="head")") == 1 &&
             metric(observer, "genesis_connections", R"(state="body")") == 2;
    }));
    server.signal(SIGTERM);
    for (auto* const late : {&head, &body})
      expect_told_of_shutdown(*late);
    EXPECT_EQ(refused.read_answer().status, 404) << "what its head was refused for";
    EXPECT_TRUE(untold.is_closed_silently());
    EXPECT_TRUE(observer.is_closed_silently());
    EXPECT_EQ(server.wait(), 0);
  }
}

/// A reader's stream while the server leaves: whole, or cut with a word that belongs to the connection.
void expect_contractual_end(stream_reader& stream) {
  const auto events = stream.rest();
  ASSERT_FALSE(events.empty());
  const auto& last = events.back();
  if (last.type == "end") {
    EXPECT_TRUE(stream.is_complete());
    return;
  }
  EXPECT_EQ(last.type, "error");
  EXPECT_FALSE(last.seq);
  EXPECT_EQ(last.member("code"), "SHUTTING_DOWN");
  EXPECT_FALSE(stream.is_complete());
}

TEST(Shutdown, UnderLoadKeepsEverythingThatWasAcknowledged) {
  program server{{"--coach.tokens_per_second=100", "--coach.repeat_tokens=2000", "--limits.rate_enabled=false",
    "--log.access=false", "--server.grace=10s"}};
  std::vector<std::unique_ptr<writer>> writers;
  for (int i = 0; i < 4; ++i)
    writers.push_back(std::make_unique<writer>(server, "writer" + std::to_string(i) + "@example.com"));
  person talker{server, "talker@example.com"};
  for (int round = 0; round < 4; ++round) {
    SCOPED_TRACE(round);
    std::atomic<int> acknowledged{0};
    std::vector<std::thread> threads;
    for (auto& each : writers)
      threads.emplace_back([&] { each->write(acknowledged); });
    std::vector<stream_reader> streams;
    std::vector<std::vector<stream_event>> seen;
    for (int i = 0; i < 8; ++i) {
      streams.push_back(talker.ask(question, i % 2 == 0 ? stream_form::sse : stream_form::ndjson));
      seen.push_back(streams.back().until("token"));
    }
    streams.push_back(talker.ask(question));  // of which no more than the head is known
    const auto enough = 20 + 11 * round;
    for (int now = acknowledged; now < enough; now = acknowledged)
      acknowledged.wait(now);
    EXPECT_EQ(server.end(), 0);
    for (auto& each : threads)
      each.join();
    for (auto& each : streams)
      expect_contractual_end(each);
    EXPECT_FALSE(server.log().contains("not finished in time")) << server.log();
    database_file{server.data() / "genesis.db"}.expect_sound();
    server.start();
    for (auto& each : writers)
      each->expect_everything();
    for (const auto& events : seen) {
      const auto replay = talker.resume(events.front().member("run_id"), 0).rest();
      ASSERT_GE(replay.size(), events.size());
      for (std::size_t i = 0; i < events.size(); ++i)
        EXPECT_EQ(replay[i].text(), events[i].text());
      EXPECT_EQ(replay.back().member("status"), "interrupted");
    }
  }
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

TEST(Shutdown, WaitsForNobodyWhoDoesNotReadTheLog) {
  program server{{"--server.grace=2s", "--limits.rate_enabled=false"}};
  server.process().leave_err_unread();
  api_client client{server};
  for (int i = 0; i < 200; ++i)  // each is a line of some hundred bytes
    ASSERT_EQ(client.call("GET", "/health/ready").status, 200);
  EXPECT_EQ(server.end(), 0);
  EXPECT_FALSE(std::filesystem::exists(server.data() / "http.port"));
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

TEST(Start, SaysWhyItFailsEvenIfItsLogHangs) {
  const program server;
  const unread_pipe log;
  const auto other = (server.home() / "other").string();
  expect_refusal(*server.start_another({"--http.port=" + std::to_string(server.port()), "--data.directory=" + other,
                   "--log.file=" + log.path()}),
    "--http.port");
}

/// Under another name and from another directory too: two servers would each go on showing what the other has changed.
TEST(Start, RefusesADatabaseFileThatAnotherServerHas) {
  const program server;
  const auto other = server.home() / "other";
  const auto link = server.home() / "link.db";
  std::filesystem::create_symlink(server.data() / "genesis.db", link);
  for (const auto& file : {server.data() / "genesis.db", link}) {
    expect_refusal(*server.start_another({"--http.port=0", "--data.directory=" + other.string(),
                     "--storage.url=sqlite://" + file.string()}),
      "is in use by another genesis");
    EXPECT_FALSE(std::filesystem::exists(other / "http.port"));
  }
  api_client client{server};
  EXPECT_EQ(client.call("GET", "/health/ready").status, 200);
}

/// A database server that takes connections and says nothing: whoever starts on it waits.
class silent_database {
public:
  [[nodiscard]] std::string url() const {
    return "postgresql://a@127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + "/b?connect_timeout=25";
  }
  /// Until somebody has connected.
  [[nodiscard]] bool wait_for_client() {
    pollfd watched{acceptor_.native_handle(), POLLIN, 0};
    return ::poll(&watched, 1, static_cast<int>(std::chrono::milliseconds{patience}.count())) == 1;
  }

private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_{context_, {boost::asio::ip::address_v4::loopback(), 0}};
};

TEST(Start, IsEndedAtOnceByASignal) {
  for (const int signal : {SIGTERM, SIGINT}) {
    silent_database database;
    const temporary_directory home;
    const auto data = home.path() / "data";
    child_process server{
      {"serve", "--http.port=0", "--data.directory=" + data.string(), "--storage.url=" + database.url()}, home.path()};
    ASSERT_TRUE(database.wait_for_client()) << server.err();
    server.signal(signal);
    EXPECT_EQ(server.wait(), 0) << server.err();
    EXPECT_TRUE(server.err().contains("genesis: ended by a signal before it had started")) << server.err();
    EXPECT_FALSE(std::filesystem::exists(data / "http.port"));
  }
}

TEST(Start, RefusesADirectoryThatCannotBeWritten) {
  const program server;
  for (const auto* const directory : {"/proc/genesis", "/dev/null"}) {
    const auto started = server.start_another({"--http.port=0", std::string{"--data.directory="} + directory});
    const auto status = started->wait();  // 2 where the flag shows it, 1 where only the attempt does
    EXPECT_TRUE(status == 1 || status == 2) << status;
    EXPECT_TRUE(started->err().contains(directory)) << started->err();
  }
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
