#include "benchmarks/load/raw_member.hpp"

#include <gtest/gtest.h>

namespace genesis::load {
namespace {

TEST(RawMember, IsTheValueAsItStandsThere) {
  EXPECT_EQ(raw_member(R"({"text":"No ","agent":"nexus"})", "text"), "No ");
  EXPECT_EQ(raw_member(R"({"text":"No ","agent":"nexus"})", "agent"), "nexus");
  EXPECT_EQ(raw_member(R"({"a":"she said \"text\":\"x\"","text":"a\\"})", "text"), R"(a\\)");
  EXPECT_EQ(raw_member(R"({"text":""})", "text"), "");
}

TEST(RawMember, IsEmptyWhereThereIsNone) {
  EXPECT_EQ(raw_member(R"({"text":1})", "text"), "");
  EXPECT_EQ(raw_member(R"({"text":"cut)", "text"), "");
  EXPECT_EQ(raw_member("", "text"), "");
}

}  // namespace
}  // namespace genesis::load
