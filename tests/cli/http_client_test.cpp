#include "cli/http_client.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace genesis::cli {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using asio::ip::tcp;

// Takes one connection, reads a request's head (and `body_bytes` more), writes `answer`, and either closes or holds the
// connection until the client closes it.
class one_answer {
public:
  enum class then : std::uint8_t { close, hold };

  explicit one_answer(std::string answer, then after = then::close, std::size_t body_bytes = 0)
      : thread_([this, answer = std::move(answer), after, body_bytes] {
          boost::system::error_code ignored;
          tcp::socket socket{context_};
          acceptor_.accept(socket, ignored);
          std::string text;
          const auto head = asio::read_until(socket, asio::dynamic_buffer(text), "\r\n\r\n", ignored);
          if (text.size() < head + body_bytes)
            asio::read(
              socket, asio::dynamic_buffer(text), asio::transfer_exactly(head + body_bytes - text.size()), ignored);
          asio::write(socket, asio::buffer(answer), ignored);
          std::string rest;
          if (after == then::hold)
            asio::read(socket, asio::dynamic_buffer(rest), ignored);
          request_.set_value(text);
        }) {}
  one_answer(const one_answer&) = delete;
  one_answer& operator=(const one_answer&) = delete;
  ~one_answer() { thread_.join(); }

  [[nodiscard]] server_url url(std::string path = {}) const {
    return {"127.0.0.1", std::to_string(acceptor_.local_endpoint().port()), std::move(path)};
  }
  std::string request() { return request_.get_future().get(); }

private:
  asio::io_context context_;
  tcp::acceptor acceptor_{context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  std::promise<std::string> request_;
  std::thread thread_;
};

const http_request get{"GET", "/x?y=1", {{"Accept", "text/plain"}}, {}};

struct collected {
  std::string text;
  byte_sink sink = [this](std::string_view bytes) {
    text += bytes;
    return true;
  };
};

std::string chunk(std::string_view text) {
  return std::to_string(text.size()) + "\r\n" + std::string{text} + "\r\n";
}
constexpr std::string_view chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST(HttpClient, SendsARequestAndReadsItsAnswer) {
  one_answer server{"HTTP/1.1 201 Created\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello", one_answer::then::close, 4};
  http_client client{server.url("/base")};
  const auto answer = client.exchange({"POST", "/x", {{"Authorization", "Bearer t"}}, "body"});
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 201U);
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(answer->header("x-one"), "1");
  EXPECT_EQ(answer->header("x-two"), "");
  const auto request = server.request();
  EXPECT_TRUE(request.starts_with("POST /base/x HTTP/1.1\r\n")) << request;
  EXPECT_NE(request.find("Host: 127.0.0.1:" + server.url().port + "\r\n"), std::string::npos) << request;
  EXPECT_NE(request.find("Authorization: Bearer t\r\n"), std::string::npos) << request;
  EXPECT_NE(request.find("Content-Length: 4\r\n"), std::string::npos) << request;
  EXPECT_TRUE(request.ends_with("\r\n\r\nbody")) << request;
}

TEST(HttpClient, ReadsBodiesOfEveryFraming) {
  const std::vector<std::string> answers{std::string{chunked} + chunk("hel") + chunk("lo") + "0\r\n\r\n",
    "HTTP/1.1 200 OK\r\n\r\nhello", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"};
  for (const auto& text : answers) {
    one_answer server{text};
    EXPECT_EQ(http_client{server.url()}.exchange(get)->body, "hello") << text;
  }
}

TEST(HttpClient, ReadsAnswersWithoutBody) {
  one_answer nothing{"HTTP/1.1 204 No Content\r\n\r\n", one_answer::then::hold};
  EXPECT_EQ(http_client{nothing.url()}.exchange(get)->status, 204U);
  one_answer head{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", one_answer::then::hold};
  EXPECT_EQ(http_client{head.url()}.exchange({"HEAD", "/", {}, {}})->body, "");
}

TEST(HttpClient, GivesAStreamToItsSinkWhileTheConnectionIsOpen) {
  one_answer server{std::string{chunked} + chunk("one ") + chunk("two"), one_answer::then::hold};
  std::string text;
  const auto outcome = http_client{server.url()}.stream(get, [&](std::string_view bytes) {
    text += bytes;
    return text != "one two";
  });
  ASSERT_TRUE(outcome) << outcome.error().detail;
  EXPECT_EQ(outcome->end, stream_end::stopped);
  EXPECT_EQ(text, "one two");
}

TEST(HttpClient, TellsAWholeStreamFromACutOne) {
  collected whole;
  one_answer good{std::string{chunked} + chunk("text") + "0\r\n\r\n"};
  EXPECT_EQ(http_client{good.url()}.stream(get, whole.sink)->end, stream_end::complete);
  EXPECT_EQ(whole.text, "text");
  collected part;
  one_answer bad{std::string{chunked} + chunk("text")};
  EXPECT_EQ(http_client{bad.url()}.stream(get, part.sink)->end, stream_end::cut);
  EXPECT_EQ(part.text, "text");
}

TEST(HttpClient, KeepsARefusalAwayFromTheSink) {
  one_answer server{"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n{}"};
  collected stream;
  const auto outcome = http_client{server.url()}.stream(get, stream.sink);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->head.status, 409U);
  EXPECT_EQ(outcome->head.body, "{}");
  EXPECT_EQ(stream.text, "");
}

TEST(HttpClient, StopsReadingOnCtrlC) {
  one_answer server{std::string{chunked} + chunk("text"), one_answer::then::hold};
  const auto outcome = http_client{server.url()}.stream(
    get,
    [](std::string_view) {
      std::raise(SIGINT);
      return true;
    },
    on_interrupt::report);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, stream_end::interrupted);
  struct sigaction now{};
  ASSERT_EQ(::sigaction(SIGINT, nullptr, &now), 0);
  EXPECT_EQ(now.sa_handler, SIG_DFL) << "the next Ctrl-C ends the process";
}

