#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace genesis::system_test {
namespace {

constexpr std::string_view me = "/api/v1/users/me";
constexpr std::string_view conversations = "/api/v1/conversations";

std::string credentials(std::string_view email, std::string_view password = good_password) {
  return R"({"email":)" + json_string(email) + R"(,"password":)" + json_string(password) + '}';
}

/// A refusal by this limit, with everything a client needs to come back in time.
void expect_limited(const answer& given, const std::string& limit, int quota, int window_s = 60) {
  ASSERT_EQ(given.status, 429) << given.body;
  if (!given.body.empty()) {  // HEAD has none
    EXPECT_EQ(given.code(), "RATE_LIMIT_EXCEEDED");
  }
  const auto wait = given["Retry-After"];
  EXPECT_GE(std::stoi(wait), 1);
  EXPECT_LE(std::stoi(wait), (window_s + quota - 1) / quota);
  EXPECT_EQ(
    given["RateLimit-Policy"], '"' + limit + "\";q=" + std::to_string(quota) + ";w=" + std::to_string(window_s));
  EXPECT_EQ(given["RateLimit"], '"' + limit + "\";r=0;t=" + wait);
  EXPECT_EQ(given["Cache-Control"], "no-store");
}

std::string metrics_of(const program& server) {
  return api_client{server}.call("GET", "/metrics").body;
}

TEST(Limits, EachKindOfRequestHasItsQuota) {
  const program server{{"--limits.reads_per_minute=2", "--limits.writes_per_minute=2", "--limits.chats_per_minute=1"}};
  person someone{server, "quota@example.com"};
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(someone.get(me).status, 200);
  expect_limited(someone.get(conversations), "reads", 2);
  expect_limited(someone.call("HEAD", me), "reads", 2);
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(someone.call("POST", conversations, "{}").status, 201);
  expect_limited(someone.call("PATCH", me, R"({"full_name":"Ann"})"), "writes", 2);
  EXPECT_EQ(someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").status, 200);
  expect_limited(someone.call("POST", "/api/v1/chat/stream", R"({"message":"Hello"})"), "chats", 1);
  expect_limited(someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})"), "chats", 1);

  person other{server, "other@example.com"};
  EXPECT_EQ(other.get(me).status, 200) << "everybody has their own";

  const auto metrics = metrics_of(server);
  EXPECT_NE(metrics.find("genesis_rate_limited_total{limit=\"reads\"} 2\n"), std::string::npos) << metrics;
  EXPECT_NE(metrics.find("genesis_rate_limited_total{limit=\"writes\"} 1\n"), std::string::npos);
  EXPECT_NE(metrics.find("genesis_rate_limited_total{limit=\"chats\"} 2\n"), std::string::npos);
  EXPECT_NE(metrics.find("genesis_rate_limited_total{limit=\"auth\"} 0\n"), std::string::npos);
}

TEST(Limits, ArePerPersonWhateverTheNumberOfConnections) {
  const program server{{"--http.threads=2", "--limits.reads_per_minute=5"}};
  const person someone{server, "many@example.com"};
  std::vector<http_peer> peers;
  for (int i = 0; i < 12; ++i)
    peers.emplace_back(server.port());
  for (auto& each : peers)
    each.send(someone.request("GET", me));
  std::vector<answer> answers;
  for (auto& each : peers)
    answers.push_back(each.read_answer());
  EXPECT_EQ(std::ranges::count(answers, 200, &answer::status), 5);
  EXPECT_EQ(std::ranges::count(answers, 429, &answer::status), 7);
}

struct faulty_request {
  const char* verb;
  std::string target;
  std::string body;
  fields head;
  int status;  ///< While there is something left.
};

std::vector<faulty_request> faulty_requests() {
  const std::string nobody = "/0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02";
  return {
    {"GET", std::string{me}, "", {{"Accept", "text/html"}}, 406},
    {"GET", std::string{conversations} + "?limit=0", "", {}, 400},
    {"GET", std::string{conversations} + nobody, "", {}, 404},
    {"POST", std::string{conversations}, "{}", {{"Content-Type", "text/plain"}}, 415},
    {"POST", std::string{conversations}, "{", {}, 400},
    {"POST", std::string{conversations}, R"({"no_field":1})", {}, 422},
    {"POST", std::string{conversations}, "{}", {{"Idempotency-Key", "\"\""}}, 400},
    {"PATCH", std::string{me}, "{}", {{"If-Match", "\"another\""}}, 412},
    {"PATCH", std::string{conversations} + nobody, "{}", {}, 404},
    {"POST", "/api/v1/chat", R"({"message":""})", {}, 422},
    {"POST", "/api/v1/chat/stream", "[]", {}, 400},
  };
}

TEST(Limits, ComeBeforeWhatIsWrongWithARequest) {
  const program server{{"--limits.reads_per_minute=1", "--limits.writes_per_minute=1", "--limits.chats_per_minute=1"}};
  person someone{server, "order@example.com"};
  EXPECT_EQ(someone.get(me).status, 200);
  EXPECT_EQ(someone.call("POST", conversations, "{}").status, 201);
  EXPECT_EQ(someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").status, 200);
  for (const auto& each : faulty_requests())
    EXPECT_EQ(someone.call(each.verb, each.target, each.body, each.head).status, 429)
      << each.verb << ' ' << each.target << ' ' << each.body;
  // Before them come the path, the method, and who asks.
  EXPECT_EQ(someone.get("/api/v1/nothing").status, 404);
  EXPECT_EQ(someone.get("/api/v1/conversations/1").status, 404);
  EXPECT_EQ(someone.call("PUT", conversations, "{}").status, 405);
  EXPECT_EQ(api_client{server}.call("GET", me).status, 401);
}

TEST(Limits, CountARequestThatIsRefusedForSomethingElse) {
  for (const auto& each : faulty_requests()) {
    const program server{
      {"--limits.reads_per_minute=1", "--limits.writes_per_minute=1", "--limits.chats_per_minute=1"}};
    person someone{server, "counted@example.com"};
    EXPECT_EQ(someone.call(each.verb, each.target, each.body, each.head).status, each.status) << each.target;
    EXPECT_EQ(someone.call(each.verb, each.target, each.body, each.head).status, 429)
      << each.verb << ' ' << each.target << ' ' << each.body;
  }
}

TEST(Limits, SayNothingToASessionThatHasEnded) {
  const program server{{"--limits.reads_per_minute=1", "--limits.writes_per_minute=1"}};
  person someone{server, "ended@example.com"};
  EXPECT_EQ(someone.get(me).status, 200);
  EXPECT_EQ(someone.get(me).status, 429);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/logout").status, 204);
  EXPECT_EQ(someone.get(me).status, 401);
  EXPECT_EQ(someone.call("POST", conversations, "{").status, 401);
}

TEST(Limits, TheAddressOfWhoLogsInHasItsQuota) {
  const program server{{"--limits.auth_per_minute=4"}};
  person someone{server, "address@example.com"};
  api_client client{server};
  EXPECT_EQ(client.call("POST", "/api/v1/auth/login", credentials("address@example.com")).status, 200);
  EXPECT_EQ(client.call("POST", "/api/v1/auth/login", "{").status, 400);
  EXPECT_EQ(client.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":"gr_x"})").status, 401);
  expect_limited(client.call("POST", "/api/v1/auth/login", credentials("address@example.com")), "auth", 4);
  expect_limited(client.call("POST", "/api/v1/auth/register", credentials("new@example.com")), "auth", 4);
  expect_limited(client.call("POST", "/api/v1/auth/refresh", "", {{"Accept", "text/html"}}), "auth", 4);
  EXPECT_EQ(someone.get(me).status, 200) << "whoever is logged in is not concerned";
  for (const auto* page : {"/health/live", "/health/ready", "/metrics", "/openapi.json", "/problems/overloaded"})
    for (int i = 0; i < 5; ++i)
      EXPECT_EQ(client.call("GET", page).status, 200) << page;
}

TEST(Limits, WrongPasswordsShutAnAccountWhetherItExistsOrNot) {
  const program server{{"--limits.failed_logins_per_account=2", "--limits.failed_logins_window=10m"}};
  const person someone{server, "exists@example.com"};
  const person bystander{server, "bystander@example.com"};
  api_client client{server};
  const auto log_in = [&](std::string_view email, std::string_view password) {
    return client.call("POST", "/api/v1/auth/login", credentials(email, password));
  };
  for (const auto* email : {"exists@example.com", "Nobody@example.com"}) {
    for (int i = 0; i < 2; ++i) {
      const auto refused = log_in(email, "not the password");
      EXPECT_EQ(refused.status, 401);
      EXPECT_EQ(member(refused, "detail"), "the e-mail address or the password is wrong");
    }
    expect_limited(log_in(email, good_password), "failed_logins_account", 2, 600);
  }
  EXPECT_EQ(log_in("NOBODY@example.com", good_password).status, 429) << "however it is spelt";
  EXPECT_EQ(log_in("bystander@example.com", good_password).status, 200);
  const auto metrics = metrics_of(server);
  EXPECT_NE(metrics.find("genesis_logins_total{outcome=\"success\"} 1\n"), std::string::npos) << metrics;
  EXPECT_NE(metrics.find("genesis_logins_total{outcome=\"wrong\"} 4\n"), std::string::npos);
  EXPECT_NE(metrics.find("genesis_logins_total{outcome=\"limited\"} 3\n"), std::string::npos);
}

TEST(Limits, WrongPasswordsShutTheirAddressWhoseSuccessesChangeNothing) {
  const program server{{"--limits.failed_logins_per_address=3"}};
  const person someone{server, "success@example.com"};
  api_client client{server};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(
      client.call("POST", "/api/v1/auth/login", credentials("a" + std::to_string(i) + "@example.com")).status, 401);
    if (i < 2) {
      EXPECT_EQ(client.call("POST", "/api/v1/auth/login", credentials("success@example.com")).status, 200);
    }
  }
  expect_limited(
    client.call("POST", "/api/v1/auth/login", credentials("success@example.com")), "failed_logins_address", 3, 900);
}

