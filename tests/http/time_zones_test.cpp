#include "http/time_zones.hpp"

#include <gtest/gtest.h>

namespace genesis::http {
namespace {

TEST(TimeZones, KnowsTheZonesOfThisMachine) {
  for (const char* name :
    {"UTC", "Europe/Madrid", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "America/Port-au-Prince"})
    EXPECT_EQ(find_timezone(name), zone_answer::known) << name;
}

TEST(TimeZones, RefusesWhatIsNoZone) {
  for (const char* name : {"", "Mars/Olympus", "Europe", "Europe/", "/Europe/Madrid", "europe//madrid", "zone.tab",
         "tzdata.zi", "leapseconds", "posix/UTC", "right/UTC", "posixrules", "localtime", "Factory", "CET-1CEST"})
    EXPECT_EQ(find_timezone(name), zone_answer::unknown) << name;
}

TEST(TimeZones, NeverLeavesTheZonesFolder) {
  for (const char* name :
    {"../../../etc/passwd", "..", ".", "Europe/../UTC", "Europe/./Madrid", "/usr/share/zoneinfo/UTC"})
    EXPECT_EQ(find_timezone(name), zone_answer::unknown) << name;
  EXPECT_EQ(find_timezone(std::string_view{"UTC\0x", 5}), zone_answer::unknown);
  EXPECT_EQ(find_timezone(std::string(10'000, 'a')), zone_answer::unknown);
}

TEST(TimeZones, TellsADatabaseThatIsAwayFromAnUnknownName) {
  EXPECT_EQ(read_timezones("/nonexistent"), std::nullopt);
  EXPECT_EQ(read_timezones("/proc/self/fdinfo"), std::nullopt) << "a folder without zones";
}

}  // namespace
}  // namespace genesis::http
