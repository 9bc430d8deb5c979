#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace genesis::system_test {
namespace {

std::string credentials(std::string_view email, std::string_view password = good_password) {
  return R"({"email":)" + json_string(email) + R"(,"password":)" + json_string(password) + '}';
}

std::string refresh_body(std::string_view token) {
  return R"({"refresh_token":)" + json_string(token) + '}';
}

std::set<std::string> faulty_fields(const answer& given) {
  std::set<std::string> all;
  const auto problem = given.json();
  for (const auto& each : problem.at("errors").as_array())
    all.insert(member(each.as_object(), "field"));
  return all;
}

TEST(Accounts, OneOfManyParallelUsesOfARefreshTokenWins) {
  const program server{{"--http.threads=2", "--storage.busy_timeout=1900ms"}};
  person someone{server, "eight@example.com"};
  const auto shared_token = someone.refresh_token();
  const auto request = request_text("POST", "/api/v1/auth/refresh", {}, refresh_body(shared_token));
  std::vector<http_peer> peers;
  for (int i = 0; i < 8; ++i)
    peers.emplace_back(server.port());
  std::vector<answer> answers;
  {
    // No rotation commits before all eight uses have arrived; the seven losers need no commit.
    const write_lock held{server.data() / "genesis.db"};
    for (auto& each : peers)
      each.send(request);
    std::vector<http_peer*> waiting;
    for (auto& each : peers)
      waiting.push_back(&each);
    wait_for_answers(waiting, 7);
  }
  for (auto& each : peers)
    answers.push_back(each.read_answer());
  EXPECT_EQ(std::ranges::count(answers, 200, &answer::status), 1);
  EXPECT_EQ(std::ranges::count(answers, 401, &answer::status), 7);

  // The family lives on with the winner's token.
  const auto& winner = *std::ranges::find(answers, 200, &answer::status);
  someone.take_tokens(winner);
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  const auto next = someone.call("POST", "/api/v1/auth/refresh", refresh_body(someone.refresh_token()));
  ASSERT_EQ(next.status, 200);
  someone.take_tokens(next);

  // A token that comes back later was stolen: everything that came of it ends, the newest pair included.
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(shared_token)).status, 401);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(someone.refresh_token())).status, 401);
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 401);
}

int run_keys_command(const program& server, const std::string& verb, bool is_forced = false) {
  std::vector<std::string> line{"keys", verb, "--data.directory=" + server.data().string()};
  if (is_forced)
    line.emplace_back("--force");
  child_process command{line, server.home()};
  return command.wait();
}

std::set<std::string> published_kids(person& someone) {
  std::set<std::string> kids;
  const auto answer = someone.get("/.well-known/jwks.json");
  EXPECT_EQ(answer["Cache-Control"], "public, max-age=60, must-revalidate") << "a retired key is not trusted for long";
  const auto ring = answer.json();
  for (const auto& key : ring.at("keys").as_array())
    kids.insert(member(key.as_object(), "kid"));
  return kids;
}

TEST(Accounts, TokensOfTheKeyBeforeARotationLiveOnAndThoseOfOlderOnesDoNot) {
  program server{{"--http.threads=2"}};
  person old{server, "before@example.com"};
  const auto first = published_kids(old);
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(run_keys_command(server, "rotate"), 0);
  const auto second = published_kids(old);
  EXPECT_EQ(second.size(), 2U);
  EXPECT_TRUE(std::ranges::includes(second, first));

  // On every thread, whichever takes a connection.
  person middle{server, "between@example.com"};
  for (int i = 0; i < 16; ++i) {
    auto again = old.log_in_again();
    EXPECT_EQ(again.get("/api/v1/users/me").status, 200);
  }
  EXPECT_EQ(old.get("/api/v1/users/me").status, 200) << "a token of the key before";

  EXPECT_EQ(run_keys_command(server, "rotate"), 1) << "that would refuse tokens that have not expired";
  EXPECT_EQ(published_kids(old), second);
  EXPECT_EQ(old.get("/api/v1/users/me").status, 200);
  ASSERT_EQ(run_keys_command(server, "rotate", /*is_forced=*/true), 0);
  const auto refused = old.get("/api/v1/users/me");
  EXPECT_EQ(refused.status, 401) << "its key is gone, although the token was remembered";
  EXPECT_EQ(refused.code(), "UNAUTHORIZED") << "whether it has expired, nobody can say";
  EXPECT_TRUE(refused["WWW-Authenticate"].contains("invalid_token"));
  EXPECT_EQ(middle.get("/api/v1/users/me").status, 200);
  const auto renewed = old.call("POST", "/api/v1/auth/refresh", refresh_body(old.refresh_token()));
  EXPECT_EQ(renewed.status, 200);

  server.end();
  ASSERT_EQ(run_keys_command(server, "rotate", /*is_forced=*/true), 0) << "without a server too";
  EXPECT_EQ(run_keys_command(server, "list"), 0);
}

