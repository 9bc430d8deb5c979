#include "http/openapi.hpp"
#include "http/routes/specs.hpp"
#include "tests/system/database_file.hpp"
#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace genesis::system_test {
namespace {

using http::route_spec;

constexpr std::string_view nobodys_id = "0198c5a2-9a13-7a4e-9385-61a2cf9e5999";

/// Logging in often is what these tests do.
const program::settings without_rates{"--limits.rate_enabled=false"};

std::string target_of(const route_spec& route, std::string_view id = nobodys_id) {
  std::string target{route.path};
  if (const auto at = target.find("{id:uuid}"); at != std::string::npos)
    target.replace(at, 9, id);
  if (const auto at = target.find("{name}"); at != std::string::npos)
    target.replace(at, 6, "not-found");
  return target + http::query_example(route);
}

answer call(api_client& client, const route_spec& route, fields head = {}) {
  return client.call(to_string(route.verb), target_of(route), http::request_example(route), std::move(head));
}

std::string key_body(std::string_view scopes, std::string_view name = "Test") {
  return R"({"name":)" + json_string(name) + R"(,"scopes":)" + std::string{scopes} + '}';
}

struct made_key {
  std::string id;
  std::string text;
};

made_key make_key(person& owner, std::string_view scopes = R"(["read","write","chat"])") {
  const auto made = owner.call("POST", "/api/v1/api-keys", key_body(scopes));
  EXPECT_EQ(made.status, 201) << made.body;
  return {member(made, "id"), member(made, "key")};
}

fields with_key(std::string_view key) {
  return {{"X-API-Key", std::string{key}}};
}

/// A problem without what differs from answer to answer.
std::string told(const answer& given) {
  auto problem = given.json();
  problem.erase("request_id");
  return std::to_string(given.status) + boost::json::serialize(problem) + given["WWW-Authenticate"];
}

/// Whether the caller was let in: what then became of the example is the route's business.
bool is_let_in(const route_spec& route, const answer& given) {
  const bool may_conflict = std::ranges::find(route.problems, http::problem_code::conflict) != route.problems.end();
  return given.status == 404 || (given.status == 204 && shows_change(route)) || (given.status == 409 && may_conflict) ||
         std::ranges::any_of(route.responses, [&](const auto& each) { return each.status == given.status; });
}

// --- every route of the declarations
// ------------------------------------------------------------------------------------------

TEST(Access, EveryRouteRefusesWhoeverShowsNothingGood) {
  const program server{without_rates};
  api_client nobody{server};
  person someone{server, "someone@example.com"};
  const auto key = make_key(someone);
  auto forged = key.text;
  forged[60] = forged[60] == 'A' ? 'B' : 'A';
  auto of_nobody = key.text;
  of_nobody[30] = of_nobody[30] == 'A' ? 'B' : 'A';
  const std::vector<fields> shown{{}, with_key("x"), with_key(""), with_key(someone.token()), with_key(forged),
    with_key(of_nobody), {{"Authorization", "Bearer " + forged}}, {{"Authorization", "Bearer gk_"}},
    {{"Authorization", "Basic " + key.text}}, {{"Authorization", key.text}}};
  for (const auto& route : http::route_specs()) {
    for (const auto& head : shown) {
      if (route.security == http::security::bearer) {
        const auto given = call(nobody, route, head);
        EXPECT_EQ(given.status, 401) << route.operation_id << ' ' << (head.empty() ? "" : head[0].second);
        EXPECT_TRUE(given["WWW-Authenticate"].starts_with("Bearer"));
      } else if (route.verb == http::method::get) {
        EXPECT_TRUE(is_let_in(route, call(nobody, route, head))) << route.operation_id;
      }
    }
  }
}

/// RFC 6750 3.1.
TEST(Access, NamesTheErrorWhereATokenOrKeyWasShown) {
  const program server{without_rates};
  api_client nobody{server};
  person someone{server, "shown@example.com"};
  const auto revoked = make_key(someone);
  ASSERT_EQ(someone.call("DELETE", "/api/v1/api-keys/" + revoked.id).status, 204);
  auto ended = someone.log_in_again();
  ASSERT_EQ(ended.call("POST", "/api/v1/auth/logout").status, 204);
  const auto challenge = [&](const fields& head) {
    const auto given = nobody.call("GET", "/api/v1/users/me", {}, head);
    EXPECT_EQ(given.status, 401);
    return given["WWW-Authenticate"];
  };
  const std::string huge(5'000, 'a');
  for (const auto& token : {ended.token(), revoked.text, huge, std::string{"a.b.c"}, std::string{"a b"}})
    EXPECT_EQ(challenge({{"Authorization", "Bearer " + token}}), R"(Bearer realm="genesis", error="invalid_token")");
  for (const auto& key : {revoked.text, std::string{"x"}})
    EXPECT_EQ(challenge(with_key(key)), R"(Bearer realm="genesis", error="invalid_token")");
  for (const auto& head : {fields{}, fields{{"Authorization", "Bearer"}}, fields{{"Authorization", "Basic YTpi"}}})
    EXPECT_EQ(challenge(head), R"(Bearer realm="genesis")");
}

TEST(Access, EveryRouteLetsInTheKeysWhoseScopeItNames) {
  const program server;
  person owner{server, "owner@example.com"};
  for (const auto& [scope, name] : enum_names<key_scope>) {
    const auto key = make_key(owner, R"([")" + std::string{name} + R"("])");
    api_client program_of_owner{server};
    program_of_owner.token = key.text;
    for (const auto& route : http::route_specs()) {
      if (route.security != http::security::bearer)
        continue;
      const auto given = call(program_of_owner, route);
      if (std::ranges::find(route.scopes, scope) != route.scopes.end()) {
        EXPECT_TRUE(is_let_in(route, given)) << name << ' ' << route.operation_id << ' ' << given.body;
        continue;
      }
      EXPECT_EQ(given.status, 403) << name << ' ' << route.operation_id << ' ' << given.body;
      EXPECT_EQ(given.code(), "FORBIDDEN");
      for (const auto wanted : route.scopes)
        EXPECT_TRUE(member(given, "detail").contains(name_of(wanted))) << member(given, "detail");
    }
  }
  // No key has changed anything that is for the person alone.
  EXPECT_EQ(owner.get("/api/v1/api-keys").json().at("data").as_array().size(), 3U);
  EXPECT_EQ(owner.get("/api/v1/sessions").json().at("data").as_array().size(), 1U);
  EXPECT_NO_THROW(static_cast<void>(owner.log_in_again()));
}

TEST(Access, EveryRouteLetsInTheRolesThatItNames) {
  const program server{without_rates};
  int number = 0;
  const auto somebody_with = [&](std::string_view role) {
    person made{server, std::string{role} + std::to_string(++number) + "@example.com"};
    EXPECT_EQ(server.command({"user", "role", made.email(), std::string{role}}), 0);
    auto again = made.log_in_again();
    EXPECT_EQ(member(again.get("/api/v1/users/me"), "role"), role);
    return again;
  };
  for (const auto& [role, name] : enum_names<user_role>) {
    auto someone = somebody_with(name);
    for (const auto& route : http::route_specs()) {
      if (route.security != http::security::bearer)
        continue;
      const auto given = someone.call(to_string(route.verb), target_of(route), http::request_example(route));
      if (route.roles.empty() || std::ranges::find(route.roles, role) != route.roles.end())
        EXPECT_TRUE(is_let_in(route, given)) << name << ' ' << route.operation_id << ' ' << given.body;
      else
        EXPECT_EQ(given.status, 403) << name << ' ' << route.operation_id;
      if (someone.get("/api/v1/users/me").status == 401)  // the route was logout, or the end of the account
        someone = somebody_with(name);
    }
  }
}

TEST(Access, EveryRouteHidesOtherPeoplesThings) {
  const program server;
  person owner{server, "owner@example.com"};
  person other{server, "other@example.com"};
  const auto other_key = make_key(other);
  const auto conversation = owner.new_conversation();
  const auto sessions = owner.get("/api/v1/sessions").json();
  std::map<std::string, std::string, std::less<>> things{
    {"/api/v1/conversations/", conversation},
    {"/api/v1/messages/",
      member(owner.call("POST", "/api/v1/conversations/" + conversation + "/messages", R"({"content":"Mine"})"), "id")},
    {"/api/v1/progress/", member(owner.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":80})"), "id")},
    {"/api/v1/runs/",
      member(owner.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json().at("run").as_object(), "id")},
    {"/api/v1/api-keys/", make_key(owner).id},
    {"/api/v1/sessions/", member(sessions.at("data").at(0).as_object(), "id")},
  };
  for (const auto& [path, id] : owner.new_plans_and_log())
    things.emplace(path, id);
  std::set<std::string_view> hidden;
  for (const auto& route : http::route_specs()) {
    const auto parameter = route.path.find("{id:uuid}");
    if (parameter == std::string_view::npos)
      continue;
    const auto thing = things.find(route.path.substr(0, parameter));
    ASSERT_NE(thing, things.end()) << route.path << " has things that this test does not know";
    hidden.insert(thing->first);
    const auto target = target_of(route, thing->second);
    const auto body = http::request_example(route);
    EXPECT_EQ(other.call(to_string(route.verb), target, body).status, 404) << route.operation_id;
    if (route.scopes.empty())
      continue;
    api_client program_of_other{server};
    EXPECT_EQ(program_of_other.call(to_string(route.verb), target, body, with_key(other_key.text)).status, 404)
      << route.operation_id;
  }
  EXPECT_EQ(hidden.size(), things.size());
  // Nothing of it has touched the owner's things.
  EXPECT_EQ(owner.get("/api/v1/conversations/" + conversation).status, 200);
  EXPECT_EQ(owner.get("/api/v1/api-keys").json().at("data").as_array().size(), 1U);
}

// --- API keys
// ------------------------------------------------------------------------------------------------------------

TEST(Access, AKeyIsShownOnceAndKeptNowhere) {
  const program server;
  person owner{server, "owner@example.com"};
  const fields once{{"Idempotency-Key", "make-it"}};
  const auto made = owner.call("POST", "/api/v1/api-keys", key_body(R"(["read"])"), once);
  ASSERT_EQ(made.status, 201);
  EXPECT_EQ(made["Cache-Control"], "no-store");
  EXPECT_EQ(made.field("ETag"), std::nullopt);
  const auto key = member(made, "key");
  EXPECT_TRUE(key.starts_with(member(made, "prefix")));

  const auto repeated = owner.call("POST", "/api/v1/api-keys", key_body(R"(["read"])"), once);
  EXPECT_EQ(repeated.status, 201);
  EXPECT_EQ(repeated["Location"], made["Location"]);
  EXPECT_EQ(member(repeated, "id"), member(made, "id"));
  EXPECT_FALSE(repeated.json().contains("key"));
  EXPECT_EQ(owner.call("POST", "/api/v1/api-keys", key_body(R"(["write"])"), once).status, 422);

  const auto list = owner.get("/api/v1/api-keys");
  EXPECT_EQ(list.json().at("data").as_array().size(), 1U);
  EXPECT_FALSE(list.body.contains(key));
  api_client holder{server};
  EXPECT_EQ(holder.call("GET", "/api/v1/users/me", {}, with_key(key)).status, 200);
  EXPECT_FALSE(server.log().contains(key));
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.tables_with(key), std::vector<std::string>{});
  // That it was used is stored behind the request.
  const auto until = std::chrono::steady_clock::now() + patience;
  while (owner.get("/api/v1/api-keys").json().at("data").at(0).at("last_used_at").is_null())
    ASSERT_LT(std::chrono::steady_clock::now(), until);
}

