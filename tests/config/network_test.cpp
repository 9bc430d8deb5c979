#include "config/network.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace genesis::config {
namespace {

network block(std::string_view text) {
  return network::parse(text).value();
}

TEST(IpAddress, ReadsBothFamilies) {
  EXPECT_EQ(ip_address::parse("192.0.2.1").value().bits(), 32U);
  EXPECT_EQ(ip_address::parse("2001:db8::1").value().bits(), 128U);
}

TEST(IpAddress, TakesMappedForIpv4) {
  EXPECT_EQ(ip_address::parse("::ffff:192.0.2.1"), ip_address::parse("192.0.2.1"));
  EXPECT_EQ(ip_address::parse("::ffff:c000:201"), ip_address::parse("192.0.2.1"));
}

TEST(IpAddress, DropsZone) {
  EXPECT_EQ(ip_address::parse("fe80::1%eth0"), ip_address::parse("fe80::1"));
}

TEST(IpAddress, RefusesOtherSpellings) {
  for (const std::string_view text : {"", "localhost", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "0x7f.0.0.1",
         " 127.0.0.1", "127.0.0.1 ", "127.0.0.1:80", "[::1]", "::1::", ":::", "1.2.3.4%eth0",
         "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0001"})
    EXPECT_FALSE(ip_address::parse(text)) << text;
  EXPECT_FALSE(ip_address::parse(std::string_view("127.0.0.1\0", 10)));
}

TEST(IpAddress, KnowsLoopback) {
  for (const std::string_view text : {"127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"})
    EXPECT_TRUE(ip_address::parse(text).value().is_loopback()) << text;
  for (const std::string_view text : {"128.0.0.1", "0.0.0.0", "::", "::2", "1::1", "::ffff:10.0.0.1"})
    EXPECT_FALSE(ip_address::parse(text).value().is_loopback()) << text;
}

TEST(Network, HoldsItsFirstAndLastAddressOnly) {
  const auto odd = block("10.32.0.0/11");
  EXPECT_TRUE(odd.contains("10.32.0.0"));
  EXPECT_TRUE(odd.contains("10.63.255.255"));
  EXPECT_FALSE(odd.contains("10.31.255.255"));
  EXPECT_FALSE(odd.contains("10.64.0.0"));

  const auto six = block("2001:db8:8000::/33");
  EXPECT_TRUE(six.contains("2001:db8:8000::"));
  EXPECT_TRUE(six.contains("2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_FALSE(six.contains("2001:db8:7fff:ffff:ffff:ffff:ffff:ffff"));
  EXPECT_FALSE(six.contains("2001:db9::"));
}

TEST(Network, HoldsMappedAddressesOfIpv4Blocks) {
  EXPECT_TRUE(block("127.0.0.0/8").contains("::ffff:127.0.0.1"));
  EXPECT_TRUE(block("::ffff:10.0.0.0/104").contains("10.9.8.7"));
  EXPECT_FALSE(block("::ffff:10.0.0.0/104").contains("11.0.0.0"));
}

TEST(Network, KeepsFamiliesApart) {
  EXPECT_FALSE(block("::/0").contains("127.0.0.1"));
  EXPECT_FALSE(block("0.0.0.0/0").contains("::1"));
  EXPECT_TRUE(block("::/0").contains("2001:db8::1"));
  EXPECT_TRUE(block("0.0.0.0/0").contains("255.255.255.255"));
}

TEST(Network, TakesAnAddressForABlockOfOne) {
  EXPECT_EQ(block("192.0.2.1"), block("192.0.2.1/32"));
  EXPECT_EQ(block("::1"), block("::1/128"));
  EXPECT_FALSE(block("192.0.2.1").contains("192.0.2.2"));
  EXPECT_FALSE(block("::1").contains("::"));
}

TEST(Network, RefusesWhatIsNoBlock) {
  for (const std::string_view text : {"", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8",
         "10.0.0.0/8 ", "::/129", "localhost/8", "fe80::1%eth0/64", "::ffff:10.0.0.0/95"})
    EXPECT_FALSE(network::parse(text)) << text;
}

TEST(Network, RefusesBitsBehindThePrefix) {
  EXPECT_FALSE(network::parse("10.0.0.1/8"));
  EXPECT_FALSE(network::parse("10.16.0.0/11"));
  EXPECT_FALSE(network::parse("2001:db8::1/64"));
  EXPECT_FALSE(network::parse("1.0.0.0/0"));
}

TEST(Network, HoldsNothingThatIsNoAddress) {
  EXPECT_FALSE(block("0.0.0.0/0").contains("example.org"));
  EXPECT_FALSE(any_contains(std::vector{block("0.0.0.0/0"), block("::/0")}, ""));
}

TEST(IpAddress, HasBlocks) {
  const auto block_of = [](
                          std::string_view text, unsigned bits) { return ip_address::parse(text)->block(bits).text(); };
  EXPECT_EQ(block_of("2001:db8:1:2:3:4:5:6", 64), "2001:db8:1:2::");
  EXPECT_EQ(block_of("2001:db8:1:2:3:4:5:6", 128), "2001:db8:1:2:3:4:5:6");
  EXPECT_EQ(block_of("2001:db8:1:ffff::", 52), "2001:db8:1:f000::");
  EXPECT_EQ(block_of("192.0.2.255", 25), "192.0.2.128");
  EXPECT_EQ(block_of("192.0.2.255", 0), "0.0.0.0");
}

TEST(IpAddress, WritesWhatItRead) {
  for (const std::string_view text : {"0.0.0.0", "255.255.255.255", "::", "::1", "2001:db8::ff00:42:8329"})
    EXPECT_EQ(ip_address::parse(text)->text(), text);
  EXPECT_EQ(ip_address::parse("::ffff:192.0.2.1")->text(), "192.0.2.1");
}

TEST(Network, AsksEachOfAList) {
  const std::vector networks{block("127.0.0.0/8"), block("::1/128")};
  EXPECT_TRUE(any_contains(networks, "127.0.0.1"));
  EXPECT_TRUE(any_contains(networks, "::1"));
  EXPECT_FALSE(any_contains(networks, "192.0.2.1"));
  EXPECT_FALSE(any_contains({}, "127.0.0.1"));
}

}  // namespace
}  // namespace genesis::config
