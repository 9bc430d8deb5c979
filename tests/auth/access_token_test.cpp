#include "auth/access_token.hpp"
#include "auth/base64url.hpp"
#include "config/limits.hpp"
#include "tests/auth/test_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <string>
#include <vector>

namespace genesis::auth {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr timestamp now{std::chrono::seconds{1'772'350'200}};
constexpr std::string_view user_text = "019c5a2b-0000-7000-8000-000000000001";
constexpr std::string_view session_text = "019c5a2b-0000-7000-8000-000000000002";
constexpr std::string_view token_text = "019c5a2b-0000-7000-8000-000000000003";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  const auto at = text.find(what);
  if (at == std::string::npos)
    throw std::invalid_argument("nothing to replace");
  return text.replace(at, what.size(), with);
}

class AccessToken : public testing::Test {
protected:
  using answer = std::expected<access_claims, token_fault>;

  [[nodiscard]] answer read(std::string_view token) const { return verify(token, parties_, keys_, now); }
  [[nodiscard]] answer read(std::string_view token, timestamp at) const { return verify(token, parties_, keys_, at); }

  [[nodiscard]] std::string good() const { return issue(claims_, parties_, keys_).value(); }

  /// A token of these texts, rightly signed.
  [[nodiscard]] std::string forge(std::string_view header, std::string_view payload) const {
    const auto text = to_base64url(header) + '.' + to_base64url(payload);
    return text + '.' + to_base64url(keys_.newest().sign(text).value());
  }

  [[nodiscard]] answer read_header(std::string_view header) const { return read(forge(header, payload_)); }
  [[nodiscard]] answer read_payload(std::string_view payload) const { return read(forge(header_, payload)); }

  static answer fault(token_fault why) { return std::unexpected(why); }

