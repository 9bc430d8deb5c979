#include "domain/hydration.hpp"
#include "tests/domain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using testing::person_of;
using testing::today;

TEST(Hydration, FollowsTheReferenceIntake) {
  EXPECT_EQ(total_water_litres(reference_sex::male), 2.5);
  EXPECT_EQ(total_water_litres(reference_sex::female), 2.0);
  EXPECT_NEAR(total_water_litres(reference_sex::female, maternity::pregnancy), 2.3, 1e-9);
  EXPECT_NEAR(total_water_litres(reference_sex::female, maternity::lactation), 2.7, 1e-9);
}

TEST(Hydration, IsLessBelowFourteenYears) {
  EXPECT_EQ(total_water_litres(reference_sex::male, maternity::none, 13), 2.1);
  EXPECT_EQ(total_water_litres(reference_sex::female, maternity::none, 13), 1.9);
  EXPECT_EQ(total_water_litres(reference_sex::male, maternity::none, 14), 2.5);
}

TEST(Hydration, IsComputedFromTheProfile) {
  EXPECT_EQ(water_target_of(person_of(sex::male, 80, 180, 30), today)->litres, 2.5);
  auto woman = person_of(sex::female, 65, 170, 30);
  EXPECT_EQ(water_target_of(woman, today)->litres, 2.0);
  woman.medical_conditions = {"asthma", "pregnant"};
  EXPECT_NEAR(water_target_of(woman, today)->litres, 2.3, 1e-9);
  woman.medical_conditions = {"lactancia"};
  EXPECT_NEAR(water_target_of(woman, today)->litres, 2.7, 1e-9);
}

TEST(Hydration, NeedsTheSexAndNothingElse) {
  user person;
  EXPECT_THAT(water_target_of(person, today).error().fields, ElementsAre("sex"));
  person.sex = sex::unspecified;
  EXPECT_THAT(water_target_of(person, today).error().fields, ElementsAre("sex"));
  person.sex = sex::female;
  EXPECT_EQ(water_target_of(person, today)->litres, 2.0);
}

}  // namespace
}  // namespace genesis
