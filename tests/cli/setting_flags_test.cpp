#include "cli/setting_flags.hpp"

#include <gtest/gtest.h>

namespace genesis::cli {
namespace {

using words = std::vector<std::string>;
using texts = std::vector<config::named_text>;

TEST(SettingFlags, AreTakenOutWhereverTheyStand) {
  const auto parted = part_settings({"--http.port=0", "serve", "--log.level", "debug", "--config", "a.toml"});
  ASSERT_TRUE(parted);
  EXPECT_EQ(parted->settings, (texts{{"http.port", "0"}, {"log.level", "debug"}}));
  EXPECT_EQ(parted->rest, (words{"serve", "--config", "a.toml"}));
}

TEST(SettingFlags, TakeEveryValueBehindAnEqualsSign) {
  const auto parted = part_settings({"--metrics.allow=", "--storage.url=a=b", "--log.level=--x"});
  ASSERT_TRUE(parted);
  EXPECT_EQ(parted->settings, (texts{{"metrics.allow", ""}, {"storage.url", "a=b"}, {"log.level", "--x"}}));
}

TEST(SettingFlags, TakeANegativeNumberOfTheirOwn) {
  EXPECT_EQ(part_settings({"--http.threads", "-1"})->settings, (texts{{"http.threads", "-1"}}));
}

TEST(SettingFlags, NeedAValue) {
  for (const auto& arguments : {words{"serve", "--http.port"}, words{"--http.port", "--log.level=debug"}}) {
    const auto parted = part_settings(arguments);
    ASSERT_FALSE(parted);
    EXPECT_EQ(parted.error(), "--http.port needs a value, as in --http.port=...");
  }
}

TEST(SettingFlags, LeaveOtherArgumentsAlone) {
  const words arguments{"chat", "--url=http://127.0.0.1:8080", "--login", "./a.json", "-v.w", "--", "--http.port=0"};
  const auto parted = part_settings(arguments);
  ASSERT_TRUE(parted);
  EXPECT_TRUE(parted->settings.empty());
  EXPECT_EQ(parted->rest, arguments);
}

TEST(SettingFlags, AreAllListedInTheHelp) {
  const auto help = settings_help();
  EXPECT_NE(help.find("--http.port=8080\n"), std::string::npos);
  EXPECT_NE(help.find("--server.grace=\"15s\"\n"), std::string::npos);
}

}  // namespace
}  // namespace genesis::cli
