#include "tests/system/metrics_page.hpp"
#include "tests/system/person.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>

namespace genesis::system_test {
namespace {

const std::string live = request_text("GET", "/health/live");

void expect_served(const program& server) {
  http_peer peer{server.port()};
  peer.send(live);
  EXPECT_EQ(peer.read_answer().status, 200);
}

/// Closes with a reset instead of an end, whatever is under way.
void reset(http_peer peer) {
  const linger at_once{1, 0};
  ::setsockopt(peer.socket(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

/// What the server has computed so far.
std::chrono::duration<double> cpu_time(program& server) {
  std::ifstream file{"/proc/" + std::to_string(server.process().pid()) + "/stat"};
  std::string each;
  for (int i = 0; i < 13; ++i)
    file >> each;
  double user = 0;
  double kernel = 0;
  file >> user >> kernel;
  return std::chrono::duration<double>{(user + kernel) / static_cast<double>(::sysconf(_SC_CLK_TCK))};
}

TEST(Hostile, HalfClosedConnectionsGetTheirAnswer) {
  const program server;
  const std::string body = R"({"email":"nobody@example.com","password":"correct horse battery"})";
  for (const auto& request : {live, request_text("POST", "/api/v1/auth/login", {}, body)}) {
    http_peer peer{server.port()};
    peer.send(request);
    peer.finish_sending();
    const auto given = peer.read_answer();
    EXPECT_TRUE(given.status == 200 || given.status == 401) << given.status;
    EXPECT_TRUE(peer.is_closed_silently());
  }
}

TEST(Hostile, ARefusalDoesNotWaitForeverForTheBodyBehindIt) {
  const program server{{"--http.body_timeout=300ms"}};
  const auto head = [](const std::string& target) {
    return "POST " + target +
           " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{\"a";
  };
  for (const auto& [target, status] : {std::pair{"/nope", 404}, {"/api/v1/chat", 401}, {"/api/v1/auth/login", 408}}) {
    http_peer late{server.port()};
    late.send(head(target));
    EXPECT_EQ(late.read_answer().status, status) << target;
    EXPECT_TRUE(late.is_closed_silently());
  }
  for (const auto& [target, status] : {std::pair{"/nope", 404}, {"/api/v1/chat", 401}, {"/api/v1/auth/login", 400}}) {
    http_peer half{server.port()};
    half.send(head(target));
    half.finish_sending();
    EXPECT_EQ(half.read_answer().status, status) << target;
    EXPECT_TRUE(half.is_closed_silently());
  }
}

TEST(Hostile, AHalfOfARequestIsRefusedWhenNoMoreComes) {
  const program server;
  for (const auto* const half : {"G", "GET /health/live", "GET /health/live HTTP/1.1\r\nHost: x\r\n", "\r\nG"}) {
    SCOPED_TRACE(half);
    http_peer peer{server.port()};
    peer.send(half);
    peer.finish_sending();
    const auto given = peer.read_answer();
    EXPECT_EQ(given.status, 400);
    EXPECT_EQ(member(given, "detail"), "The head ended before it was complete.");
    EXPECT_EQ(given["Connection"], "close");
    EXPECT_TRUE(peer.is_closed_silently());
  }
  http_peer body{server.port()};
  body.send(
    request_text("POST", "/api/v1/auth/login", {{"Content-Type", "application/json"}, {"Content-Length", "9"}}) + "{");
  body.finish_sending();
  EXPECT_EQ(member(body.read_answer(), "detail"), "The body ended before it was complete.");
  for (const auto* const nothing : {"", "\r\n"}) {
    http_peer peer{server.port()};
    peer.send(nothing);
    peer.finish_sending();
    EXPECT_TRUE(peer.is_closed_silently());
  }
  http_peer second{server.port()};
  second.send(live + "GET /health");
  second.finish_sending();
  EXPECT_EQ(second.read_answer().status, 200);
  EXPECT_EQ(second.read_answer().status, 400);
  http_peer observer{server.port()};
  EXPECT_EQ(metric(observer, "genesis_requests_refused_total", R"(reason="incomplete_head")"), 5);
  EXPECT_EQ(metric(observer, "genesis_requests_refused_total", R"(reason="incomplete_body")"), 1);
}

/// Linux says that a full buffer has room when a third of it is free.
TEST(Hostile, ASlowClientThatReadsAllTheTimeGetsItsWholeAnswer) {
  const program server{{"--http.write_timeout=300ms", "--limits.rate_enabled=false"}};
  person someone{server, "slow@example.com"};
  const auto messages = "/api/v1/conversations/" + someone.new_conversation() + "/messages";
  const auto content = R"({"content":")" + std::string(32'000, 'x') + "\"}";
  for (int i = 0; i < 100; ++i)
    ASSERT_EQ(someone.call("POST", messages, content).status, 201);
  const auto whole = someone.get(messages + "?limit=100").body.size();
  http_peer slow{server.port(), 4'096};
  slow.send(someone.request("GET", messages + "?limit=100"));
  http_peer other{server.port()};
  constexpr std::chrono::milliseconds pace{3};
  std::size_t got = 0;
  std::vector<char> piece(4'096);
  for (auto next = std::chrono::steady_clock::now(); got < whole; next += pace) {
    while (std::chrono::steady_clock::now() < next) {
      other.send(live);
      ASSERT_EQ(other.read_answer().status, 200);
    }
    const auto size = ::recv(slow.socket(), piece.data(), piece.size(), 0);
    ASSERT_GT(size, 0) << "after " << got << " of " << whole;
    got += static_cast<std::size_t>(size);
  }
}

TEST(Hostile, ResetsAtAnyByteHarmNobody) {
  const program server{{"--limits.rate_enabled=false"}};
  person someone{server, "resets@example.com"};
  const auto chat = someone.request("POST", "/api/v1/chat/stream", R"({"message":"Hello"})");
  for (std::size_t size = 0; size <= chat.size(); size += size < 40 ? 1 : 7) {
    http_peer peer{server.port()};
    peer.send(std::string_view{chat}.substr(0, size));
    reset(std::move(peer));
  }
  // And of an answer: behind each of its events.
  const auto events = someone.ask(R"({"message":"Hello"})").rest().size();
  ASSERT_GT(events, 3U);
  for (std::size_t count = 0; count < events; count += 3) {
    auto stream = someone.ask(R"({"message":"Hello"})");
    for (std::size_t i = 0; i < count; ++i)
      stream.next_event();
    reset(std::move(stream.peer()));
  }
  expect_served(server);
  EXPECT_EQ(someone.ask(R"({"message":"Hello"})").rest().back().type, "end");
}

TEST(Hostile, FloodsOfPipelinedRequestsAreAnsweredInOrderWithinBounds) {
  static constexpr int count = 20'000;
  const program server;
  http_peer peer{server.port()};
  peer.send(live);
  peer.read_answer();
  const auto before = server.resident_bytes();
  std::thread sender{[&] {
    for (int i = 0; i < count; ++i)
      if (!peer.try_send(request_text("GET", "/health/live", {{"X-Request-ID", std::to_string(i)}})))
        return;
  }};
  // The answers fill the kernel's buffers, then nothing more is read: others are served meanwhile.
  for (int i = 0; i < 20; ++i)
    expect_served(server);
  for (int i = 0; i < count; ++i)
    ASSERT_EQ(peer.read_answer()["X-Request-ID"], std::to_string(i));
  sender.join();
  EXPECT_TRUE(server.has_grown_less(before, std::size_t{16} * 1'024 * 1'024));
}

TEST(Hostile, FloodsOfBadRequestsLeaveNothingBehind) {
  const program server;
  expect_served(server);
  const auto before = server.resident_bytes();
  for (int i = 0; i < 3'000; ++i) {
    http_peer peer{server.port()};
    peer.try_send("GET / HTTP/1.1\r\nHost: a\r\nHost: " + std::string(1'000, 'b') + "\r\n\r\n");
    ASSERT_EQ(peer.read_answer().status, 400);
  }
  EXPECT_TRUE(server.has_grown_less(before, std::size_t{32} * 1'024 * 1'024));
  expect_served(server);
}

TEST(Hostile, ABodyThatComesFastEnoughGetsItsTimeAndOneThatTricklesDoesNot) {
  const program server{{"--http.body_timeout=300ms"}};
  const person someone{server, "steady@example.com"};
  const std::string head = "POST /api/v1/conversations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                           "Authorization: Bearer " +
                           someone.token() + "\r\nContent-Length: 600000\r\n\r\n";
  http_peer steady{server.port()};
  steady.send(head + '{' + std::string(500'000, ' '));
  http_peer trickling{server.port()};
  trickling.send(head + '{');
  EXPECT_EQ(trickling.read_answer().status, 408);  // which tells that the time of both is over
  EXPECT_TRUE(steady.is_quiet());
  steady.send(std::string(99'998, ' ') + '}');
  EXPECT_EQ(steady.read_answer().status, 201);
}

TEST(Hostile, AThousandClientsThatStopReadingCostABoundedAmountOfMemory) {
  raise_descriptor_limit();
  program server{{"--coach.tokens_per_second=1000", "--coach.repeat_tokens=6000", "--limits.rate_enabled=false"}};
  person someone{server, "readers@example.com"};
  auto first = someone.ask(R"({"message":"Hello"})", stream_form::ndjson);
  const auto run = first.next_event().member("run_id");
  const auto before = server.resident_bytes();
  std::vector<http_peer> stalled;
  const auto stall = [&](const std::string& request, int count) {
    const auto begin = stalled.size();
    for (int i = 0; i < count; ++i) {
      stalled.emplace_back(server.port(), 4'096);
      stalled.back().send(request);
    }
    for (auto i = begin; i < stalled.size(); ++i)
      ASSERT_EQ(stalled[i].read_head().status, 200) << i;
  };
  stall(someone.request("GET", "/api/v1/runs/" + run + "/stream?format=ndjson&after=0"), 200);
  stall(request_text("GET", "/openapi.json"), 800);
  // Whoever reads gets everything, and others are served.
  EXPECT_EQ(first.rest().back().type, "end");
  EXPECT_EQ(someone.get("/api/v1/users/me").status, 200);
  // Of a stream two batches of 64 KiB, of a whole answer its head: bodies and events are shared.
  EXPECT_TRUE(server.has_grown_less(before, std::size_t{128} * 1'024 * 1'024));
}

TEST(Hostile, UsedUpDescriptorsMakeConnectionsWaitAndCostNoTime) {
  program server{{"--http.threads=1", "--http.idle_timeout=1500ms", "--limits.rate_enabled=false"}};
  expect_served(server);
  const auto open = server.descriptors();
  rlimit limit{};
  ASSERT_EQ(::prlimit(server.process().pid(), RLIMIT_NOFILE, nullptr, &limit), 0);
  const rlimit few{static_cast<rlim_t>(open) + 4, limit.rlim_max};
  ASSERT_EQ(::prlimit(server.process().pid(), RLIMIT_NOFILE, &few, nullptr), 0);
  std::vector<http_peer> peers;
  for (int i = 0; i < 16; ++i)
    peers.emplace_back(server.port());
  ASSERT_TRUE(server.process().wait_for_err("accepting a connection failed"));
  const auto began = std::chrono::steady_clock::now();
  const auto spent = cpu_time(server);
  EXPECT_TRUE(peers.front().is_closed_silently());  // idle for long enough
  const std::chrono::duration<double> waited = std::chrono::steady_clock::now() - began;
  EXPECT_LT((cpu_time(server) - spent).count(), 0.2 + waited.count() / 4) << "the acceptor spins";
  // With descriptors again, everybody who waited is served.
  ASSERT_EQ(::prlimit(server.process().pid(), RLIMIT_NOFILE, &limit, nullptr), 0);
  peers.back().send(live);
  EXPECT_EQ(peers.back().read_answer().status, 200);
  expect_served(server);
}

}  // namespace
}  // namespace genesis::system_test