TEST(Limits, AreLiftedTogether) {
  const program server{{"--limits.rate_enabled=false", "--limits.reads_per_minute=1", "--limits.writes_per_minute=1",
    "--limits.chats_per_minute=1", "--limits.auth_per_minute=1", "--limits.failed_logins_per_account=1",
    "--limits.failed_logins_per_address=1"}};
  person someone{server, "lifted@example.com"};
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(someone.get(me).status, 200);
    EXPECT_EQ(someone.call("POST", conversations, "{}").status, 201);
    EXPECT_EQ(someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").status, 200);
    EXPECT_EQ(
      someone.call("POST", "/api/v1/auth/login", credentials("lifted@example.com", "not the password")).status, 401);
  }
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/login", credentials("lifted@example.com")).status, 200);
}

TEST(Limits, TokensThatAreNotAcceptedAreCountedByWhy) {
  const program server;
  api_client client{server};
  client.token = "not.a.token";
  EXPECT_EQ(client.call("GET", me).status, 401);
  client.token = std::string(5'000, 'a');
  EXPECT_EQ(client.call("GET", me).status, 401);
  person someone{server, "refused@example.com"};
  const auto made = someone.call("POST", "/api/v1/api-keys", R"({"name":"scale","scopes":["read"]})");
  const fields with_key{{"X-API-Key", member(made, "key")}};
  client.token.clear();
  EXPECT_EQ(client.call("GET", me, {}, with_key).status, 200);
  EXPECT_EQ(someone.call("DELETE", "/api/v1/api-keys/" + member(made, "id")).status, 204);
  EXPECT_EQ(client.call("GET", me, {}, with_key).status, 401) << "although it is remembered";
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/logout").status, 204);
  EXPECT_EQ(someone.get(me).status, 401);
  const auto metrics = metrics_of(server);
  EXPECT_TRUE(metrics.contains("genesis_tokens_refused_total{reason=\"malformed\"} 2\n")) << metrics;
  EXPECT_TRUE(metrics.contains("genesis_tokens_refused_total{reason=\"session_ended\"} 1\n")) << metrics;
  EXPECT_TRUE(metrics.contains("genesis_api_keys_refused_total 1\n")) << metrics;
}

TEST(Limits, RefreshTokensAndCurrentPasswordsThatAreNotAcceptedAreCountedByWhy) {
  const program server;
  person someone{server, "outcomes@example.com"};
  const auto refresh = [&](std::string_view token) {
    return someone.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":)" + json_string(token) + '}');
  };
  const auto change = [&](std::string_view current) {
    return someone
      .call("POST", "/api/v1/auth/change-password",
        R"({"current_password":)" + json_string(current) + R"(,"new_password":"a fine new battery 7"})")
      .status;
  };
  EXPECT_EQ(change("not the password"), 403);
  EXPECT_EQ(change(good_password), 204);
  EXPECT_EQ(refresh("gr_x").status, 401);
  const auto first = someone.refresh_token();
  someone.take_tokens(refresh(first));
  EXPECT_EQ(refresh(first).status, 401) << "the family is revoked";
  EXPECT_EQ(refresh(someone.refresh_token()).status, 401);
  const auto metrics = metrics_of(server);
  for (const auto* sample : {"genesis_password_confirmations_total{outcome=\"wrong\"} 1\n",
         "genesis_password_confirmations_total{outcome=\"success\"} 1\n",
         "genesis_refresh_tokens_refused_total{reason=\"malformed\"} 1\n",
         "genesis_refresh_tokens_refused_total{reason=\"reused\"} 1\n",
         "genesis_refresh_tokens_refused_total{reason=\"ended\"} 1\n",
         "genesis_refresh_tokens_refused_total{reason=\"unknown\"} 0\n"})
    EXPECT_TRUE(metrics.contains(sample)) << sample << metrics;
}