/// A gateway has one key and many connections. No thread of a new server knows the key.
TEST(Access, AKeyIsGoodOnManyConnectionsFromTheFirstMomentOn) {
  program server{{"--limits.failed_logins_per_account=2", "--limits.failed_logins_per_address=4"}};
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  server.crash();
  server.start();
  std::vector<http_peer> peers;
  for (int i = 0; i < 40; ++i)
    peers.emplace_back(server.port()).send(request_text("GET", "/api/v1/users/me", with_key(key.text)));
  for (auto& each : peers)
    EXPECT_EQ(each.read_answer().status, 200);
  // Wrong ones are counted all the same.
  auto wrong = key.text;
  wrong[60] = wrong[60] == 'A' ? 'B' : 'A';
  api_client guesser{server};
  std::vector<int> statuses;
  for (int i = 0; i < 4; ++i)
    statuses.push_back(guesser.call("GET", "/api/v1/users/me", {}, with_key(wrong)).status);
  EXPECT_EQ(statuses, (std::vector{401, 401, 429, 429}));
  EXPECT_EQ(guesser.call("GET", "/api/v1/users/me", {}, with_key(key.text)).status, 200);
}

/// Whichever thread takes their connection, and whatever others guess behind the same address.
TEST(Access, AKeyThatWasUsedOnceIsKnownToAllThreads) {
  const program server{{"--http.threads=3", "--limits.failed_logins_per_address=5"}};
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  const auto look = [&](const std::string& text) {
    return api_client{server}.call("GET", "/api/v1/users/me", {}, with_key(text)).status;
  };
  EXPECT_EQ(look(key.text), 200);
  auto wrong = key.text;
  wrong[60] = wrong[60] == 'A' ? 'B' : 'A';
  EXPECT_TRUE(becomes([&] { return look(wrong) == 429; }));
  for (int i = 0; i < 24; ++i)
    EXPECT_EQ(look(key.text), 200) << i;
}

