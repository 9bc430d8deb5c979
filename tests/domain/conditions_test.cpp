#include "domain/conditions.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace genesis {
namespace {

using enum health_condition;

TEST(Conditions, FindEatingDisordersInBothLanguages) {
  for (const auto* text : {"Anorexia nervosa", "recovering anorexic", "ANOREXIA", "anoréxica desde los 15", "bulimia",
         "bulímica", "BULÍMICA", "bule\u0301mica? no, buli\u0301mica", "eating disorder (2019)", "Eating Disorders",
         "binge-eating disorder", "I binge eat at night", "disordered eating", "ARFID", "OSFED", "orthorexia",
         "trastorno alimentario", "Trastornos alimenticios", "trastorno de la conducta alimentaria", "TCA",
         "trastorno por atracón", "atracones", "desorden alimenticio", "ortorexia", "comedora compulsiva"})
    EXPECT_TRUE(states(text, eating_disorder)) << text;
}

TEST(Conditions, DoNotTakeOtherThingsForAnEatingDisorder) {
  for (const auto* text : {"", "asthma", "celiac, eating gluten free", "trastorno de ansiedad", "bipolar disorder",
         "catcall", "tcas", "lactose intolerance", "eating out a lot"})
    EXPECT_FALSE(states(text, eating_disorder)) << text;
}

TEST(Conditions, FindPregnancyInBothLanguages) {
  for (const auto* text : {"pregnant", "I'm PREGNANT, 20 weeks", "Pregnancy", "embarazada", "embarazo de 12 semanas",
         "estoy encinta", "asthma; pregnant"})
    EXPECT_TRUE(states(text, pregnancy)) << text;
  EXPECT_FALSE(states("impregnated wood allergy", pregnancy));
}

TEST(Conditions, FindLactationInBothLanguages) {
  for (const auto* text : {"breastfeeding", "breast-feeding my second", "lactating", "lactancia materna", "amamantando",
         "dando el pecho", "nursing mother"})
    EXPECT_TRUE(states(text, lactation)) << text;
  for (const auto* text : {"lactose intolerance", "intolerancia a la lactosa", "nursing a sprained ankle",
         "high lactate", "works in nursing"})
    EXPECT_FALSE(states(text, lactation)) << text;
}

TEST(Conditions, DoNotCountWhatIsDenied) {
  EXPECT_FALSE(states("not pregnant", pregnancy));
  EXPECT_FALSE(states("I'm not currently pregnant", pregnancy));
  EXPECT_FALSE(states("no estoy embarazada", pregnancy));
  EXPECT_FALSE(states("I don't have an eating disorder", eating_disorder));
  EXPECT_FALSE(states("no history of eating disorders", eating_disorder));
  EXPECT_FALSE(states("sin antecedentes de trastornos alimentarios", eating_disorder));
  EXPECT_FALSE(states("nunca he tenido anorexia", eating_disorder));
}

TEST(Conditions, LetADenialReachItsOwnClauseOnly) {
  EXPECT_TRUE(states("no allergies, pregnant", pregnancy));
  EXPECT_TRUE(states("I do not smoke because I am pregnant", pregnancy));
  EXPECT_TRUE(states("no fumo y estoy embarazada", pregnancy));
  EXPECT_TRUE(states("I do not know what I should eat while pregnant", pregnancy));
  EXPECT_TRUE(states("not pregnant last year. Pregnant now", pregnancy));
}

TEST(Conditions, RememberAnOvercomeEatingDisorderButNoPregnancy) {
  EXPECT_TRUE(states("no longer anorexic", eating_disorder));
  EXPECT_TRUE(states("ya no tengo bulimia", eating_disorder));
  EXPECT_FALSE(states("no longer pregnant", pregnancy));
  EXPECT_FALSE(states("ya no estoy embarazada", pregnancy));
}

TEST(Conditions, AreFoundInAnyOfSeveralTexts) {
  EXPECT_TRUE(any_states(std::vector<std::string>{"asthma", "bulimia"}, eating_disorder));
  EXPECT_FALSE(any_states(std::vector<std::string>{"asthma", "migraine"}, eating_disorder));
  EXPECT_FALSE(any_states({}, eating_disorder));
}

}  // namespace
}  // namespace genesis
