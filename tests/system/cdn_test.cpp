#include "tests/self_signed.hpp"
#include "tests/system/false_cdn.hpp"
#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// The program behind a CDN, which it tells what to forget.
namespace genesis::system_test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto all_keys = "jwks openapi problems public root";
constexpr auto purge = "/api/v1/admin/cache/purge";

class ProgramWithCdn : public ::testing::Test {
protected:
  [[nodiscard]] program::settings flags(program::settings more = {}) const {
    more.push_back("--http.purge_url=" + cdn.url());
    return more;
  }
  static double counted(const program& server, std::string_view outcome) {
    http_peer peer{server.port()};
    return metric(peer, "genesis_cdn_purges_total", "outcome=\"" + std::string{outcome} + '"');
  }
  static person admin_of(const program& server) {
    const person made{server, "admin@example.com"};
    EXPECT_EQ(server.command({"user", "role", made.email(), "admin"}), 0);
    return made.log_in_again();
  }

  false_cdn cdn;
};

TEST_F(ProgramWithCdn, HasItForgetEveryPublicAnswerAtTheStart) {
  program server{flags(), {"GENESIS_HTTP_PURGE_TOKEN=hunter2"}};
  const auto told = cdn.wait_for(1).front();
  EXPECT_EQ(told.target, "/purge?zone=7");
  EXPECT_TRUE(told.head.starts_with("POST /purge?zone=7 HTTP/1.1\r\n")) << told.head;
  EXPECT_THAT(told.head, HasSubstr("\r\nAuthorization: Bearer hunter2\r\n"));
  EXPECT_THAT(told.head, HasSubstr("\r\nContent-Type: application/json\r\n"));
  EXPECT_THAT(told.head, HasSubstr(std::string{"\r\nSurrogate-Key: "} + all_keys + "\r\n"));
  EXPECT_EQ(told.keys(), all_keys);
  EXPECT_TRUE(becomes([&] { return counted(server, "done") == 1; }));
  EXPECT_TRUE(server.process().wait_for_err("forgets jwks openapi problems public root"));
  EXPECT_EQ(server.end(), 0);
  server.start();
  EXPECT_EQ(cdn.wait_for(2).back().keys(), all_keys) << "the program may be another by now";
  EXPECT_THAT(server.log(), Not(HasSubstr("hunter2")));
}

TEST_F(ProgramWithCdn, NamesTheKeysWhereItShowsPublicAnswersAndNowhereElse) {
  const program server{flags()};
  person someone{server, "someone@example.com"};
  for (const auto& [target, keys] : {std::pair{"/openapi.json", "public openapi"}, {"/", "public root"},
         {"/.well-known/jwks.json", "public jwks"}, {"/problems/not-found", "public problems"}}) {
    const auto shown = someone.get(target);
    EXPECT_EQ(shown["Surrogate-Key"], keys) << target;
    EXPECT_EQ(someone.call("GET", target, {}, {{"If-None-Match", shown["ETag"]}})["Surrogate-Key"], keys) << target;
  }
  for (const auto* target : {"/api/v1/users/me", "/api/v1/conversations", "/api/v1/health", "/problems/nothing"})
    EXPECT_FALSE(someone.get(target).field("Surrogate-Key")) << target;
}

TEST_F(ProgramWithCdn, HasItForgetTheKeysThatWereRotated) {
  const program server{flags()};
  (void)cdn.wait_for(1);
  ASSERT_EQ(server.command({"keys", "rotate", "--force"}), 0);
  EXPECT_EQ(cdn.wait_for(2).back().keys(), "jwks");
}

TEST_F(ProgramWithCdn, HasItForgetOnCommand) {
  const program server{flags()};
  ASSERT_TRUE(becomes([&] { return counted(server, "done") == 1; }));
  EXPECT_EQ(server.command({"cache", "purge", "root", "jwks"}), 0);
  EXPECT_EQ(cdn.wait_for(2).back().keys(), "jwks root");
  EXPECT_EQ(server.command({"cache", "purge", "bogus"}), 1);
  EXPECT_NE(server.command({"cache", "purge"}), 0);
  EXPECT_EQ(cdn.count(), 2U);
}