TEST(Accounts, ReuseOfARefreshTokenIsNoticedAfterARestartToo) {
  program server;
  person someone{server, "reuse@example.com"};
  auto other_device = someone.log_in_again();
  const auto first = someone.refresh_token();
  someone.take_tokens(someone.call("POST", "/api/v1/auth/refresh", refresh_body(first)));
  server.crash();
  server.start();
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(first)).status, 401);
  EXPECT_TRUE(
    server.process().wait_for_err("a refresh token of user " + someone.id() + " was used a second time: session "))
    << server.log();
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 401);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(someone.refresh_token())).status, 401);
  EXPECT_EQ(other_device.get("/api/v1/users/me").status, 200);
}

/// Connections on which this token has just been good.
std::vector<http_peer> open_connections(const program& server, const person& owner) {
  std::vector<http_peer> all;
  for (int i = 0; i < 4; ++i) {
    all.emplace_back(server.port());
    all.back().send(owner.request("GET", "/api/v1/users/me"));
    EXPECT_EQ(all.back().read_answer().status, 200);
  }
  return all;
}

void expect_refused(std::vector<http_peer>& peers, const person& owner) {
  for (auto& each : peers) {
    each.send(owner.request("GET", "/api/v1/users/me"));
    EXPECT_EQ(each.read_answer().status, 401);
    each.send(owner.request("POST", "/api/v1/chat/stream", R"({"message":"Hello"})"));
    EXPECT_EQ(each.read_answer().status, 401);
  }
}

TEST(Accounts, LogoutRefusesTheTokensOnEveryConnectionAtOnce) {
  const program server{{"--http.threads=2"}};
  person someone{server, "logout@example.com"};
  auto other_device = someone.log_in_again();
  auto peers = open_connections(server, someone);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/logout").status, 204);
  expect_refused(peers, someone);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(someone.refresh_token())).status, 401);
  EXPECT_EQ(other_device.get("/api/v1/users/me").status, 200);
}

TEST(Accounts, CallsWithoutMembersJudgeTheirBodies) {
  const program server;
  person someone{server, "logout@example.com"};
  const auto said = someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json();
  const auto run = "/api/v1/runs/" + member(said.at("run").as_object(), "id");
  for (const auto& target : {run + "/cancel", std::string{"/api/v1/auth/logout"}}) {
    http_peer peer{server.port()};
    peer.send(someone.request("POST", target, {}, {{"Content-Type", "text/plain"}, {"Content-Length", "2"}}) + "{}");
    EXPECT_EQ(peer.read_answer().status, 415) << target;
    EXPECT_EQ(someone.call("POST", target, "[]").status, 400) << target;
    EXPECT_EQ(someone.call("POST", target, R"({"all":true})").code(), "VALIDATION_ERROR") << target;
    EXPECT_EQ(someone.get(run).status, 200) << "nobody was logged out";
  }
  EXPECT_EQ(someone.call("POST", run + "/cancel", "{}").status, 200);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/logout", "{}").status, 204);
}

TEST(Accounts, WhoeverWasLoggedOutLearnsNothingElse) {
  const program server;
  person someone{server, "stale@example.com"};
  struct attempt {
    int status;
    const char* verb;
    std::string target;
    std::string body;
    fields head;
  };
  const auto conversation = "/api/v1/conversations/" + someone.new_conversation();
  const std::vector<attempt> attempts{
    {400, "PATCH", "/api/v1/users/me", "{", {}},
    {422, "PATCH", "/api/v1/users/me", R"({"height_cm":1})", {}},
    {400, "PATCH", "/api/v1/users/me", "{}", {{"If-Match", "junk"}}},
    {422, "PUT", "/api/v1/users/me/preferences", "{}", {}},
    {400, "POST", "/api/v1/conversations", "{}", {{"Idempotency-Key", ""}}},
    {400, "GET", "/api/v1/conversations?limit=0", {}, {}},
    {400, "DELETE", conversation, {}, {{"If-Match", "junk"}}},
    {406, "GET", conversation, {}, {{"Accept", "text/html"}}},
    {413, "POST", "/api/v1/chat", R"({"message":")" + std::string(1'100'000, 'x') + "\"}", {}},
  };
  const auto try_all = [&](auto status_of) {
    for (const auto& each : attempts)
      EXPECT_EQ(someone.call(each.verb, each.target, each.body, each.head).status, status_of(each))
        << each.verb << ' ' << each.target << ' ' << each.status;
    http_peer peer{server.port()};
    peer.send("POST /api/v1/chat HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + someone.token() +
              "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
    EXPECT_EQ(peer.read_answer().status, status_of(attempt{415, "", "", "", {}}));
  };
  try_all([](const attempt& each) { return each.status; });
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/logout").status, 204);
  try_all([](const attempt&) { return 401; });
}

