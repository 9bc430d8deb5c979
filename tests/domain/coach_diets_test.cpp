#include "domain/coach/understanding.hpp"
#include "tests/domain/coach_people.hpp"
#include "tests/domain/transcript.hpp"

#include <gtest/gtest.h>

// A diet that is told in the talk counts like that of the profile.

namespace genesis::coach {
namespace {

using test::add_exchange;
using test::after;
using test::ask;
using test::text_of;
using test::tom_asks;

told_diet diet_of(const char* question) {
  return understand(tom_asks(question)).said.diet;
}

using terms = std::vector<diet_term>;

bool names_any(const std::string& text, std::initializer_list<std::string_view> foods) {
  return std::ranges::any_of(foods, [&](std::string_view food) { return text.contains(food); });
}

TEST(CoachDiets, HoldForTheAnswerToTheSameQuestion) {
  for (const auto* question :
    {"I'm vegan and allergic to soy, which protein?", "I am a vegan with a soy allergy. How much protein?",
      "how much protein? I'm vegan and can't have soy", "as a vegan who is allergic to tofu, how much protein?",
      "soy vegano y alérgico a la soja, ¿cuánta proteína?", "Soy vegana y tengo alergia a la soja: ¿cuánta proteína?",
      "¿cuánta proteína? soy vegana y no puedo tomar soja"}) {
    const auto text = text_of(ask(tom_asks(question)));
    EXPECT_TRUE(names_any(text, {"lentils", "lentejas"})) << question << "\n" << text;
    EXPECT_FALSE(names_any(text, {"yoghurt", "yogur", "egg", "huevo", "tofu", "chicken", "pollo", "tuna", "atún"}))
      << question << "\n"
      << text;
  }
}

TEST(CoachDiets, HoldForLaterQuestions) {
  for (const auto& [told, question] : {std::pair{"I'm vegan and allergic to soy", "how much protein do I need?"},
         std::pair{"soy vegano y alérgico a la soja", "¿cuánta proteína necesito?"}}) {
    const auto text = text_of(ask(after({told, "how much water should I drink?"}, question)));
    EXPECT_TRUE(names_any(text, {"lentils", "lentejas"})) << text;
    EXPECT_FALSE(names_any(text, {"yoghurt", "yogur", "egg", "huevo", "tofu", "chicken", "pollo", "tuna", "atún"}))
      << text;
    EXPECT_TRUE(names_any(text, {"told me here: vegan", "contado aquí: dieta vegana"})) << text;
    EXPECT_TRUE(names_any(text, {"in your profile", "en tu perfil"})) << text;
  }
}

TEST(CoachDiets, AreAnsweredAsAdditionsToAQuestionAboutProtein) {
  for (const auto& [question, addition] : {std::pair{"how much protein?", "no dairy and no eggs please"},
         std::pair{"how much protein?", "without dairy or eggs"},
         std::pair{"how much protein?", "I don't eat eggs, and I'm lactose intolerant"},
         std::pair{"¿cuánta proteína?", "sin lácteos ni huevos, por favor"},
         std::pair{"¿cuánta proteína?", "no tomo leche ni huevos"}}) {
    auto asked = after({question}, addition);
    asked.person.dietary_restrictions = {"vegetarian"};
    EXPECT_EQ(read_intent(asked).name, "protein") << addition;
    const auto text = text_of(ask(asked));
    EXPECT_TRUE(names_any(text, {"tofu"})) << addition << "\n" << text;
    EXPECT_FALSE(names_any(text, {"yoghurt", "yogur", "egg", "huevo"})) << addition << "\n" << text;
  }
}

TEST(CoachDiets, AreHeardAlone) {
  for (const auto& [told, noted] : {std::pair{"no dairy and no eggs please", "Got it: no dairy and no eggs."},
         std::pair{"I'm vegan", "Got it: vegan."}, std::pair{"I have a nut allergy", "Got it: allergic to nuts."},
         std::pair{"soy celíaco", "Apuntado: alergia (gluten)."}, std::pair{"no como carne", "Apuntado: sin carne."}}) {
    const auto text = text_of(ask(tom_asks(told)));
    EXPECT_TRUE(text.starts_with(noted)) << text;
  }
}

TEST(CoachDiets, TellWhatIsLeftOutAndWhatHarms) {
  using enum diet_term;
  EXPECT_EQ(diet_of("I'm allergic to peanuts, tree nuts and shellfish").allergies, (terms{peanuts, nuts, shellfish}));
  EXPECT_EQ(diet_of("gluten-free, I'm coeliac").allergies, terms{gluten});
  EXPECT_EQ(diet_of("soy intolerante a la lactosa y al gluten").allergies, (terms{dairy, gluten}));
  EXPECT_EQ(diet_of("no soy please").restrictions, terms{soy});
  EXPECT_EQ(diet_of("I don't like fish").restrictions, terms{fish});
  EXPECT_EQ(diet_of("no me gustan los huevos").restrictions, terms{eggs});
  EXPECT_EQ(diet_of("he dejado de comer carne").restrictions, terms{meat});
}

TEST(CoachDiets, AreNotTakenFromFoodsThatAreOnlyNamed) {
  for (const auto* question :
    {"how much protein is in four eggs?", "I eat chicken and eggs every day, how much protein?",
      "should I avoid dairy?", "no soy muy activo, ¿cuánta proteína?", "soy hombre, ¿cuánta proteína?",
      "¿cuánta proteína tienen los huevos?", "I don't have time to cook chicken"}) {
    EXPECT_FALSE(diet_of(question).any()) << question;
  }
}

TEST(CoachDiets, CanBeTakenBack) {
  for (const auto& [told, back] : {std::pair{"I'm vegan", "I'm not vegan any more"},
         std::pair{"I'm allergic to soy", "I'm not allergic to soy"}, std::pair{"soy vegano", "ya no soy vegano"}}) {
    EXPECT_FALSE(understand(after({told, back}, "how much protein?")).said.diet.any()) << back;
  }
  // What the profile says stays.
  auto asked = after({"I'm not vegan"}, "how much protein?");
  asked.person.dietary_restrictions = {"vegan"};
  EXPECT_FALSE(names_any(text_of(ask(asked)), {"chicken", "egg"}));
}

TEST(CoachDiets, AddToWhatTheProfileSays) {
  auto asked = tom_asks("no lentils please, how much protein?");
  asked.person.dietary_restrictions = {"vegan"};
  asked.person.allergies = {"soy"};
  const auto text = text_of(ask(asked));
  EXPECT_TRUE(text.contains("chickpeas")) << text;
  EXPECT_FALSE(names_any(text, {"lentils", "tofu", "seitan", "chicken"})) << text;
  asked.question = "no legumes please, how much protein?";
  EXPECT_TRUE(text_of(ask(asked)).contains("none of the foods I know"));
}

}  // namespace
}  // namespace genesis::coach
