#include "http/openapi.hpp"
#include "http/route.hpp"
#include "http/routes/specs.hpp"
#include "tests/system/api_document.hpp"
#include "tests/system/false_cdn.hpp"
#include "tests/system/http_peer.hpp"
#include "tests/system/person.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace genesis::system_test {
namespace {

/// Plays the documented example of every route in an order that makes sense, with the ids that the server really gave
/// in the place of the documented ones. What is posted is posted under a condition first that does not hold, which must
/// change nothing.
class documented_walk {
public:
  explicit documented_walk(const program& server) : routes_(http::route_specs()), client_(server) {}

  /// One route, by its operation id; the answer has been checked against the document.
  answer play(std::string_view operation) {
    const auto& route = *std::ranges::find(routes_, operation, &http::route_spec::operation_id);
    played_.emplace(operation);
    const auto target = in_terms_of_now(target_of(route));
    const auto body = route.body != nullptr ? in_terms_of_now(http::example_of(*route.body)) : std::string{};
    if (route.verb == http::method::post) {
      EXPECT_EQ(client_.call("POST", target, body, {{"If-None-Match", "*"}}).status, 412) << operation;
    }
    auto given = client_.call(to_string(route.verb), target, body);
    EXPECT_TRUE(std::ranges::any_of(route.responses, [&](const auto& each) { return each.status == given.status; }))
      << operation << " answers " << given.status << ": " << given.body;
    check_head(route, given);
    if (route.verb == http::method::get)
      check_head_request(target, given);
    return given;
  }

  /// From now on the documented value stands for the real one.
  void carry(std::string documented, std::string real) { real_[std::move(documented)] = std::move(real); }
  void sign_in(const answer& session) {
    client_.token = member(session, "access_token");
    carry("gr_kX0dL2vQ7mZt", member(session, "refresh_token"));
  }
  [[nodiscard]] const std::vector<http::route_spec>& routes() const noexcept { return routes_; }
  [[nodiscard]] const std::set<std::string, std::less<>>& played() const noexcept { return played_; }

private:
  static std::string target_of(const http::route_spec& route) {
    std::string target;
    for (const auto segment : http::segments_of(route.path)) {
      const auto id = route.example_id.size() > 2 ? route.example_id.substr(1, route.example_id.size() - 2) : "";
      target += '/';
      target += segment.starts_with('{') ? id : segment;
    }
    return target.empty() ? "/" : target + http::query_example(route);
  }

  [[nodiscard]] std::string in_terms_of_now(std::string text) const {
    for (const auto& [documented, real] : real_)
      for (auto at = text.find(documented); at != std::string::npos; at = text.find(documented, at + real.size()))
        text.replace(at, documented.size(), real);
    return text;
  }

  static void check_head(const http::route_spec& route, const answer& given) {
    const auto cache = given["Cache-Control"];
    switch (route.cache) {
    case http::cache_class::private_entity:
    case http::cache_class::private_list:
      EXPECT_EQ(cache, "private, no-cache, max-age=0") << route.operation_id;
      EXPECT_FALSE(given.field("Surrogate-Key")) << route.operation_id;
      EXPECT_EQ(given.field("ETag").has_value(), given.status == 200 || given.status == 201) << route.operation_id;
      break;
    case http::cache_class::public_keys:
    case http::cache_class::public_page:
      EXPECT_TRUE(cache.starts_with("public, ")) << cache;
      EXPECT_EQ(given["Surrogate-Key"], "public " + std::string{route.surrogate_key}) << route.operation_id;
      break;
    case http::cache_class::no_store: EXPECT_EQ(cache, "no-store") << route.operation_id; break;
    case http::cache_class::stream:
      EXPECT_EQ(cache, "no-store, no-transform");
      EXPECT_EQ(given["X-Accel-Buffering"], "no");
      break;
    }
    EXPECT_FALSE(given["X-Request-ID"].empty());
    EXPECT_EQ(given["X-Content-Type-Options"], "nosniff");
    for (const auto& each : route.responses) {
      if (each.status == given.status && each.has_location) {
        EXPECT_TRUE(given["Location"].starts_with("/api/v1/")) << route.operation_id;
      }
    }
  }

  /// HEAD says what GET says, without the body.
  void check_head_request(const std::string& target, const answer& given) {
    const auto head = client_.call("HEAD", target);
    EXPECT_EQ(head.status, given.status) << target;
    EXPECT_EQ(head["Content-Type"], given["Content-Type"]) << target;
    EXPECT_EQ(head["ETag"], given["ETag"]) << target;
    if (!given.is_chunked && !target.ends_with("/metrics") && !target.ends_with("/health")) {
      EXPECT_EQ(head["Content-Length"], given["Content-Length"]) << target;
    }
  }

