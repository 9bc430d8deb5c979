#include "auth/base64url.hpp"
#include "auth/signing_key.hpp"
#include "tests/auth/test_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace genesis::auth {
namespace {

constexpr std::string_view encrypted_pem = R"(-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiofvJ67g5b1gICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEOtBb61XbKbjlK/z+EzZbOsEQM5o
Ndn1vOlPoKgrqF9amBxZfwDPhFQUh8clOY24Ns3jSTNjAjFAwN5M89OO28RkKWxW
hkw7vW76u04hJJJU+Ps=
-----END ENCRYPTED PRIVATE KEY-----
)";

constexpr std::string_view x25519_pem = R"(-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VuBCIEIFi4Dl29fGFeIlwiLW2DzQhqFipgGJ8BCx2XXKIDJSZy
-----END PRIVATE KEY-----
)";

constexpr std::string_view p256_pem = R"(-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg/+WHVcQSet+2Yo6z
0OxZbJ3Px0ubBVKwP6bTFkymIX6hRANCAATdZ8GWNt4yu/smqNs4jkpUAVOJ276n
mwphV3YRIbf7nRnmUspDUsxB+OZOyPh9lMnhiBGbqkdlCNOOyn7OOzpV
-----END PRIVATE KEY-----
)";

// RFC 8037 A.2 and A.4
constexpr std::string_view public_x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
constexpr std::string_view signed_text = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
constexpr std::string_view signature =
  "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

TEST(Rfc8037, DerivesThePublicKey) {
  EXPECT_EQ(to_base64url(rfc8037_key().public_key()), public_x);
}

TEST(Rfc8037, Signs) {
  EXPECT_EQ(to_base64url(rfc8037_key().sign(signed_text).value()), signature);
}

TEST(Rfc8037, Verifies) {
  ed25519_signature bytes{};
  ASSERT_TRUE(from_base64url(signature, bytes));
  EXPECT_TRUE(rfc8037_key().verify(signed_text, bytes));
}

TEST(SigningKey, RefusesAnotherMessageKeyOrSignature) {
  const auto key = rfc8037_key();
  const auto good = key.sign("message").value();
  EXPECT_TRUE(key.verify("message", good));
  EXPECT_FALSE(key.verify("messagf", good));
  EXPECT_FALSE(key.verify("", good));
  EXPECT_FALSE(signing_key::generate("other")->verify("message", good));
  EXPECT_FALSE(key.verify("message", std::span(good).first(63)));
  EXPECT_FALSE(key.verify("message", {}));
  for (std::size_t at = 0; at < good.size(); ++at) {
    auto changed = good;
    changed[at] ^= 1;
    EXPECT_FALSE(key.verify("message", changed)) << at;
  }
}

// RFC 8032 5.1.7: S must be below the group's order, else each signature has a second spelling.
TEST(SigningKey, RefusesASignatureWithTheOrderAdded) {
  static constexpr std::array<std::uint8_t, 32> order{0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7,
    0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10};
  const auto key = rfc8037_key();
  auto malleable = key.sign("message").value();
  unsigned carry = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    carry += malleable[32 + at] + unsigned{order[at]};
    malleable[32 + at] = static_cast<std::uint8_t>(carry & 0xff);
    carry >>= 8;
  }
  EXPECT_FALSE(key.verify("message", malleable));
}

TEST(SigningKey, IsReadBackFromItsPem) {
  const auto made = signing_key::generate("made").value();
  const auto pem = made.to_pem().value();
  EXPECT_THAT(pem, testing::StartsWith("-----BEGIN PRIVATE KEY-----\n"));
  const auto read = signing_key::from_pem("made", pem).value();
  EXPECT_EQ(read.public_key(), made.public_key());
  EXPECT_TRUE(made.verify("message", read.sign("message").value()));
}

TEST(SigningKey, IsNewEachTime) {
  EXPECT_NE(signing_key::generate("a")->public_key(), signing_key::generate("a")->public_key());
}

TEST(SigningKey, RefusesWhatIsNoPem) {
  for (const auto& text : {std::string(), std::string("rubbish"), std::string(rfc8037_pem.substr(0, 60)),
         std::string("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")})
    EXPECT_FALSE(signing_key::from_pem("k", text)) << text;
}

TEST(SigningKey, RefusesAnEncryptedOneWithoutAsking) {
  EXPECT_FALSE(signing_key::from_pem("k", encrypted_pem));
}

TEST(SigningKey, RefusesOtherAlgorithms) {
  for (const auto pem : {x25519_pem, p256_pem})
    EXPECT_EQ(signing_key::from_pem("k", pem).error(), (error{errc::invalid_argument, "not an Ed25519 key"}));
}

TEST(SigningKey, HasANameThatIsSafeInPathsAndJson) {
  EXPECT_TRUE(signing_key::is_kid("2026-03_a.B"));
  EXPECT_TRUE(signing_key::is_kid(std::string(64, 'k')));
  for (const auto& kid : {std::string(), std::string(65, 'k'), std::string("a/b"), std::string("a b"),
         std::string("a\"b"), std::string("a\\b"), std::string("\xc3\xa9"), std::string("a\0b", 3)}) {
    EXPECT_FALSE(signing_key::is_kid(kid)) << kid;
    EXPECT_FALSE(signing_key::from_pem(kid, rfc8037_pem)) << kid;
  }
}

}  // namespace
}  // namespace genesis::auth