TEST(Limits, AnAddressMayGuessSoManyApiKeys) {
  const program server{{"--limits.failed_logins_per_address=3"}};
  person owner{server, "keys@example.com"};
  const auto made = owner.call("POST", "/api/v1/api-keys", R"({"name":"scale","scopes":["read"]})");
  ASSERT_EQ(made.status, 201);
  const auto key = member(made, "key");
  api_client client{server};
  EXPECT_EQ(client.call("GET", me, {}, {{"X-API-Key", key}}).status, 200) << "a good key is no failure";
  for (int i = 0; i < 3; ++i) {
    auto forged = key;
    forged[70] = forged[70] == static_cast<char>('A' + i) ? 'Z' : static_cast<char>('A' + i);
    EXPECT_EQ(client.call("GET", me, {}, {{"X-API-Key", forged}}).status, 401);
  }
  auto another = key;
  another[30] = another[30] == 'A' ? 'B' : 'A';  // of somebody who does not exist
  EXPECT_NE(metrics_of(server).find("genesis_api_keys_refused_total 3\n"), std::string::npos);
  expect_limited(client.call("GET", me, {}, {{"X-API-Key", another}}), "failed_logins_address", 3, 900);
  EXPECT_EQ(client.call("GET", me, {}, {{"X-API-Key", key}}).status, 200) << "a key that is remembered goes on";
  EXPECT_EQ(owner.get(me).status, 200);
}

