#include "http/http_client.hpp"
#include "http/tls_context.hpp"
#include "tests/self_signed.hpp"
#include "tests/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>

#include <csignal>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace genesis::http {
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
  EXPECT_NE(request.find("User-Agent: genesis/" GENESIS_VERSION "\r\n"), std::string::npos) << request;
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

TEST(HttpClient, WaitsForTheAnswerBehindInterimOnes) {
  constexpr auto hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
  one_answer server{
    std::string{"HTTP/1.1 100 Continue\r\n\r\n"} + hints + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"};
  const auto answer = http_client{server.url()}.exchange(get);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->status, 200U);
  EXPECT_EQ(answer->body, "ok");
  EXPECT_EQ(answer->header("Link"), "");

  std::string for_ever;
  for (int i = 0; i < 100; ++i)
    for_ever += hints;
  one_answer talker{for_ever};
  EXPECT_EQ(http_client{talker.url()}.exchange(get)->status, 103U) << "of no use, and an end";
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

// Takes one connection over TLS, if the client goes on with it, and answers one request. Without a word that nothing
// follows when it cuts.
class one_secure_answer {
public:
  one_secure_answer(http::tls_context_ptr context, std::string answer, bool says_goodbye = true)
      : thread_([this, context = std::move(context), answer = std::move(answer), says_goodbye] {
          boost::system::error_code failure;
          asio::ssl::stream<tcp::socket> socket{context_, *context};
          acceptor_.accept(socket.next_layer(), failure);
          socket.handshake(asio::ssl::stream_base::server, failure);
          if (!failure)
            asio::read_until(socket, asio::dynamic_buffer(request_), "\r\n\r\n", failure);
          if (failure)
            return;
          if (const auto* name = SSL_get_servername(socket.native_handle(), TLSEXT_NAMETYPE_host_name))
            name_ = name;
          asio::write(socket, asio::buffer(answer), failure);
          if (says_goodbye)
            socket.shutdown(failure);
        }) {}
  one_secure_answer(const one_secure_answer&) = delete;
  one_secure_answer& operator=(const one_secure_answer&) = delete;
  ~one_secure_answer() { end(); }

  [[nodiscard]] server_url url(std::string host) const {
    return {std::move(host), std::to_string(acceptor_.local_endpoint().port()), {}, true};
  }
  // What it got, once it is over.
  const std::string& request() { return end(), request_; }
  const std::string& name_asked_for() { return end(), name_; }

private:
  void end() {
    if (thread_.joinable())
      thread_.join();
  }

  asio::io_context context_;
  tcp::acceptor acceptor_{context_, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  std::string request_;
  std::string name_;
  std::thread thread_;
};

class HttpsClient : public ::testing::Test {
protected:
  HttpsClient() { self_signed::make("a.test", 3'600, "DNS:a.test,IP:127.0.0.1").write(certificate, key); }

  [[nodiscard]] http::tls_context_ptr context() const { return *http::load_tls_context(certificate, key); }
  [[nodiscard]] http_client client(server_url server, const std::filesystem::path& believed) const {
    return http_client{std::move(server), {}, {*load_server_trust(believed), "127.0.0.1", advice}};
  }
  std::string refusal(one_secure_answer& server, const std::string& host, const std::filesystem::path& believed) {
    const auto answer = client(server.url(host), believed).exchange(get);
    EXPECT_EQ(server.request(), "") << "nothing is sent to a stranger";
    return answer ? "none" : answer.error().detail;
  }

  static constexpr connect_advice advice{"; ask for another", "; name a file", "; try http"};

  temporary_directory home;
  std::filesystem::path certificate = home.path() / "certificate.pem";
  std::filesystem::path key = home.path() / "key.pem";
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
};

TEST_F(HttpsClient, SendsARequestToTheServerOfTheCertificate) {
  one_secure_answer by_name{context(), ok};
  const auto answer = client(by_name.url("a.test"), certificate).exchange(get);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(by_name.name_asked_for(), "a.test");
  EXPECT_NE(by_name.request().find("Host: a.test:" + by_name.url("").port + "\r\n"), std::string::npos);
  one_secure_answer by_address{context(), ok};
  EXPECT_EQ(client(by_address.url("127.0.0.1"), certificate).exchange(get)->body, "hello");
  EXPECT_EQ(by_address.name_asked_for(), "") << "an address is no name (RFC 6066 3)";
}

TEST_F(HttpsClient, StreamsAndNoticesACut) {
  one_secure_answer whole{context(), std::string{chunked} + chunk("text") + "0\r\n\r\n"};
  collected stream;
  EXPECT_EQ(client(whole.url("a.test"), certificate).stream(get, stream.sink)->end, stream_end::complete);
  EXPECT_EQ(stream.text, "text");
  // Where the end of the connection is that of the body, only TLS can say that it is meant.
  one_secure_answer said{context(), "HTTP/1.1 200 OK\r\n\r\nhello"};
  EXPECT_EQ(client(said.url("a.test"), certificate).exchange(get)->body, "hello");
  one_secure_answer cut{context(), "HTTP/1.1 200 OK\r\n\r\nhello", /*says_goodbye=*/false};
  EXPECT_EQ(client(cut.url("a.test"), certificate).exchange(get).error().detail,
    "the connection ended in the middle of its answer");
}

TEST_F(HttpsClient, SendsNothingToAServerThatItDoesNotBelieve) {
  one_secure_answer unknown{context(), ok};
  EXPECT_NE(
    refusal(unknown, "a.test", {}).find("its certificate is not trusted (self-signed certificate); name a file"),
    std::string::npos);
  const auto other = home.path() / "other.pem";
  self_signed::make("b.test").write(other, home.path() / "other.key");
  one_secure_answer another{context(), ok};
  EXPECT_NE(refusal(another, "a.test", other).find("its certificate is not trusted"), std::string::npos);
  one_secure_answer misnamed{context(), ok};
  EXPECT_NE(refusal(misnamed, "b.test", certificate).find("its certificate is not for b.test; ask for another"),
    std::string::npos);
  one_secure_answer elsewhere{context(), ok};
  EXPECT_NE(
    refusal(elsewhere, "127.0.0.2", certificate).find("its certificate is not for 127.0.0.2"), std::string::npos);
  self_signed::make("a.test", -3'600, "DNS:a.test").write(certificate, key);
  one_secure_answer expired{context(), ok};
  EXPECT_NE(refusal(expired, "a.test", certificate).find("certificate has expired"), std::string::npos);
}

TEST_F(HttpsClient, SaysThatThereIsNoTls) {
  asio::io_context context;
  tcp::acceptor acceptor{context, tcp::endpoint{asio::ip::address_v4::loopback(), 0}};
  std::thread plain{[&] {
    boost::system::error_code ignored;
    tcp::socket socket{context};
    acceptor.accept(socket, ignored);
    asio::write(socket, asio::buffer(std::string_view{"HTTP/1.1 400 Bad Request\r\n\r\n"}), ignored);
    std::string rest;
    asio::read(socket, asio::dynamic_buffer(rest), ignored);
  }};
  const server_url url{"127.0.0.1", std::to_string(acceptor.local_endpoint().port()), {}, true};
  EXPECT_EQ(client(url, certificate).exchange(get).error().detail, "it does not speak TLS there; try http");
  plain.join();
}

TEST_F(HttpsClient, NamesTheAddressAtWhichNobodyAnswers) {
  EXPECT_EQ(
    client({"a.test", "1", {}, true}, certificate).exchange(get).error().detail, "Connection refused at 127.0.0.1");
}

TEST(HttpClient, TellsANameThatIsNotKnownFromAServerThatIsAway) {
  const std::string name(64, 'x');  // longer than any label (RFC 1035 2.3.4): nobody is asked for it
  const auto answer = http_client{server_url{name, "1", {}, false}}.exchange(get);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, errc::not_found);
  EXPECT_TRUE(answer.error().detail.starts_with("its name '" + name + "' is not known (")) << answer.error().detail;
}

TEST_F(HttpsClient, BelievesNobodyInAFileWithoutCertificates) {
  const auto refused = load_server_trust(key);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().detail, "There are no certificates in PEM in " + key.string() + '.');
  EXPECT_FALSE(load_server_trust(home.path() / "nowhere"));
}

TEST(HttpClient, LetsWhatTheSinkThrowsThrough) {
  one_answer server{std::string{chunked} + chunk("text"), one_answer::then::hold};
  http_client client{server.url()};
  const byte_sink throwing = [](std::string_view) -> bool { throw std::runtime_error{"full"}; };
  EXPECT_THROW((void)client.stream(get, throwing), std::runtime_error);
}

}  // namespace
}  // namespace genesis::http
