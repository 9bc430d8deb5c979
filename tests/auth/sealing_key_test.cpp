#include "auth/sealing_key.hpp"
#include "tests/temporary_directory.hpp"

#include <gtest/gtest.h>

namespace genesis::auth {
namespace {

TEST(SealingKey, OpensWhatItHasSealed) {
  const sealing_key key{{1, 2, 3}};
  for (const auto& text : {std::string{}, std::string("a\0b", 3), std::string(10'000, 'x')}) {
    const auto sealed = key.seal(text, "about");
    EXPECT_EQ(sealed.size(), text.size() + 41);
    EXPECT_EQ(key.unseal(sealed, "about"), text);
  }
}

TEST(SealingKey, ShowsNothingOfTheText) {
  const sealing_key key{{1, 2, 3}};
  const auto sealed = key.seal("weighs 80 kg", "ann");
  EXPECT_FALSE(sealed.contains("80"));
  EXPECT_NE(sealed, key.seal("weighs 80 kg", "ann")) << "nor whether two are the same";
}

TEST(SealingKey, OpensNothingElse) {
  const sealing_key key{{1, 2, 3}};
  const auto sealed = key.seal("text", "ann");
  EXPECT_FALSE(key.unseal(sealed, "bob")) << "it was put under another name";
  EXPECT_FALSE((sealing_key{{1, 2, 4}}.unseal(sealed, "ann"))) << "another installation's";
  EXPECT_FALSE(key.unseal("", "ann"));
  EXPECT_FALSE(key.unseal(sealed + 'x', "ann"));
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_FALSE(key.unseal(damaged, "ann")) << at;
    EXPECT_FALSE(key.unseal(sealed.substr(0, at), "ann")) << at;
  }
}

TEST(SealingKey, IsMadeOnceAndKept) {
  const temporary_directory home;
  const auto file = home.path() / "cache.key";
  const auto sealed = sealing_key::open(file).value().seal("text", "ann");
  EXPECT_EQ(mode_of(file), 0600U);
  EXPECT_EQ(sealing_key::open(file).value().unseal(sealed, "ann"), "text");
}

TEST(SealingKey, IsNotReadFromAFileThatOthersMayReadOrThatHoldsNone) {
  const temporary_directory home;
  sealing_key::open(home.path() / "cache.key").value();
  std::filesystem::permissions(home.path() / "cache.key", std::filesystem::perms{0640});
  EXPECT_EQ(sealing_key::open(home.path() / "cache.key").error().code, errc::forbidden);
  const auto other = home.write("other.key", "no key\n");
  EXPECT_TRUE(sealing_key::open(other).error().detail.contains(other.string()));
}

}  // namespace
}  // namespace genesis::auth
