#include "config/setting_value.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace genesis::config {
namespace {

using namespace std::chrono_literals;
using list = std::vector<std::string>;

TEST(Duration, ReadsEachUnit) {
  EXPECT_EQ(parse_duration("500ms"), 500ms);
  EXPECT_EQ(parse_duration("15s"), 15s);
  EXPECT_EQ(parse_duration("10m"), 10min);
  EXPECT_EQ(parse_duration("1h"), 1h);
  EXPECT_EQ(parse_duration("30d"), std::chrono::days{30});
  EXPECT_EQ(parse_duration("0s"), 0s);
}

TEST(Duration, TakesABareNumberForSeconds) {
  EXPECT_EQ(parse_duration("90"), 90s);
}

TEST(Duration, RefusesOtherSpellings) {
  for (const std::string_view text :
    {"", "s", "-1s", "+1s", "1.5s", "1 s", " 1s", "1s ", "1S", "1w", "1h30m", "0x10", "1e3", "1us", "1sec"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, RefusesWhatDoesNotFit) {
  EXPECT_EQ(parse_duration("9223372036854775807ms"), std::chrono::milliseconds::max());
  EXPECT_FALSE(parse_duration("9223372036854775808ms"));
  EXPECT_EQ(parse_duration("9223372036854775s"), 9223372036854775s);
  EXPECT_FALSE(parse_duration("9223372036854776s"));
  EXPECT_FALSE(parse_duration("106751991168d"));
}

TEST(Duration, IsWrittenInTheLargestUnitWithoutFraction) {
  EXPECT_EQ(format_duration(0ms), "0s");
  EXPECT_EQ(format_duration(1'500ms), "1500ms");
  EXPECT_EQ(format_duration(90s), "90s");
  EXPECT_EQ(format_duration(3'600s), "1h");
  EXPECT_EQ(format_duration(25h), "25h");
  EXPECT_EQ(format_duration(48h), "2d");
}

TEST(SettingValue, ReadsBooleansExactly) {
  EXPECT_EQ(parse_value(setting_kind::boolean, "true"), setting_value(true));
  EXPECT_EQ(parse_value(setting_kind::boolean, "false"), setting_value(false));
  for (const std::string_view text : {"", "1", "0", "TRUE", "yes", "on", " true"})
    EXPECT_EQ(parse_value(setting_kind::boolean, text), std::unexpected<std::string>("must be true or false")) << text;
}

TEST(SettingValue, ReadsIntegersInDecimalOnly) {
  EXPECT_EQ(parse_value(setting_kind::integer, "8080"), setting_value(std::int64_t{8'080}));
  EXPECT_EQ(parse_value(setting_kind::integer, "-1"), setting_value(std::int64_t{-1}));
  EXPECT_EQ(parse_value(setting_kind::integer, "010"), setting_value(std::int64_t{10}));
  for (const std::string_view text : {"", " 1", "1 ", "0x10", "1.0", "1e3", "nan", "+1", "9223372036854775808"})
    EXPECT_FALSE(parse_value(setting_kind::integer, text)) << text;
}

TEST(SettingValue, SplitsListsAtCommas) {
  EXPECT_EQ(parse_value(setting_kind::list, ""), setting_value(list{}));
  EXPECT_EQ(parse_value(setting_kind::list, "a"), setting_value(list{"a"}));
  EXPECT_EQ(parse_value(setting_kind::list, "a,b"), setting_value(list{"a", "b"}));
  EXPECT_EQ(parse_value(setting_kind::list, "a,,b,"), setting_value(list{"a", "", "b", ""}));
}

TEST(SettingValue, IsWrittenAsToml) {
  EXPECT_EQ(to_toml(true), "true");
  EXPECT_EQ(to_toml(std::int64_t{-7}), "-7");
  EXPECT_EQ(to_toml(15'000ms), "\"15s\"");
  EXPECT_EQ(to_toml(std::string("a\"b\\c\n\x7f\xc3\xa9")), "\"a\\\"b\\\\c\\u000A\\u007F\xc3\xa9\"");
  EXPECT_EQ(to_toml(list{}), "[]");
  EXPECT_EQ(to_toml(list{"a", "b"}), R"(["a", "b"])");
}

}  // namespace
}  // namespace genesis::config
