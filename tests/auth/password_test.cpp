#include "auth/password.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <fstream>
#include <iterator>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace genesis::auth {
namespace {

std::string repeat(std::string_view text, std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i)
    out += text;
  return out;
}

std::unexpected<error> refused(std::string detail) {
  return fail(errc::invalid_argument, std::move(detail));
}

TEST(Password, StaysAsItIsWhenItIsNormal) {
  EXPECT_EQ(normalise_password("correct horse"), "correct horse");
  EXPECT_EQ(normalise_password("  spaces\tcount\n "), "  spaces\tcount\n ");
}

TEST(Password, IsTheSameFromEveryKeyboard) {
  const auto composed = normalise_password("contrase\xc3\xb1"
                                           "a");
  const auto decomposed = normalise_password("contrasen\xcc\x83"
                                             "a");
  EXPECT_EQ(composed, "contrase\xc3\xb1"
                      "a");
  EXPECT_EQ(decomposed, composed);
  // U+212B ANGSTROM SIGN, U+00C5 and A with U+030A
  EXPECT_EQ(normalise_password("\xe2\x84\xab 1234567"), normalise_password("A\xcc\x8a 1234567"));
  // Hangul from its letters
  EXPECT_EQ(normalise_password("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab 1234567"), "\xed\x95\x9c 1234567");
}

TEST(Password, KeepsWhatOnlyLooksAlike) {
  // NFKC would make these one: U+FB01 LATIN SMALL LIGATURE FI, and full-width A
  EXPECT_NE(normalise_password("\xef\xac\x81 1234567"), normalise_password("fi 1234567"));
  EXPECT_NE(normalise_password("\xef\xbc\xa1 1234567"), normalise_password("A 1234567"));
}

TEST(Password, HasEightCharactersAtLeast) {
  EXPECT_EQ(normalise_password("1234567"), refused("must have at least 8 characters"));
  EXPECT_EQ(normalise_password(""), refused("must have at least 8 characters"));
  EXPECT_TRUE(normalise_password("12345678"));
  EXPECT_FALSE(normalise_password(repeat("\xf0\x9f\x98\x80", 7))) << "28 bytes, but 7 characters";
  EXPECT_TRUE(normalise_password(repeat("\xf0\x9f\x98\x80", 8)));
  EXPECT_FALSE(normalise_password(repeat("e\xcc\x81", 7))) << "14 code points, but 7 once they are composed";
}

TEST(Password, Has256CharactersAtMost) {
  EXPECT_TRUE(normalise_password(std::string(256, 'x')));
  EXPECT_EQ(normalise_password(std::string(257, 'x')), refused("must have at most 256 characters"));
  EXPECT_TRUE(normalise_password(repeat("\xf0\x9f\x98\x80", 256)));
  EXPECT_FALSE(normalise_password(repeat("\xf0\x9f\x98\x80", 257)));
  EXPECT_TRUE(normalise_password(repeat("e\xcc\x81", 256))) << "512 code points, but 256 once they are composed";
  EXPECT_EQ(normalise_password(std::string(100'000'000, 'x')), refused("must have at most 256 characters"));
}

// The longest text that may become 256 code points: U+1F82 from four code points, nine bytes; and each of them in its
// longest form.
TEST(Password, IsNotRefusedForItsBytesBeforeItIsComposed) {
  const auto text = repeat("\xce\xb1\xcc\x93\xcc\x80\xcd\x85", 256);
  EXPECT_EQ(normalise_password(text), repeat("\xe1\xbe\x82", 256));
}

TEST(Password, RefusesNul) {
  EXPECT_EQ(normalise_password(std::string_view("12345678\0", 9)), refused("must not contain NUL"));
}

TEST(Password, RefusesInvalidUtf8) {
  for (const std::string_view bad : {"\xff", "\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80"})
    EXPECT_EQ(normalise_password("12345678" + std::string(bad)), refused("must be valid UTF-8"));
}

TEST(PasswordHash, MatchesItsPasswordOnly) {
  const auto hash = hash_password("correct horse").value();
  EXPECT_EQ(verify_password("correct horse", hash), (password_check{.matches = true, .needs_rehash = false}));
  EXPECT_EQ(verify_password("correct horsf", hash), password_check{});
  EXPECT_EQ(verify_password("", hash), password_check{});
}