/// Two hundred logins arrive together; 64 may wait for the one thread that checks passwords. If reads waited for it,
/// no more of them would be answered meanwhile than passwords are checked.
TEST(Limits, AFloodOfLoginsHoldsUpNoOtherRequest) {
  const program server{{"--http.threads=2", "--auth.password_threads=1", "--limits.auth_per_minute=1000000",
    "--limits.failed_logins_per_account=1000000", "--limits.failed_logins_per_address=1000000",
    "--limits.reads_per_minute=1000000"}};
  constexpr std::size_t flood = 200;
  person someone{server, "reader@example.com"};
  EXPECT_EQ(someone.get(me).status, 200);
  std::vector<http_peer> peers;
  for (std::size_t i = 0; i < flood; ++i)
    peers.emplace_back(server.port());
  const auto login =
    request_text("POST", "/api/v1/auth/login", {}, credentials("nobody@example.com", "not the password"));
  for (auto& each : peers)
    each.send(login);
  std::size_t reads = 0;
  const auto is_waiting = [](const http_peer& each) { return each.is_quiet(); };
  while (std::ranges::any_of(peers, is_waiting)) {
    ASSERT_EQ(someone.get(me).status, 200);
    ++reads;
  }
  std::size_t checked = 0;
  for (auto& each : peers) {
    const auto given = each.read_answer();
    checked += given.status == 401 ? 1 : 0;
    if (given.status != 401) {
      EXPECT_EQ(given.status, 429);
      EXPECT_EQ(given.code(), "OVERLOADED");
    }
  }
  EXPECT_LT(checked, flood) << "the queue has a bound";
  EXPECT_GE(reads, 8U) << "had they waited behind the passwords, the first would have come with the last of them";
}

}  // namespace
}  // namespace genesis::system_test
