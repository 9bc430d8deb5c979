#include "tests/self_signed.hpp"
#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

using ::testing::HasSubstr;

/// The header of a proxy: this command, and 192.0.2.`last` as the client.
std::string proxy_header(char command = '\x21', unsigned char last = 7) {
  std::string bytes{"\r\n\r\n\0\r\nQUIT\n?\x11\x00\x0c\xc0\x00\x02?\x0a\x00\x00\x01\x12\x67\x01\xbb", 28};
  bytes[12] = command;
  bytes[19] = static_cast<char>(last);
  return bytes;
}

int metrics_status(http_peer& peer, const fields& head = {}) {
  peer.send(request_text("GET", "/metrics", head));
  return peer.read_answer().status;
}

TEST(Proxies, SpeakForTheirClientsAndNobodyElseDoes) {
  program server{{"--http.trusted_proxies=127.0.0.2/32", "--metrics.allow=127.0.0.0/8,192.0.2.9/32"}};
  auto proxy = http_peer::from(2, server.port());
  EXPECT_EQ(metrics_status(proxy), 200);
  for (const auto* name : {"X-Forwarded-For", "Forwarded"}) {
    const std::string prefix = std::string_view{name} == "Forwarded" ? "for=" : "";
    EXPECT_EQ(metrics_status(proxy, {{name, prefix + "192.0.2.7"}}), 403);
    EXPECT_EQ(metrics_status(proxy, {{name, prefix + "192.0.2.9"}}), 200);
    EXPECT_EQ(metrics_status(proxy, {{name, prefix + "127.0.0.1, " + prefix + "192.0.2.7"}}), 403);
    EXPECT_EQ(metrics_status(proxy, {{name, prefix + "127.0.0.1"}, {name, prefix + "192.0.2.7"}}), 403);
    EXPECT_EQ(metrics_status(proxy, {{name, prefix + "unknown"}}), 403);
    // A stranger's word changes nothing.
    http_peer stranger{server.port()};
    EXPECT_EQ(metrics_status(stranger, {{name, prefix + "192.0.2.7"}}), 200);
  }
  EXPECT_EQ(metrics_status(proxy, {{"Forwarded", "for=127.0.0.1"}, {"X-Forwarded-For", "192.0.2.7"}}), 400);
  EXPECT_EQ(server.end(), 0);
  EXPECT_THAT(server.log(), HasSubstr("peer=192.0.2.7 "));
}

TEST(Proxies, AreNotHeldToTheCapOfOneClient) {
  const program server{{"--http.trusted_proxies=127.0.0.2/32", "--http.connections_per_address_max=1"}};
  std::vector<http_peer> peers;
  for (int i = 0; i < 5; ++i)
    EXPECT_EQ(metrics_status(peers.emplace_back(http_peer::from(2, server.port()))), 200);
}

TEST(Proxies, BeginConnectionsWithAHeader) {
  program server{{"--http.trusted_proxies=127.0.0.2/32", "--http.proxy_protocol=true",
    "--http.connections_per_address_max=1", "--metrics.allow=127.0.0.0/8"}};
  auto proxied = http_peer::from(2, server.port());
  proxied.send(proxy_header() + request_text("GET", "/metrics"));
  EXPECT_EQ(proxied.read_answer().status, 403);
  EXPECT_EQ(metrics_status(proxied, {{"X-Forwarded-For", "127.0.0.1"}}), 403) << "the client is no proxy";
  // The cap counts the clients behind the proxy.
  auto second = http_peer::from(2, server.port());
  second.try_send(proxy_header() + request_text("GET", "/health/live"));
  EXPECT_EQ(second.read_answer().status, 429);
  auto other = http_peer::from(2, server.port());
  for (const char byte : proxy_header('\x21', 8))
    other.send({&byte, 1});
  other.send(request_text("GET", "/health/live"));
  EXPECT_EQ(other.read_answer().status, 200);
  // The proxy's own checks, and those who come directly.
  auto own = http_peer::from(2, server.port());
  own.send(proxy_header('\x20'));
  EXPECT_EQ(metrics_status(own), 200);
  http_peer direct{server.port()};
  EXPECT_EQ(metrics_status(direct), 200);
  EXPECT_EQ(server.end(), 0);
  EXPECT_THAT(server.log(), HasSubstr("peer=192.0.2.8 "));
}

TEST(Proxies, AreClosedWithoutAGoodHeader) {
  const program server{
    {"--http.trusted_proxies=127.0.0.2/32", "--http.proxy_protocol=true", "--http.head_timeout=300ms"}};
  for (const auto& bytes : {request_text("GET", "/health/live"), proxy_header('\x22'), std::string{}}) {
    auto peer = http_peer::from(2, server.port());
    peer.send(bytes);
    EXPECT_TRUE(peer.is_closed_silently()) << bytes;
  }
  http_peer direct{server.port()};
  direct.send(request_text("GET", "/metrics"));
  const auto page = direct.read_answer().body;
  EXPECT_THAT(page, HasSubstr("\ngenesis_proxy_headers_refused_total{reason=\"no_header\"} 2\n"));
  EXPECT_THAT(page, HasSubstr("\ngenesis_proxy_headers_refused_total{reason=\"bad_command\"} 1\n"));
}

TEST(Proxies, PassTlsThroughBehindTheHeader) {
  const temporary_directory home;
  const auto certificate = home.path() / "certificate.pem";
  const auto key = home.path() / "key.pem";
  self_signed::make("genesis.test").write(certificate, key);
  const program server{{"--http.trusted_proxies=127.0.0.2/32", "--http.proxy_protocol=true",
    "--http.tls_certificate=" + certificate.string(), "--http.tls_key=" + key.string()}};
  auto peer = http_peer::from(2, server.port());
  peer.send(proxy_header());
  ASSERT_TRUE(peer.secure());
  EXPECT_EQ(metrics_status(peer), 403);
}

}  // namespace
}  // namespace genesis::system_test
