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
  EXPECT_TRUE(peer.is_closed_silently());
}

/// A sample of /metrics without labels.
double metric(http_peer& peer, std::string_view name) {
  peer.send(request_text("GET", "/metrics"));
  const auto page = "\n" + peer.read_answer().body;
  const auto line = page.find("\n" + std::string{name} + ' ');
  return line == std::string::npos ? -1 : std::stod(page.substr(line + name.size() + 2));
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

}  // namespace
}  // namespace genesis::system_test
