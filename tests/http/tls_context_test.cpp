#include "http/tls_context.hpp"
#include "tests/self_signed.hpp"
#include "tests/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace genesis::http {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class TlsContext : public ::testing::Test {
protected:
  void write(const std::filesystem::path& file, const std::string& text) {
    std::ofstream{file} << text;
    ::chmod(file.c_str(), S_IRUSR | S_IWUSR);
  }
  std::string refusal() {
    const auto made = load_tls_context(certificate, key);
    return made ? std::string{"none"} : made.error().detail;
  }

  temporary_directory home;
  std::filesystem::path certificate = home.path() / "certificate.pem";
  std::filesystem::path key = home.path() / "key.pem";
};

TEST_F(TlsContext, IsMadeOfACertificateAndItsKey) {
  self_signed::make("a.test").write(certificate, key);
  EXPECT_EQ(refusal(), "none");
}

TEST_F(TlsContext, TakesTheChainBehindTheCertificate) {
  const auto mine = self_signed::make("a.test");
  write(certificate, mine.certificate + self_signed::make("authority.test").certificate);
  write(key, mine.key);
  EXPECT_EQ(refusal(), "none");
}

TEST_F(TlsContext, RefusesTheKeyOfAnotherCertificate) {
  write(certificate, self_signed::make("a.test").certificate);
  write(key, self_signed::make("a.test").key);
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_key: "), HasSubstr("is not the key of the certificate")));
}

TEST_F(TlsContext, RefusesAKeyThatOthersCanRead) {
  self_signed::make("a.test").write(certificate, key);
  ::chmod(key.c_str(), S_IRUSR | S_IWUSR | S_IRGRP);
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_key: "), HasSubstr("chmod 600 " + key.string())));
}

TEST_F(TlsContext, RefusesFilesThatAreNotThere) {
  EXPECT_THAT(refusal(), StartsWith("http.tls_certificate: "));
  write(certificate, self_signed::make("a.test").certificate);
  EXPECT_THAT(refusal(), StartsWith("http.tls_key: "));
}

TEST_F(TlsContext, RefusesFilesThatHoldSomethingElse) {
  const auto mine = self_signed::make("a.test");
  write(certificate, mine.key);
  write(key, mine.key);
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_certificate: "), HasSubstr("no certificate in PEM")));
  write(certificate, mine.certificate);
  write(key, "secret");
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_key: "), HasSubstr("no private key in PEM")));
  write(certificate, std::string(257 * 1'024, ' '));
  EXPECT_THAT(refusal(), StartsWith("http.tls_certificate: "));
}

TEST_F(TlsContext, AsksForNoPassphrase) {
  self_signed::make("a.test").write(certificate, key);
  write(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
             "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjLXIrKqdbvyAICCAAw\n"
             "-----END ENCRYPTED PRIVATE KEY-----\n");
  EXPECT_THAT(refusal(), StartsWith("http.tls_key: "));
}

TEST_F(TlsContext, WarnsOfAnOutdatedCertificateAndTakesIt) {
  self_signed::make("a.test", -3'600).write(certificate, key);
  EXPECT_EQ(refusal(), "none");
}

}  // namespace
}  // namespace genesis::http
