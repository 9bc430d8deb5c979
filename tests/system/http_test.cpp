#include "config/limits.hpp"
#include "tests/system/person.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <poll.h>
#include <sys/socket.h>

namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");

/// What one connection gets for these bytes: one answer, after which the server closes.
answer refusal_of(const program& server, std::string_view bytes) {
  http_peer peer{server.port()};
  peer.try_send(bytes);
  auto given = peer.read_answer();
  EXPECT_TRUE(peer.is_closed_silently()) << bytes.substr(0, 200);
  return given;
}

struct faulty_request {
  std::string bytes;
  int status;
  std::string_view code;
};

TEST(Http, AnswersEveryMalformedRequestAndCloses) {
  const program server;
  const std::string get = "GET / HTTP/1.1\r\nHost: x\r\n";
  const std::string post = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
  const std::vector<faulty_request> all{
    {"hello\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"GET /\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505, "MALFORMED_REQUEST"},
    {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "MALFORMED_REQUEST"},
    {"GET / HTTP/1.1\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "Host: y\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "X: 1\r\n folded\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "X : 1\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "no colon\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "X: a\nY: b\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + "X: a\rb\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {get + std::string{"X: a\0b\r\n\r\n", 10}, 400, "MALFORMED_REQUEST"},
    {get + "X: a\x01"
           "b\r\n\r\n",
      400, "MALFORMED_REQUEST"},
    {get + "Expect: pancakes\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {post + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 400, "MALFORMED_REQUEST"},
    {post + "Content-Length: -1\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {post + "Content-Length: 0x2\r\n\r\n{}", 400, "MALFORMED_REQUEST"},
    {post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {post + "Transfer-Encoding: gzip\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "zz\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "2;a=\x01\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "2;" + std::string(1'100, 'e') + "\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "1\r\n{}\r\n0\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "0\r\nbad trailer\r\n\r\n", 400, "MALFORMED_REQUEST"},
    {chunked + "0\r\nX: " + std::string(17'000, 't') + "\r\n\r\n", 431, "HEADERS_TOO_LARGE"},
    {"GET /" + std::string(config::request_target_bytes_max, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414,
      "URI_TOO_LONG"},
    {get + "X: " + std::string(config::request_field_bytes_max - 2, 'h') + "\r\n\r\n", 431, "HEADERS_TOO_LARGE"},
    {get + "X: " + std::string(16'000, 'h') + "\r\nY: " + std::string(16'300, 'h') +
        "\r\nZ: " + std::string(1'000, 'h') + "\r\n\r\n",
      431, "HEADERS_TOO_LARGE"},
    {post + "Content-Length: " + std::to_string(config::request_body_bytes_max + 1) + "\r\n\r\n", 413,
      "PAYLOAD_TOO_LARGE"},
    {post + "Content-Length: 9999999999999999999999\r\n\r\n", 400, "MALFORMED_REQUEST"},
  };
  for (const auto& each : all) {
    SCOPED_TRACE(each.bytes.substr(0, 120));
    try {
      const auto given = refusal_of(server, each.bytes);
      EXPECT_EQ(given.status, each.status);
      EXPECT_EQ(given.code(), each.code);
      EXPECT_EQ(given["Connection"], "close");
      EXPECT_EQ(member(given, "status"), std::to_string(each.status));
      EXPECT_EQ(member(given, "request_id"), given["X-Request-ID"]);
    } catch (const std::exception& silence) {
      ADD_FAILURE() << silence.what();
    }
  }
  // The one after a fault has a connection of its own and is served.
  http_peer peer{server.port()};
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
}

TEST(Http, SendsNoBodyWhereTheRequestLineOfAHeadIsRefused) {
  const program server;
  const std::string long_path(config::request_target_bytes_max, 'a');
  for (const auto& [line, status] :
    {std::pair{std::string{"HEAD / HTTP/2.0\r\n\r\n"}, 505}, std::pair{std::string{"HEAD /a b HTTP/1.1\r\n\r\n"}, 400},
      std::pair{std::string{"HEAD /\x01"}, 400}, std::pair{"HEAD /" + long_path + " HTTP/1.1\r\n\r\n", 414}}) {
    http_peer peer{server.port()};
    peer.send(line);
    EXPECT_EQ(peer.read_answer(true).status, status) << line.substr(0, 40);
    EXPECT_TRUE(peer.is_closed_silently()) << line.substr(0, 40);
  }
}

TEST(Http, RefusesFaultyPathsAndGoesOn) {
  const program server;
  http_peer peer{server.port()};
  for (const auto* path : {"/%zz", "/a%2Fb", "/a%5cb", "/a/../b", "/./a", "/a%00b", "/health/live?x=%zz", "/?a=%00"}) {
    peer.send(request_text("GET", path));
    EXPECT_EQ(peer.read_answer().code(), "MALFORMED_REQUEST") << path;
  }
  peer.send(request_text("GET", "/metrics"));
  const auto metrics = peer.read_answer().body;
  EXPECT_TRUE(metrics.contains(R"(genesis_requests_refused_total{reason="bad_escape"} 4)")) << metrics;
  EXPECT_TRUE(metrics.contains(R"(genesis_requests_refused_total{reason="ambiguous_path"} 4)")) << metrics;
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
}

TEST(Http, TakesRequestsAtEveryLimitAndNothingBeyond) {
  const program server;
  http_peer peer{server.port()};
  const auto status_of = [&](const std::string& text) {
    peer.send(text);
    return peer.read_answer().status;
  };
  std::string many = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
  for (std::size_t i = 1; i < config::request_fields_max; ++i)
    many += "X-" + std::to_string(i) + ": 1\r\n";
  EXPECT_EQ(status_of(many + "\r\n"), 200);
  const std::string longest(config::request_target_bytes_max - std::string_view{"/health/live?"}.size(), 'q');
  EXPECT_EQ(status_of(request_text("GET", "/health/live?" + longest)), 200);
  std::string head = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
  head += "X: " + std::string(config::request_field_bytes_max - 3, 'h') + "\r\nY: ";
  head += std::string(config::request_head_bytes_max - head.size() - 4, 'h') + "\r\n\r\n";
  ASSERT_EQ(head.size(), config::request_head_bytes_max);
  EXPECT_EQ(status_of(head), 200);
  // A body of the largest size is read to its end before its fields are found wanting.
  std::string body = R"({"email":"a@example.com","password":")";
  body += std::string(std::size_t{16} * 1'024 - body.size() - 2, 'p') + "\"}";
  peer.send(request_text("POST", "/api/v1/auth/register", {}, body));
  EXPECT_EQ(peer.read_answer().code(), "VALIDATION_ERROR");
  const auto beyond = refusal_of(server, request_text("POST", "/api/v1/auth/register", {}, body + ' '));
  EXPECT_EQ(beyond.status, 413);
  EXPECT_EQ(beyond.json().at("detail"), "The body is larger than 16 KiB.");
  const person someone{server, "largest@example.com"};
  body = R"({"title":")";
  body += std::string(config::request_body_bytes_max - body.size() - 2, 't') + "\"}";
  ASSERT_EQ(body.size(), config::request_body_bytes_max);
  peer.send(request_text("POST", "/api/v1/conversations", {{"Authorization", "Bearer " + someone.token()}}, body));
  EXPECT_EQ(peer.read_answer().code(), "VALIDATION_ERROR");
  EXPECT_EQ(status_of(live), 200);

  EXPECT_EQ(refusal_of(server, many + "X-One-More: 1\r\n\r\n").status, 431);
  EXPECT_EQ(refusal_of(server, request_text("GET", "/health/live?" + longest + "q")).status, 414);
  EXPECT_EQ(refusal_of(server, head.insert(head.size() - 4, "h")).status, 431);
  std::string chunked = "POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        "Transfer-Encoding: chunked\r\nAuthorization: Bearer " +
                        someone.token() + "\r\n\r\n100001\r\n";
  EXPECT_EQ(refusal_of(server, chunked + std::string(1'000'000, ' ')).status, 413);
}

TEST(Http, ReadsBodiesOnEitherSideOfWhatIsParsedElsewhere) {
  const program server;
  person someone{server, "writer@example.com"};
  for (const std::size_t size : {config::inline_parse_bytes_max, config::inline_parse_bytes_max + 1}) {
    std::string body = R"({"title":"x"})";
    body += std::string(size - body.size(), ' ');
    EXPECT_EQ(someone.call("POST", "/api/v1/conversations", body).status, 201) << size;
    body.back() = 'x';
    EXPECT_EQ(someone.call("POST", "/api/v1/conversations", body).code(), "MALFORMED_REQUEST") << size;
  }
}

TEST(Http, TakesTwoContentTypesForNone) {
  const program server;
  http_peer peer{server.port()};
  peer.send(request_text("POST", "/api/v1/auth/login", {{"Content-Type", "text/plain"}}, "{}"));
  EXPECT_EQ(peer.read_answer().status, 415);
  peer.send(request_text("POST", "/api/v1/auth/login", {{"Content-Type", "application/json"}}, "{}"));
  EXPECT_EQ(peer.read_answer().status, 415);
}

/// Sends until the server has taken nothing for half a second, or all of it; how much it took.
std::size_t send_until_stuck(const http_peer& peer, std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size()) {
    const auto count = ::send(peer.socket(), bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) {
      sent += static_cast<std::size_t>(count);
      continue;
    }
    pollfd watched{peer.socket(), POLLOUT, 0};
    if (::poll(&watched, 1, 500) == 0)
      break;
  }
  return sent;
}

TEST(Http, StopsReadingFromAClientThatDoesNotReadItsAnswers) {
  const program server;
  http_peer peer{server.port(), 4'096};
  const auto one = request_text("GET", "/openapi.json");
  std::string all;
  while (all.size() < 64'000'000)
    all += one;
  const auto before = server.resident_bytes();
  EXPECT_LT(send_until_stuck(peer, all), all.size()) << "it reads without end";
  EXPECT_TRUE(server.has_grown_less(before, 16'000'000));
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_EQ(peer.read_answer().status, 200);
}

TEST(Http, AnswersPipelinedRequestsInOrder) {
  const program server;
  http_peer peer{server.port()};
  std::string all;
  for (int i = 0; i < 40; ++i)
    all += request_text(i % 3 == 0 ? "GET" : "HEAD", i % 2 == 0 ? "/health/live" : "/nowhere",
      {{"X-Request-ID", "number-" + std::to_string(i)}});
  all += request_text("POST", "/api/v1/auth/login", {{"X-Request-ID", "login"}}, R"({"email":"a@b.c","password":"x"})");
  all += request_text("GET", "/health/live", {{"X-Request-ID", "last"}});
  peer.send(all);
  for (int i = 0; i < 40; ++i) {
    const auto given = peer.read_answer(i % 3 != 0);
    EXPECT_EQ(given["X-Request-ID"], "number-" + std::to_string(i));
    EXPECT_EQ(given.status, i % 2 == 0 ? 200 : 404);
  }
  EXPECT_EQ(peer.read_answer()["X-Request-ID"], "login");
  EXPECT_EQ(peer.read_answer()["X-Request-ID"], "last");
  EXPECT_TRUE(peer.is_quiet());
}

TEST(Http, ReadsRequestsThatComeByteByByte) {
  const program server;
  http_peer peer{server.port()};
  const auto text = "\r\n" + request_text("POST", "/api/v1/auth/login", {}, R"({"email":"a@b.c","password":"x"})") +
                    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n5;x=\"y\"\r\n{\"ema\r\n1\r\ni\r\n0\r\nTrailer: t\r\n\r\n";
  for (const char c : text)
    peer.send({&c, 1});
  EXPECT_EQ(peer.read_answer().status, 401);
  EXPECT_EQ(peer.read_answer().status, 400);
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
}

TEST(Http, TakesAnEmptyBodyInChunksForNone) {
  const program server;
  person someone{server, "someone@example.com"};
  const auto post = [&](std::string_view target, const fields& head, std::string_view bytes) {
    auto all = head;
    all.emplace_back("Transfer-Encoding", "chunked");
    http_peer peer{server.port()};
    peer.send(someone.request("POST", target, {}, all) + std::string{bytes});
    return peer.read_answer().status;
  };
  const auto* const made = "/api/v1/conversations";
  const auto* const login = "/api/v1/auth/login";
  const fields text{{"Content-Type", "text/plain"}};
  const fields gzip{{"Content-Type", "application/json"}, {"Content-Encoding", "gzip"}};
  for (const auto& head : {fields{}, text, gzip}) {
    EXPECT_EQ(post(made, head, "0\r\n\r\n"), 201);
    EXPECT_EQ(post(made, head, "000;x=y\r\nTrailer: t\r\n\r\n"), 201);
    EXPECT_EQ(post(made, head, "2\r\n{}\r\n0\r\n\r\n"), 415);
    EXPECT_EQ(post(made, head, "2\r\n{"), 415) << "as soon as there is some";
    EXPECT_EQ(post(login, head, "5000\r\n"), 415) << "more than this route takes";
    EXPECT_EQ(post(login, head, "0\r\n\r\n"), 422) << "as {}";
  }
  EXPECT_EQ(post(login, {{"Content-Type", "application/json"}}, "5000\r\n"), 413);
  EXPECT_EQ(post(made, {{"Content-Type", "text/plain"}, {"Expect", "100-continue"}}, {}), 415) << "there is some";
  EXPECT_EQ(post(made, {{"If-Match", "garbage"}}, "0\r\n\r\n"), 400);
  EXPECT_EQ(post(made, {{"If-None-Match", "*"}}, "0\r\n\r\n"), 412);
}

TEST(Http, KnowsHttp10WithAndWithoutKeepAlive) {
  const program server;
  http_peer once{server.port()};
  once.send("GET /health/live HTTP/1.0\r\n\r\n");
  EXPECT_EQ(once.read_answer().status, 200);
  EXPECT_TRUE(once.is_closed_silently());

  http_peer kept{server.port()};
  for (int i = 0; i < 2; ++i) {
    kept.send("GET /health/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto given = kept.read_answer();
    EXPECT_EQ(given.status, 200);
    EXPECT_EQ(given["Connection"], "keep-alive");
    EXPECT_TRUE(given.field("Content-Length"));
  }
  kept.send("GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(kept.read_answer()["Connection"], "close");
  EXPECT_TRUE(kept.is_closed_silently());
}

TEST(Http, StreamsToHttp10WithoutChunks) {
  const program server;
  person someone{server, "old@example.com"};
  http_peer peer{server.port()};
  const std::string body = R"({"message":"Hello"})";
  peer.send("POST /api/v1/chat/stream HTTP/1.0\r\nAuthorization: Bearer " + someone.token() +
            "\r\nContent-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  const auto given = peer.read_answer();
  EXPECT_EQ(given.status, 200);
  EXPECT_FALSE(given.is_chunked);
  EXPECT_TRUE(given.body.starts_with("id: 1\nevent: start\n"));
  EXPECT_NE(given.body.find("\nevent: end\n"), std::string::npos);
}

TEST(Http, AnswersExpectationsBothWays) {
  const program server;
  const std::string head = "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Type: ";
  const std::string body = R"({"email":"a@b.c","password":"x"})";
  const auto length = "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  http_peer peer{server.port()};
  peer.send(head + "application/json" + length);
  EXPECT_EQ(peer.read_answer().status, 100);
  peer.send(body);
  EXPECT_EQ(peer.read_answer().status, 401);
  // The body is there already: nobody waits for leave to send it.
  peer.send(head + "application/json" + length + body);
  EXPECT_EQ(peer.read_answer().status, 401);
  // A request that is refused is refused at once, and its body is never asked for.
  EXPECT_EQ(refusal_of(server, head + "text/plain" + length).status, 415);
  EXPECT_EQ(refusal_of(server, head + "application/json\r\nContent-Length: 2000000\r\n\r\n").status, 413);
}

TEST(Http, RefusesALargeBodyWhileItIsStillBeingSent) {
  const program server;
  http_peer peer{server.port()};
  const std::size_t size = 8'000'000;
  peer.send("POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
            std::to_string(size) + "\r\n\r\n");
  // A client that sends all of it before it looks; most of them do.
  EXPECT_TRUE(peer.try_send(std::string(size, ' ')));
  const auto given = peer.read_answer();
  EXPECT_EQ(given.status, 413);
  EXPECT_EQ(given.code(), "PAYLOAD_TOO_LARGE");
  EXPECT_TRUE(peer.is_closed_silently());
}

TEST(Http, EndsSlowRequestsWithAWordAndIdleConnectionsWithout) {
  const program server{{"--http.head_timeout=300ms", "--http.body_timeout=300ms", "--http.idle_timeout=500ms"}};
  http_peer slow_head{server.port()};
  http_peer slow_body{server.port()};
  http_peer idle{server.port()};
  http_peer served{server.port()};
  slow_head.send("GET /health/live HTTP/1.1\r\nHo");
  slow_body.send(
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{");
  served.send(live);
  EXPECT_EQ(served.read_answer().status, 200);
  for (auto* const each : {&slow_head, &slow_body}) {
    const auto given = each->read_answer();
    EXPECT_EQ(given.status, 408);
    EXPECT_EQ(given.code(), "REQUEST_TIMEOUT");
    EXPECT_EQ(given["Connection"], "close");
    // What comes too late changes nothing.
    each->try_send(std::string(100'000, 'x'));
    EXPECT_TRUE(each->is_closed_silently());
  }
  EXPECT_TRUE(idle.is_closed_silently());
  EXPECT_TRUE(served.is_closed_silently());
}

TEST(Http, GoesOnAfterARefusalWhoseBodyIsSmall) {
  const program server;
  http_peer peer{server.port()};
  peer.send(request_text("POST", "/nowhere", {}, std::string(60'000, '1')));
  EXPECT_EQ(peer.read_answer().status, 404);
  peer.send(request_text("POST", "/api/v1/conversations", {}, R"({"title":"x"})"));
  EXPECT_EQ(peer.read_answer().status, 401);
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_TRUE(peer.is_quiet());
}

TEST(Http, LetsClientsLeaveAtAnyByte) {
  const program server;
  const auto whole = request_text("POST", "/api/v1/auth/login", {}, R"({"email":"a@b.c","password":"x"})");
  for (std::size_t i = 0; i <= whole.size(); i += 7) {
    http_peer peer{server.port()};
    peer.send(std::string_view{whole}.substr(0, i));
  }
  http_peer peer{server.port()};
  peer.send(live);
  peer.finish_sending();
  EXPECT_EQ(peer.read_answer().status, 200);
  EXPECT_TRUE(peer.is_closed_silently());
}

TEST(Http, UnderstandsTheAsteriskAndTheAbsoluteForm) {
  const program server;
  http_peer peer{server.port()};
  peer.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(peer.read_answer().status, 204);
  peer.send("GET http://other.example/health/live HTTP/1.1\r\nHost: other.example\r\n\r\n");
  EXPECT_EQ(peer.read_answer().status, 200);
  peer.send("GET http://other.example/health/live HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(peer.read_answer().status, 400);
  EXPECT_TRUE(peer.is_closed_silently());
}

}  // namespace
}  // namespace genesis::system_test