TEST(Accounts, ANewPasswordEndsEveryOtherSessionAtOnce) {
  const program server{{"--http.threads=2"}};
  person someone{server, "change@example.com"};
  const auto other_device = someone.log_in_again();
  auto peers = open_connections(server, other_device);
  const std::string body = R"({"current_password":"wrong","new_password":"seven purple kayaks at dawn"})";
  const auto wrong = someone.call("POST", "/api/v1/auth/change-password", body);
  EXPECT_EQ(wrong.status, 403);
  EXPECT_EQ(wrong.code(), "FORBIDDEN");
  const auto weak = someone.call("POST", "/api/v1/auth/change-password",
    R"({"current_password":"correct horse battery staple","new_password":"password1"})");
  EXPECT_EQ(weak.status, 422);
  EXPECT_EQ(faulty_fields(weak), std::set<std::string>{"new_password"});
  EXPECT_EQ(someone
              .call("POST", "/api/v1/auth/change-password",
                R"({"current_password":"correct horse battery staple","new_password":"seven purple kayaks at dawn"})")
              .status,
    204);
  expect_refused(peers, other_device);
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/login", credentials(someone.email())).status, 401);
  EXPECT_EQ(
    someone.call("POST", "/api/v1/auth/login", credentials(someone.email(), "seven purple kayaks at dawn")).status,
    200);
}

TEST(Accounts, DeletingAnAccountLeavesNothing) {
  const program server{{"--auth.fresh_login=1s", "--limits.rate_enabled=false"}};
  person someone{server, "gone@example.com"};
  const auto conversation = someone.new_conversation();
  someone.call("POST", "/api/v1/conversations/" + conversation + "/messages", R"({"content":"Hello"})",
    {{"Idempotency-Key", "k"}});
  someone.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":80})");
  someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})");
  someone.call("POST", "/api/v1/auth/refresh", refresh_body(someone.refresh_token()));

  // `auth_time` has whole seconds: once it is too old it stays so.
  while (
    someone.call("DELETE", "/api/v1/users/me", {}, {{"If-Match", "\"never\""}}).code() != "REAUTHENTICATION_REQUIRED") {
  }
  auto fresh = someone.log_in_again();
  auto peers = open_connections(server, someone);
  ASSERT_EQ(fresh.call("DELETE", "/api/v1/users/me").status, 204);
  expect_refused(peers, someone);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/login", credentials(someone.email())).status, 401);
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/refresh", refresh_body(fresh.refresh_token())).status, 401);
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.tables_with(someone.id()), std::vector<std::string>{});
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.tables_with("gone@example.com"), std::vector<std::string>{});

  person again{server, "gone@example.com"};
  EXPECT_NE(again.id(), someone.id());
  EXPECT_TRUE(again.get("/api/v1/conversations").json().at("data").as_array().empty());
}

TEST(Accounts, JudgesPasswordsByTheirCharactersAndGuesses) {
  const program server;
  api_client client{server};
  int number = 0;
  const auto attempt = [&](const std::string& password) {
    return client.call(
      "POST", "/api/v1/auth/register", credentials("p" + std::to_string(++number) + "@example.com", password));
  };
  for (const auto* refused : {"", "short7!", "password", "12345678", "qwertyuiop", "aaaaaaaaaaaa", "abcdefgh"}) {
    const auto given = attempt(refused);
    EXPECT_EQ(given.status, 422) << refused;
    EXPECT_EQ(faulty_fields(given), std::set<std::string>{"password"}) << refused;
  }
  std::string longest;
  for (int i = 0; i < 256; ++i)
    longest += i % 3 == 0 ? "ü" : i % 3 == 1 ? "🏋" : "q";
  EXPECT_EQ(attempt(longest).status, 201);
  EXPECT_EQ(attempt(longest + "q").status, 422);
  // Composed and decomposed spellings are one password, and no character of it is lost.
  EXPECT_EQ(
    client.call("POST", "/api/v1/auth/register", credentials("nfc@example.com", "Zu\u0308rich kayaks at dawn")).status,
    201);
  EXPECT_EQ(
    client.call("POST", "/api/v1/auth/login", credentials("nfc@example.com", "Z\u00fcrich kayaks at dawn")).status,
    200);
  EXPECT_EQ(
    client.call("POST", "/api/v1/auth/login", credentials("nfc@example.com", "Z\u00fcrich kayaks at daw")).status, 401);
}

