#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");

void expect_served(http_peer& peer) {
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
}

void expect_refused(http_peer& peer) {
  peer.try_send(live);  // as most clients: before they look
  const auto told = peer.read_answer();
  EXPECT_EQ(told.status, 429);
  EXPECT_EQ(told.code(), "RATE_LIMIT_EXCEEDED");
  EXPECT_EQ(told["Connection"], "close");
  EXPECT_FALSE(told["Retry-After"].empty());
  EXPECT_TRUE(told["RateLimit-Policy"].starts_with("\"connections\";q=")) << told["RateLimit-Policy"];
  EXPECT_EQ(told["RateLimit"], "\"connections\";r=0");
  EXPECT_TRUE(peer.is_closed_silently());
}

/// Connects until somebody from this address is served: the server learns of an end in its own time.
http_peer served_again(const program& server, std::uint8_t from) {
  const auto until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto peer = http_peer::from(from, server.port());
    peer.try_send(live);
    if (peer.read_answer().status == 200)
      return peer;
    if (std::chrono::steady_clock::now() > until)
      throw std::runtime_error("nobody from this address is served any more");
  }
}

TEST(Connections, OfOneAddressAreServedUpToTheCapAndRefusedBeyond) {
  for (const auto* threads : {"--http.threads=1", "--http.threads=2"}) {
    SCOPED_TRACE(threads);
    const program server{{threads, "--http.connections_per_address_max=16"}};
    std::vector<http_peer> peers;
    for (int i = 0; i < 16; ++i)
      expect_served(peers.emplace_back(http_peer::from(2, server.port())));
    for (int i = 0; i < 40; ++i) {
      auto refused = http_peer::from(2, server.port());
      expect_refused(refused);
    }
    // Who is in stays in, and others have their own count.
    expect_served(peers.front());
    auto other = http_peer::from(3, server.port());
    expect_served(other);
    // Whoever leaves makes room for one.
    peers.pop_back();
    peers.push_back(served_again(server, 2));
    auto refused = http_peer::from(2, server.port());
    expect_refused(refused);
  }
}

TEST(Connections, OfOneAddressAreNotCountedWhenLimitsAreOff) {
  const program server{{"--http.connections_per_address_max=1", "--limits.rate_enabled=false"}};
  std::vector<http_peer> peers;
  for (int i = 0; i < 20; ++i)
    expect_served(peers.emplace_back(server.port()));
}

TEST(Connections, InAllAreServedUpToTheCapAndWaitBeyond) {
  for (const auto* threads : {"--http.threads=1", "--http.threads=2"}) {
    SCOPED_TRACE(threads);
    const program server{{threads, "--http.connections_max=8", "--limits.rate_enabled=false"}};
    std::vector<http_peer> peers;
    for (int i = 0; i < 8; ++i)
      expect_served(peers.emplace_back(server.port()));
    http_peer waiting{server.port()};
    waiting.send(live);
    expect_served(peers.front());
    EXPECT_TRUE(waiting.is_quiet());
    peers.pop_back();
    EXPECT_EQ(waiting.read_answer().status, 200);
  }
}

TEST(Connections, ThatAreRefusedDoNotFillThePlacesOfOthers) {
  const program server{{"--http.connections_max=600", "--http.connections_per_address_max=1", "--http.threads=1"}};
  auto first = http_peer::from(2, server.port());
  expect_served(first);
  std::vector<http_peer> refused;  // who does not close when told to
  for (int i = 0; i < 700; ++i)
    refused.push_back(http_peer::from(2, server.port()));
  const auto until = std::chrono::steady_clock::now() + patience;
  while (metric(first, "genesis_connections_refused_total") < 700) {
    ASSERT_LT(metric(first, "genesis_connections"), 300);
    ASSERT_LT(std::chrono::steady_clock::now(), until);
  }
  auto other = http_peer::from(3, server.port());
  expect_served(other);
}

TEST(Connections, ShowWhatTheyDo) {
  const program server{{"--coach.tokens_per_second=20", "--coach.repeat_tokens=400"}};
  http_peer observer{server.port()};
  const auto until = std::chrono::steady_clock::now() + patience;
  const auto wait_for = [&](std::string_view name, std::string_view label, double value) {
    while (metric(observer, name, label) != value)
      if (std::chrono::steady_clock::now() > until)
        throw std::runtime_error(std::string{label} + " does not become " + std::to_string(value));
  };
  http_peer idle{server.port()};
  expect_served(idle);
  http_peer head{server.port()};
  head.send("GET / HTTP/1.1\r\nHost");
  http_peer body{server.port()};
  body.send(
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
  wait_for("genesis_connections", "state=\"idle\"", 1);
  wait_for("genesis_connections", "state=\"head\"", 1);
  wait_for("genesis_connections", "state=\"body\"", 1);
  wait_for("genesis_connections", "state=\"answering\"", 1);  // the observer itself
  person someone{server, "states@example.com"};
  auto stream = someone.ask(R"({"message":"Hello"})");
  wait_for("genesis_connections", "state=\"streaming\"", 1);

  http_peer faulty{server.port()};
  faulty.send("GET /\r\n\r\n");
  EXPECT_EQ(faulty.read_answer().status, 400);
  wait_for("genesis_requests_refused_total", "reason=\"bad_request_line\"", 1);
  wait_for("genesis_requests_refused_total", "", 1);
}

TEST(Connections, CountWhatTheyWaitedForInVain) {
  const program server{{"--http.head_timeout=200ms", "--http.body_timeout=200ms", "--http.idle_timeout=600ms"}};
  http_peer idle{server.port()};
  http_peer head{server.port()};
  head.send("GET / HTTP/1.1\r\nHost");
  http_peer body{server.port()};
  body.send(
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
  EXPECT_EQ(head.read_answer().status, 408);
  EXPECT_EQ(body.read_answer().status, 408);
  EXPECT_TRUE(idle.is_closed_silently());
  http_peer observer{server.port()};
  for (const auto* kind : {"idle", "head", "body"})
    EXPECT_EQ(metric(observer, "genesis_time_outs_total", std::string{"waiting_for=\""} + kind + '"'), 1) << kind;
}

}  // namespace
}  // namespace genesis::system_test