TEST(Access, AKeyComesInOneHeader) {
  const program server;
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  api_client holder{server};
  const auto status = [&](fields head) { return holder.call("GET", "/api/v1/users/me", {}, std::move(head)).status; };
  const std::pair<std::string, std::string> as_key{"x-api-key", key.text};
  const std::pair<std::string, std::string> as_bearer{"authorization", "bearer " + key.text};
  const std::pair<std::string, std::string> as_token{"Authorization", "Bearer " + owner.token()};
  EXPECT_EQ(status({as_key}), 200);
  EXPECT_EQ(status({as_bearer}), 200);
  EXPECT_EQ(status({as_key, as_bearer}), 400);
  EXPECT_EQ(status({as_key, as_token}), 400);
  EXPECT_EQ(status({as_key, as_key}), 400);
  EXPECT_EQ(status({as_bearer, as_token}), 400);
}

TEST(Access, WrongKeysAreToldApartByNobody) {
  const program server;
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  const auto revoked = make_key(owner);
  ASSERT_EQ(owner.call("DELETE", "/api/v1/api-keys/" + revoked.id).status, 204);
  api_client stranger{server};
  std::set<std::string> all;
  for (const std::size_t changed : {5U, 30U, 60U}) {  // of the key's id, of the person's, of the secret
    auto text = key.text;
    text[changed] = text[changed] == 'A' ? 'B' : 'A';
    all.insert(told(stranger.call("GET", "/api/v1/users/me", {}, with_key(text))));
  }
  all.insert(told(stranger.call("GET", "/api/v1/users/me", {}, with_key("gk_nonsense"))));
  all.insert(told(stranger.call("GET", "/api/v1/users/me", {}, with_key(revoked.text))));
  EXPECT_EQ(all.size(), 1U) << *all.begin();
}

