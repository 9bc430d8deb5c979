#include "tests/system/database_file.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/writer.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
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
void add_large_bodies(const program& server, const std::string& token, std::vector<http_peer>& peers) {
  static constexpr std::size_t enough = 600;  // the kernel keeps what the server does not read
  for (int i = 0; i < 20 && peers.size() < enough && !server.has_ended(); ++i) {
    try {
      peers.emplace_back(server.port());
      peers.back().try_send("POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            "Content-Length: 1000000\r\nAuthorization: Bearer " +
                            token + "\r\n\r\n{" + std::string(900'000, ' '));
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
#ifdef GENESIS_ADDRESS_SANITIZER
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
      add_large_bodies(server, talker.token(), peers);
    add_large_bodies(server, talker.token(), peers);
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
    EXPECT_EQ(server.wait(), 1);
    EXPECT_TRUE(server.log().contains("genesis: ends at once: there is not enough memory")) << server.log();
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

/// One life of the server in so much address space: its start, a few requests, and SIGTERM.
class scarce_life {
public:
  explicit scarce_life(std::size_t megabytes)
      : process_(
          {"serve", "--data.directory=" + data().string(), "--http.port=0", "--http.threads=2", "--server.grace=5s"},
          home_.path(), {}, megabytes * 1'024 * 1'024) {
    has_started_ = process_.wait_for_out("Ctrl-C ends the server");
    if (has_started_) {
      ask();
      process_.signal(SIGTERM);
    }
    status_ = process_.wait();
  }

  /// The system could not even load the program.
  [[nodiscard]] bool is_stillborn() const {
    return status_ == 127 && err().contains("error while loading shared libraries");
  }
  [[nodiscard]] bool has_started() const noexcept { return has_started_; }
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] std::string err() const { return process_.err(); }

private:
  [[nodiscard]] std::filesystem::path data() const { return home_.path() / "data"; }

  /// Requests that need memory and threads. How they end is not looked at.
  void ask() const {
    std::uint16_t port = 0;
    std::ifstream{data() / "http.port"} >> port;
    const std::string account = R"({"email":"a@example.com","password":"a quite unlikely phrase 7"})";
    for (int i = 0; i < 8; ++i) {
      try {
        http_peer peer{port};
        peer.send(request_text("POST", "/api/v1/auth/register", {}, account));
        peer.read_answer();
        peer.send(request_text("GET", "/openapi.json", {{"Accept-Encoding", "gzip"}}));
        peer.read_answer();
      } catch (const std::exception&) {  // there was no memory for it
      }
    }
  }

  temporary_directory home_;
  child_process process_;
  bool has_started_ = false;
  int status_ = -1;
};

/// Wherever memory runs out: while the program is loaded, while threads and actors are made, while it serves, or while
/// it ends. It never hangs and never ends by a signal, and says what it lacked.
TEST_F(Memory, ThatIsScarceFromTheStartEndsTheServerWithALineOrNotAtAll) {
  std::size_t refused = 0;
  std::size_t started = 0;
  for (std::size_t megabytes = 64; started < 3 && megabytes < 4'096; megabytes += 12 + megabytes / 12) {
    SCOPED_TRACE(std::to_string(megabytes) + " MiB");
    const scarce_life life{megabytes};
    if (life.is_stillborn())
      continue;
    started += life.has_started() && life.status() == 0 ? 1 : 0;
    EXPECT_TRUE(life.status() == 0 || life.status() == 1) << life.status() << '\n' << life.err();
    if (life.status() == 1) {
      ++refused;
      EXPECT_TRUE(life.err().contains("genesis: ")) << life.err();
    }
  }
  EXPECT_GT(refused, 0U) << "there was memory enough each time";
  EXPECT_EQ(started, 3U) << "there was never enough";
}

}  // namespace
}  // namespace genesis::system_test