  std::vector<http::route_spec> routes_;
  api_client client_;
  std::map<std::string, std::string> real_;
  std::set<std::string, std::less<>> played_;
};

constexpr auto documented_conversation = "0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d02";
constexpr auto documented_question = "0198c5a2-9a11-7d2c-b163-4f80ad7c3e03";
constexpr auto documented_run = "0198c5a2-9a13-7a4e-9385-61a2cf9e5005";

std::string documented_id(const std::vector<http::route_spec>& routes, std::string_view operation) {
  const auto& route = *std::ranges::find(routes, operation, &http::route_spec::operation_id);
  return std::string{route.example_id.substr(1, route.example_id.size() - 2)};
}

TEST(Contract, EveryDocumentedExampleWorksAndIsAnsweredAsDocumented) {
  const false_cdn cdn;
  const program server{{"--http.purge_url=" + cdn.url()}};
  documented_walk walk{server};
  for (const auto* page : {"show_live", "show_ready", "show_health", "show_metrics", "show_openapi", "show_keys",
         "show_problem", "show_root"})
    EXPECT_EQ(walk.play(page).status, 200) << page;

  const auto registered = walk.play("register");
  EXPECT_EQ(registered["Location"], "/api/v1/users/me");
  walk.sign_in(registered);
  walk.sign_in(walk.play("login"));
  walk.sign_in(walk.play("refresh"));
  walk.play("show_user");
  const auto changed = walk.play("change_user").json();
  EXPECT_EQ(changed.at("revision").as_int64(), 2);
  walk.play("show_preferences");
  walk.play("replace_preferences");

  const auto key = walk.play("create_api_key");
  EXPECT_EQ(key["Location"], "/api/v1/api-keys/" + member(key, "id"));
  walk.carry(documented_id(walk.routes(), "delete_api_key"), member(key, "id"));
  walk.play("list_api_keys");
  walk.play("show_api_key");
  EXPECT_EQ(walk.play("delete_api_key").status, 204);
  const auto sessions = walk.play("list_sessions").json();
  for (const auto& each : sessions.at("data").as_array())
    if (!each.at("current").as_bool())
      walk.carry(documented_id(walk.routes(), "delete_session"), member(each.as_object(), "id"));
  walk.play("show_session");
  EXPECT_EQ(walk.play("delete_session").status, 204);

  const auto conversation = walk.play("create_conversation");
  walk.carry(documented_conversation, member(conversation, "id"));
  EXPECT_EQ(conversation["Location"], "/api/v1/conversations/" + member(conversation, "id"));
  walk.play("list_conversations");
  walk.play("show_conversation");
  walk.play("change_conversation");
  const auto message = walk.play("post_message");
  walk.carry(documented_question, member(message, "id"));
  EXPECT_EQ(message["Location"], "/api/v1/messages/" + member(message, "id"));
  walk.play("list_messages");
  EXPECT_EQ(walk.play("search_messages").json().at("data").as_array().size(), 1u);
  walk.play("show_message");

  const auto record = walk.play("create_progress");
  walk.carry(documented_id(walk.routes(), "show_progress"), member(record, "id"));
  EXPECT_EQ(record["Location"], "/api/v1/progress/" + member(record, "id"));
  walk.play("list_progress");
  walk.play("show_progress");
  walk.play("change_progress");
  EXPECT_EQ(walk.play("delete_progress").status, 204);

  const auto play_items = [&](const std::string& kind, const std::string& path) {
    const auto made = walk.play("create_" + kind);
    walk.carry(documented_id(walk.routes(), "show_" + kind), member(made, "id"));
    EXPECT_EQ(made["Location"], path + '/' + member(made, "id"));
    walk.play("list_" + kind + 's');
    walk.play("show_" + kind);
    walk.play("change_" + kind);
    EXPECT_EQ(walk.play("delete_" + kind).status, 204);
  };
  play_items("workout_plan", "/api/v1/workout-plans");
  play_items("nutrition_plan", "/api/v1/nutrition-plans");
  play_items("nutrition_log", "/api/v1/nutrition-logs");

  const auto talk = walk.play("chat");
  ASSERT_EQ(talk.status, 200);
  walk.carry(documented_run, member(talk.json().at("run").as_object(), "id"));
  EXPECT_TRUE(walk.play("chat_stream").is_whole);
  walk.play("show_run");
  EXPECT_TRUE(walk.play("resume_run").is_whole);
  EXPECT_EQ(member(walk.play("cancel_run"), "status"), "success");

  EXPECT_TRUE(walk.play("export_messages").is_whole);
  EXPECT_TRUE(walk.play("export_everything").is_whole);

  EXPECT_EQ(server.command({"user", "role", "ana@example.com", "admin"}), 0);
  walk.sign_in(walk.play("login"));
  EXPECT_EQ(walk.play("list_users").status, 200);
  EXPECT_EQ(walk.play("show_caches").status, 200);
  EXPECT_EQ(walk.play("warm_caches").status, 200);
  EXPECT_EQ(walk.play("invalidate_caches").status, 200);
  EXPECT_EQ(walk.play("purge_edge").status, 200);

  EXPECT_EQ(walk.play("delete_conversation").status, 204);
  EXPECT_EQ(walk.play("change_password").status, 204);
  EXPECT_EQ(walk.play("logout").status, 204);
  walk.carry("correct horse battery staple", "seven purple kayaks at dawn");
  walk.sign_in(walk.play("login"));
  EXPECT_EQ(walk.play("delete_user").status, 204);

  for (const auto& route : walk.routes())
    EXPECT_TRUE(walk.played().contains(route.operation_id)) << route.operation_id << " was never played";
}

/// A path of every route, with an id that nobody has.
std::vector<std::pair<http::method, std::string>> paths_with(std::string_view id) {
  std::vector<std::pair<http::method, std::string>> all;
  for (const auto& route : http::route_specs()) {
    std::string target{route.path};
    if (const auto at = target.find("{id:uuid}"); at != std::string::npos) {
      target.replace(at, 9, id);
      all.emplace_back(route.verb, target);
    }
  }
  return all;
}

/// A body that passes every check, so that the object itself decides.
std::string body_for(http::method verb, std::string_view target) {
  if (verb == http::method::patch)
    return target.contains("progress")         ? R"({"value":70})"
           : target.contains("plans")          ? R"({"name":"Another"})"
           : target.contains("nutrition-logs") ? R"({"description":"Another"})"
                                               : R"({"title":"Another"})";
  if (verb == http::method::post && target.ends_with("/messages"))
    return R"({"content":"Hello"})";
  return {};
}

TEST(Contract, RefusesEveryCallThatNeedsATokenWithoutOne) {
  const program server;
  api_client nobody{server};
  std::size_t refused = 0;
  for (const auto& route : http::route_specs()) {
    if (route.security != http::security::bearer)
      continue;
    std::string target{route.path};
    if (const auto at = target.find("{id:uuid}"); at != std::string::npos)
      target.replace(at, 9, documented_run);
    for (const auto* token : {"", "eyJhbGciOiJub25lIn0.e30.", "x"}) {
      nobody.token = token;
      const auto given = nobody.call(to_string(route.verb), target);
      EXPECT_EQ(given.status, 401) << route.operation_id;
      EXPECT_EQ(given.code(), "UNAUTHORIZED") << route.operation_id;
      EXPECT_TRUE(given["WWW-Authenticate"].starts_with("Bearer")) << route.operation_id;
      EXPECT_EQ(given["Cache-Control"], "no-store");
    }
    ++refused;
  }
  EXPECT_GE(refused, 25U);
}

TEST(Contract, DoesNotTellOtherPeoplesThingsFromThingsThatAreNotThere) {
  const program server;
  person owner{server, "owner@example.com"};
  person other{server, "other@example.com"};
  const auto conversation = owner.new_conversation();
  const auto message =
    member(owner.call("POST", "/api/v1/conversations/" + conversation + "/messages", R"({"content":"Mine"})"), "id");
  const auto record = member(owner.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":80})"), "id");
  const auto talk = owner.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json();
  const auto run = member(talk.at("run").as_object(), "id");
  std::map<std::string, std::string> ids = owner.new_plans_and_log();
  ids.insert({{"/api/v1/conversations/", conversation}, {"/api/v1/messages/", message}, {"/api/v1/progress/", record},
    {"/api/v1/runs/", run}});
  std::size_t checked = 0;
  for (const auto& [prefix, real] : ids) {
    for (const auto& id : {real, std::string{documented_run}, std::string{"17"}, std::string{"x%20y"}}) {
      for (const auto& [verb, target] : paths_with(id)) {
        if (!target.starts_with(prefix))
          continue;
        const auto given = other.call(to_string(verb), target, body_for(verb, target));
        EXPECT_EQ(given.status, 404) << to_string(verb) << ' ' << target << ' ' << given.body;
        EXPECT_EQ(given.code(), "NOT_FOUND");
        ++checked;
      }
    }
  }
  EXPECT_GE(checked, 84U);
  const auto asked =
    other.call("POST", "/api/v1/chat", R"({"message":"Hello","conversation_id":)" + json_string(conversation) + '}');
  EXPECT_EQ(asked.status, 404);
  EXPECT_EQ(
    other
      .call("POST", "/api/v1/chat/stream", R"({"message":"Hello","conversation_id":)" + json_string(conversation) + '}')
      .status,
    404);
  // Nothing of it has touched the owner's things.
  EXPECT_EQ(owner.get("/api/v1/conversations/" + conversation).status, 200);
  EXPECT_EQ(owner.get("/api/v1/progress/" + record).status, 200);
  EXPECT_EQ(member(owner.get("/api/v1/runs/" + run), "status"), "success");
}

