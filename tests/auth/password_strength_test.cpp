#include "auth/password_strength.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace genesis::auth {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(PasswordStrength, AcceptsWhatIsHardToGuess) {
  for (const std::string_view text : {"xK9#pq!zV2", "correct horse battery staple", "jos\xc3\xa9 mueve montes"}) {
    const auto strength = estimate_password(text);
    EXPECT_TRUE(strength.is_acceptable) << text;
    EXPECT_THAT(strength.advice, IsEmpty()) << text;
  }
}

TEST(PasswordStrength, RefusesWhatIsGuessedSoon) {
  for (const std::string_view text : {"password", "12345678", "qwertyuiop", "summer2024", "P@ssw0rd", "aaaaaaaaaaaa",
         "iloveyou", "19871231", "abcdefgh", "passwordpassword", ""}) {
    const auto strength = estimate_password(text);
    EXPECT_FALSE(strength.is_acceptable) << text << ' ' << strength.bits;
    EXPECT_LT(strength.bits, password_bits_min) << text;
    EXPECT_FALSE(strength.advice.empty()) << text;
  }
}

TEST(PasswordStrength, KnowsCharactersOutsideAsciiAsOneEach) {
  const auto times = [](int count, std::string_view text) {
    std::string all;
    for (int i = 0; i < count; ++i)
      all += text;
    return all;
  };
  for (const auto& text : {times(8, "\u65e5"), times(8, "\U0001F600"), times(16, "\U0001F600"), times(256, "\u65e5"),
         times(4, "\u65e5\u672c"), times(8, "\u00e9")})
    EXPECT_FALSE(estimate_password(text).is_acceptable) << text << ' ' << estimate_password(text).bits;
  for (const std::string_view text : {"\u6625\u7720\u6681\u3092\u899a\u3048\u305a", "\u043c\u043e\u0440\u0436 \u0438 "
                                                                                    "\u0442\u0443\u0447\u0430"})
    EXPECT_TRUE(estimate_password(text).is_acceptable) << text << ' ' << estimate_password(text).bits;
}

TEST(PasswordStrength, CountsPersonalWordsOfAllScriptsAsGuessed) {
  const std::vector<std::string> personal{"\u0416\u0430\u043d\u043d\u0430 \u041f\u0435\u0442\u0440\u043e\u0432\u0430"};
  constexpr std::string_view text = "\u0416\u0430\u043d\u043d\u0430\u041f\u0435\u0442\u0440\u043e\u0432\u0430";
  EXPECT_TRUE(estimate_password(text).is_acceptable);
  EXPECT_FALSE(estimate_password(text, personal).is_acceptable) << estimate_password(text, personal).bits;
}

TEST(PasswordStrength, AdvisesByWhatItFound) {
  const auto advice = [](std::string_view text, const std::vector<std::string>& personal = {}) {
    return estimate_password(text, personal).advice;
  };
  EXPECT_THAT(advice("password"), Contains(HasSubstr("Common words")));
  EXPECT_THAT(advice("p@ssw0rd"), Contains(HasSubstr("signs for letters")));
  EXPECT_THAT(advice("abcdefgh"), Contains(HasSubstr("Sequences")));
  EXPECT_THAT(advice("aaaaaaaa"), Contains(HasSubstr("Repeating")));
  EXPECT_THAT(advice("passwordpassword"), Contains(HasSubstr("Repeating")));
  EXPECT_THAT(advice("summer2024"), Contains(HasSubstr("years")));
  EXPECT_THAT(advice("lopez.lopez", {"ana.lopez@example.org"}), Contains(HasSubstr("e-mail")));
  EXPECT_THAT(advice("summer2024").back(), HasSubstr("Add more words"));
}

TEST(PasswordStrength, SaysOfANewPasswordWhatItLacks) {
  EXPECT_EQ(accept_password("xK9#pq!z").value(), "xK9#pq!z");
  EXPECT_EQ(accept_password("xK9#pq!").error().detail, "must have at least 8 characters");
  EXPECT_THAT(accept_password("password1").error().detail, HasSubstr("is too easy to guess. "));
  const std::vector<std::string> personal{"Xylia.Quvortz@example.org"};
  EXPECT_TRUE(accept_password("quvortzxylia"));
  EXPECT_EQ(accept_password("quvortzxylia", personal).error().code, errc::invalid_argument);
}

TEST(PasswordStrength, GivesEachAdviceOnce) {
  const auto advice = estimate_password("password1password").advice;
  for (const auto& sentence : advice)
    EXPECT_EQ(std::ranges::count(advice, sentence), 1) << sentence;
}

TEST(PasswordStrength, CountsPersonalWordsAsGuessed) {
  const std::vector<std::string> personal{"Xylia.Quvortz@example.org", "Xylia Quvortz"};
  for (const std::string_view text : {"quvortzxylia", "Quvortz99", "xylia.quvortz", "xylia.quvortz@example.org"}) {
    EXPECT_TRUE(estimate_password(text).is_acceptable) << text;
    EXPECT_FALSE(estimate_password(text, personal).is_acceptable) << text;
  }
}

TEST(PasswordStrength, FindsPersonalWordsOutsideAscii) {
  const std::string text = "mu\xc3\xb1oz\xc3\xa1lvarez";
  EXPECT_LT(estimate_password(text, std::vector<std::string>{"Mu\xc3\xb1oz \xc3\xa1lvarez"}).bits,
    estimate_password(text).bits);
}

TEST(PasswordStrength, TakesAnyPersonalTexts) {
  std::vector<std::string> personal{"", "a", std::string(1'000'000, 'x'), std::string("a\0b", 3), "\xff\xfe\xfd"};
  for (int i = 0; i < 1'000; ++i)
    personal.push_back("word" + std::to_string(i) + " other");
  EXPECT_TRUE(estimate_password("xK9#pq!zV2", personal).is_acceptable);
}

TEST(PasswordStrength, EstimatesTheFirstHundredCharacters) {
  const std::string hundred = std::string(50, 'a') + std::string(50, 'b');
  EXPECT_EQ(estimate_password(hundred + "xK9#pq!zV2").bits, estimate_password(hundred).bits);
  EXPECT_GT(estimate_password(hundred.substr(0, 90) + "xK9#pq!zV2").bits, estimate_password(hundred).bits);
  std::string wide;
  for (int i = 0; i < 100; ++i)
    wide += "\u65e5";
  EXPECT_EQ(estimate_password(wide + "xK9#pq!zV2").bits, estimate_password(wide).bits);
}

TEST(PasswordStrength, IsBoundedForHostileInput) {
  std::string leet;
  std::string keys;
  for (std::size_t i = 0; i < 1'000; ++i) {
    leet += "4@8({[<369&!10|7$5+%2"[i % 21];
    keys += "qwertyuiopasdfgh"[i * 7 % 16];
  }
  for (const auto& text : {leet, keys, std::string(1'000'000, '1'), std::string(1'000, '\xff')})
    EXPECT_LT(estimate_password(text).bits, 1'000) << "more than a hundred bytes were estimated";
}

}  // namespace
}  // namespace genesis::auth
