#include "domain/time.hpp"

#include <gtest/gtest.h>

#include <random>

namespace genesis {
namespace {

using namespace std::chrono;

timestamp at(int y, unsigned m, unsigned d, int h = 0, int min = 0, int s = 0, int ms = 0) {
  return timestamp{sys_days{year{y} / month{m} / day{d}}} + hours{h} + minutes{min} + seconds{s} + milliseconds{ms};
}

TEST(Rfc3339, IsWrittenInUtcWithMilliseconds) {
  EXPECT_EQ(to_rfc3339(at(2026, 3, 1, 7, 30)), "2026-03-01T07:30:00.000Z");
  EXPECT_EQ(to_rfc3339(at(1985, 4, 12, 23, 20, 50, 520)), "1985-04-12T23:20:50.520Z");
  EXPECT_EQ(to_rfc3339(timestamp{milliseconds{-1}}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(at(1, 1, 1)), "0001-01-01T00:00:00.000Z");
  EXPECT_EQ(to_rfc3339(at(9999, 12, 31, 23, 59, 59, 999)), "9999-12-31T23:59:59.999Z");
}

TEST(Rfc3339, ReadsTheExamplesOfTheDocument) {  // section 5.8
  EXPECT_EQ(parse_rfc3339("1985-04-12T23:20:50.52Z"), at(1985, 4, 12, 23, 20, 50, 520));
  EXPECT_EQ(parse_rfc3339("1996-12-19T16:39:57-08:00"), at(1996, 12, 20, 0, 39, 57));
  EXPECT_EQ(parse_rfc3339("1990-12-31T23:59:60Z"), at(1990, 12, 31, 23, 59, 59));
  EXPECT_EQ(parse_rfc3339("1990-12-31T15:59:60-08:00"), at(1990, 12, 31, 23, 59, 59));
  EXPECT_EQ(parse_rfc3339("1937-01-01T12:00:27.87+00:20"), at(1937, 1, 1, 11, 40, 27, 870));
}

TEST(Rfc3339, ReadsEverySpellingOfAMoment) {
  const auto moment = at(2026, 3, 1, 7, 30);
  for (const auto* text : {"2026-03-01T07:30:00Z", "2026-03-01t07:30:00z", "2026-03-01T07:30:00.0Z",
         "2026-03-01T07:30:00.000999999Z", "2026-03-01T07:30:00+00:00", "2026-03-01T07:30:00-00:00",
         "2026-03-01T13:00:00+05:30", "2026-02-28T20:30:00-11:00", "2026-03-02T07:29:00+23:59"})
    EXPECT_EQ(parse_rfc3339(text), moment) << text;
}

TEST(Rfc3339, CutsDecimalsToMilliseconds) {
  EXPECT_EQ(parse_rfc3339("2026-03-01T07:30:00.1Z"), at(2026, 3, 1, 7, 30, 0, 100));
  EXPECT_EQ(parse_rfc3339("2026-03-01T07:30:00.1239Z"), at(2026, 3, 1, 7, 30, 0, 123));
  EXPECT_EQ(parse_rfc3339("2026-03-01T07:30:00.123456789Z"), at(2026, 3, 1, 7, 30, 0, 123));
}

TEST(Rfc3339, RefusesEverythingElse) {
  for (const auto* text :
    {"", "2026-03-01", "2026-03-01T07:30:00", "2026-03-01T07:30Z", "2026-03-01 07:30:00Z", "2026-3-1T07:30:00Z",
      "0000-01-01T00:00:00Z", "2026-13-01T07:30:00Z", "2026-00-01T07:30:00Z", "2026-02-29T07:30:00Z",
      "2026-04-31T07:30:00Z", "2026-03-01T24:00:00Z", "2026-03-01T07:60:00Z", "2026-03-01T07:30:61Z",
      "2026-03-01T07:30:00.Z", "2026-03-01T07:30:00.1234567890Z", "2026-03-01T07:30:00,5Z", "2026-03-01T07:30:00+0530",
      "2026-03-01T07:30:00+05", "2026-03-01T07:30:00+24:00", "2026-03-01T07:30:00+05:60", "2026-03-01T07:30:00ZZ",
      "2026-03-01T07:30:00Z ", " 2026-03-01T07:30:00Z", "+2026-03-01T07:30:00Z", "2026-03-01T+7:30:00Z", "1772350200",
      "2026-W09-7T07:30:00Z", "9999-12-31T23:59:59-00:01", "0001-01-01T00:00:00+00:01"})
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(Rfc3339, KnowsLeapSecondsAtTheEndOfMonthsInUtcAlone) {  // section 5.7
  EXPECT_EQ(parse_rfc3339("2012-06-30T23:59:60.250Z"), at(2012, 6, 30, 23, 59, 59, 250));
  EXPECT_EQ(parse_rfc3339("2017-01-01T05:29:60+05:30"), at(2016, 12, 31, 23, 59, 59));
  for (const auto* text : {"2026-03-01T07:30:60Z", "2026-03-30T23:59:60Z", "2026-03-31T23:58:60Z",
         "2026-03-31T00:59:60Z", "2026-03-31T23:59:60+01:00", "2026-02-28T23:59:60-00:01"})
    EXPECT_EQ(parse_rfc3339(text), std::nullopt) << text;
}

TEST(Rfc3339, ReadsWhatItWrites) {
  for (unsigned seed = 0; seed < 1000; ++seed) {
    std::mt19937_64 random{seed};
    std::uniform_int_distribution<std::int64_t> moments{
      at(1, 1, 1).time_since_epoch().count(), at(9999, 12, 31, 23, 59, 59, 999).time_since_epoch().count()};
    const timestamp moment{milliseconds{moments(random)}};
    EXPECT_EQ(parse_rfc3339(to_rfc3339(moment)), moment) << "seed " << seed;
  }
}

TEST(IsoDate, IsReadAndWritten) {
  const calendar_day leap_day{year{2024}, month{2}, day{29}};
  EXPECT_EQ(to_iso_date(leap_day), "2024-02-29");
  EXPECT_EQ(parse_iso_date("2024-02-29"), leap_day);
  for (const auto* text :
    {"", "2025-02-29", "2024-2-29", "24-02-29", "2024-02-29T", "2024-02-30", "2024/02/29", "20240229", "0000-01-01"})
    EXPECT_EQ(parse_iso_date(text), std::nullopt) << text;
}

TEST(Age, ChangesOnTheBirthday) {
  const auto birth = *parse_iso_date("1990-06-15");
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2026-06-14")), 35);
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2026-06-15")), 36);
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2026-05-31")), 35);
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2026-07-01")), 36);
}

TEST(Age, OfALeapDayChangesOnTheFirstOfMarch) {
  const auto birth = *parse_iso_date("2004-02-29");
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2025-02-28")), 20);
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2025-03-01")), 21);
  EXPECT_EQ(age_in_years(birth, *parse_iso_date("2024-02-29")), 20);
}

TEST(DayOf, IsTheUtcDayBeforeTheEpochToo) {
  EXPECT_EQ(to_iso_date(day_of(at(2026, 3, 1, 23, 59, 59, 999))), "2026-03-01");
  EXPECT_EQ(to_iso_date(day_of(timestamp{milliseconds{-1}})), "1969-12-31");
}

}  // namespace
}  // namespace genesis