TEST(Accounts, TakesOneAccountForEachAddressInAnyCase) {
  const program server;
  person someone{server, "Some.One@Example.com"};
  EXPECT_EQ(member(someone.get("/api/v1/users/me"), "email"), "some.one@example.com");
  const auto taken = someone.call("POST", "/api/v1/auth/register", credentials("SOME.ONE@EXAMPLE.COM"));
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(taken.code(), "EMAIL_TAKEN");
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/login", credentials("sOME.oNE@eXAMPLE.COM")).status, 200);
  const auto wrong = someone.call("POST", "/api/v1/auth/login", credentials("some.one@example.com", "not it at all"));
  const auto unknown = someone.call("POST", "/api/v1/auth/login", credentials("nobody@example.com", "not it at all"));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(member(wrong, "detail"), member(unknown, "detail"));
  for (const auto* address : {"", "x", "a@", "@b", "a@b@c", "A <a@b.c>", "a b@c.d"})
    EXPECT_EQ(someone.call("POST", "/api/v1/auth/register", credentials(address)).status, 422) << address;
}

TEST(Accounts, NamesEveryFaultOfABodyAtOnce) {
  const program server;
  person someone{server, "faults@example.com"};
  const auto given = someone.call("PATCH", "/api/v1/users/me",
    R"({"id":"x","email":"new@example.com","height_cm":10,"weight_kg":null,"sex":"cat","goal":7,"units":null,)"
    R"("date_of_birth":"2026-13-01","allergies":["", 3],"unknown":1,"full_name":"a\u0000b","timezone":"Mars/Base","revision":9})");
  EXPECT_EQ(given.status, 422);
  EXPECT_EQ(given.code(), "VALIDATION_ERROR");
  auto found = faulty_fields(given);
  std::set<std::string> names;
  for (const auto& each : found)
    names.insert(each.substr(0, each.find_first_of("[.")));
  EXPECT_EQ(names, (std::set<std::string>{"id", "email", "height_cm", "weight_kg", "sex", "goal", "units",
                     "date_of_birth", "allergies", "unknown", "full_name", "timezone", "revision"}));
  // Nothing of it was done.
  EXPECT_EQ(member(someone.get("/api/v1/users/me"), "revision"), "1");
  for (const auto* malformed :
    {"[]", "7", "null", "\"x\"", "{", "{\"a\":1,}", "{\"a\":1}x", "{\"full_name\":\"\xff\"}"}) {
    const auto refused = someone.call("PATCH", "/api/v1/users/me", malformed);
    EXPECT_EQ(refused.status, 400) << malformed;
    EXPECT_EQ(refused.code(), "MALFORMED_REQUEST") << malformed;
  }
  std::string deep(33, '[');
  deep += std::string(33, ']');
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"full_name":)" + deep + '}').status, 400);
}

