#include "domain/energy.hpp"
#include "domain/safety.hpp"
#include "tests/domain/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::person_of;
using testing::today;

TEST(Safety, FindsNoReasonInAHealthyAdult) {
  EXPECT_THAT(deficit_refusals(person_of(sex::male, 80, 180, 30), today), IsEmpty());
}

TEST(Safety, TakesWhatIsUnknownForNoReason) {
  EXPECT_THAT(deficit_refusals(user{}, today), IsEmpty());
}

TEST(Safety, RefusesADeficitBelowEighteenYears) {
  EXPECT_THAT(deficit_refusals(person_of(sex::male, 80, 180, 17), today), ElementsAre(safety_kind::underage));
  EXPECT_THAT(deficit_refusals(person_of(sex::male, 80, 180, 18), today), IsEmpty());
}

TEST(Safety, RefusesADeficitToTheUnderweight) {
  EXPECT_THAT(deficit_refusals(person_of(sex::female, 53.46, 170, 30), today), ElementsAre(safety_kind::underweight));
  EXPECT_THAT(deficit_refusals(person_of(sex::female, 53.47, 170, 30), today), IsEmpty()) << "18.5017";
}

TEST(Safety, AllowsADeficitAtTheVeryBoundOfTheUnderweight) {
  EXPECT_THAT(deficit_refusals(person_of(sex::male, 74, 200, 30), today), IsEmpty()) << "74 / 4 is 18.5";
}

TEST(Safety, RefusesADeficitForWhatIsStated) {
  auto person = person_of(sex::female, 65, 170, 30);
  person.medical_conditions = {"Pregnant, second trimester"};
  EXPECT_THAT(deficit_refusals(person, today), ElementsAre(safety_kind::pregnancy));
  person.medical_conditions = {"lactancia materna"};
  EXPECT_THAT(deficit_refusals(person, today), ElementsAre(safety_kind::lactation));
  person.medical_conditions = {"asma", "anorexia"};
  EXPECT_THAT(deficit_refusals(person, today), ElementsAre(safety_kind::eating_disorder));
}

TEST(Safety, TellsAllReasonsTheGravestFirst) {
  auto person = person_of(sex::female, 45, 170, 16);
  person.medical_conditions = {"breastfeeding", "pregnant", "bulimia"};
  EXPECT_THAT(
    deficit_refusals(person, today), ElementsAre(safety_kind::eating_disorder, safety_kind::pregnancy,
                                       safety_kind::lactation, safety_kind::underage, safety_kind::underweight));
}

TEST(Safety, NamesItsNotices) {
  EXPECT_EQ(notice_of(safety_kind::emergency).kind, "emergency");
  EXPECT_EQ(notice_of(safety_kind::below_energy_floor).kind, "below_energy_floor");
}

TEST(Safety, MeasuresThePaceAgainstTheBody) {
  EXPECT_EQ(pace_of(0, 80), change_pace::steady);
  EXPECT_EQ(pace_of(-0.8, 80), change_pace::steady);
  EXPECT_EQ(pace_of(-0.81, 80), change_pace::fast);
  EXPECT_EQ(pace_of(-1.2, 80), change_pace::fast);
  EXPECT_EQ(pace_of(-1.21, 80), change_pace::too_fast);
  EXPECT_EQ(pace_of(0.2, 80), change_pace::steady);
  EXPECT_EQ(pace_of(0.21, 80), change_pace::fast);
  EXPECT_EQ(pace_of(0.4, 80), change_pace::fast);
  EXPECT_EQ(pace_of(0.41, 80), change_pace::too_fast);
}

TEST(Safety, PlansNoFasterGainThanHalfAPercentAWeek) {
  EXPECT_NEAR(gain_kg_per_week_max(80), 0.4, 1e-12);
  EXPECT_EQ(pace_of(gain_kg_per_week_max(80), 80), change_pace::fast);
}

TEST(Safety, WarnsOfALossThatIsTooFast) {
  EXPECT_EQ(pace_notice(-1.3, 80), safety_kind::rapid_weight_loss);
  EXPECT_EQ(pace_notice(-1.3, 100), std::nullopt);
  EXPECT_EQ(pace_notice(1.3, 80), std::nullopt);
}

TEST(Safety, RefusesARequestBelowTheFloor) {
  EXPECT_EQ(request_notice(bounded_energy_target(1780, 1.55, 1500, 1200)), safety_kind::below_energy_floor);
  EXPECT_EQ(request_notice(bounded_energy_target(900, 1.2, 1200, 800)), safety_kind::below_energy_floor);
  EXPECT_EQ(request_notice(bounded_energy_target(1780, 1.55, 1500, 1500)), std::nullopt);
}

}  // namespace
}  // namespace genesis
