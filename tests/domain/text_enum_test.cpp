#include "domain/agent.hpp"
#include "domain/energy.hpp"
#include "domain/error.hpp"
#include "domain/heart_rate.hpp"
#include "domain/message.hpp"
#include "domain/preferences.hpp"
#include "domain/progress.hpp"
#include "domain/readiness.hpp"
#include "domain/run.hpp"
#include "domain/safety.hpp"
#include "domain/strength.hpp"
#include "domain/text_enum.hpp"
#include "domain/user.hpp"

#include <gtest/gtest.h>

#include <set>

namespace genesis {
namespace {

TEST(TextEnum, NamesAValueAndReadsItsName) {
  EXPECT_EQ(name_of(goal::lose_weight), "lose_weight");
  EXPECT_EQ(parse_enum<goal>("lose_weight"), goal::lose_weight);
  EXPECT_EQ(name_of(response_length::brief), "short");
  EXPECT_EQ(parse_enum<response_length>("short"), response_length::brief);
}

TEST(TextEnum, ReadsNothingButTheExactSpelling) {
  for (const auto* text : {"", "Lose_weight", "lose_weight ", "lose", "lose-weight"})
    EXPECT_EQ(parse_enum<goal>(text), std::nullopt) << text;
}

TEST(TextEnum, HasNoNameForAValueThatIsNone) {
  EXPECT_EQ(name_of(static_cast<goal>(200)), "");
}

/// Names every value once, in order and without a hole, so that a value added to an enumeration is added to its names
/// too.
template <class Enum>
void expect_complete(std::size_t count) {
  EXPECT_EQ(enum_names<Enum>.size(), count);
  std::set<std::string_view> names;
  std::size_t index = 0;
  for (const auto& [value, name] : enum_names<Enum>) {
    EXPECT_EQ(static_cast<std::size_t>(value), index++) << name;
    EXPECT_EQ(parse_enum<Enum>(name), value) << name;
    names.insert(name);
  }
  EXPECT_EQ(names.size(), count);
}

TEST(TextEnum, NamesEveryValueOnce) {
  expect_complete<user_role>(3);
  expect_complete<sex>(3);
  expect_complete<activity_level>(5);
  expect_complete<goal>(5);
  expect_complete<experience_level>(3);
  expect_complete<unit_system>(2);
  expect_complete<message_role>(3);
  expect_complete<message_status>(2);
  expect_complete<progress_metric>(10);
  expect_complete<progress_source>(2);
  expect_complete<run_status>(6);
  expect_complete<run_event_type>(11);
  expect_complete<agent>(5);
  expect_complete<personality>(2);
  expect_complete<response_length>(3);
  expect_complete<weekday>(7);
  expect_complete<colour_theme>(3);
  expect_complete<safety_kind>(14);
  expect_complete<resting_energy_formula>(3);
  expect_complete<energy_bound>(3);
  expect_complete<one_rep_max_formula>(7);
  expect_complete<max_heart_rate_formula>(5);
  expect_complete<fatigue_level>(4);
}

TEST(ProgressMetric, HasARangeForEachMetric) {
  for (const auto& [metric, name] : enum_names<progress_metric>) {
    EXPECT_LT(range_of(metric).low, range_of(metric).high) << name;
    EXPECT_EQ(is_rating(metric), range_of(metric).low == 1 && range_of(metric).high == 5) << name;
  }
}

TEST(ErrorCode, HasANameOfItsOwn) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(errc::internal); ++code)
    names.insert(to_string(static_cast<errc>(code)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(errc::internal) + 1);
  EXPECT_FALSE(names.contains("unknown"));
  EXPECT_EQ(to_string(errc::key_reused), "key_reused");
}

}  // namespace
}  // namespace genesis
