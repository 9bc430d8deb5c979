#include "cli/api_client.hpp"
#include "tests/cli/scripted_transport.hpp"
#include "tests/temporary_directory.hpp"

#include <fstream>

namespace genesis::cli {
namespace {

constexpr auto server = "http://127.0.0.1:8080";
constexpr auto problem_401 = R"({"title":"Unauthorized","detail":"Wrong.","code":"UNAUTHORIZED"})";

class ApiClient : public testing::Test {
protected:
  void save(const std::string& refresh_token) const {
    ASSERT_TRUE(file_.save({server, "ada@example.org", refresh_token, "c1"}));
  }
  [[nodiscard]] saved_login saved() const { return file_.load().value().value(); }

  temporary_directory directory_;
  login_file file_{directory_.path() / "login.json"};
  scripted_transport script_;
  api_client api_{script_, file_, server};
};

TEST_F(ApiClient, KeepsTheLoginOfASignIn) {
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  ASSERT_TRUE(api_.sign_in("Ada@Example.org", "correct horse"));
  EXPECT_EQ(script_.requests[0].body, R"({"email":"Ada@Example.org","password":"correct horse"})");
  EXPECT_EQ(saved(), (saved_login{server, "ada@example.org", "r1", ""}));
}

TEST_F(ApiClient, KeepsTheWayToTheServerWithTheLogin) {
  const remembered_way first{"127.0.0.1", "/etc/first.pem"};
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  api_client signed_in{script_, file_, server, first};
  ASSERT_TRUE(signed_in.sign_in("ada@example.org", "correct horse"));
  ASSERT_TRUE(signed_in.remember_conversation("c1"));
  EXPECT_EQ(saved(), (saved_login{server, "ada@example.org", "r1", "c1", first}));
  const remembered_way next{"::1", "/etc/next.pem"};
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a2", "r2"));
  ASSERT_TRUE((api_client{script_, file_, server, next}.resume("")));
  EXPECT_EQ(saved(), (saved_login{server, "ada@example.org", "r2", "c1", next}));
}

TEST_F(ApiClient, MakesAnAccount) {
  script_.expect("POST /api/v1/auth/register", 201, tokens("a1", "r1"));
  ASSERT_TRUE(api_.sign_up("ada@example.org", "correct horse"));
  EXPECT_EQ(saved().refresh_token, "r1");
}

TEST_F(ApiClient, ExplainsARefusedSignInAndKeepsNothing) {
  script_.expect("POST /api/v1/auth/login", 401, problem_401);
  const auto refused = api_.sign_in("ada@example.org", "wrong");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::unauthorized);
  EXPECT_EQ(refused.error().detail, "Wrong. Check e-mail and password; --register makes a new account.");
  EXPECT_FALSE(std::filesystem::exists(file_.path()));
}

TEST_F(ApiClient, ResumesASavedLoginAndStoresTheNextTokenBeforeUse) {
  save("r1");
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a2", "r2"));
  ASSERT_TRUE(api_.resume("ADA@example.org"));
  EXPECT_EQ(script_.requests[0].body, R"({"refresh_token":"r1"})");
  EXPECT_EQ(saved(), (saved_login{server, "ada@example.org", "r2", "c1"}));
}

TEST_F(ApiClient, SendsNoTokenToAnotherServerOrForAnotherPerson) {
  save("r1");
  EXPECT_EQ(api_.resume("bob@example.org").error().code, errc::unauthorized);
  api_client elsewhere{script_, file_, "http://elsewhere"};
  EXPECT_EQ(elsewhere.resume("").error().code, errc::unauthorized);
  EXPECT_TRUE(script_.requests.empty());
}

TEST_F(ApiClient, TellsAnEndedLoginFromAServerThatIsAway) {
  save("r1");
  script_.expect("POST /api/v1/auth/refresh", 401, problem_401);
  EXPECT_EQ(api_.resume("").error().code, errc::unauthorized);
  script_.expect("POST /api/v1/auth/refresh", scripted_transport::refuses{});
  const auto away = api_.resume("");
  EXPECT_EQ(away.error().code, errc::unavailable);
  EXPECT_EQ(away.error().detail, "Cannot reach the server at http://127.0.0.1:8080: connection refused. Start it with "
                                 "'genesis serve', or name another one with --url or --address.");
}

TEST_F(ApiClient, RenewsTheAccessTokenOnceWhenItIsRefused) {
  save("r1");
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a1", "r2"));
  ASSERT_TRUE(api_.resume(""));
  script_.expect("GET /api/v1/users/me", 401, problem_401);
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a2", "r3"));
  script_.expect("GET /api/v1/users/me", 200, "{}");
  EXPECT_EQ(api_.call({"GET", "/api/v1/users/me", {}, {}})->status, 200U);
  EXPECT_EQ(field(script_.requests[1], "Authorization"), "Bearer a1");
  EXPECT_EQ(field(script_.requests[3], "Authorization"), "Bearer a2");

  script_.expect("GET /api/v1/users/me", 401, problem_401);
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a3", "r4"));
  script_.expect("GET /api/v1/users/me", 401, problem_401);
  EXPECT_EQ(api_.call({"GET", "/api/v1/users/me", {}, {}})->status, 401U) << "no endless renewing";
}

TEST_F(ApiClient, UsesTheTokenThatAnotherClientRenewed) {
  save("r1");
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a1", "r2"));
  ASSERT_TRUE(api_.resume(""));
  save("r9");
  script_.expect("GET /api/v1/users/me", 401, problem_401);
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a2", "r10"));
  script_.expect("GET /api/v1/users/me", 200, "{}");
  ASSERT_TRUE(api_.call({"GET", "/api/v1/users/me", {}, {}}));
  EXPECT_EQ(script_.requests[2].body, R"({"refresh_token":"r9"})");
}

TEST_F(ApiClient, RemembersAConversationWithoutTouchingANewerToken) {
  save("r1");
  script_.expect("POST /api/v1/auth/refresh", 200, tokens("a1", "r2"));
  ASSERT_TRUE(api_.resume(""));
  save("r9");
  ASSERT_TRUE(api_.remember_conversation("c2"));
  EXPECT_EQ(saved(), (saved_login{server, "ada@example.org", "r9", "c2"}));
}

TEST_F(ApiClient, LeavesADeletedLoginDeleted) {
  script_.expect("POST /api/v1/auth/login", 200, tokens("a1", "r1"));
  ASSERT_TRUE(api_.sign_in("ada@example.org", "correct horse"));
  std::filesystem::remove(file_.path());
  ASSERT_TRUE(api_.remember_conversation("c2"));
  EXPECT_FALSE(std::filesystem::exists(file_.path()));
}

TEST_F(ApiClient, DoubtsAServerThatGivesNoTokens) {
  for (const auto* body : {"", "{}", R"({"access_token":"a"})"}) {
    script_.expect("POST /api/v1/auth/login", 200, body);
    EXPECT_EQ(api_.sign_in("ada@example.org", "correct horse").error().code, errc::internal) << body;
  }
}

}  // namespace
}  // namespace genesis::cli
