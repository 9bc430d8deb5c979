#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

const std::vector<config::network> trusted{*config::network::parse("10.0.0.0/8"), *config::network::parse("fd00::/8")};
const auto proxy = *config::ip_address::parse("10.0.0.1");

std::string by_forwarded(std::string_view value) {
  return client_of(value, std::nullopt, proxy, trusted).value_or("malformed");
}

std::string by_list(std::string_view value) {
  return client_of(std::nullopt, value, proxy, trusted).value_or("malformed");
}

TEST(Forwarded, NamesTheClientThatTheProxySaw) {
  EXPECT_EQ(by_forwarded("for=192.0.2.43"), "192.0.2.43");
  EXPECT_EQ(by_forwarded("For=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::17");
  EXPECT_EQ(by_forwarded("proto=http;by=203.0.113.43;for=192.0.2.60"), "192.0.2.60");
  EXPECT_EQ(by_forwarded("for=\"192.0.2.43:47011\" ; proto=https"), "192.0.2.43");
  EXPECT_EQ(by_forwarded("for=\"192.0.2.43:_port\""), "192.0.2.43");
  EXPECT_EQ(by_list("192.0.2.43"), "192.0.2.43");
  EXPECT_EQ(by_list("[2001:db8::1]:80"), "2001:db8::1");
  EXPECT_EQ(by_list("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(by_list("192.0.2.43:80"), "192.0.2.43");
}

TEST(Forwarded, BelievesNothingLeftOfTheFirstStranger) {
  EXPECT_EQ(by_forwarded("for=127.0.0.1, for=10.0.0.9, for=192.0.2.43"), "192.0.2.43");
  EXPECT_EQ(by_list("127.0.0.1, 10.0.0.9, 192.0.2.43"), "192.0.2.43");
  EXPECT_EQ(by_forwarded("for=\"a, for=127.0.0.1\", for=192.0.2.43"), "192.0.2.43");
}

TEST(Forwarded, PassesOverTrustedProxies) {
  EXPECT_EQ(by_forwarded("for=127.0.0.1, for=192.0.2.43, for=10.0.0.2, for=\"[fd00::1]\""), "192.0.2.43");
  EXPECT_EQ(by_list("127.0.0.1,192.0.2.43,10.0.0.2 , fd00::1"), "192.0.2.43");
  EXPECT_EQ(by_list("10.0.0.3, 10.0.0.2"), "10.0.0.3") << "a client within the trusted networks";
}

TEST(Forwarded, DoesNotKnowAClientThatIsHidden) {
  EXPECT_EQ(by_forwarded("for=127.0.0.1, for=unknown"), "unknown");
  EXPECT_EQ(by_forwarded("for=127.0.0.1, for=_secret"), "unknown");
  EXPECT_EQ(by_forwarded("for=127.0.0.1, proto=https"), "unknown");
  EXPECT_EQ(by_forwarded("for=\"[127.0.0.1]\""), "unknown");
  EXPECT_EQ(by_list("127.0.0.1, unknown"), "unknown");
  EXPECT_EQ(by_list("127.0.0.1, 192.0.2.300"), "unknown");
  EXPECT_EQ(by_list("127.0.0.1, 192.0.2.3:x"), "unknown");
}

TEST(Forwarded, TakesTheProxyForTheClientWhenNothingIsSaid) {
  EXPECT_EQ(client_of(std::nullopt, std::nullopt, proxy, trusted), "10.0.0.1");
  EXPECT_EQ(by_forwarded(""), "10.0.0.1");
  EXPECT_EQ(by_list(" , ,"), "10.0.0.1");
}

TEST(Forwarded, RefusesMalformedValues) {
  for (const std::string_view value :
    {"for=\"192.0.2.43", "for=\"192.0.2.43\\", "for", "for=", "=192.0.2.43", "for=192.0.2.43 for=192.0.2.44",
      "for=192.0.2.43;for=192.0.2.44", "for=[2001:db8::1]", "for=a b", "for=\"a, for=192.0.2.43"})
    EXPECT_EQ(by_forwarded(value), "malformed") << value;
}

TEST(Forwarded, RefusesFieldsThatContradictEachOther) {
  EXPECT_EQ(client_of("for=192.0.2.43", "192.0.2.43", proxy, trusted), "192.0.2.43");
  EXPECT_EQ(client_of("for=127.0.0.1", "192.0.2.43", proxy, trusted), std::nullopt);
  EXPECT_EQ(client_of("for=192.0.2.43", "127.0.0.1", proxy, trusted), std::nullopt);
  EXPECT_EQ(client_of("for=unknown", "127.0.0.1", proxy, trusted), std::nullopt);
}

}  // namespace
}  // namespace genesis::http
