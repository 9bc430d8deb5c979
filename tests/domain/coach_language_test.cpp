#include "domain/coach/language.hpp"

#include <gtest/gtest.h>

namespace genesis::coach {
namespace {

message said(std::string text, message_role role = message_role::user) {
  message each;
  each.role = role;
  each.content = std::move(text);
  return each;
}

TEST(CoachLanguage, IsThatOfTheFunctionWords) {
  for (const auto* text :
    {"how much should I eat?", "and how much protein?", "should i train today", "why?", "what about my zones",
      "I benched 100 kg for 5, what's my max?", "thanks", "and in pounds?", "I'M 34 AND I WEIGH 80 KG"})
    EXPECT_EQ(detect_language(text), language::english) << text;
  for (const auto* text :
    {"cuanto debo comer", "¿y la proteína?", "y la proteina", "y en libras?", "debería entrenar hoy", "¿por qué?",
      "gracias", "peso 80 kilos", "HOLA", "cuántas calorías", "mi máximo en banca"})
    EXPECT_EQ(detect_language(text), language::spanish) << text;
}

TEST(CoachLanguage, IsOpenWithoutWordsThatTell) {
  for (const auto* text : {"", "1RM 100x5", "ok", "macros", "2000 kcal?", "日本語", "\xff\xfe"})
    EXPECT_EQ(detect_language(text), std::nullopt) << text;
}

TEST(CoachLanguage, OfTheQuestionWinsOverLocaleAndConversation) {
  turn asked;
  asked.person.locale = "en-US";
  asked.history = {said("how much should I eat?"), said("About 2,000 kcal.", message_role::assistant)};
  asked.question = "¿y la proteína?";
  EXPECT_EQ(language_of(asked), language::spanish);
}

TEST(CoachLanguage, OfTheConversationWinsOverTheLocale) {
  turn asked;
  asked.person.locale = "en";
  asked.history = {said("¿cuánto debo comer?"), said("about the weather and the day", message_role::assistant)};
  asked.question = "macros";
  EXPECT_EQ(language_of(asked), language::spanish);
}

TEST(CoachLanguage, IsTheLocalesWhenNothingElseTells) {
  turn asked;
  asked.question = "1RM 100x5";
  asked.person.locale = "es-MX";
  EXPECT_EQ(language_of(asked), language::spanish);
  asked.person.locale = "en-GB";
  EXPECT_EQ(language_of(asked), language::english);
}

TEST(CoachLanguage, IsEnglishWhenNothingIsKnown) {
  turn asked;
  asked.question = "macros";
  EXPECT_EQ(language_of(asked), language::english);
}

}  // namespace
}  // namespace genesis::coach
