#include "config/limits.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

/// What RFC 9112 asks of a server's connections and answers, over sockets. Suites carry the section's number.
namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");
const std::string login_head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

TEST(Rfc9112Section2_3, AnswersLaterMinorVersionsAsItself) {
  const program server;
  for (const auto* version : {"HTTP/1.1", "HTTP/1.2", "HTTP/1.9"}) {
    http_peer peer{server.port()};
    for (int i = 0; i < 2; ++i) {
      peer.send(std::string{"GET /health/live "} + version + "\r\nHost: x\r\n\r\n");
      const auto given = peer.read_answer();
      EXPECT_EQ(given.status, 200) << version;
      EXPECT_EQ(given.version_minor, 1) << version;
    }
  }
}

TEST(Rfc9112Section2_2, AnswersGarbageAndRequestsOfAnotherAgeWithAWordAndAnEnd) {
  const program server;
  const std::pair<std::string, int> all[] = {
    {"GET /\r\n", 400},
    {"\x16\x03\x01\x02\x01\x01\r\n", 400},
    {"\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    {"GET / HTTP/0.9\r\n\r\n", 400},
    {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
  };
  for (const auto& [bytes, status] : all) {
    http_peer peer{server.port()};
    peer.send(bytes);
    const auto given = peer.read_answer();
    EXPECT_EQ(given.status, status) << bytes;
    EXPECT_EQ(given["Connection"], "close");
    EXPECT_EQ(member(given, "status"), std::to_string(status));
    EXPECT_TRUE(peer.is_closed_silently());
  }
}

TEST(Rfc9112Section6_3, SendsNoBodyWhereAClientExpectsNone) {
  const program server;
  person someone{server, "someone@example.com"};
  const auto me = someone.get("/api/v1/users/me");
  // All on one connection: a byte of a body would be read as the next answer.
  http_peer peer{server.port()};
  peer.send(someone.request("HEAD", "/api/v1/users/me") + someone.request("HEAD", "/nowhere") +
            someone.request("GET", "/api/v1/users/me", {}, {{"If-None-Match", me["ETag"]}}) +
            request_text("OPTIONS", "/api/v1/users/me") + request_text("HEAD", "/api/v1/users/me") + live);
  const auto head = peer.read_answer(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head["Content-Length"], std::to_string(me.body.size()));
  EXPECT_EQ(peer.read_answer(true).status, 404);
  const auto unchanged = peer.read_answer();
  EXPECT_EQ(unchanged.status, 304);
  EXPECT_FALSE(unchanged.field("Content-Type"));
  const auto options = peer.read_answer();
  EXPECT_EQ(options.status, 204);
  EXPECT_FALSE(options.field("Content-Length")) << "RFC 9110 8.6";
  EXPECT_FALSE(options.field("Transfer-Encoding")) << "RFC 9112 6.1";
  EXPECT_EQ(peer.read_answer(true).status, 401);
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_TRUE(peer.is_quiet());
}

TEST(Rfc9112Section6_1, SendsChunksToHttp11Alone) {
  const program server;
  person someone{server, "reader@example.com"};
  const auto talk = someone.call("POST", "/api/v1/chat", R"({"message":"Hello"})").json();
  const auto target = "/api/v1/runs/" + member(talk.at("run").as_object(), "id") + "/stream?after=0";
  for (const auto* version : {"HTTP/1.1", "HTTP/1.0"}) {
    http_peer peer{server.port()};
    peer.send("GET " + target + ' ' + version + "\r\nHost: x\r\nConnection: keep-alive\r\nAuthorization: Bearer " +
              someone.token() + "\r\n\r\n");
    const auto given = peer.read_answer();
    EXPECT_EQ(given.is_chunked, std::string_view{version} == "HTTP/1.1");
    EXPECT_FALSE(given.field("Content-Length"));
    EXPECT_TRUE(given.is_whole);
    if (!given.is_chunked) {
      EXPECT_EQ(given["Connection"], "close") << "the end of the connection is the end of the body";
    }
  }
}

TEST(Rfc9112Section9_3_2, AnswersTheGoodRequestsInFrontOfABadOneInOrder) {
  const program server;
  http_peer peer{server.port()};
  peer.send(
    request_text("GET", "/health/live", {{"X-Request-ID", "one"}}) +
    request_text("POST", "/api/v1/auth/login", {{"X-Request-ID", "two"}}, R"({"email":"a@b.c","password":"x"})") +
    "GET / HTTP/1.1\r\nHost: x\r\nX-Request-ID: three\r\nBad Field: 1\r\n\r\n" + live + live);
  EXPECT_EQ(peer.read_answer()["X-Request-ID"], "one");
  const auto second = peer.read_answer();
  EXPECT_EQ(second["X-Request-ID"], "two");
  EXPECT_EQ(second.status, 401);
  const auto third = peer.read_answer();
  EXPECT_EQ(third.status, 400);
  EXPECT_EQ(third["Connection"], "close");
  EXPECT_TRUE(peer.is_closed_silently()) << "what stands behind a fault has no known beginning";
}

TEST(Rfc9112Section9_6, AnswersNothingBehindARequestThatCloses) {
  const program server;
  for (const auto* option : {"close", "Close", "keep-alive, close", "upgrade , close"}) {
    http_peer peer{server.port()};
    peer.send(request_text("GET", "/health/live", {{"Connection", option}}) + live + live);
    const auto given = peer.read_answer();
    EXPECT_EQ(given.status, 200);
    EXPECT_EQ(given["Connection"], "close") << option;
    EXPECT_TRUE(peer.is_closed_silently()) << option;
  }
}

TEST(Rfc9112Section9_3, KeepsConnectionsWhateverElseTheirOptionsAre) {
  const program server;
  http_peer peer{server.port()};
  for (const auto* option : {"keep-alive", "TE", "X-Hop", "closed", "", ", ,"}) {
    peer.send(request_text("GET", "/health/live", {{"Connection", option}, {"X-Hop", "1"}, {"TE", "trailers"}}));
    const auto given = peer.read_answer();
    EXPECT_EQ(given.status, 200) << option;
    EXPECT_FALSE(given.field("Connection")) << option;
  }
}

TEST(Rfc9112Section9_6, LetsAClientThatStillSendsChunksReadItsRefusal) {
  const program server;
  http_peer peer{server.port()};
  const std::string chunk = "40000\r\n" + std::string(0x40000, ' ') + "\r\n";
  std::string all = login_head + "Transfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 32; ++i)
    all += chunk;
  static_assert(config::request_body_bytes_max < 32 * 0x40000);
  EXPECT_TRUE(peer.try_send(all + "0\r\n\r\n"));
  const auto given = peer.read_answer();
  EXPECT_EQ(given.status, 413);
  EXPECT_EQ(given.code(), "PAYLOAD_TOO_LARGE");
  EXPECT_TRUE(peer.is_closed_silently());
}

TEST(Rfc9112Section9_6, LetsAClientReadTheLastAnswerThatHasSentMoreBehindIt) {
  const program server;
  const std::string more(512 * 1'024, 'x');  // more than is read at once
  for (const std::string& last : {request_text("GET", "/health/live", {{"Connection", "close"}}),
         std::string{"GET / HTTP/1.1\r\nHost: a b\r\n\r\n"}}) {
    http_peer peer{server.port()};
    EXPECT_TRUE(peer.try_send(last + more));
    EXPECT_NE(peer.read_answer().status, 0);
    EXPECT_TRUE(peer.is_closed_silently());
  }
}

TEST(Rfc9112Section7_1, TakesChunkedBodiesUpToEachLimit) {
  const program server;
  const std::string body = R"({"email":"a@b.c","password":"x"})";
  const auto with = [&](const std::string& extension, const std::string& trailers) {
    http_peer peer{server.port()};
    peer.send(login_head + "Transfer-Encoding: chunked\r\n\r\n" + "20" + extension + "\r\n" + body + "\r\n0\r\n" +
              trailers + "\r\n");
    return peer.read_answer().status;
  };
  ASSERT_EQ(body.size(), 0x20U);
  const std::string extension = ";" + std::string(config::chunk_extension_bytes_max - 1, 'e');
  EXPECT_EQ(with(extension, ""), 401);
  EXPECT_EQ(with(extension + "e", ""), 400);
  const std::string trailer = "X: " + std::string(config::trailer_bytes_max - 5, 't') + "\r\n";
  ASSERT_EQ(trailer.size(), config::trailer_bytes_max);
  EXPECT_EQ(with("", trailer), 401);
  EXPECT_EQ(with("", "t" + trailer), 431);
}

}  // namespace
}  // namespace genesis::system_test
