#include "http/server_url.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

TEST(ServerUrl, ReadsHostPortAndPath) {
  EXPECT_EQ(parse_server_url("http://127.0.0.1:8080"), (server_url{"127.0.0.1", "8080", ""}));
  EXPECT_EQ(parse_server_url("http://coach.example"), (server_url{"coach.example", "80", ""}));
  EXPECT_EQ(parse_server_url("http://coach.example/genesis/"), (server_url{"coach.example", "80", "/genesis"}));
  EXPECT_EQ(parse_server_url("https://coach.example"), (server_url{"coach.example", "443", "", true}));
  EXPECT_EQ(parse_server_url("https://coach.example:80/x"), (server_url{"coach.example", "80", "/x", true}));
}

TEST(ServerUrl, TakesTheBracketsOffIpv6AndPutsThemBack) {
  const auto url = parse_server_url("http://[::1]:8080/");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->authority(), "[::1]:8080");
}

TEST(ServerUrl, WritesEqualServersInOneSpelling) {
  EXPECT_EQ(to_string(*parse_server_url("HTTP://localhost:80/")), "http://localhost");
  EXPECT_EQ(to_string(*parse_server_url("http://localhost:8080")), "http://localhost:8080");
  EXPECT_EQ(to_string(*parse_server_url("HTTPS://localhost:443/")), "https://localhost");
  EXPECT_EQ(to_string(*parse_server_url("https://localhost:80")), "https://localhost:80");
  EXPECT_EQ(to_string(*parse_server_url("http://localhost:443")), "http://localhost:443");
}

TEST(ServerUrl, RefusesWhatIsNoHttpServer) {
  for (const auto* text : {"", "localhost:8080", "http://", "http:///x", "ftp://host", "http://host:0",
         "http://host:", "http://host:65536", "http://host:65616", "http://host:99999999999", "http://host:x",
         "http://me:secret@host", "http://host/?q=1", "http://host/#f"})
    EXPECT_FALSE(parse_server_url(text)) << text;
}

}  // namespace
}  // namespace genesis::http