/// Connections on which the key has just been good.
std::vector<http_peer> connections_with(const program& server, const std::string& key) {
  std::vector<http_peer> all;
  for (int i = 0; i < 4; ++i) {
    all.emplace_back(server.port());
    all.back().send(request_text("GET", "/api/v1/users/me", with_key(key)));
    EXPECT_EQ(all.back().read_answer().status, 200);
  }
  return all;
}

void expect_refused(std::vector<http_peer>& peers, const std::string& key) {
  const auto status = [&](http_peer& peer, std::string_view verb, std::string_view target, std::string_view body) {
    peer.send(request_text(verb, target, with_key(key), body));
    return peer.read_answer().status;
  };
  for (auto& each : peers) {
    EXPECT_EQ(status(each, "GET", "/api/v1/users/me", {}), 401);
    EXPECT_EQ(status(each, "POST", "/api/v1/chat/stream", R"({"message":"Hello"})"), 401);
    // Neither what is wrong with the request nor what the key might have done is told.
    EXPECT_EQ(status(each, "PATCH", "/api/v1/users/me", "{"), 401);
    EXPECT_EQ(status(each, "GET", "/api/v1/sessions", {}), 401);
  }
}

TEST(Access, ARevokedKeyIsRefusedOnEveryConnectionAtOnce) {
  const program server{{"--http.threads=2"}};
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  const auto other = make_key(owner);
  auto peers = connections_with(server, key.text);
  ASSERT_EQ(owner.call("DELETE", "/api/v1/api-keys/" + key.id).status, 204);
  expect_refused(peers, key.text);
  EXPECT_EQ(owner.call("DELETE", "/api/v1/api-keys/" + key.id).status, 404);
  connections_with(server, other.text);
}

