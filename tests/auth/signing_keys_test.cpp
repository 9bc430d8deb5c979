#include "auth/base64url.hpp"
#include "auth/signing_keys.hpp"
#include "domain/ids.hpp"
#include "tests/auth/test_keys.hpp"
#include "tests/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace genesis::auth {
namespace {

using testing::HasSubstr;

constexpr timestamp now{std::chrono::milliseconds{1'772'350'200'000}};

class SigningKeys : public testing::Test {
protected:
  std::filesystem::path keys() const { return directory_.path() / "keys"; }

  std::filesystem::path add(std::string_view name, std::string_view pem, mode_t mode = 0600) const {
    std::filesystem::create_directory(keys());
    return directory_.write("keys/" + std::string(name), pem, mode);
  }

  temporary_directory directory_;
};

TEST_F(SigningKeys, AreReadWithoutMakingAny) {
  EXPECT_FALSE(signing_keys::read(keys()).value());
  EXPECT_FALSE(std::filesystem::exists(keys()));
  const auto ring = signing_keys::open(keys(), now).value();
  EXPECT_EQ(signing_keys::read(keys()).value().value().kids(), ring.kids());
}

TEST_F(SigningKeys, MakeTheFirstKey) {
  const auto ring = signing_keys::open(keys(), now).value();
  EXPECT_EQ(ring.size(), 1U);
  const auto& kid = ring.newest().kid();
  EXPECT_TRUE(parse_uuid(kid)) << kid;
  EXPECT_EQ(mode_of(keys()), 0700U);
  EXPECT_EQ(mode_of(keys() / (kid + ".pem")), 0600U);
}

TEST_F(SigningKeys, ReadTheSameKeyAgain) {
  const auto first = signing_keys::open(keys(), now).value();
  const auto second = signing_keys::open(keys(), now).value();
  EXPECT_EQ(second.size(), 1U);
  EXPECT_EQ(second.newest().kid(), first.newest().kid());
  EXPECT_EQ(second.newest().public_key(), first.newest().public_key());
}

TEST_F(SigningKeys, SignWithTheNewestAndKnowAll) {
  const auto first = signing_keys::open(keys(), now).value();
  const auto second = signing_keys::open(directory_.path() / "other", now + std::chrono::days{30}).value();
  add(second.newest().kid() + ".pem", second.newest().to_pem().value());
  const auto ring = signing_keys::open(keys(), now).value();
  EXPECT_EQ(ring.size(), 2U);
  EXPECT_EQ(ring.newest().kid(), second.newest().kid());
  ASSERT_NE(ring.find(first.newest().kid()), nullptr);
  EXPECT_EQ(ring.find(first.newest().kid())->public_key(), first.newest().public_key());
  EXPECT_EQ(ring.find(second.newest().kid()), &ring.newest());
  EXPECT_EQ(ring.find("absent"), nullptr);
  EXPECT_EQ(ring.find(""), nullptr);
}

TEST_F(SigningKeys, RotateToANewKeyAndKeepTheOneBefore) {
  const auto first = signing_keys::open(keys(), now).value();
  const auto second = signing_keys::rotate(keys(), now + std::chrono::days{30}).value();
  EXPECT_EQ(second.size(), 2U);
  EXPECT_NE(second.newest().kid(), first.newest().kid());
  EXPECT_NE(second.find(first.newest().kid()), nullptr);

  const auto third = signing_keys::rotate(keys(), now + std::chrono::days{60}).value();
  EXPECT_EQ(third.kids(), (std::vector{third.newest().kid(), second.newest().kid()}));
  EXPECT_EQ(signing_keys::open(keys(), now)->kids(), third.kids()) << "what is on disk is what was told";
  EXPECT_FALSE(std::filesystem::exists(keys() / (first.newest().kid() + ".pem")));
}

TEST_F(SigningKeys, RotateMakesTheFirstKeyOfADirectory) {
  EXPECT_EQ(signing_keys::rotate(keys(), now)->size(), 1U);
}

TEST_F(SigningKeys, DoNotRotateToAKeyThatWouldNeverSign) {
  const auto first = signing_keys::open(keys(), now).value();
  const auto refused = signing_keys::rotate(keys(), now - std::chrono::days{1});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::conflict);
  EXPECT_THAT(refused.error().detail, HasSubstr(first.newest().kid()));
  EXPECT_EQ(signing_keys::open(keys(), now)->kids(), first.kids()) << "nothing is left behind";
}

TEST_F(SigningKeys, PassOverOtherFiles) {
  add("k.pem", rfc8037_pem);
  add("k2.pem.new", "half of a key", 0666);
  add("README", "text", 0644);
  EXPECT_EQ(signing_keys::open(keys(), now)->size(), 1U);
}

TEST_F(SigningKeys, RefuseAKeyThatOthersMayRead) {
  const auto file = add("k.pem", rfc8037_pem, 0644);
  const auto failure = signing_keys::open(keys(), now).error();
  EXPECT_EQ(failure.code, errc::forbidden);
  EXPECT_EQ(
    failure.detail, file.string() + ": mode 0644 lets other users use a secret; run: chmod 600 " + file.string());
}

TEST_F(SigningKeys, RefuseADirectoryThatOthersMayWrite) {
  add("k.pem", rfc8037_pem);
  ::chmod(keys().c_str(), 0777);
  EXPECT_THAT(signing_keys::open(keys(), now).error().detail, HasSubstr("chmod 700 " + keys().string()));
}

TEST_F(SigningKeys, NameTheKeyThatCannotBeRead) {
  add("a.pem", rfc8037_pem);
  const auto file = add("b.pem", "rubbish");
  EXPECT_THAT(signing_keys::open(keys(), now).error().detail, testing::StartsWith(file.string() + ": "));
}

TEST_F(SigningKeys, RefuseANameThatIsNoKid) {
  add("my key.pem", rfc8037_pem);
  EXPECT_THAT(signing_keys::open(keys(), now).error().detail, HasSubstr("my key.pem"));
}

TEST_F(SigningKeys, DoNotReplaceAKeyThatCannotBeRead) {
  add("a.pem", "rubbish");
  EXPECT_FALSE(signing_keys::open(keys(), now));
  const std::filesystem::directory_iterator entries(keys());
  EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
}

// RFC 8037 A.2
TEST_F(SigningKeys, ArePublishedAsAJwkSet) {
  const signing_keys ring(std::vector{rfc8037_key("k1")});
  EXPECT_EQ(ring.jwks_json(), R"({"keys":[{"kty":"OKP","crv":"Ed25519","use":"sig","alg":"EdDSA","kid":"k1",)"
                              R"("x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
}

TEST_F(SigningKeys, ArePublishedTheNewestFirstAndWithoutSecrets) {
  const signing_keys ring(std::vector{rfc8037_key("k1"), signing_key::generate("k2").value()});
  const auto json = ring.jwks_json();
  EXPECT_LT(json.find("\"k2\""), json.find("\"k1\""));
  EXPECT_THAT(json, testing::Not(HasSubstr("\"d\"")));
  EXPECT_THAT(json, testing::Not(HasSubstr("nWGxne")));
}

}  // namespace
}  // namespace genesis::auth