TEST(Accounts, NamesAWeakPasswordTogetherWithEveryOtherFault) {
  const program server;
  api_client nobody{server};
  const auto refused = nobody.call("POST", "/api/v1/auth/register",
    R"({"email":"a@b@c","password":"password1","timezone":"Mars/Base","nickname":"x"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(faulty_fields(refused), (std::set<std::string>{"email", "password", "timezone", "nickname"}));
  const auto alone = nobody.call("POST", "/api/v1/auth/register", credentials("weak@example.com", "password1"));
  EXPECT_EQ(faulty_fields(alone), std::set<std::string>{"password"});
  EXPECT_TRUE(alone.body.contains("too easy to guess")) << alone.body;
  const auto sound =
    nobody.call("POST", "/api/v1/auth/register", R"({"email":"a@b@c","password":"correct horse battery staple"})");
  EXPECT_EQ(faulty_fields(sound), std::set<std::string>{"email"});

  person someone{server, "change@example.com"};
  const auto change =
    someone.call("POST", "/api/v1/auth/change-password", R"({"new_password":"password1","hint":"x"})");
  EXPECT_EQ(change.status, 422);
  EXPECT_EQ(faulty_fields(change), (std::set<std::string>{"current_password", "new_password", "hint"}));
  someone.call("POST", "/api/v1/auth/logout");
  EXPECT_EQ(someone.call("POST", "/api/v1/auth/change-password", R"({"new_password":"password1"})").status, 401);
}

TEST(Accounts, RefusesTextsThatShowNothing) {
  const program server;
  person someone{server, "blank@example.com"};
  const auto conversation = "/api/v1/conversations/" + someone.new_conversation();
  const auto blank = json_string(" \t\u00A0\u200B\n");
  const auto faulty = [&](std::string_view verb, std::string_view target, const std::string& name) {
    const auto value = name == "allergies" ? '[' + blank + ']' : blank;
    const auto given = someone.call(verb, target, "{\"" + name + "\":" + value + R"(,"scopes":["read"]})");
    EXPECT_EQ(given.status, 422) << target;
    return given.body.contains(R"("field":")" + name) && given.body.contains(R"("rule":"blank")");
  };
  EXPECT_TRUE(faulty("POST", "/api/v1/chat", "message"));
  EXPECT_TRUE(faulty("POST", "/api/v1/chat/stream", "message"));
  EXPECT_TRUE(faulty("POST", "/api/v1/conversations", "title"));
  EXPECT_TRUE(faulty("PATCH", conversation, "title"));
  EXPECT_TRUE(faulty("POST", conversation + "/messages", "content"));
  EXPECT_TRUE(faulty("PATCH", "/api/v1/users/me", "full_name"));
  EXPECT_TRUE(faulty("PATCH", "/api/v1/users/me", "allergies"));
  EXPECT_TRUE(faulty("POST", "/api/v1/api-keys", "name"));
}

TEST(Accounts, NamesFaultsAndChangedReadOnlyMembersOfPreferencesTogether) {
  const program server;
  person someone{server, "together@example.com"};
  const auto target = "/api/v1/users/me/preferences";
  auto body = someone.get(target).json();
  body["theme"] = "purple";
  body["session_minutes"] = 1;
  body["revision"] = 7;
  body["id"] = "0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01";
  const auto given = someone.call("PUT", target, boost::json::serialize(body));
  EXPECT_EQ(given.status, 422);
  EXPECT_EQ(faulty_fields(given), (std::set<std::string>{"theme", "session_minutes", "revision", "id"}));
  body = someone.get(target).json();
  body["revision"] = 7;
  const auto read_only = someone.call("PUT", target, boost::json::serialize(body));
  EXPECT_EQ(read_only.status, 422);
  EXPECT_EQ(member(read_only.json().at("errors").as_array().at(0).as_object(), "rule"), "read_only");
}

TEST(Accounts, NamesTheValueOfAMeasurementTogetherWithOtherFaults) {
  const program server;
  person someone{server, "value@example.com"};
  const auto made = someone.call("POST", "/api/v1/progress", R"({"metric":"energy","value":3})");
  const auto given = someone.call("PATCH", made["Location"], R"({"value":9,"metric":"stress","note":7})");
  EXPECT_EQ(given.status, 422);
  EXPECT_EQ(faulty_fields(given), (std::set<std::string>{"value", "metric", "note"}));
  const auto half = someone.call("PATCH", made["Location"], R"({"value":2.5})");
  EXPECT_EQ(half.status, 422);
  EXPECT_EQ(faulty_fields(half), std::set<std::string>{"value"});
  const std::string nowhere = "/api/v1/progress/0198c5a2-7b1e-7c3a-9f41-2d6e8b5a1c01";
  EXPECT_EQ(someone.call("PATCH", nowhere, R"({"value":9,"note":7})").status, 422);
  EXPECT_EQ(someone.call("PATCH", nowhere, R"({"value":9})").status, 404);
}

TEST(Accounts, RefusesRegistrationWhereItIsClosed) {
  const program server{{"--auth.registration=closed"}};
  api_client client{server};
  const auto given = client.call("POST", "/api/v1/auth/register", credentials("late@example.com"));
  EXPECT_EQ(given.status, 403);
  EXPECT_EQ(given.code(), "FORBIDDEN");
}

}  // namespace
}  // namespace genesis::system_test