TEST(Access, KeysOutliveAPasswordAndARestartButNotTheAccount) {
  program server{{"--http.threads=2"}};
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner);
  ASSERT_EQ(owner
              .call("POST", "/api/v1/auth/change-password",
                R"({"current_password":"correct horse battery staple","new_password":"seven purple kayaks at dawn"})")
              .status,
    204);
  connections_with(server, key.text);
  server.crash();
  server.start();
  auto peers = connections_with(server, key.text);
  ASSERT_EQ(server.command({"user", "disable", owner.email()}), 0);
  expect_refused(peers, key.text);
  ASSERT_EQ(server.command({"user", "enable", owner.email()}), 0);
  peers = connections_with(server, key.text);
  const auto session = api_client{server}.call(
    "POST", "/api/v1/auth/login", R"({"email":"owner@example.com","password":"seven purple kayaks at dawn"})");
  ASSERT_EQ(session.status, 200);
  owner.take_tokens(session);
  ASSERT_EQ(owner.call("DELETE", "/api/v1/users/me").status, 204);
  expect_refused(peers, key.text);
  EXPECT_EQ(database_file{server.data() / "genesis.db"}.number("select count(*) from api_keys"), 0);
}

TEST(Access, APersonHasSoManyKeys) {
  const program server;
  person owner{server, "owner@example.com"};
  for (std::size_t i = 0; i < api_keys_per_user_max; ++i)
    make_key(owner);
  const auto refused = owner.call("POST", "/api/v1/api-keys", key_body(R"(["read"])"));
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.code(), "CONFLICT");
  EXPECT_EQ(member(refused, "detail"), "there are 32 API keys already, the most there may be: revoke one first");
  std::set<std::string> seen;
  std::string target = "/api/v1/api-keys?limit=10";
  for (auto page = owner.get(target).json();; page = owner.get(target).json()) {
    for (const auto& each : page.at("data").as_array())
      seen.insert(member(each.as_object(), "id"));
    if (!page.at("has_more").as_bool())
      break;
    target = "/api/v1/api-keys?limit=10&after=" + member(page, "next_cursor");
  }
  EXPECT_EQ(seen.size(), api_keys_per_user_max);
}

TEST(Access, AChatKeyFollowsItsRunToTheEnd) {
  const program server;
  person owner{server, "owner@example.com"};
  const auto key = make_key(owner, R"(["chat"])");
  api_client holder{server};
  holder.token = key.text;
  const auto talk = holder.call("POST", "/api/v1/chat", R"({"message":"Hello"})");
  ASSERT_EQ(talk.status, 200);
  const auto run = "/api/v1/runs/" + member(talk.json().at("run").as_object(), "id");
  EXPECT_EQ(holder.call("GET", run).status, 200);
  EXPECT_TRUE(holder.call("GET", run + "/stream").is_whole);
  EXPECT_EQ(holder.call("POST", run + "/cancel").status, 200);
  EXPECT_EQ(holder.call("GET", "/api/v1/conversations").status, 403);
}

TEST(Access, AKeyThatMayNotReadIsShownNothingOfWhatItWrites) {
  const program server;
  person owner{server, "owner@example.com"};
  api_client writer{server};
  writer.token = make_key(owner, R"(["write"])").text;
  api_client both{server};
  both.token = make_key(owner, R"(["read","write"])").text;

  const auto record = writer.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":71})");
  EXPECT_EQ(record.status, 201);
  EXPECT_EQ(record.body, "");
  EXPECT_EQ(record["Content-Length"], "0");
  const auto where = record["Location"];
  EXPECT_EQ(member(owner.get(where), "value"), "71");
  // What it has is enough to go on: the address, and the tag of what it may change.
  const auto changed = writer.call("PATCH", where, R"({"value":71.6})", {{"If-Match", record["ETag"]}});
  EXPECT_EQ(changed.status, 204);
  EXPECT_EQ(changed["ETag"], owner.get(where)["ETag"]);
  EXPECT_FALSE(changed.field("Preference-Applied"));
  EXPECT_EQ(writer.call("PATCH", where, R"({"value":71.8})", {{"If-Match", record["ETag"]}}).status, 412);
  EXPECT_EQ(writer.call("PATCH", "/api/v1/users/me", R"({"height_cm":180})").status, 204);
  EXPECT_EQ(writer.call("POST", "/api/v1/conversations", R"({"title":"Quiet"})").body, "");
  EXPECT_EQ(both.call("PATCH", where, R"({"value":72})").status, 200);

  // A repetition of somebody else's request shows no more.
  const fields once{{"Idempotency-Key", "weighed"}};
  const auto body = R"({"metric":"weight_kg","value":72,"note":"mine alone"})";
  const auto first = owner.call("POST", "/api/v1/progress", body, once);
  EXPECT_EQ(member(first, "note"), "mine alone");
  const auto again = writer.call("POST", "/api/v1/progress", body, once);
  EXPECT_EQ(again["Location"], first["Location"]);
  EXPECT_EQ(again.body, "");
}

