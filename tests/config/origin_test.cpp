#include "config/origin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::config {
namespace {

TEST(Origin, IsSchemeHostAndPort) {
  for (const auto* text : {"https://app.example.com", "http://localhost:3000", "https://example.com:8443",
         "http://127.0.0.1:5173", "http://[::1]:3000", "https://xn--bcher-kva.example", "http://my_host",
         "http://a:65535", "http://a:443", "https://a:80"})
    EXPECT_EQ(origin_fault(text), std::nullopt) << text;
}

TEST(Origin, IsRefusedWithTheReason) {
  const std::pair<std::string_view, std::string_view> faulty[] = {
    {"*", "name each origin"},
    {"null", "sandboxed"},
    {"https://App.example.com", "lower case"},
    {"HTTPS://app.example.com", "lower case"},
    {"app.example.com", "begin with https://"},
    {"", "begin with https://"},
    {"ftp://example.com", "begin with https://"},
    {"https//example.com", "begin with https://"},
    {"https://example.com/", "no path"},
    {"https://example.com/app", "no path"},
    {"https://example.com?x", "no path"},
    {"https://example.com#x", "no path"},
    {"https://me@example.com", "user"},
    {"https://*.example.com", "*"},
    {"https://", "host"},
    {"https://:8080", "host"},
    {"https://exa mple.com", "host"},
    {"https://b\xc3\xbc"
     "cher.example",
      "host"},
    {"https://example.com.", "host"},
    {"https://a..b", "host"},
    {"http://[::1", "host"},
    {"http://[1.2.3.4]", "host"},
    {"http://[]", "host"},
    {"https://example.com:", "port"},
    {"https://example.com:0", "port"},
    {"https://example.com:65536", "port"},
    {"https://example.com:08080", "port"},
    {"https://example.com:80a", "port"},
    {"http://[::1]3000", "port"},
    {"https://example.com:443", "leave out the port"},
    {"http://example.com:80", "leave out the port"},
    {"https://a.example https://b.example", "no path"},
  };
  for (const auto& [text, reason] : faulty) {
    const auto fault = origin_fault(text);
    ASSERT_TRUE(fault) << text;
    EXPECT_THAT(std::string{*fault}, ::testing::HasSubstr(std::string{reason})) << text;
  }
}

TEST(Origin, HasAHostOfLimitedLength) {
  EXPECT_EQ(origin_fault("https://" + std::string(253, 'a')), std::nullopt);
  EXPECT_NE(origin_fault("https://" + std::string(254, 'a')), std::nullopt);
}

}  // namespace
}  // namespace genesis::config
