#include "http/formats.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

TEST(Formats, KnowsTheZonesOfThisMachine) {
  for (const char* name :
    {"UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince"})
    EXPECT_TRUE(is_timezone(name)) << name;
}

TEST(Formats, RefusesWhatIsNoZone) {
  for (const char* name : {"", "Mars/Olympus", "Europe", "Europe/", "/Europe/Madrid", "europe//madrid", "zone.tab",
         "tzdata.zi", "leapseconds", "posix/UTC", "right/UTC", "posixrules", "localtime", "Factory", "CET-1CEST"})
    EXPECT_FALSE(is_timezone(name)) << name;
}

TEST(Formats, NeverLeavesTheZonesFolder) {
  for (const char* name :
    {"../../../etc/passwd", "..", ".", "Europe/../UTC", "Europe/./Madrid", "/usr/share/zoneinfo/UTC"})
    EXPECT_FALSE(is_timezone(name)) << name;
  EXPECT_FALSE(is_timezone(std::string_view{"UTC\0x", 5}));
  EXPECT_FALSE(is_timezone(std::string(10'000, 'a')));
}

TEST(Formats, KnowsTheLocalesOfTheCoach) {
  for (const char* tag : {"en", "es", "en-GB", "es-MX", "es-419"})
    EXPECT_TRUE(is_locale(tag)) << tag;
  for (const char* tag :
    {"", "e", "fr", "EN", "en-", "en-gb", "en_GB", "en-GBR", "es-41", "es-4190", "english", "en-GB-x"})
    EXPECT_FALSE(is_locale(tag)) << tag;
}

TEST(Formats, CountsCodePoints) {
  EXPECT_EQ(code_points(""), 0u);
  EXPECT_EQ(code_points("abc"), 3u);
  EXPECT_EQ(code_points("Garc\u00eda \U0001F600"), 8u);
}

}  // namespace
}  // namespace genesis::http
