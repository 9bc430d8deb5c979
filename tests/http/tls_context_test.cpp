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
    std::string all = made ? "none" : "";
    if (!made)
      for (const auto& each : made.error())
        all += (all.empty() ? "" : "\n") + each.name + ' ' + each.message;
    return all;
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
  EXPECT_THAT(
    refusal(), AllOf(StartsWith("http.tls_key is not usable: "), HasSubstr("is not the key of the certificate")));
}

TEST_F(TlsContext, RefusesAKeyThatOthersCanRead) {
  self_signed::make("a.test").write(certificate, key);
  ::chmod(key.c_str(), S_IRUSR | S_IWUSR | S_IRGRP);
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_key is not usable: "), HasSubstr("chmod 600 " + key.string())));
}

TEST_F(TlsContext, RefusesFilesThatAreNotThere) {
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_certificate is not usable: "), HasSubstr("\nhttp.tls_key is not")))
    << "both at once";
  write(certificate, self_signed::make("a.test").certificate);
  EXPECT_THAT(refusal(), StartsWith("http.tls_key is not usable: "));
}

TEST_F(TlsContext, RefusesFilesThatHoldSomethingElse) {
  const auto mine = self_signed::make("a.test");
  write(certificate, mine.key);
  write(key, mine.key);
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_certificate is not usable: "), HasSubstr("no certificate in PEM")));
  write(certificate, mine.certificate);
  write(key, "secret");
  EXPECT_THAT(refusal(), AllOf(StartsWith("http.tls_key is not usable: "), HasSubstr("no private key in PEM")));
  write(certificate, std::string(257 * 1'024, ' '));
  EXPECT_THAT(refusal(), StartsWith("http.tls_certificate is not usable: "));
}

TEST_F(TlsContext, AsksForNoPassphrase) {
  self_signed::make("a.test").write(certificate, key);
  write(key, "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
             "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjLXIrKqdbvyAICCAAw\n"
             "-----END ENCRYPTED PRIVATE KEY-----\n");
  EXPECT_THAT(refusal(), StartsWith("http.tls_key is not usable: "));
}

TEST_F(TlsContext, KnowsWhatItsCertificateIsGoodFor) {
  const auto name_of = [&](const std::string& name, const std::string& alternatives) {
    self_signed::make(name, 3'600, alternatives).write(certificate, key);
    return certified_name(**load_tls_context(certificate, key), "127.0.0.1");
  };
  EXPECT_EQ(name_of("a.test", ""), "a.test");
  EXPECT_EQ(name_of("a.test", "IP:192.0.2.1,DNS:b.test,DNS:c.test"), "b.test");
  EXPECT_EQ(name_of("a.test", "DNS:a.test,IP:127.0.0.1"), "127.0.0.1");
  EXPECT_EQ(name_of("a.test", "DNS:*.example.org"), "genesis.example.org");
}

TEST_F(TlsContext, TakesAnOutdatedCertificateAndSaysSo) {
  self_signed::make("a.test", -3'600).write(certificate, key);
  EXPECT_EQ(refusal(), "none");
  EXPECT_EQ(date_fault(**load_tls_context(certificate, key)), "has expired");
  self_signed::make("a.test").write(certificate, key);
  EXPECT_EQ(date_fault(**load_tls_context(certificate, key)), "");
}

}  // namespace
}  // namespace genesis::http
