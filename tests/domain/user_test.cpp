#include "domain/user.hpp"
#include "tests/domain/people.hpp"

#include <gtest/gtest.h>

namespace genesis {
namespace {

user full_person() {
  auto person = testing::person_of(sex::female, 65, 170, 30);
  person.full_name = "Ana";
  person.experience_level = experience_level::beginner;
  person.dietary_restrictions = {"vegan"};
  person.allergies = {"nuts"};
  person.medical_conditions = {"asthma"};
  person.timezone = "Europe/Madrid";
  person.locale = "es";
  person.units = unit_system::imperial;
  person.body_fat_pct = testing::measured(25);
  person.revision = 7;
  return person;
}

TEST(UserPatch, ChangesNothingWhenItIsEmpty) {
  auto person = full_person();
  apply(user_patch{}, person);
  EXPECT_EQ(person, full_person());
}

TEST(UserPatch, SetsWhatItNames) {
  user_patch patch;
  patch.full_name = "Eva";
  patch.date_of_birth = parse_iso_date("1990-01-02");
  patch.sex = sex::unspecified;
  patch.height_cm = 171.5;
  patch.activity_level = activity_level::active;
  patch.goal = goal::performance;
  patch.experience_level = experience_level::advanced;
  patch.dietary_restrictions = {{"halal"}};
  patch.allergies = std::vector<std::string>{};
  patch.medical_conditions = {{"migraine", "gout"}};
  patch.timezone = "America/Lima";
  patch.locale = "es-PE";
  patch.units = unit_system::metric;
  auto expected = full_person();
  expected.full_name = "Eva";
  expected.date_of_birth = parse_iso_date("1990-01-02");
  expected.sex = sex::unspecified;
  expected.height_cm = 171.5;
  expected.activity_level = activity_level::active;
  expected.goal = goal::performance;
  expected.experience_level = experience_level::advanced;
  expected.dietary_restrictions = {"halal"};
  expected.allergies.clear();
  expected.medical_conditions = {"migraine", "gout"};
  expected.timezone = "America/Lima";
  expected.locale = "es-PE";
  expected.units = unit_system::metric;
  auto person = full_person();
  apply(patch, person);
  EXPECT_EQ(person, expected);
}

TEST(UserPatch, ClearsWhatItSetsToNull) {
  user_patch patch;
  patch.full_name.emplace(std::nullopt);
  patch.date_of_birth.emplace(std::nullopt);
  patch.sex.emplace(std::nullopt);
  patch.height_cm.emplace(std::nullopt);
  patch.activity_level.emplace(std::nullopt);
  patch.goal.emplace(std::nullopt);
  patch.experience_level.emplace(std::nullopt);
  patch.timezone.emplace(std::nullopt);
  patch.locale.emplace(std::nullopt);
  auto expected = full_person();
  expected.full_name.reset();
  expected.date_of_birth.reset();
  expected.sex.reset();
  expected.height_cm.reset();
  expected.activity_level.reset();
  expected.goal.reset();
  expected.experience_level.reset();
  expected.timezone.reset();
  expected.locale.reset();
  auto person = full_person();
  apply(patch, person);
  EXPECT_EQ(person, expected);
}

TEST(UserPatch, LeavesMeasurementsToTheProgressRecords) {
  user_patch patch;
  patch.weight_kg = 70;
  patch.body_fat_pct = 20;
  auto person = full_person();
  apply(patch, person);
  EXPECT_EQ(person, full_person());
}

}  // namespace
}  // namespace genesis
