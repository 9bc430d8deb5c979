#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");

constexpr std::size_t connections = 10'000;
/// As many as an address may have by default would be 1,024.
constexpr std::size_t per_address = 1'000;

/// Waits until so many connections have nothing under way: the server counts one behind its answer.
void wait_for_idle(http_peer& observer, std::size_t count) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (metric(observer, "genesis_connections", "state=\"idle\"") != static_cast<double>(count))
    ASSERT_LT(std::chrono::steady_clock::now(), until);
}

/// Waits until the server has closed as many descriptors as were opened for connections that have gone.
void wait_for_descriptors(const program& server, std::size_t count) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (server.descriptors() > count)
    ASSERT_LT(std::chrono::steady_clock::now(), until) << server.descriptors() << " open, " << count << " before";
}

/// Each has been served once, so that the server has made for it whatever it makes.
std::vector<http_peer> open_connections(const program& server, std::size_t count) {
  std::vector<http_peer> peers;
  peers.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    peers.push_back(http_peer::from(static_cast<std::uint8_t>(2 + i / per_address), server.port()));
    peers.back().send(live);
    EXPECT_EQ(peers.back().read_answer().status, 200);
  }
  return peers;
}

TEST(ManyConnections, ThatAreIdleCostLittleAndLeaveNothing) {
  if (const auto limit = raise_descriptor_limit(); limit < connections + 500)
    GTEST_SKIP() << "a process may have " << limit << " descriptors (ulimit -Hn), which is too few for " << connections
                 << " connections";
  const program server{{"--log.access=false", "--storage.pool_size=2"}};
  person someone{server, "among@example.com"};
  EXPECT_EQ(someone.get("/api/v1/conversations").status, 200);  // opens what reads the database
  http_peer observer{server.port()};
  wait_for_idle(observer, 1);
  const auto descriptors = server.descriptors();
  const auto before = server.resident_bytes();
  std::size_t peak = 0;
  for (int round = 0; round < 2; ++round) {
    SCOPED_TRACE(round);
    auto idle = open_connections(server, connections);
    ASSERT_EQ(idle.size(), connections);
    wait_for_idle(observer, connections + 1);
    EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
    EXPECT_EQ(someone.ask(R"({"message":"Hello"})").rest().back().member("status"), "success");
    EXPECT_TRUE(server.has_grown_less(before, connections * 32 * 1'024));
    if (round == 0) {
      peak = server.resident_bytes();
      RecordProperty("bytes_per_idle_connection", std::to_string((peak - before) / connections));
    } else {
      EXPECT_TRUE(server.has_grown_less(peak, std::size_t{4} * 1'024 * 1'024)) << "the second time it needs no more";
    }
    idle.clear();
    wait_for_descriptors(server, descriptors);
    wait_for_idle(observer, 1);
  }
  RecordProperty("bytes_left", std::to_string(server.resident_bytes() - before));
}

TEST(ManyConnections, ThatComeAndGoLeaveNothing) {
  const program server{{"--log.access=false", "--storage.pool_size=2"}};
  person someone{server, "observer@example.com"};
  EXPECT_EQ(someone.get("/api/v1/conversations").status, 200);  // opens what reads the database
  http_peer observer{server.port()};
  const auto opened = metric(observer, "genesis_connections_opened_total");
  const auto descriptors = server.descriptors();
  const auto churn = [&](std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      auto peer = http_peer::from(static_cast<std::uint8_t>(2 + i % 100), server.port());
      peer.send(live);
      ASSERT_EQ(peer.read_answer().status, 200);
    }
    wait_for_descriptors(server, descriptors);
  };
  churn(2'000);  // what is made once is made
  const auto before = server.resident_bytes();
  churn(18'000);
  EXPECT_TRUE(server.has_grown_less(before, std::size_t{4} * 1'024 * 1'024));
  EXPECT_EQ(metric(observer, "genesis_connections_opened_total"), opened + 20'000);
}

}  // namespace
}  // namespace genesis::system_test
