#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

const std::string app = "https://app.example.com";
const fields from_app{{"Origin", app}};

void expect_readable(const answer& given) {
  EXPECT_EQ(given["Access-Control-Allow-Origin"], app) << given.status;
  EXPECT_EQ(given["Access-Control-Allow-Credentials"], "true");
  EXPECT_NE(given["Access-Control-Expose-Headers"].find("X-Request-ID"), std::string::npos);
  EXPECT_NE(given["Vary"].find("Origin"), std::string::npos);
}

void expect_unreadable(const answer& given) {
  for (const auto& [name, value] : given.head)
    EXPECT_FALSE(name.starts_with("Access-Control-")) << name << ": " << value;
}

/// Sends these bytes on a connection of their own.
answer answer_of(const program& server, const std::string& bytes) {
  http_peer peer{server.port()};
  peer.send(bytes);
  return peer.read_answer();
}

TEST(Cors, IsNotThereUnlessItIsConfigured) {
  const program server;
  api_client client{server};
  const auto given = client.call("GET", "/health/live", {}, from_app);
  expect_unreadable(given);
  EXPECT_EQ(given["Vary"].find("Origin"), std::string::npos);
  const auto asked =
    client.call("OPTIONS", "/api/v1/users/me", {}, {{"Origin", app}, {"Access-Control-Request-Method", "GET"}});
  EXPECT_EQ(asked.status, 204);
  expect_unreadable(asked);
}

TEST(Cors, LetsAnAllowedOriginReadEveryKindOfAnswer) {
  const program server{{"--http.cors_origins=" + app + ",http://localhost:3000", "--http.cors_max_age=5m"}};
  person someone{server, "someone@example.com"};
  expect_readable(someone.call("GET", "/api/v1/users/me", {}, from_app));
  const auto tag = someone.get("/api/v1/users/me")["ETag"];
  const auto unchanged = someone.call("GET", "/api/v1/users/me", {}, {{"Origin", app}, {"If-None-Match", tag}});
  EXPECT_EQ(unchanged.status, 304);
  expect_readable(unchanged);
  expect_readable(someone.call("POST", "/api/v1/conversations", {}, from_app));
  expect_readable(someone.call("HEAD", "/api/v1/conversations", {}, from_app));
  expect_readable(someone.call("GET", "/nowhere", {}, from_app));
  expect_readable(someone.call("PUT", "/api/v1/conversations", {}, from_app));
  expect_readable(someone.call("GET", "/api/v1/conversations?limit=x", {}, from_app));
  expect_readable(someone.call("PATCH", "/api/v1/users/me", R"({"height_cm":1})", from_app));
  expect_readable(answer_of(server, request_text("GET", "/api/v1/users/me", from_app)));
  expect_readable(answer_of(server, "GET / HTTP/1.1\r\nHost: x\r\nOrigin: " + app + "\r\nX : 1\r\n\r\n"));
  expect_readable(
    answer_of(server, "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nOrigin: " + app +
                        "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));
  expect_readable(someone.ask(R"({"message":"Hello"})", stream_form::sse, from_app).head());
}

TEST(Cors, LetsAnAllowedOriginReadThatItsHeadTookTooLong) {
  const program server{{"--http.cors_origins=" + app, "--http.head_timeout=200ms"}};
  const auto late = answer_of(server, "GET / HTTP/1.1\r\nHost: x\r\nOrigin: " + app + "\r\nX-More");
  EXPECT_EQ(late.status, 408);
  expect_readable(late);
  EXPECT_EQ(answer_of(server, "GET / HTTP/1.1\r\nHost: x\r\n").status, 408);
  EXPECT_EQ(answer_of(server, "GET / HT").status, 408);
}

TEST(Cors, BelievesNoneOfTwoOrigins) {
  const program server{{"--http.cors_origins=" + app}};
  person someone{server, "someone@example.com"};
  for (const fields& both : {fields{{"Origin", app}, {"Origin", "https://evil.example"}},
         fields{{"Origin", "https://evil.example"}, {"Origin", app}}, fields{{"Origin", app}, {"Origin", app}}})
    expect_unreadable(someone.call("GET", "/api/v1/users/me", {}, both));
}

TEST(Cors, SaysThatAnswersVaryAlsoToOthers) {
  const program server{{"--http.cors_origins=" + app}};
  for (const auto* origin : {"https://evil.example", "null", "https://app.example.com:8443"}) {
    for (const auto* target : {"/health/live", "/nowhere", "/api/v1/users/me", "/"}) {
      const auto given = answer_of(server, request_text("GET", target, {{"Origin", origin}}));
      expect_unreadable(given);
      EXPECT_NE(given["Vary"].find("Origin"), std::string::npos) << target;
    }
  }
  EXPECT_NE(answer_of(server, request_text("GET", "/health/live"))["Vary"].find("Origin"), std::string::npos);
}

TEST(Cors, AnswersPreflightsWithTheMethodsOfThePath) {
  const program server{{"--http.cors_origins=" + app, "--http.cors_max_age=5m"}};
  const auto ask = [&](const std::string& target, const std::string& origin) {
    return answer_of(server, request_text("OPTIONS", target,
                               {{"Origin", origin}, {"Access-Control-Request-Method", "PATCH"},
                                 {"Access-Control-Request-Headers", "authorization,content-type"}}));
  };
  const auto given = ask("/api/v1/users/me", app);
  EXPECT_EQ(given.status, 204);
  expect_readable(given);
  EXPECT_EQ(given["Access-Control-Allow-Methods"], given["Allow"]);
  EXPECT_NE(given["Access-Control-Allow-Methods"].find("PATCH"), std::string::npos);
  EXPECT_NE(given["Access-Control-Allow-Headers"].find("Authorization"), std::string::npos);
  EXPECT_EQ(given["Access-Control-Max-Age"], "300");
  const auto stranger = ask("/api/v1/users/me", "https://evil.example");
  EXPECT_EQ(stranger.status, 204);
  expect_unreadable(stranger);
  const auto nowhere = ask("/nowhere", app);
  EXPECT_EQ(nowhere.status, 404);
  EXPECT_FALSE(nowhere.field("Access-Control-Allow-Methods"));
}

}  // namespace
}  // namespace genesis::system_test