TEST(HttpClient, EndsWithTheStreamWhenNobodyInterruptsIt) {
  collected stream;
  one_answer server{std::string{chunked} + chunk("text") + "0\r\n\r\n"};
  const auto outcome = http_client{server.url()}.stream(get, stream.sink, on_interrupt::report);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->end, stream_end::complete);
}

TEST(HttpClient, ReportsCtrlCThatEndsAWait) {
  http_client client{{"127.0.0.1", "1", ""}};
  EXPECT_TRUE(client.wait(0ms));
  std::thread presses{[] {
    // Until the wait has taken the signal over it would end the test.
    struct sigaction now{};
    do {
      ::sigaction(SIGINT, nullptr, &now);
    } while (now.sa_handler == SIG_DFL);
    std::raise(SIGINT);
  }};
  EXPECT_FALSE(client.wait(1h));
  presses.join();
}

TEST(HttpClient, SaysWhyNoAnswerCame) {
  const auto refused = http_client{{"127.0.0.1", "1", ""}}.exchange(get);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, errc::unavailable);
  EXPECT_EQ(refused.error().detail, "Connection refused");

  one_answer silent{""};
  EXPECT_EQ(http_client{silent.url()}.exchange(get).error().detail, "it closed the connection without an answer");

  one_answer half{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"};
  EXPECT_EQ(http_client{half.url()}.exchange(get).error().detail, "the connection ended in the middle of its answer");

  one_answer garbage{"SSH-2.0-OpenSSH\r\n\r\n"};
  EXPECT_EQ(http_client{garbage.url()}.exchange(get).error().code, errc::unavailable);

  const auto nowhere = http_client{{"no-such-host.invalid", "80", ""}}.exchange(get);
  EXPECT_NE(nowhere.error().detail.find("no-such-host.invalid"), std::string::npos);
}

TEST(HttpClient, WaitsNoLongerThanItsTimeouts) {
  http_client_limits brief;
  brief.exchange_timeout = 20ms;
  one_answer silent{"", one_answer::then::hold};
  EXPECT_EQ(http_client(silent.url(), brief).exchange(get).error().detail, "it did not answer in time");

  brief.exchange_timeout = 30s;
  brief.silence_timeout = 20ms;
  collected stream;
  one_answer pausing{std::string{chunked} + chunk("text"), one_answer::then::hold};
  EXPECT_EQ(http_client(pausing.url(), brief).stream(get, stream.sink)->end, stream_end::cut);
  EXPECT_EQ(stream.text, "text");
}

TEST(HttpClient, KeepsNoBodyAboveItsBound) {
  http_client_limits small;
  small.body_bytes_max = 5;
  one_answer fits{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"};
  EXPECT_EQ(http_client(fits.url(), small).exchange(get)->body, "hello");
  one_answer over{"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nhello!", one_answer::then::hold};
  EXPECT_EQ(http_client(over.url(), small).exchange(get).error().detail, "its answer is too long");
}

TEST(HttpClient, LetsWhatTheSinkThrowsThrough) {
  one_answer server{std::string{chunked} + chunk("text"), one_answer::then::hold};
  http_client client{server.url()};
  const byte_sink throwing = [](std::string_view) -> bool { throw std::runtime_error{"full"}; };
  EXPECT_THROW((void)client.stream(get, throwing), std::runtime_error);
}

}  // namespace
}  // namespace genesis::cli