TEST(Contract, NamesTheMethodsOfEveryPath) {
  const program server;
  api_client client{server};
  std::map<std::string, std::set<std::string>> verbs_of;
  for (const auto& route : http::route_specs()) {
    std::string target{route.path};
    if (const auto at = target.find("{id:uuid}"); at != std::string::npos)
      target.replace(at, 9, documented_run);
    if (const auto at = target.find("{name}"); at != std::string::npos)
      target.replace(at, 6, "not-found");
    verbs_of[target].insert(std::string{to_string(route.verb)});
  }
  for (auto [target, expected] : verbs_of) {
    expected.insert("OPTIONS");
    if (expected.contains("GET"))
      expected.insert("HEAD");
    const auto options = client.call("OPTIONS", target);
    EXPECT_EQ(options.status, 204) << target;
    std::set<std::string> allowed;
    std::string name;
    for (const char c : options["Allow"] + ",") {
      if (c == ',')
        allowed.insert(std::exchange(name, {}));
      else if (c != ' ')
        name += c;
    }
    EXPECT_EQ(allowed, expected) << target;
    for (const auto* verb : {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW", "get"}) {
      if (expected.contains(verb))
        continue;
      client.peer().send(request_text(verb, target));
      const auto given = client.peer().read_answer();
      EXPECT_EQ(given.status, 405) << verb << ' ' << target;
      EXPECT_EQ(given.code(), "METHOD_NOT_ALLOWED");
      EXPECT_EQ(given["Allow"], options["Allow"]);
    }
  }
  for (const auto* nowhere : {"/nowhere", "/api/v1", "/api/v1/", "/api/v1/users/", "/api/v1/users/me/", "//",
         "/API/v1/users/me", "/problems/no-such-problem"}) {
    const auto given = client.call("GET", nowhere);
    EXPECT_EQ(given.status, 404) << nowhere;
    EXPECT_EQ(given.code(), "NOT_FOUND") << nowhere;
  }
}

TEST(Contract, AnswersProblemsWithAPageOfHelp) {
  const program server;
  api_client client{server};
  const auto problem = client.call("GET", "/nowhere", {}, {{"X-Request-ID", "my-request.1"}});
  EXPECT_EQ(problem["X-Request-ID"], "my-request.1");
  EXPECT_EQ(member(problem, "request_id"), "my-request.1");
  const auto help = client.call("GET", member(problem, "type"));
  EXPECT_EQ(help.status, 200);
  EXPECT_EQ(member(help, "code"), "NOT_FOUND");
  EXPECT_NE(client.call("GET", "/nowhere", {}, {{"X-Request-ID", "not one\x01"}}).status, 200);
  const auto replaced = client.call("GET", "/nowhere", {}, {{"X-Request-ID", "two words"}});
  EXPECT_NE(replaced["X-Request-ID"], "two words");
  EXPECT_EQ(member(replaced, "request_id"), replaced["X-Request-ID"]);
}

/// Whatever is wrong with the head: a client finds its request in the log.
TEST(Contract, RefusesABadHeadUnderTheClientsIds) {
  const program server{{"--http.trusted_proxies=127.0.0.1"}};
  constexpr auto trace = "0af7651916cd43dd8448eb211c80319c";
  const std::string ids = "X-Request-ID: mine-1\r\ntraceparent: 00-" + std::string{trace} + "-b7ad6b7169203331-01\r\n";
  for (const auto& head : {"GET http://other/health/live HTTP/1.1\r\nHost: here\r\n" + ids,
         "GET /health/live HTTP/1.1\r\nHost: here\r\n" + ids + "Forwarded: ;;=\r\n",
         "GET /health/live HTTP/1.1\r\nHost: here\r\n" + ids + "Content-Length: -1\r\n"}) {
    http_peer peer{server.port()};
    peer.send(head + "\r\n");
    const auto refused = peer.read_answer();
    EXPECT_EQ(refused.status, 400) << head;
    EXPECT_EQ(refused["X-Request-ID"], "mine-1") << head;
    EXPECT_EQ(refused.body.contains("mine-1"), true) << head;
    EXPECT_EQ(refused["traceresponse"].substr(0, 35), "00-" + std::string{trace}) << head;
  }
}

TEST(Contract, GoesOnWithOneTraceAndWithNoneOfTwo) {
  const program server;
  api_client client{server};
  constexpr auto one = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  constexpr auto other = "00-1af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  EXPECT_TRUE(client.call("GET", "/health/live", {}, {{"traceparent", one}})["traceresponse"].starts_with("00-0af765"));
  EXPECT_EQ(
    client.call("GET", "/health/live", {}, {{"traceparent", one}, {"traceparent", other}})["traceresponse"], "");
}

TEST(Contract, NamesWhatARouteOffersWhereAcceptRulesItOut) {
  const program server;
  person someone{server, "someone@example.com"};
  for (const auto& [target, offered] : {std::pair{"/metrics", "text/plain"}, std::pair{"/", "text/html"},
         std::pair{"/health/ready", "application/json"}, std::pair{"/api/v1/users/me", "application/json"},
         std::pair{"/api/v1/messages/export", "application/x-ndjson or text/csv"},
         std::pair{"/api/v1/users/me/export", "application/x-ndjson"}}) {
    const auto given = someone.call("GET", target, {}, {{"Accept", "image/png"}});
    EXPECT_EQ(given.status, 406) << target;
    EXPECT_EQ(member(given, "detail"), "this is served as " + std::string{offered}) << target;
  }
}

TEST(Contract, ChecksInTheStatedOrder) {
  const program server;
  person someone{server, "someone@example.com"};
  api_client nobody{server};
  const fields odd{{"Accept", "image/png"}, {"Content-Type", "text/plain"}, {"Content-Length", "3"}};
  const auto send = [](http_peer& peer, const std::string& text) {
    peer.send(text);
    return peer.read_answer().status;
  };
  const auto with = [&](std::string_view verb, std::string_view target, bool token, const fields& head,
                      std::string_view body) {
    http_peer peer{server.port()};
    auto all = head;
    if (token)
      all.emplace_back("Authorization", "Bearer " + someone.token());
    return send(peer, request_text(verb, target, all) + std::string{body});
  };
  EXPECT_EQ(with("POST", "/nowhere", false, odd, "{x}"), 404);
  EXPECT_EQ(with("PUT", "/api/v1/conversations", false, odd, "{x}"), 405);
  EXPECT_EQ(with("POST", "/api/v1/conversations", false, odd, "{x}"), 401);
  EXPECT_EQ(with("POST", "/api/v1/conversations", true, odd, "{x}"), 406);
  EXPECT_EQ(
    with("POST", "/api/v1/conversations", true, {{"Content-Type", "text/plain"}, {"Content-Length", "3"}}, "{x}"), 415);
  EXPECT_EQ(with("POST", "/api/v1/conversations", true,
              {{"Content-Type", "application/json"}, {"Content-Length", "2000000"}}, {}),
    413);
  EXPECT_EQ(
    with("POST", "/api/v1/conversations", true, {{"Content-Type", "application/json"}, {"Content-Length", "3"}}, "{x}"),
    400);
  for (const auto& [type, status] : {std::pair{"text/plain", 415}, std::pair{"application/json", 413}})
    EXPECT_EQ(
      with("POST", "/api/v1/auth/login", false, {{"Content-Type", type}, {"Content-Length", "20000"}}, "{x}"), status)
      << "more than this route takes";
  const std::string patch = "/api/v1/conversations/" + std::string{documented_run};
  EXPECT_EQ(someone.call("PATCH", patch, R"({"title":7})").status, 422);
  EXPECT_EQ(someone.call("PATCH", patch, R"({"title":"x"})", {{"If-Match", "\"x\""}}).status, 404);
  const auto there = someone.new_conversation();
  EXPECT_EQ(
    someone.call("PATCH", "/api/v1/conversations/" + there, R"({"title":"x"})", {{"If-Match", "\"x\""}}).status, 412);
}

}  // namespace
}  // namespace genesis::system_test