TEST_F(ProgramWithCdn, LetsAdminsHaveItForgetAndNobodyElse) {
  const program server{flags()};
  ASSERT_TRUE(becomes([&] { return counted(server, "done") == 1; }));
  auto admin = admin_of(server);
  EXPECT_EQ(admin.call("POST", purge, R"({"keys":["root","openapi"]})").body, R"({"keys":2})");
  EXPECT_EQ(cdn.wait_for(2).back().keys(), "openapi root");
  for (const auto* body : {R"({"keys":[]})", R"({"keys":["two words"]})", R"({"keys":[""]})",
         R"({"keys":["a\r\nX: y"]})", R"({"keys":["ä"]})", R"({})", R"({"keys":["a","a"]})"})
    EXPECT_EQ(admin.call("POST", purge, body).status, 422) << body;
  person someone{server, "someone@example.com"};
  EXPECT_EQ(someone.call("POST", purge, R"({"keys":["root"]})").status, 403);
  EXPECT_EQ(cdn.count(), 2U);
}

TEST_F(ProgramWithCdn, TriesAgainWhatFails) {
  cdn.answer_with({500, 200});
  const program server{flags()};
  const auto told = cdn.wait_for(2);
  EXPECT_EQ(told.front().keys(), told.back().keys());
  EXPECT_TRUE(becomes([&] { return counted(server, "done") == 1; }));
  EXPECT_EQ(counted(server, "failed"), 1);
}

TEST_F(ProgramWithCdn, SaysThatItWasRefusedAndDoesNotRepeatThat) {
  cdn.answer_with({403});
  program server{flags()};
  EXPECT_TRUE(server.process().wait_for_err("it answered with status 403"));
  // All of the server's own keys together, then each by itself.
  const auto own = 2.0 + static_cast<double>(std::ranges::count(cdn.wait_for(1).front().keys(), ' '));
  EXPECT_TRUE(becomes([&] { return counted(server, "refused") == own; }));
  auto admin = admin_of(server);
  const auto refused = admin.call("POST", purge, R"({"keys":["root"]})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.code(), "UNAVAILABLE");
  EXPECT_EQ(server.command({"cache", "purge", "root"}), 1);
  EXPECT_EQ(counted(server, "refused"), own + 2);
  EXPECT_EQ(counted(server, "failed"), 0);
}

/// Requests are served meanwhile, those who purge hear of it in time, and the way out does not wait for it.
TEST_F(ProgramWithCdn, IsHeldUpByNobodyWhoNeverAnswers) {
  cdn.answer_with({false_cdn::silence});
  program server{flags({"--http.purge_timeout=100ms"})};
  (void)cdn.wait_for(1);
  EXPECT_TRUE(server.process().wait_for_err("it did not answer in time"));
  auto admin = admin_of(server);
  const auto refused = admin.call("POST", purge, R"({"keys":["root"]})");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(server.command({"cache", "purge", "root"}), 1);
  EXPECT_GE(counted(server, "failed"), 3);
  EXPECT_EQ(server.end(), 0);
}

TEST_F(ProgramWithCdn, EndsInGoodOrderWhileNobodyAnswers) {
  cdn.answer_with({false_cdn::silence});
  program server{flags({"--http.purge_timeout=1700ms"})};
  (void)cdn.wait_for(1);
  EXPECT_EQ(server.end(), 0);
}

TEST_F(ProgramWithCdn, StartsWhileItIsAway) {
  std::string url;
  {
    const false_cdn gone;
    url = gone.url();
  }
  program server{{"--http.purge_url=" + url}};
  EXPECT_TRUE(server.process().wait_for_err("could not be told to forget"));
  EXPECT_EQ(person(server, "someone@example.com").get("/api/v1/users/me").status, 200);
}

TEST_F(ProgramWithCdn, TellsNothingToACdnWhoseCertificateNobodyBelieves) {
  const temporary_directory home;
  const auto certificate = home.path() / "certificate.pem";
  const auto key = home.path() / "key.pem";
  self_signed::make("cdn.test", 3'600, "IP:127.0.0.1").write(certificate, key);
  false_cdn secured{certificate, key};
  {
    program stranger{{"--http.purge_url=" + secured.url()}};
    EXPECT_TRUE(stranger.process().wait_for_err("its certificate is not trusted"));
    EXPECT_EQ(secured.count(), 0U);
  }
  program server{{"--http.purge_url=" + secured.url()}, {"SSL_CERT_FILE=" + certificate.string()}};
  EXPECT_EQ(secured.wait_for(1).front().keys(), all_keys);
  EXPECT_TRUE(becomes([&] { return counted(server, "done") == 1; }));
}

TEST(ProgramWithoutCdn, SaysThatThereIsNone) {
  const program server;
  const person made{server, "admin@example.com"};
  ASSERT_EQ(server.command({"user", "role", made.email(), "admin"}), 0);
  auto admin = made.log_in_again();
  EXPECT_EQ(admin.call("POST", purge, R"({"keys":["root"]})").status, 409);
  EXPECT_EQ(server.command({"cache", "purge", "root"}), 1);
}

}  // namespace
}  // namespace genesis::system_test
