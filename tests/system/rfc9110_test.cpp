#include "tests/system/person.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <gtest/gtest.h>

#include <map>
#include <set>

/// What RFC 9110 asks of a server's answers, over sockets. Suites carry the section's number.
namespace genesis::system_test {
namespace {

answer ask(http_peer& peer, const std::string& bytes, bool is_for_head = false) {
  peer.send(bytes);
  return peer.read_answer(is_for_head);
}

TEST(Rfc9110Section6_6_1, DatesEveryAnswer) {
  const program server;
  http_peer peer{server.port()};
  for (const auto& bytes : {request_text("GET", "/health/live"), request_text("GET", "/nowhere"),
         request_text("OPTIONS", "/"), request_text("PUT", "/"), request_text("GET", "/api/v1/users/me")}) {
    const auto date = ask(peer, bytes)["Date"];
    EXPECT_EQ(date.size(), std::string_view{"Sun, 06 Nov 1994 08:49:37 GMT"}.size()) << bytes;
    EXPECT_TRUE(date.ends_with(" GMT")) << date;
  }
  EXPECT_FALSE(ask(peer, "GET /\r\n")["Date"].empty());
}

TEST(Rfc9110Section7_4, RefusesSecuredTargetsOnAConnectionThatIsNot) {
  const program server{{"--http.trusted_proxies=127.0.0.2/32"}};
  const std::string request = "GET https://a/health/live HTTP/1.1\r\nHost: a\r\n\r\n";
  http_peer peer{server.port()};
  EXPECT_EQ(ask(peer, "GET http://a/health/live HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
  const auto given = ask(peer, request);
  EXPECT_EQ(given.status, 400);
  EXPECT_EQ(given.code(), "MALFORMED_REQUEST");
  EXPECT_TRUE(peer.is_closed_silently()) << "whoever sent it may take the next answer for another's";
  auto proxy = http_peer::from(2, server.port());
  EXPECT_EQ(ask(proxy, request).status, 200) << "a proxy may have had it over TLS";
}

TEST(Rfc9110Section7_8, StaysWithHttp11WhenAnUpgradeIsOffered) {
  const program server;
  http_peer peer{server.port()};
  const auto given = ask(
    peer, request_text("GET", "/health/live",
            {{"Connection", "Upgrade, HTTP2-Settings"}, {"Upgrade", "h2c"}, {"HTTP2-Settings", "AAMAAABkAAQAAP__"}}));
  EXPECT_EQ(given.status, 200);
  EXPECT_FALSE(given.field("Upgrade"));
  EXPECT_EQ(ask(peer, request_text("GET", "/health/live")).status, 200);
}

TEST(Rfc9110Section9_1, NamesTheMethodsOfAPathThatHasNotThisOne) {
  const program server;
  http_peer peer{server.port()};
  for (const auto* line : {"TRACE / HTTP/1.1", "CONNECT a:443 HTTP/1.1", "BREW / HTTP/1.1", "get / HTTP/1.1"}) {
    const auto given = ask(peer, std::string{line} + "\r\nHost: a\r\n\r\n");
    EXPECT_EQ(given.status, 405) << line;
    EXPECT_FALSE(given["Allow"].empty()) << line;
    EXPECT_EQ(given.body.find("Host"), std::string::npos) << "nothing of the request comes back";
  }
}

TEST(Rfc9110Section9_3_1, PaysNoHeedToTheBodyOfAGet) {
  const program server;
  http_peer peer{server.port()};
  const auto given =
    ask(peer, "GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello" +
                request_text("GET", "/nowhere"));
  EXPECT_EQ(given.status, 200);
  EXPECT_EQ(peer.read_answer().status, 404);
}

TEST(Rfc9110Section10_1_1, AsksForABodyOnlyWhereItIsWanted) {
  const program server;
  const std::string body = R"({"email":"a@b.c","password":"x"})";
  const auto head = [&](const std::string& version, const std::string& fields) {
    return "POST /api/v1/auth/login " + version + "\r\nHost: x\r\nContent-Type: application/json\r\n" +
           "Expect: 100-continue\r\n" + fields + "\r\n";
  };
  const auto length = "Content-Length: " + std::to_string(body.size()) + "\r\n";
  http_peer modern{server.port()};
  EXPECT_EQ(ask(modern, head("HTTP/1.1", length)).status, 100);
  EXPECT_EQ(ask(modern, body).status, 401);
  EXPECT_EQ(ask(modern, head("HTTP/1.1", "Transfer-Encoding: chunked\r\n")).status, 100);
  EXPECT_EQ(ask(modern, "20\r\n" + body + "\r\n0\r\n\r\n").status, 401);
  // No body to ask for: the final answer at once.
  EXPECT_EQ(ask(modern, "GET /health/live HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n").status, 200);
  // HTTP/1.0 has no 1xx (15.2), so its body is read without a word.
  http_peer old{server.port()};
  old.send(head("HTTP/1.0", length) + body);
  EXPECT_EQ(old.read_answer().status, 401);
  // Refused by its head: the body is never asked for, and the connection ends since it may come all the same.
  for (const auto& [refused, status] : {std::pair{head("HTTP/1.1", "Content-Encoding: gzip\r\n" + length), 415},
         std::pair{head("HTTP/1.1", "Content-Length: 99999999\r\n"), 413}}) {
    http_peer peer{server.port()};
    const auto given = ask(peer, refused);
    EXPECT_EQ(given.status, status);
    EXPECT_EQ(given["Connection"], "close");
    EXPECT_TRUE(peer.is_closed_silently());
  }
}

TEST(Rfc9110Section14_5, TakesNoPartOfAnObjectForTheWhole) {
  const program server;
  person someone{server, "someone@example.com"};
  const auto before = someone.get("/api/v1/users/me/preferences").body;
  const auto put = [&](fields head) {
    head.emplace_back("Content-Range", "bytes 0-1/2");
    return someone.call("PUT", "/api/v1/users/me/preferences", "{}", head).status;
  };
  EXPECT_EQ(put({}), 400);
  EXPECT_EQ(put({{"Content-Encoding", "gzip"}}), 415) << "comes first";
  EXPECT_EQ(someone.get("/api/v1/users/me/preferences").body, before);
}

TEST(Rfc9110Section13_2, EvaluatesPreconditionsOfReads) {
  const program server;
  person someone{server, "reader@example.com"};
  http_peer peer{server.port()};
  for (const auto* target : {"/api/v1/users/me", "/api/v1/conversations", "/openapi.json"}) {
    const auto tag = someone.get(target)["ETag"];
    const auto status = [&](const fields& head, std::string_view verb = "GET") {
      return ask(peer, someone.request(verb, target, {}, head), verb == "HEAD").status;
    };
    EXPECT_EQ(status({{"If-Match", tag}}), 200) << target;
    EXPECT_EQ(status({{"If-Match", "*"}}), 200) << target;
    EXPECT_EQ(status({{"If-Match", "\"other\""}}), 412) << target;
    EXPECT_EQ(status({{"If-Match", "W/" + tag}}), 412) << "strong comparison";
    EXPECT_EQ(status({{"If-Match", "other"}}), 400) << target;
    EXPECT_EQ(status({{"If-Match", "\"other\""}}, "HEAD"), 412) << target;
    EXPECT_EQ(status({{"If-None-Match", "W/" + tag}}), 304) << "weak comparison";
    EXPECT_EQ(status({{"If-None-Match", "\"other\""}, {"If-None-Match", tag}}), 304) << target;
    EXPECT_EQ(status({{"If-Match", "\"other\""}, {"If-None-Match", tag}}), 412) << "If-Match comes first";
    EXPECT_EQ(status({{"If-Match", tag}, {"If-None-Match", tag}}), 304) << target;
    EXPECT_EQ(status({{"If-Modified-Since", "Fri, 01 Jan 2100 00:00:00 GMT"}}), 200) << "nothing here has a date";
    EXPECT_EQ(status({{"If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT"}}), 200) << target;
    EXPECT_EQ(status({{"Range", "bytes=0-3"}}), 200) << "14.2: ranges are optional, and nothing offers them";
  }
  EXPECT_EQ(ask(peer, request_text("GET", "/nowhere", {{"If-Match", "\"x\""}})).status, 404)
    << "13.2.1: only an answer that would succeed is asked about";
}

TEST(Rfc9110Section13_2, EvaluatesPreconditionsOfStreams) {
  const program server;
  person someone{server, "reader@example.com"};
  const auto said = someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json();
  const auto run = "/api/v1/runs/" + member(said.at("run").as_object(), "id") + "/stream";
  for (const auto& target : {run, std::string{"/api/v1/messages/export"}, std::string{"/api/v1/users/me/export"}}) {
    for (const auto* verb : {"GET", "HEAD"}) {
      SCOPED_TRACE(verb + (' ' + target));
      const auto status = [&](const fields& head) { return someone.call(verb, target, {}, head).status; };
      EXPECT_EQ(status({{"If-Match", "\"x\""}}), 412);
      EXPECT_EQ(status({{"If-Match", "nonsense"}}), 400);
      EXPECT_EQ(status({{"If-None-Match", "nonsense"}}), 400);
      EXPECT_EQ(status({{"If-None-Match", "*"}}), 304);
      EXPECT_EQ(status({{"If-Match", "*"}, {"If-None-Match", "\"x\""}}), 200);
    }
  }
  EXPECT_EQ(someone.call("GET", "/api/v1/messages/export?format=xml", {}, {{"If-Match", "\"x\""}}).status, 400);
  EXPECT_EQ(
    someone.call("GET", "/api/v1/runs/0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d99/stream", {}, {{"If-Match", "\"x\""}}).status,
    404)
    << "13.2.1";
}

TEST(Rfc9110Section13_2, EvaluatesPreconditionsOfWrites) {
  const program server;
  person someone{server, "writer@example.com"};
  const auto conversation = "/api/v1/conversations/" + someone.new_conversation();
  const auto patch = [&](const fields& head) {
    return someone.call("PATCH", conversation, R"({"title":"x"})", head).status;
  };
  const auto tag = [&] { return someone.get(conversation)["ETag"]; };
  EXPECT_EQ(patch({{"If-None-Match", "*"}}), 412) << "it is there";
  EXPECT_EQ(patch({{"If-None-Match", tag()}}), 412);
  EXPECT_EQ(patch({{"If-None-Match", "W/" + tag()}}), 412) << "weak comparison";
  EXPECT_EQ(patch({{"If-None-Match", "nonsense"}}), 400);
  EXPECT_EQ(patch({{"If-Match", tag()}, {"If-None-Match", tag()}}), 412);
  EXPECT_EQ(member(someone.get(conversation), "revision"), "1") << "nothing was changed so far";
  EXPECT_EQ(patch({{"If-None-Match", "\"other\""}}), 200);
  EXPECT_EQ(patch({{"If-Match", tag()}, {"If-None-Match", "\"other\""}}), 200);
  const auto preferences = someone.get("/api/v1/users/me/preferences").body;
  EXPECT_EQ(someone.call("PUT", "/api/v1/users/me/preferences", preferences, {{"If-None-Match", "*"}}).status, 412);
  EXPECT_EQ(someone.call("DELETE", conversation, {}, {{"If-None-Match", "*"}}).status, 412);
  EXPECT_EQ(someone.call("DELETE", conversation, {}, {{"If-Match", tag()}}).status, 204);
}

TEST(Rfc9110Section13_2, EvaluatesPreconditionsOfKeysAndSessions) {
  const program server;
  person someone{server, "access@example.com"};
  const auto key = "/api/v1/api-keys/" +
                   member(someone.call("POST", "/api/v1/api-keys", R"({"name":"Scale","scopes":["read"]})"), "id");
  const auto sessions = someone.get("/api/v1/sessions").json();
  const auto session = "/api/v1/sessions/" + member(sessions.at("data").as_array().at(0).as_object(), "id");
  for (const auto& path : {key, session}) {
    const auto remove = [&](const fields& head) { return someone.call("DELETE", path, {}, head).status; };
    const auto tag = someone.get(path)["ETag"];
    EXPECT_EQ(remove({{"If-Match", "\"other\""}}), 412) << path;
    EXPECT_EQ(remove({{"If-None-Match", "*"}}), 412) << path;
    EXPECT_EQ(remove({{"If-Match", "nonsense"}}), 400) << path;
    EXPECT_EQ(someone.get(path).status, 200) << "it is there";
    EXPECT_EQ(remove({{"If-Match", tag}}), 204) << path;
  }
}

TEST(Rfc9110Section13_2, PostsNothingUnderAConditionThatIsNotKnownToHold) {
  const program server;
  person someone{server, "poster@example.com"};
  const auto post = [&](const fields& head) {
    return someone.call("POST", "/api/v1/conversations", R"({"title":"x"})", head).status;
  };
  EXPECT_EQ(post({{"If-Match", "\"x\""}}), 412);
  EXPECT_EQ(post({{"If-None-Match", "*"}}), 412);
  EXPECT_EQ(post({{"If-None-Match", "\"x\""}}), 412);
  EXPECT_EQ(post({{"If-Match", "garbage"}}), 400);
  EXPECT_EQ(post({{"If-Match", "*"}, {"If-None-Match", "garbage"}}), 400);
  EXPECT_TRUE(someone.get("/api/v1/conversations").json().at("data").as_array().empty());
  EXPECT_EQ(post({{"If-Match", "*"}}), 201) << "the list is always there";
}

TEST(Rfc9110Section13_2_1, SaysThatAConditionOfAPostDoesNotHoldWhereNothingElseIsWrong) {
  const program server;
  person someone{server, "poster@example.com"};
  const std::string conversations = "/api/v1/conversations";
  const auto nowhere = conversations + "/0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d99/messages";
  const auto refresh = R"({"refresh_token":")" + someone.refresh_token() + "\"}";
  struct attempt {
    std::string target;
    std::string body;
    fields head;
    int status;
  };
  const std::vector<attempt> all{
    {conversations, "{}", {{"Accept", "image/png"}}, 406},
    {conversations, "{}", {{"Content-Encoding", "gzip"}}, 415},
    {"/api/v1/auth/refresh", std::string(17'000, ' '), {}, 413},
    {conversations, "{", {}, 400},
    {conversations, "{}", {{"Idempotency-Key", "\"\""}}, 400},
    {conversations, R"({"title":7})", {}, 422},
    {"/api/v1/auth/register", R"({"email":"x","password":"correct horse battery staple"})", {}, 422},
    {"/api/v1/auth/change-password", R"({"current_password":"x","new_password":"y"})", {}, 422},
    {nowhere, R"({"content":7})", {}, 422},
    {nowhere, R"({"content":"x"})", {}, 404},
    {"/api/v1/chat", R"({"message":"x","conversation_id":"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d99"})", {}, 404},
    {"/api/v1/chat/stream", R"({"message":"x","conversation_id":"0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d99"})", {}, 404},
    {"/api/v1/runs/0198c5a2-8e40-7f1b-8a52-3e7f9c6b2d99/cancel", "", {}, 404},
    {"/api/v1/chat/stream", R"({"message":"x"})", {}, 412},
    {"/api/v1/auth/refresh", refresh, {}, 412},
    {conversations, "", {}, 412},
  };
  http_peer peer{server.port()};
  for (const auto& [target, body, head, status] : all) {
    SCOPED_TRACE(target + ' ' + body.substr(0, 80));
    const auto under = [&](const fields& condition) {
      auto both = head;
      both.insert(both.end(), condition.begin(), condition.end());
      http_peer fresh{server.port()};
      return ask(fresh, someone.request("POST", target, body, both)).status;
    };
    EXPECT_EQ(under({{"If-None-Match", "*"}}), status);
    EXPECT_EQ(under({{"If-Match", "\"x\""}}), status);
    EXPECT_EQ(under({{"If-Match", "garbage"}}), status == 406 || status == 415 || status == 413 ? status : 400);
  }
  EXPECT_EQ(ask(peer, someone.request("POST", "/api/v1/auth/refresh", refresh)).status, 200) << "it is not used up";
  EXPECT_TRUE(someone.get(conversations).json().at("data").as_array().empty());
}

/// Every path of the document that GET answers, with things of this person in the place of its parameters.
std::vector<std::string> readable_paths(person& someone) {
  const auto conversation = someone.new_conversation();
  const auto message =
    member(someone.call("POST", "/api/v1/conversations/" + conversation + "/messages", R"({"content":"Hello"})"), "id");
  const auto record = member(someone.call("POST", "/api/v1/progress", R"({"metric":"weight_kg","value":80})"), "id");
  const auto talk = someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json();
  const auto key = member(someone.call("POST", "/api/v1/api-keys", R"({"name":"Scale","scopes":["read"]})"), "id");
  const auto sessions = someone.get("/api/v1/sessions").json();
  std::map<std::string, std::string> values{{"/api/v1/api-keys/", key},
    {"/api/v1/sessions/", member(sessions.at("data").as_array().at(0).as_object(), "id")},
    {"/api/v1/conversations/", conversation}, {"/api/v1/messages/", message}, {"/api/v1/progress/", record},
    {"/api/v1/runs/", member(talk.at("run").as_object(), "id")}, {"/problems/", "not-found"}};
  values.merge(someone.new_plans_and_log());
  std::vector<std::string> paths;
  const auto document = someone.get("/openapi.json").json();
  for (const auto& [pattern, verbs] : document.at("paths").as_object()) {
    const auto is_for_admins = pattern == "/api/v1/users" || pattern.starts_with("/api/v1/admin/");
    if (!verbs.as_object().contains("get") || is_for_admins)
      continue;
    std::string path{pattern};
    if (const auto open = path.find('{'); open != std::string::npos) {
      const auto value = values.find(path.substr(0, open));
      if (value == values.end()) {
        ADD_FAILURE() << "nothing is known to stand in " << path;
        continue;
      }
      path.replace(open, path.find('}') - open + 1, value->second);
    }
    if (pattern == "/api/v1/messages/search")
      path += "?q=hello";
    paths.push_back(std::move(path));
  }
  return paths;
}

/// The head but for what differs from answer to answer.
fields lasting_head(const answer& given, const std::set<std::string>& but_for = {}) {
  fields kept;
  for (const auto& each : given.head)
    if (each.first != "Date" && each.first != "X-Request-ID" && !but_for.contains(each.first))
      kept.push_back(each);
  return kept;
}

TEST(Rfc9110Section9_3_2, AnswersHeadOfEveryPathAsItsGetWithoutTheBody) {
  const program server;
  person someone{server, "head@example.com"};
  const auto paths = readable_paths(someone);
  EXPECT_GE(paths.size(), 18U);
  for (const auto& path : paths) {
    for (const auto& head : {fields{}, fields{{"Accept-Encoding", "gzip"}}}) {
      SCOPED_TRACE(path);
      http_peer peer{server.port()};
      const auto got = ask(peer, someone.request("GET", path, {}, head));
      const auto told = ask(peer, someone.request("HEAD", path, {}, head), true);
      EXPECT_EQ(got.status, 200);
      EXPECT_EQ(told.status, 200);
      // RFC 9110 9.3.2: what is only known by making the content may be left out; what grows from call to call differs.
      const bool is_moving = path == "/metrics" || path == "/api/v1/health";
      EXPECT_EQ(lasting_head(told, is_moving ? std::set<std::string>{"Content-Length"} : std::set<std::string>{}),
        lasting_head(
          got, is_moving ? std::set<std::string>{"Content-Length"} : std::set<std::string>{"Transfer-Encoding"}));
      EXPECT_TRUE(peer.is_quiet());
    }
  }
}

TEST(Rfc9110Section13_1_2, AnswersEveryEntityAndListThatIsKnownWithout) {
  const program server;
  person someone{server, "conditional@example.com"};
  std::size_t tagged = 0;
  for (const auto& path : readable_paths(someone)) {
    SCOPED_TRACE(path);
    http_peer peer{server.port()};
    const auto got = ask(peer, someone.request("GET", path));
    if (got["Cache-Control"].starts_with("no-store")) {
      EXPECT_FALSE(got.field("ETag"));
      continue;
    }
    ++tagged;
    const auto tag = got["ETag"];
    ASSERT_TRUE(tag.starts_with('"') && tag.ends_with('"')) << tag;
    for (const auto& known : {tag, std::string{"*"}, "\"other\", " + tag}) {
      for (const auto* verb : {"GET", "HEAD"}) {
        const auto unchanged =
          ask(peer, someone.request(verb, path, {}, {{"If-None-Match", known}}), std::string_view{verb} == "HEAD");
        EXPECT_EQ(unchanged.status, 304) << verb;
        // 15.4.5: what the 200 would have said of these, and nothing of content that is not there.
        for (const auto* name : {"ETag", "Cache-Control", "Vary"})
          EXPECT_EQ(unchanged.field(name), got.field(name)) << name;
        EXPECT_FALSE(unchanged.field("Content-Type"));
        EXPECT_FALSE(unchanged.field("Content-Length"));
      }
    }
    EXPECT_EQ(ask(peer, someone.request("GET", path, {}, {{"If-None-Match", "\"other\""}})).body, got.body);
    EXPECT_EQ(ask(peer, someone.request("GET", path, {}, {{"If-Match", "\"other\""}})).status, 412);
  }
  EXPECT_GE(tagged, 13U);
}

TEST(Rfc9110Section8_8_3, GivesTwoPeopleDifferentTags) {
  const program server;
  person one{server, "one@example.com"};
  person other{server, "other@example.com"};
  EXPECT_NE(one.get("/api/v1/users/me")["ETag"], other.get("/api/v1/users/me")["ETag"]);
  EXPECT_NE(one.get("/api/v1/users/me/preferences")["ETag"], other.get("/api/v1/users/me/preferences")["ETag"]);
  EXPECT_EQ(one.get("/api/v1/progress").body, other.get("/api/v1/progress").body);
  EXPECT_NE(one.get("/api/v1/progress")["ETag"], other.get("/api/v1/progress")["ETag"]) << "both are empty";
  EXPECT_NE(one.get("/api/v1/users/me")["ETag"], one.get("/api/v1/users/me/preferences")["ETag"]);
}

}  // namespace
}  // namespace genesis::system_test