TEST(Access, AnybodyMayPreferAChangeWithoutItsResult) {
  const program server;
  person owner{server, "owner@example.com"};
  const fields minimal{{"Prefer", "return=minimal"}};
  const auto changed = owner.call("PATCH", "/api/v1/users/me", R"({"height_cm":180})", minimal);
  EXPECT_EQ(changed.status, 204);
  EXPECT_EQ(changed["Preference-Applied"], "return=minimal");
  EXPECT_EQ(changed["ETag"], owner.get("/api/v1/users/me")["ETag"]);
  const auto made = owner.call("POST", "/api/v1/conversations", R"({"title":"Quiet"})", minimal);
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.body, "");
  EXPECT_EQ(member(owner.get(made["Location"]), "title"), "Quiet");
  EXPECT_TRUE(owner.call("POST", "/api/v1/api-keys", key_body(R"(["read"])"), minimal).body.contains("gk_"));
}

TEST(Access, AKeyIsFoundWhereItsLocationSays) {
  const program server;
  person owner{server, "owner@example.com"};
  const auto made = owner.call("POST", "/api/v1/api-keys", key_body(R"(["read"])", "Scale"));
  const auto shown = owner.get(made["Location"]);
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(shown.json(), owner.get("/api/v1/api-keys").json().at("data").as_array().at(0).as_object());
  EXPECT_FALSE(shown.body.contains(member(made, "key")));
  EXPECT_EQ(owner.call("GET", made["Location"], {}, {{"If-None-Match", shown["ETag"]}}).status, 304);
  EXPECT_EQ(owner.call("DELETE", made["Location"]).status, 204);
  EXPECT_EQ(owner.get(made["Location"]).status, 404);
}

// --- sessions
// ------------------------------------------------------------------------------------------------------------

TEST(Access, SessionsAreListedWithWhereTheyCameFrom) {
  const program server;
  person here{server, "owner@example.com"};
  const auto there = here.log_in_again();
  const auto listed = here.get("/api/v1/sessions");
  ASSERT_EQ(listed.status, 200);
  EXPECT_FALSE(listed["ETag"].empty());
  const auto page = listed.json();
  const auto& all = page.at("data").as_array();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_FALSE(all[0].at("current").as_bool()) << "the newest first";
  EXPECT_TRUE(all[1].at("current").as_bool());
  for (const auto& each : all)
    EXPECT_EQ(member(each.as_object(), "address"), "127.0.0.1");
  for (const auto& each : all)
    EXPECT_EQ(here.get("/api/v1/sessions/" + member(each.as_object(), "id")).json(), each.as_object());
}

TEST(Access, AnEndedSessionIsRefusedOnEveryConnectionAtOnce) {
  const program server{{"--http.threads=2"}};
  person here{server, "owner@example.com"};
  auto there = here.log_in_again();
  const auto id_of_current = [](person& who) {
    const auto page = who.get("/api/v1/sessions").json();
    for (const auto& each : page.at("data").as_array())
      if (each.at("current").as_bool())
        return member(each.as_object(), "id");
    return std::string{};
  };
  const auto ended = id_of_current(there);
  std::vector<http_peer> peers;
  for (int i = 0; i < 4; ++i) {
    peers.emplace_back(server.port());
    peers.back().send(there.request("GET", "/api/v1/users/me"));
    EXPECT_EQ(peers.back().read_answer().status, 200);
  }
  EXPECT_EQ(here.call("DELETE", "/api/v1/sessions/" + ended).status, 204);
  for (auto& each : peers) {
    each.send(there.request("GET", "/api/v1/users/me"));
    EXPECT_EQ(each.read_answer().status, 401);
  }
  EXPECT_EQ(
    there.call("POST", "/api/v1/auth/refresh", R"({"refresh_token":)" + json_string(there.refresh_token()) + '}')
      .status,
    401);
  EXPECT_EQ(here.get("/api/v1/sessions/" + ended).status, 404);
  EXPECT_EQ(here.call("DELETE", "/api/v1/sessions/" + ended).status, 404);
  EXPECT_EQ(here.call("DELETE", "/api/v1/sessions/" + id_of_current(here)).status, 204);
  EXPECT_EQ(here.get("/api/v1/users/me").status, 401);
}

}  // namespace
}  // namespace genesis::system_test
