#include "auth/email.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace genesis::auth {
namespace {

TEST(Email, IsLowerCaseAsAWhole) {
  EXPECT_EQ(normalise_email("Ana.Lopez+Gym@Example.COM"), "ana.lopez+gym@example.com");
}

TEST(Email, TakesUsualAddresses) {
  for (const std::string_view text : {"a@b", "ana@localhost", "o'neil@example.org", "x_y-z=1@a-b.c-d.museum",
         "!#$%&'*+-/=?^_`{|}~@example.org", "1@2.ch", "ana@xn--mnchen-3ya.de", "a@1a"})
    EXPECT_EQ(normalise_email(text), std::string(text));
}

TEST(Email, RefusesWhatIsNoAddress) {
  for (const std::string_view text : {"", "a@", "@b", "abc", "a@b@c", "a@@b", "@@@", "Ana <ana@example.org>",
         "<ana@example.org>", "ana(gym)@example.org", "ana@example.org(gym)", "\"ana\"@example.org",
         "ana b@example.org", " ana@example.org", "ana@example.org ", "ana@exa mple.org", "ana@example.org\n",
         "ana\t@example.org", "ana\x7f@example.org", "ana@example.org,b@example.org", "ana;b@example.org",
         "ana@[192.0.2.1]", "ana@[IPv6:::1]", "ana@192.0.2.1", "ana\\@example.org", "mailto:ana@example.org"})
    EXPECT_FALSE(normalise_email(text)) << text;
  EXPECT_FALSE(normalise_email(std::string_view("ana\0@example.org", 16)));
}

TEST(Email, RefusesDotsWithoutAPartBetween) {
  for (const std::string_view text : {".ana@example.org", "ana.@example.org", "a..b@example.org", "ana@.example.org",
         "ana@example.org.", "ana@example..org"})
    EXPECT_FALSE(normalise_email(text)) << text;
}

TEST(Email, RefusesWhatIsNoHostName) {
  for (const std::string_view text :
    {"a@-b.org", "a@b-.org", "a@b.-org", "a@b_c.org", "a@b.org/x", "a@b:25", "a@b.123"})
    EXPECT_FALSE(normalise_email(text)) << text;
}

TEST(Email, RefusesOtherThanAscii) {
  EXPECT_FALSE(normalise_email("jos\xc3\xa9@example.org"));
  EXPECT_FALSE(normalise_email("ana@m\xc3\xbcnchen.de"));
  EXPECT_FALSE(normalise_email("ana@example.org\xe2\x80\x8b"));
}

TEST(Email, KeepsItsLengths) {
  const auto domain_of = [](std::size_t size) {  // labels of 49 characters and their dots, and what is left
    std::string domain;
    while (domain.size() + 51 < size)
      domain += std::string(49, 'd') + '.';
    return domain + std::string(size - domain.size(), 'e');
  };
  const std::string local(64, 'l');
  EXPECT_TRUE(normalise_email(local + "@" + domain_of(189)));
  EXPECT_FALSE(normalise_email(local + "@" + domain_of(190)));
  EXPECT_TRUE(normalise_email(local + "@b.org"));
  EXPECT_FALSE(normalise_email(local + "l@b.org"));
  EXPECT_TRUE(normalise_email("a@" + std::string(63, 'b') + ".org"));
  EXPECT_FALSE(normalise_email("a@" + std::string(64, 'b') + ".org"));
  EXPECT_FALSE(normalise_email("ab"));
}

TEST(Email, SaysWhatIsWrong) {
  EXPECT_EQ(normalise_email("a@b@c").error(), (error{errc::invalid_argument, "must have exactly one @"}));
  EXPECT_EQ(normalise_email("ab").error(), (error{errc::invalid_argument, "must have 3 to 254 characters"}));
}

}  // namespace
}  // namespace genesis::auth