TEST(PasswordHash, StatesItsParameters) {
  EXPECT_THAT(hash_password("correct horse").value(), testing::StartsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
}

TEST(PasswordHash, IsSalted) {
  EXPECT_NE(hash_password("correct horse"), hash_password("correct horse"));
}

TEST(PasswordHash, CutsNothingOff) {
  const std::string longest(1'024, 'x');
  const auto hash = hash_password(longest).value();
  EXPECT_TRUE(verify_password(longest, hash)->matches);
  EXPECT_FALSE(verify_password(longest.substr(1), hash)->matches);
}

TEST(PasswordHash, NeedsRenewalWhenParametersChange) {
  std::array<char, crypto_pwhash_STRBYTES> older{};
  ASSERT_EQ(
    crypto_pwhash_str_alg(older.data(), "correct horse", 13, 1, 8 * 1'024 * 1'024, crypto_pwhash_ALG_ARGON2ID13), 0);
  EXPECT_EQ(verify_password("correct horse", older.data()), (password_check{.matches = true, .needs_rehash = true}));
  EXPECT_EQ(verify_password("wrong horse", older.data()), password_check{});
}

TEST(PasswordHash, IsToldFromADamagedOne) {
  const auto hash = hash_password("correct horse").value();
  for (const auto& damaged : {std::string(), std::string("correct horse"), hash.substr(0, 50),
         hash + std::string(100, 'x'), hash.substr(0, 40) + std::string(1, '\0') + hash.substr(41)}) {
    const auto check = verify_password("correct horse", damaged);
    ASSERT_FALSE(check) << damaged;
    EXPECT_EQ(check.error().code, errc::internal);
  }
}

// What makes an unknown account cost what a known one costs: the hash that stands for nothing has today's parameters.
TEST(PasswordHash, OfNothingCostsWhatOthersCost) {
  std::ifstream stream(GENESIS_SOURCE_DIR "/auth/password.cpp");
  const std::string source{std::istreambuf_iterator<char>(stream), {}};
  const auto begin = source.find("\"$argon2id$") + 1;
  ASSERT_NE(begin, std::string::npos + 1);
  const auto nothing = source.substr(begin, source.find('"', begin) - begin);
  const auto real = hash_password("correct horse").value();
  EXPECT_EQ(nothing.size(), real.size());
  EXPECT_EQ(crypto_pwhash_str_needs_rehash(nothing.c_str(), 2, 19 * 1'024 * 1'024), 0);
  EXPECT_EQ(verify_password("correct horse", nothing), password_check{});
  EXPECT_TRUE(verify_against_nothing("correct horse"));
  EXPECT_TRUE(verify_against_nothing(""));
}

#ifndef GENESIS_ADDRESS_SANITIZER  // which maps terabytes of address space: it cannot be limited

/// This process may map no more than it has, while this object lives.
class no_more_memory {
public:
  no_more_memory() {
    getrlimit(RLIMIT_AS, &before_);
    std::size_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages;
    const rlimit little{pages * static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), before_.rlim_max};
    setrlimit(RLIMIT_AS, &little);
  }
  ~no_more_memory() { setrlimit(RLIMIT_AS, &before_); }
  no_more_memory(const no_more_memory&) = delete;
  no_more_memory& operator=(const no_more_memory&) = delete;

private:
  rlimit before_{};
};

// A login that nobody could judge is no failed one.
TEST(PasswordHash, IsNotCalledWrongForLackOfMemory) {
  const auto hash = hash_password("correct horse").value();
  result<password_check> check;
  result<void> nothing;
  result<std::string> hashed;
  {
    const no_more_memory now;
    check = verify_password("correct horse", hash);
    nothing = verify_against_nothing("correct horse");
    hashed = hash_password("correct horse");
  }
  ASSERT_FALSE(check);
  ASSERT_FALSE(nothing);
  ASSERT_FALSE(hashed);
  for (const auto& each : {check.error(), nothing.error(), hashed.error()})
    EXPECT_EQ(each.code, errc::unavailable);
  EXPECT_EQ(verify_password("correct horse", hash), (password_check{.matches = true, .needs_rehash = false}));
}

#endif

}  // namespace
}  // namespace genesis::auth
