#include "storage/log_position.hpp"

#include <gtest/gtest.h>

namespace genesis::storage {
namespace {

TEST(LogPosition, ReadsWhatPostgresqlWrites) {
  EXPECT_EQ(log_position::parse("16/B374D848"), log_position{0x16'B374'D848});
  EXPECT_EQ(log_position::parse("0/0"), log_position{0});
  EXPECT_EQ(log_position::parse("FFFFFFFF/FFFFFFFF"), log_position{0xFFFF'FFFF'FFFF'FFFF});
  EXPECT_LT(*log_position::parse("1/0"), *log_position::parse("1/1"));
  EXPECT_LT(*log_position::parse("0/FFFFFFFF"), *log_position::parse("1/0"));
}

TEST(LogPosition, RefusesEverythingElse) {
  for (const auto* text : {"", "/", "1/", "/1", "16B374D848", "1/2/3", "1/-2", "x/1", "1/100000000", " 1/1", "1/1 "})
    EXPECT_FALSE(log_position::parse(text)) << text;
}

}  // namespace
}  // namespace genesis::storage