  signing_keys keys_{std::vector{rfc8037_key("k1")}};
  token_parties parties_{"genesis", "genesis-api"};
  access_claims claims_{{*parse_uuid(user_text)}, {*parse_uuid(session_text)}, now - 60s, now + 840s, now - 3'600s,
    user_role::coach, *parse_uuid(token_text)};
  const std::string header_ = R"({"alg":"EdDSA","typ":"at+jwt","kid":"k1"})";
  const std::string payload_ = R"({"iss":"genesis","aud":"genesis-api","sub":"019c5a2b-0000-7000-8000-000000000001",)"
                               R"("sid":"019c5a2b-0000-7000-8000-000000000002","iat":1772350140,"exp":1772351040,)"
                               R"("jti":"019c5a2b-0000-7000-8000-000000000003","auth_time":1772346600,"role":"coach"})";
};

TEST_F(AccessToken, SaysWhatItWasIssuedWith) {
  EXPECT_EQ(read(good()), claims_);
}

TEST_F(AccessToken, HasExactlyTheHeaderAndClaimsOfItsFormat) {
  EXPECT_EQ(good(), forge(header_, payload_)) << "Ed25519 signs without chance, so the whole token is known";
}

TEST_F(AccessToken, CarriesEveryRole) {
  for (const auto role : {user_role::user, user_role::coach, user_role::admin}) {
    claims_.role = role;
    EXPECT_EQ(read(good())->role, role);
  }
}

TEST_F(AccessToken, CutsMomentsToSeconds) {
  claims_.issued_at += 999ms;
  claims_.expires_at += 999ms;
  EXPECT_EQ(read(good())->issued_at, now - 60s);
  EXPECT_EQ(read(good())->expires_at, now + 840s);
}

TEST_F(AccessToken, IsRefusedWithAnyByteChanged) {
  const auto token = good();
  for (std::size_t at = 0; at < token.size(); ++at)
    for (const char each : {'A', 'B', '.', '=', '\0'}) {
      if (token[at] == each)
        continue;
      auto changed = token;
      changed[at] = each;
      EXPECT_FALSE(read(changed)) << at << ' ' << each;
    }
}

TEST_F(AccessToken, IsRefusedWithAnyByteMissingOrAdded) {
  const auto token = good();
  for (std::size_t at = 0; at < token.size(); ++at) {
    EXPECT_FALSE(read(std::string(token).erase(at, 1))) << at;
    EXPECT_FALSE(read(token.substr(0, at))) << at;
    EXPECT_FALSE(read(std::string(token).insert(at, " "))) << at;
  }
  for (const std::string_view tail : {"A", "AA", ".", ".A", "=", " ", "\n"})
    EXPECT_EQ(read(token + std::string(tail)), fault(token_fault::malformed)) << tail;
}

TEST_F(AccessToken, IsToldForgedWhenItsClaimsAreChanged) {
  const auto token = good();
  const auto claims_at = token.find('.') + 1;
  const auto signature_at = token.rfind('.');
  const auto admin = replaced(payload_, "coach", "admin");
  EXPECT_EQ(read(token.substr(0, claims_at) + to_base64url(admin) + token.substr(signature_at)),
    fault(token_fault::bad_signature));
}

TEST_F(AccessToken, IsToldForgedWhenAnotherKeySignedIt) {
  const signing_keys others(std::vector{signing_key::generate("k1").value()});
  EXPECT_EQ(read(issue(claims_, parties_, others).value()), fault(token_fault::bad_signature));
}

TEST_F(AccessToken, NeedsAKeyOfTheRing) {
  EXPECT_EQ(read_header(R"({"alg":"EdDSA","typ":"at+jwt","kid":"k2"})"), fault(token_fault::unknown_key));
  EXPECT_EQ(read_header(R"({"alg":"EdDSA","typ":"at+jwt","kid":""})"), fault(token_fault::unknown_key));
  EXPECT_EQ(read_header(R"({"alg":"EdDSA","typ":"at+jwt","kid":"../k1"})"), fault(token_fault::unknown_key));
  EXPECT_EQ(read_header(R"({"alg":"EdDSA","typ":"at+jwt","kid":1})"), fault(token_fault::malformed));
}

TEST_F(AccessToken, IsVerifiedWithAnOlderKeyOfTheRing) {
  const auto token = good();
  const signing_keys rotated(std::vector{rfc8037_key("k1"), signing_key::generate("k2").value()});
  EXPECT_EQ(verify(token, parties_, rotated, now), claims_);
  EXPECT_EQ(verify(issue(claims_, parties_, rotated).value(), parties_, keys_, now), fault(token_fault::unknown_key));
}

// RFC 8725 2.1 and 3.1: a token does not choose its algorithm.
TEST_F(AccessToken, IsRefusedWithoutASignature) {
  for (const std::string_view algorithm : {"none", "None", "NONE", ""}) {
    const auto header = replaced(header_, "EdDSA", algorithm);
    EXPECT_EQ(read(to_base64url(header) + '.' + to_base64url(payload_) + '.'), fault(token_fault::malformed));
    EXPECT_EQ(read_header(header), fault(token_fault::malformed));
  }
  const auto token = good();
  EXPECT_EQ(read(token.substr(0, token.rfind('.') + 1)), fault(token_fault::malformed));
  EXPECT_EQ(read(token.substr(0, token.rfind('.'))), fault(token_fault::malformed));
}

TEST_F(AccessToken, IsRefusedWhenSignedWithThePublicKeyAsASharedSecret) {
  const auto text = to_base64url(replaced(header_, "EdDSA", "HS256")) + '.' + to_base64url(payload_);
  const auto& secret = keys_.newest().public_key();
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  ASSERT_NE(HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
              reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &size),
    nullptr);
  EXPECT_EQ(read(text + '.' + to_base64url(std::span(mac).first(size))), fault(token_fault::malformed));
}

TEST_F(AccessToken, NeedsItsExactHeader) {
  for (const auto& header : {
         replaced(header_, "EdDSA", "eddsa"),
         replaced(header_, "EdDSA", "Ed25519"),
         replaced(header_, "\"EdDSA\"", "null"),
         replaced(header_, "\"EdDSA\"", "[\"EdDSA\"]"),
         replaced(header_, "at+jwt", "JWT"),
         replaced(header_, "at+jwt", "jwt"),
         replaced(header_, "at+jwt", "AT+JWT"),
         replaced(header_, R"("typ":"at+jwt",)", ""),
         replaced(header_, R"("alg":"EdDSA",)", ""),
         replaced(header_, R"(,"kid":"k1")", ""),
         std::string("{}"),
         std::string("[]"),
         std::string("null"),
         std::string(),
         header_ + " x",
         header_ + header_,
       })
    EXPECT_EQ(read_header(header), fault(token_fault::malformed)) << header;
}

TEST_F(AccessToken, RefusesEveryOtherMemberOfAHeader) {
  for (const std::string_view member : {R"("crit":["exp"])", R"("crit":[])", R"("jku":"https://evil.example/keys")",
         R"("x5u":"https://evil.example/cert")",
         R"("jwk":{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})", R"("x5c":[])",
         R"("b64":false)", R"("zip":"DEF")", R"("cty":"JWT")", R"("anything":1)"})
    EXPECT_EQ(read_header(replaced(header_, "}", ',' + std::string(member) + '}')), fault(token_fault::malformed))
      << member;
}

// RFC 7515 4: of a member that comes twice the last one holds, so a good one in front shields nothing.
TEST_F(AccessToken, IsJudgedByTheLastOfRepeatedMembers) {
  for (const std::string_view member : {R"("alg":"none")", R"("typ":"JWT")", R"("kid":"k2")"})
    EXPECT_FALSE(read_header(replaced(header_, "}", ',' + std::string(member) + '}'))) << member;
  for (const std::string_view member :
    {R"("iss":"other")", R"("aud":"other")", R"("exp":1772350140)", R"("sub":null)", R"("role":"root")"})
    EXPECT_FALSE(read_payload(replaced(payload_, "}", ',' + std::string(member) + '}'))) << member;
}

TEST_F(AccessToken, TakesAHeaderInAnyOrder) {
  EXPECT_EQ(read_header(R"({ "kid": "k1", "typ": "at+jwt", "alg": "EdDSA" })"), claims_);
}

TEST_F(AccessToken, ExpiresInTheSecondItNames) {
  const auto token = good();
  EXPECT_EQ(read(token, claims_.expires_at - 1ms), claims_);
  EXPECT_EQ(read(token, claims_.expires_at), fault(token_fault::expired));
  EXPECT_EQ(read(token, claims_.expires_at + std::chrono::years{100}), fault(token_fault::expired));
}

TEST_F(AccessToken, IsToldForgedAndNotExpiredWhenItIsBoth) {
  auto token = good();
  token[token.rfind('.') + 1] ^= 1;
  EXPECT_EQ(read(token, claims_.expires_at + 1h), fault(token_fault::bad_signature));
}

// RFC 7519 4.1.5
TEST_F(AccessToken, IsRefusedBeforeItsTimeWhenItNamesOne) {
  const auto begins = [&](std::string_view nbf) {
    return read_payload(replaced(payload_, "}", R"(,"nbf":)" + std::string(nbf) + '}'));
  };
  EXPECT_EQ(begins("1772346600"), claims_);
  EXPECT_EQ(begins("1772350200"), claims_) << "now";
  EXPECT_EQ(begins("1772350260"), claims_) << "a clock may be a minute ahead of ours";
  EXPECT_EQ(begins("1772350261"), fault(token_fault::wrong_claims));
  for (const std::string_view no_moment : {"null", "true", "\"1772346600\"", "[1772346600]", "{}", "-1", "1e9",
         "1772346600.5", "253402300801", "9223372036854775808"})
    EXPECT_EQ(begins(no_moment), fault(token_fault::wrong_claims)) << no_moment;
}

TEST_F(AccessToken, MayBeAMinuteAheadOfOurClock) {
  const auto token = good();
  EXPECT_TRUE(read(token, claims_.issued_at - 60s));
  EXPECT_EQ(read(token, claims_.issued_at - 60s - 1ms), fault(token_fault::wrong_claims));
}

TEST_F(AccessToken, ThatWasFoundGoodIsJudgedByTheTimeAgain) {
  EXPECT_EQ(fault_at(claims_, claims_.issued_at - 60s), std::nullopt);
  EXPECT_EQ(fault_at(claims_, claims_.issued_at - 60s - 1ms), token_fault::wrong_claims) << "the clock was set back";
  EXPECT_EQ(fault_at(claims_, claims_.expires_at - 1ms), std::nullopt);
  EXPECT_EQ(fault_at(claims_, claims_.expires_at), token_fault::expired);
}

TEST_F(AccessToken, NeedsItsIssuerAndAudience) {
  for (const auto& payload : {
         replaced(payload_, R"("iss":"genesis")", R"("iss":"genesis2")"),
         replaced(payload_, R"("iss":"genesis")", R"("iss":"Genesis")"),
         replaced(payload_, R"("iss":"genesis")", R"("iss":["genesis"])"),
         replaced(payload_, R"("aud":"genesis-api")", R"("aud":"other")"),
         replaced(payload_, R"("aud":"genesis-api")", R"("aud":"")"),
       })
    EXPECT_EQ(read_payload(payload), fault(token_fault::wrong_claims)) << payload;
}

TEST_F(AccessToken, NeedsEveryClaim) {
  for (const std::string_view name : {"iss", "aud", "sub", "sid", "iat", "exp", "jti", "auth_time", "role"}) {
    const auto quoted = '"' + std::string(name) + "\":";
    EXPECT_EQ(read_payload(replaced(payload_, quoted, "\"other\":")), fault(token_fault::wrong_claims)) << name;
    const auto at = payload_.find(quoted) + quoted.size();
    const auto value = payload_.substr(at, payload_.find_first_of(",}", at) - at);
    EXPECT_EQ(read_payload(replaced(payload_, quoted + value, quoted + "null")), fault(token_fault::wrong_claims))
      << name;
    EXPECT_EQ(read_payload(replaced(payload_, quoted + value, quoted + "{}")), fault(token_fault::wrong_claims))
      << name;
  }
}

TEST_F(AccessToken, NeedsClaimsThatArePossible) {
  for (const auto& payload : {
         replaced(payload_, user_text, "019c5a2b"), replaced(payload_, session_text, ""),
         replaced(payload_, token_text, "{019c5a2b-0000-7000-8000-000000000003}"),
         replaced(payload_, "\"coach\"", "\"root\""), replaced(payload_, "\"coach\"", "1"),
         replaced(payload_, "1772351040", "\"1772351040\""), replaced(payload_, "1772351040", "1772351040.5"),
         replaced(payload_, "1772351040", "1e300"), replaced(payload_, "1772351040", "9223372036854775807"),
         replaced(payload_, "1772351040", "18446744073709551615"), replaced(payload_, "1772351040", "true"),
         replaced(payload_, "1772350140", "-1"), replaced(payload_, "1772350140", "-9223372036854775808"),
         replaced(payload_, "1772346600", "1772350141"),  // auth_time behind iat
         replaced(payload_, "1772351040", "1772350140"),  // exp at iat
         replaced(payload_, "1772351040", "1772350139"),  // exp before iat
       })
    EXPECT_EQ(read_payload(payload), fault(token_fault::wrong_claims)) << payload;
}

TEST_F(AccessToken, NeedsAnObjectOfClaims) {
  for (const std::string_view payload : {"", "null", "[]", "\"text\"", "{", "{}{}", "{} x", "\xff"})
    EXPECT_EQ(read_payload(payload), fault(token_fault::malformed)) << payload;
  EXPECT_EQ(read_payload("{}"), fault(token_fault::wrong_claims));
}

TEST_F(AccessToken, IgnoresClaimsItDoesNotKnow) {
  EXPECT_EQ(read_payload(replaced(payload_, "}", R"(,"scope":"read","extra":{"a":[1]}})")), claims_);
}

TEST_F(AccessToken, RefusesDeepJson) {
  EXPECT_EQ(read_payload(replaced(payload_, "}", ",\"x\":" + std::string(200, '[') + std::string(200, ']') + '}')),
    fault(token_fault::malformed));
}

TEST_F(AccessToken, HasThreePartsInBase64Url) {
  for (const std::string_view text : {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "Bearer x.y.z"})
    EXPECT_EQ(read(text), fault(token_fault::malformed)) << text;
  const auto token = good();
  EXPECT_EQ(read(replaced(token, ".", "=.")), fault(token_fault::malformed));
}

TEST_F(AccessToken, IsBoundedInSize) {
  const auto padded = [&](std::size_t spaces) { return forge(header_, payload_ + std::string(spaces, ' ')); };
  std::size_t fits = 0;
  while (padded(fits + 1).size() <= config::access_token_bytes_max)
    ++fits;
  EXPECT_EQ(read(padded(fits)), claims_);
  EXPECT_EQ(read(padded(fits + 1)), fault(token_fault::malformed));
  EXPECT_EQ(read(std::string(10'000'000, 'A')), fault(token_fault::malformed));
}

TEST_F(AccessToken, FitsWithTheLongestIssuerAudienceAndKid) {
  parties_ = {std::string(200, 'i'), std::string(200, 'a')};
  keys_ = signing_keys(std::vector{rfc8037_key(std::string(64, 'k'))});
  const auto token = good();
  EXPECT_LE(token.size(), 1'500U);
  EXPECT_EQ(read(token), claims_);
}

TEST_F(AccessToken, QuotesWhatItSays) {
  parties_ = {"a\"b\\c", "\xc3\xa9\n"};
  EXPECT_EQ(read(good()), claims_);
}

TEST(TokenFault, HasAName) {
  EXPECT_EQ(to_string(token_fault::malformed), "malformed");
  EXPECT_EQ(to_string(token_fault::unknown_key), "unknown_key");
  EXPECT_EQ(to_string(token_fault::bad_signature), "bad_signature");
  EXPECT_EQ(to_string(token_fault::expired), "expired");
  EXPECT_EQ(to_string(token_fault::wrong_claims), "wrong_claims");
}

}  // namespace
}  // namespace genesis::auth
