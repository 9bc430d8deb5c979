#include "domain/preferences.hpp"
#include "storage/stored_value.hpp"
#include "tests/storage/fixtures.hpp"

namespace genesis::storage {
namespace {

template <class T>
void expect_round_trip(const T& value) {
  EXPECT_EQ(stored<T>::take(stored<T>::put(value)), value);
}

TEST(StoredValue, ListsOfTextsRoundTrip) {
  expect_round_trip(std::vector<std::string>{});
  expect_round_trip(std::vector<std::string>{""});
  expect_round_trip(std::vector<std::string>{awkward_text, "b", std::string("\x01\x1f\x7f", 3)});
}

TEST(StoredValue, ListsOfNamesRoundTrip) {
  expect_round_trip(std::vector<weekday>{});
  expect_round_trip(std::vector<weekday>{weekday::fri, weekday::mon, weekday::fri});
}

TEST(StoredValue, MapsRoundTrip) {
  expect_round_trip(std::map<std::string, bool>{});
  expect_round_trip(std::map<std::string, bool>{{"", true}, {awkward_text, false}});
}

TEST(StoredValue, HashesRoundTrip) {
  expect_round_trip(hash_of(0));
  expect_round_trip(hash_of(250));
  EXPECT_EQ(to_hex(secret_hash{}), std::string(64, '0'));
}

TEST(StoredValue, DatesAndTimesRoundTrip) {
  expect_round_trip(at_ms(-62'135'596'800'000));
  expect_round_trip(at_ms(253'402'300'799'999));
  expect_round_trip(calendar_day{std::chrono::year{1900}, std::chrono::January, std::chrono::day{1}});
}

TEST(StoredValue, RefusesWhatItNeverWrites) {
  EXPECT_THROW(texts_from_json("{}"), unreadable_row);
  EXPECT_THROW(texts_from_json("[1]"), unreadable_row);
  EXPECT_THROW(texts_from_json("[\"a\""), unreadable_row);
  EXPECT_THROW(switches_from_json("[]"), unreadable_row);
  EXPECT_THROW(switches_from_json("{\"a\":1}"), unreadable_row);
  EXPECT_THROW(hash_from_hex("00"), unreadable_row);
  EXPECT_THROW(hash_from_hex(std::string(64, 'g')), unreadable_row);
  EXPECT_THROW(stored<weekday>::take("someday"), unreadable_row);
  EXPECT_THROW(stored<uuid>::take("not an id"), unreadable_row);
  EXPECT_THROW(stored<calendar_day>::take("2026-02-30"), unreadable_row);
}

}  // namespace
}  // namespace genesis::storage
