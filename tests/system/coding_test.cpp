#include "tests/http/gunzip.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

namespace genesis::system_test {
namespace {

using http::testing::gunzip;

const fields takes_gzip{{"Accept-Encoding", "gzip, deflate, br"}};

fields with(fields head, std::string name, std::string value) {
  head.emplace_back(std::move(name), std::move(value));
  return head;
}

/// Whether these two say the same, but for when and to whom.
void expect_same_head(const answer& a, const answer& b) {
  const auto without_moment = [](const answer& given) {
    fields kept;
    for (const auto& each : given.head)
      if (each.first != "Date" && each.first != "X-Request-ID")
        kept.push_back(each);
    return kept;
  };
  EXPECT_EQ(a.status, b.status);
  EXPECT_EQ(without_moment(a), without_moment(b));
}

/// A message of about this many bytes, and where it is.
std::string new_message(person& someone, const std::string& conversation, std::size_t bytes) {
  std::string content;
  while (content.size() < bytes)
    content += "set " + std::to_string(content.size()) + " of squats; ";
  return someone.call("POST", "/api/v1/conversations/" + conversation + "/messages",
    R"({"content":)" + json_string(content) + '}')["Location"];
}

TEST(Coding, GivesEntitiesAndListsInTheFormThatTheClientTakes) {
  const program server;
  person someone{server, "someone@example.com"};
  const auto conversation = someone.new_conversation();
  const auto message = new_message(someone, conversation, 5'000);
  for (const auto& target :
    {message, "/api/v1/conversations/" + conversation + "/messages", std::string{"/openapi.json"}}) {
    SCOPED_TRACE(target);
    const auto plain = someone.get(target);
    EXPECT_FALSE(plain.field("Content-Encoding"));
    EXPECT_EQ(plain["Vary"], "Accept-Encoding");
    http_peer peer{server.port()};
    const auto ask = [&](std::string_view verb, const fields& head) {
      peer.send(someone.request(verb, target, {}, head));
      return peer.read_answer(verb == "HEAD");
    };
    const auto coded = ask("GET", takes_gzip);
    EXPECT_EQ(coded["Content-Encoding"], "gzip");
    EXPECT_EQ(coded["Vary"], "Accept-Encoding");
    EXPECT_EQ(gunzip(coded.body), plain.body);
    EXPECT_LT(coded.body.size(), plain.body.size() / 2);
    const auto tag = plain["ETag"];
    EXPECT_EQ(coded["ETag"], tag.substr(0, tag.size() - 1) + "-gzip\"");
    expect_same_head(ask("HEAD", takes_gzip), coded);
    expect_same_head(ask("HEAD", {}), plain);
    EXPECT_EQ(ask("GET", takes_gzip).body, coded.body);
    for (const auto& each : {plain, coded}) {
      const auto unchanged = ask("GET", with(takes_gzip, "If-None-Match", each["ETag"]));
      EXPECT_EQ(unchanged.status, 304);
      EXPECT_EQ(unchanged["ETag"], each["ETag"]);
      EXPECT_EQ(unchanged["Vary"], "Accept-Encoding");
    }
    EXPECT_EQ(ask("GET", {{"If-None-Match", plain["ETag"]}}).status, 304);
    EXPECT_EQ(ask("GET", {{"Accept-Encoding", "gzip;q=0, *"}}).field("Content-Encoding"), std::nullopt);
    EXPECT_EQ(ask("GET", {{"Accept-Encoding", "gzip;q=0.5, identity"}}).field("Content-Encoding"), std::nullopt);
  }
}

TEST(Coding, CodesLongListsOnAnotherThread) {
  const program server;
  person someone{server, "long@example.com"};
  const auto conversation = someone.new_conversation();
  for (int i = 0; i < 5; ++i)
    new_message(someone, conversation, 30'000);
  const auto target = "/api/v1/conversations/" + conversation + "/messages";
  const auto plain = someone.get(target);
  EXPECT_GT(plain.body.size(), 150'000U);
  const auto coded = [&] {
    http_peer peer{server.port()};
    peer.send(someone.request("GET", target, {}, takes_gzip));
    return peer.read_answer();
  }();
  EXPECT_EQ(coded["Content-Encoding"], "gzip");
  EXPECT_EQ(gunzip(coded.body), plain.body);
}

TEST(Coding, WritesOverACodedFormByItsTag) {
  const program server;
  person someone{server, "writer@example.com"};
  const std::string facts = R"({"medical_conditions":[)" + [] {
    std::string all;
    for (int i = 0; i < 40; ++i)
      all += (i == 0 ? "" : ",") + json_string("something that a coach ought to know, number " + std::to_string(i));
    return all;
  }() + "]}";
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", facts).status, 200);
  http_peer peer{server.port()};
  peer.send(someone.request("GET", "/api/v1/users/me", {}, takes_gzip));
  const auto tag = peer.read_answer()["ETag"];
  EXPECT_TRUE(tag.ends_with("-gzip\"")) << tag;
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"full_name":"Ada"})", {{"If-Match", tag}}).status, 200);
  EXPECT_EQ(someone.call("PATCH", "/api/v1/users/me", R"({"full_name":"Eve"})", {{"If-Match", tag}}).status, 412);
  // Answers that carry tokens are never coded, however long the profile in them is.
  peer.send(request_text("POST", "/api/v1/auth/login", takes_gzip,
    R"({"email":"writer@example.com","password":)" + json_string(good_password) + '}'));
  const auto session = peer.read_answer();
  EXPECT_GT(session.body.size(), 2'000U);
  EXPECT_FALSE(session.field("Content-Encoding"));
  EXPECT_FALSE(session.field("Vary"));
}

TEST(Coding, NeverCodesStreamsAndProblems) {
  const program server;
  person someone{server, "reader@example.com"};
  auto stream = someone.ask(R"({"message":"How much protein do I need?"})", stream_form::sse, takes_gzip);
  EXPECT_EQ(stream.head().status, 200);
  EXPECT_FALSE(stream.head().field("Content-Encoding"));
  std::string faulty = "{";
  for (int i = 0; i < 60; ++i)
    faulty += (i == 0 ? "" : ",") + json_string("unknown_" + std::to_string(i)) + ":1";
  const auto problem = someone.call("PATCH", "/api/v1/users/me", faulty + "}", takes_gzip);
  EXPECT_EQ(problem.status, 422);
  EXPECT_GT(problem.body.size(), 2'000U);
  EXPECT_FALSE(problem.field("Content-Encoding"));
  EXPECT_EQ(problem.code(), "VALIDATION_ERROR");
}

TEST(Coding, RefusesBodiesInACoding) {
  const program server;
  person someone{server, "sender@example.com"};
  const auto ask = [&](const fields& head) {
    return someone.call("POST", "/api/v1/conversations", R"({"title":"x"})", head);
  };
  for (const auto* coding : {"gzip", "br", "identity, gzip", "nonsense"}) {
    const auto refused = ask({{"Content-Encoding", coding}});
    EXPECT_EQ(refused.status, 415) << coding;
    EXPECT_EQ(refused.code(), "UNSUPPORTED_MEDIA_TYPE");
    EXPECT_EQ(refused["Accept-Encoding"], "identity");
    EXPECT_NE(member(refused, "detail").find("identity"), std::string::npos);
  }
  EXPECT_EQ(ask({{"Content-Encoding", "identity"}}).status, 201);
  http_peer peer{server.port()};
  peer.send(
    someone.request("POST", "/api/v1/conversations", {}, {{"Content-Type", "text/plain"}, {"Content-Length", "1"}}) +
    "x");
  const auto wrong_type = peer.read_answer();
  EXPECT_EQ(wrong_type.status, 415);
  EXPECT_EQ(wrong_type["Accept"], "application/json");
  EXPECT_FALSE(wrong_type.field("Accept-Encoding")) << "RFC 9110 12.5.3: only where the coding is at fault";
}

}  // namespace
}  // namespace genesis::system_test
