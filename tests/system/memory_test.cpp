#include "tests/system/database_file.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/writer.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <sys/resource.h>
#include <thread>

namespace genesis::system_test {
namespace {

/// Asks for streams without pause, until the server is gone or `is_over`. How they end is not looked at.
void ask_without_pause(const program& server, const std::string& request, const std::atomic<bool>& is_over) {
  while (!is_over && !server.has_ended()) {
    try {
      http_peer peer{server.port()};
      peer.send(request);
      stream_reader{std::move(peer), stream_form::sse}.rest();
    } catch (const std::exception&) {  // there was no memory for it
    }
  }
}

/// Clients with large bodies that never come to their end: the server keeps what has come of them.
void add_large_bodies(const program& server, std::vector<http_peer>& peers) {
  static constexpr std::size_t enough = 600;  // the kernel keeps what the server does not read
  for (int i = 0; i < 20 && peers.size() < enough && !server.has_ended(); ++i) {
    try {
      peers.emplace_back(server.port());
      peers.back().try_send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            "Content-Length: 1000000\r\n\r\n{" +
                            std::string(900'000, ' '));
    } catch (const std::exception&) {  // it has ended
    }
  }
}

/// Something has failed in the server, which has nothing to fail over but memory.
bool has_run_out(const program& server) {
  try {
    http_peer observer{server.port()};
    return metric(observer, "genesis_actor_failures_total") > 0;
  } catch (const std::exception&) {  // the answer itself
    return true;
  }
}

class Memory : public testing::Test {
protected:
  void SetUp() override {
#ifdef __SANITIZE_ADDRESS__
    GTEST_SKIP() << "AddressSanitizer maps terabytes of address space: it cannot be limited";
#endif
  }
};

/// Memory runs out under load. The server sheds what it has no memory for, and goes on when there is some; or it ends,
/// with a word. What it has acknowledged is there either way.
TEST_F(Memory, ThatIsRefusedCostsNothingThatWasAcknowledged) {
  program server{{"--limits.rate_enabled=false", "--log.access=false", "--coach.repeat_tokens=500",
    "--http.head_timeout=1s", "--http.body_timeout=1s", "--http.write_timeout=1s", "--http.idle_timeout=1s"}};
  std::vector<std::unique_ptr<writer>> writers;
  for (int i = 0; i < 4; ++i)
    writers.push_back(std::make_unique<writer>(server, "writer" + std::to_string(i) + "@example.com", 200'000));
  const person talker{server, "talker@example.com"};
  const auto question = talker.request("POST", "/api/v1/chat/stream", R"({"message":"Hello"})");
  std::atomic<int> acknowledged{0};
  std::atomic<bool> is_over{false};
  std::vector<std::thread> threads;
  for (auto& each : writers)
    threads.emplace_back([&] { each->write(acknowledged, is_over); });
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] { ask_without_pause(server, question, is_over); });
  for (int now = acknowledged; now < 20; now = acknowledged)
    acknowledged.wait(now);

  std::vector<http_peer> peers;
  for (const std::size_t margin : {8'000'000, 1'000'000, 0}) {  // it fails in other places each time
    const rlimit little{server.mapped_bytes() + margin, RLIM_INFINITY};
    ::prlimit(server.process().pid(), RLIMIT_AS, &little, nullptr);
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!has_run_out(server) && std::chrono::steady_clock::now() < until)
      add_large_bodies(server, peers);
    add_large_bodies(server, peers);
  }
  peers.clear();
  const rlimit enough{RLIM_INFINITY, RLIM_INFINITY};
  ::prlimit(server.process().pid(), RLIMIT_AS, &enough, nullptr);
  is_over = true;
  for (auto& each : threads)
    each.join();
  const bool has_ended = server.has_ended();
  RecordProperty("ended", has_ended ? "yes" : "no");
  if (has_ended) {
    EXPECT_EQ(server.wait(), 128 + SIGABRT);
    EXPECT_TRUE(server.log().contains("the server ends: ")) << server.log();
  } else {
    EXPECT_TRUE(has_run_out(server)) << "it had memory enough";
    // Each of its threads takes connections, and everything that was not shed goes on.
    for (int i = 0; i < 40; ++i) {
      http_peer peer{server.port()};
      peer.send(request_text("GET", "/health/live"));
      EXPECT_EQ(peer.read_answer().status, 200);
    }
    auto again = talker.log_in_again();
    EXPECT_EQ(again.ask(R"({"message":"Hello"})").rest().back().member("status"), "success");
    server.crash();
  }
  server.start();
  for (auto& each : writers)
    each->expect_everything();
  server.crash();
  database_file{server.data() / "genesis.db"}.expect_sound();
}

}  // namespace
}  // namespace genesis::system_test
