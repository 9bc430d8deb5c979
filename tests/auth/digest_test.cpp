#include "auth/digest.hpp"

#include <gtest/gtest.h>

#include <string>

namespace genesis::auth {
namespace {

std::string hex(const secret_hash& hash) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const auto byte : hash) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

// FIPS 180-4, the examples NIST publishes with it
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
    hex(sha256(std::string(1'000'000, 'a'))), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TellsPartsApart) {
  EXPECT_EQ(sha256_of_parts({"ab", "c"}), sha256_of_parts({"ab", "c"}));
  EXPECT_NE(sha256_of_parts({"ab", "c"}), sha256_of_parts({"a", "bc"}));
  EXPECT_NE(sha256_of_parts({"abc"}), sha256_of_parts({"abc", ""}));
  EXPECT_NE(sha256_of_parts({"abc", ""}), sha256_of_parts({"", "abc"}));
  EXPECT_NE(sha256_of_parts({}), sha256_of_parts({""}));
  EXPECT_EQ(sha256_of_parts({}), sha256(""));
}

TEST(SecretHash, IsTheSameOnlyInEveryByte) {
  const auto hash = sha256("secret");
  EXPECT_TRUE(is_same_secret(hash, sha256("secret")));
  for (std::size_t at = 0; at < hash.size(); ++at) {
    auto other = hash;
    other[at] ^= 1;
    EXPECT_FALSE(is_same_secret(hash, other)) << at;
  }
}

}  // namespace
}  // namespace genesis::auth
