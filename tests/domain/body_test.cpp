#include "domain/body.hpp"
#include "tests/domain/people.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

TEST(Body, TellsTheReferenceSexOnlyWhenItIsStated) {
  user person;
  EXPECT_EQ(reference_sex_of(person), std::nullopt);
  person.sex = sex::unspecified;
  EXPECT_EQ(reference_sex_of(person), std::nullopt);
  person.sex = sex::male;
  EXPECT_EQ(reference_sex_of(person), reference_sex::male);
  person.sex = sex::female;
  EXPECT_EQ(reference_sex_of(person), reference_sex::female);
}

TEST(Body, TellsTheAgeFromTheDateOfBirth) {
  user person;
  EXPECT_EQ(age_of(person, testing::today), std::nullopt);
  person.date_of_birth = parse_iso_date("1996-03-15");
  EXPECT_EQ(age_of(person, testing::today), 30);
  person.date_of_birth = parse_iso_date("1996-03-16");
  EXPECT_EQ(age_of(person, testing::today), 29);
}

TEST(Body, ComputesTheMassIndex) {
  EXPECT_NEAR(body_mass_index(80, 180), 24.69, 0.005);
}

TEST(Body, NeedsWeightAndHeightForTheMassIndex) {
  auto person = testing::person_of(sex::male, 80, 180, 30);
  ASSERT_TRUE(body_mass_index_of(person));
  EXPECT_NEAR(*body_mass_index_of(person), 24.69, 0.005);
  person.height_cm.reset();
  EXPECT_EQ(body_mass_index_of(person), std::nullopt);
  person.height_cm = 180;
  person.weight_kg.reset();
  EXPECT_EQ(body_mass_index_of(person), std::nullopt);
}

TEST(Body, TakesFatOffForTheFatFreeMass) {
  EXPECT_NEAR(fat_free_mass_kg(80, 15), 68, 1e-9);
  EXPECT_NEAR(fat_free_mass_kg(63.5, 12), 55.88, 1e-9);  // 140 lb
}

}  // namespace
}  // namespace genesis
