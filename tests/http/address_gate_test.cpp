#include "http/address_gate.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

config::ip_address at(std::string_view text) {
  return config::ip_address::parse(text).value();
}

TEST(AddressGate, LetsInAsManyAsTheCapAndNotOneMore) {
  address_gate gate{3};
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(gate.enter(at("192.0.2.1"))) << i;
  EXPECT_FALSE(gate.enter(at("192.0.2.1")));
  EXPECT_TRUE(gate.enter(at("192.0.2.2")));
}

TEST(AddressGate, GivesAPlaceBackWhenOneLeaves) {
  address_gate gate{1};
  EXPECT_TRUE(gate.enter(at("192.0.2.1")));
  EXPECT_FALSE(gate.enter(at("192.0.2.1")));
  gate.leave(at("192.0.2.1"));
  EXPECT_TRUE(gate.enter(at("192.0.2.1")));
}

TEST(AddressGate, CountsAHouseholdOfIPv6AsOneClient) {
  address_gate gate{2};
  EXPECT_TRUE(gate.enter(at("2001:db8:0:1::1")));
  EXPECT_TRUE(gate.enter(at("2001:db8:0:1:ffff:ffff:ffff:ffff")));
  EXPECT_FALSE(gate.enter(at("2001:db8:0:1::2")));
  EXPECT_TRUE(gate.enter(at("2001:db8:0:2::1")));
  gate.leave(at("2001:db8:0:1::3"));  // whichever of the household's addresses
  EXPECT_TRUE(gate.enter(at("2001:db8:0:1::4")));
}

TEST(AddressGate, TakesAMappedAddressForTheIPv4OneItIs) {
  address_gate gate{1};
  EXPECT_TRUE(gate.enter(at("192.0.2.1")));
  EXPECT_FALSE(gate.enter(at("::ffff:192.0.2.1")));
  EXPECT_TRUE(gate.enter(at("::ffff:192.0.2.2")));
}

TEST(AddressGate, RemembersNobodyWhoHasLeft) {
  address_gate gate{1};
  for (int i = 0; i < 1'000'000; ++i) {
    const auto address =
      at("10." + std::to_string(i / 65'536) + '.' + std::to_string(i / 256 % 256) + '.' + std::to_string(i % 256));
    ASSERT_TRUE(gate.enter(address));
    ASSERT_FALSE(gate.enter(address));
    ASSERT_EQ(gate.clients(), 1U);
    gate.leave(address);
  }
  EXPECT_EQ(gate.clients(), 0U);
}

}  // namespace
}  // namespace genesis::http
