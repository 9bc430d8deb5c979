#include "http/http_client.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <csignal>
#include <exception>
#include <optional>

namespace genesis::http {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

// Bounds of an answer's head, as generous as the server's own for requests.
constexpr std::uint32_t head_bytes_max = 32 * 1024;

http::request<http::string_body> to_beast(const http_request& from, const server_url& server) {
  http::request<http::string_body> to;
  to.version(11);
  to.method_string(from.method);
  to.target(server.path + from.target);
  to.set(http::field::host, server.authority());
  to.set(http::field::connection, "close");
  to.set(http::field::user_agent, "genesis/" GENESIS_VERSION);
  for (const auto& field : from.headers)
    to.set(field.name, field.value);
  to.body() = from.body;
  to.prepare_payload();
  return to;
}

http_response head_of(const http::response_header<>& from) {
  http_response to;
  to.status = from.result_int();
  for (const auto& field : from)
    to.headers.push_back({field.name_string(), field.value()});
  return to;
}

using tls_stream = asio::ssl::stream<beast::tcp_stream&>;

// From here on the server has to show a certificate for this name, or this address. False for what is neither: then any
// certificate would do.
bool ask_for(SSL* connection, const std::string& host) {
  error_code is_name;
  asio::ip::make_address(host, is_name);
  auto* const rules = SSL_get0_param(connection);
  if (is_name) {
    return SSL_set_tlsext_host_name(connection, host.c_str()) == 1 &&
           X509_VERIFY_PARAM_set1_host(rules, host.c_str(), host.size()) == 1;
  }
  return X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1;
}

// Why a handshake failed.
std::string clause(error_code failure, SSL* connection, const std::string& host, const connect_advice& advice) {
  const auto verdict = SSL_get_verify_result(connection);
  if (verdict == X509_V_ERR_HOSTNAME_MISMATCH || verdict == X509_V_ERR_IP_ADDRESS_MISMATCH)
    return "its certificate is not for " + host + std::string{advice.other_name};
  if (verdict != X509_V_OK)
    return std::string{"its certificate is not trusted ("} + X509_verify_cert_error_string(verdict) + ')' +
           std::string{advice.untrusted};
  if (failure.category() == asio::error::get_ssl_category() &&
      ERR_GET_REASON(static_cast<unsigned long>(failure.value())) == SSL_R_WRONG_VERSION_NUMBER)
    return "it does not speak TLS there" + std::string{advice.no_tls};
  return "no TLS connection can be made with it (" + failure.message() + ")";
}

std::string clause(error_code failure) {
  if (failure == beast::error::timeout)
    return "it did not answer in time";
  if (failure == http::error::end_of_stream || failure == asio::error::eof ||
      failure == asio::ssl::error::stream_truncated)
    return "it closed the connection without an answer";
  return failure.message();
}

// One request and its answer on one connection. Lives on the stack of the call, with an io_context of its own.
class one_call {
public:
  one_call(
    const server_url& server, const http_client_limits& limits, const connect_options& way, const http_request& request)
      : server_(server), limits_(limits), way_(way), socket_(context_), request_(to_beast(request, server)) {
    if (server.is_secure) {
      tls_.emplace(socket_, *way.trust);
      is_name_known_ = ask_for(tls_->native_handle(), server.host);
    }
    expect_answer();
  }

  // Errors are those before the head of the answer, as a clause.
  result<stream_outcome> run(const byte_sink& sink, on_interrupt interrupt) {
    if (!is_name_known_)
      return fail(errc::unavailable, "no certificate can be for '" + server_.host + "'");
    error_code failure;
    tcp::resolver resolver{context_};
    const auto& name = way_.address.empty() ? server_.host : way_.address;
    const auto endpoints = resolver.resolve(name, server_.port, failure);
    if (failure)
      return fail(errc::not_found, "its name '" + name + "' is not known (" + failure.message() + ")");

    std::optional<asio::signal_set> signals;
    if (interrupt == on_interrupt::report) {
      signals.emplace(context_, SIGINT);
      signals->async_wait([this](error_code aborted, int) {
        if (!aborted) {
          was_interrupted_ = true;
          socket_.close();
        }
      });
    }
    std::exception_ptr thrown;
    asio::co_spawn(context_, talk(endpoints, sink), [&](const std::exception_ptr& problem) {
      thrown = problem;
      if (signals)
        signals->cancel();
    });
    context_.run();
    if (thrown)
      std::rethrow_exception(thrown);

    if (was_interrupted_)
      outcome_.end = stream_end::interrupted;
    else if (!parser_->is_header_done())
      return handshake_fault_.empty() ? fail(errc::unavailable, clause(failure_) + where())
                                      : fail(errc::forbidden, handshake_fault_);
    return std::move(outcome_);
  }

private:
  /// RFC 9110 15.2: any number of these may come before the answer, and no client has to wait for all of them.
  static constexpr int interim_answers_max = 16;
  /// 101 is the last word of a connection in HTTP.
  static bool is_interim(unsigned status) noexcept { return status / 100 == 1 && status != 101; }

  // Whoever reads of a failure sees the server's name; the address came from elsewhere.
  [[nodiscard]] std::string where() const { return way_.address.empty() ? std::string{} : " at " + way_.address; }

  void expect_answer() {
    parser_.emplace();
    parser_->header_limit(head_bytes_max);
    parser_->body_limit(boost::none);
    parser_->skip(request_.method() == http::verb::head);
  }

  asio::awaitable<void> talk(tcp::resolver::results_type endpoints, const byte_sink& sink) {
    socket_.expires_after(limits_.connect_timeout);
    auto connected = co_await socket_.async_connect(endpoints, as_result);
    failure_ = std::get<0>(connected);
    if (failure_)
      co_return;
    if (!tls_) {
      co_await exchange(socket_, sink);
      co_return;
    }
    auto shaken = co_await tls_->async_handshake(asio::ssl::stream_base::client, as_result);
    failure_ = std::get<0>(shaken);
    if (!failure_)
      co_await exchange(*tls_, sink);
    else if (failure_ != beast::error::timeout)
      handshake_fault_ = clause(failure_, tls_->native_handle(), server_.host, way_.advice);
  }

  template <class Stream>
  asio::awaitable<void> exchange(Stream& stream, const byte_sink& sink) {
    socket_.expires_after(limits_.exchange_timeout);
    auto written = co_await http::async_write(stream, request_, as_result);
    failure_ = std::get<0>(written);
    // A server that refuses early may answer and close before it has read everything: the answer still counts.
    for (int interim = 0;; ++interim) {
      auto read = co_await http::async_read_header(stream, buffer_, *parser_, as_result);
      failure_ = std::get<0>(read);
      if (failure_)
        co_return;
      if (!is_interim(parser_->get().result_int()) || interim == interim_answers_max)
        break;
      expect_answer();
    }
    outcome_.head = head_of(parser_->get().base());
    co_await read_body(stream, sink);
  }

  template <class Stream>
  asio::awaitable<void> read_body(Stream& stream, const byte_sink& sink) {
    const bool is_streamed = outcome_.head.status == 200 && sink != nullptr;
    std::array<char, 16 * 1024> piece{};
    while (!parser_->is_done()) {
      if (is_streamed)
        socket_.expires_after(limits_.silence_timeout);
      auto& body = parser_->get().body();
      body.data = piece.data();
      body.size = piece.size();
      auto read = co_await http::async_read_some(stream, buffer_, *parser_, as_result);
      failure_ = std::get<0>(read);
      if (failure_ == http::error::need_buffer)
        failure_ = {};
      const std::string_view bytes{piece.data(), piece.size() - body.size};
      if (!bytes.empty() && !take(bytes, is_streamed, sink)) {
        outcome_.end = stream_end::stopped;
        co_return;
      }
      if (failure_) {
        outcome_.end = stream_end::cut;
        co_return;
      }
    }
  }

  bool take(std::string_view bytes, bool is_streamed, const byte_sink& sink) {
    if (is_streamed)
      return sink(bytes);
    outcome_.head.body.append(bytes);
    return outcome_.head.body.size() <= limits_.body_bytes_max;
  }

  const server_url& server_;
  const http_client_limits& limits_;
  const connect_options& way_;
  asio::io_context context_{1};
  beast::tcp_stream socket_;
  std::optional<tls_stream> tls_;  // over the socket, where the server is secure
  beast::flat_buffer buffer_;
  std::optional<http::response_parser<http::buffer_body>> parser_;
  http::request<http::string_body> request_;
  stream_outcome outcome_;
  error_code failure_;
  std::string handshake_fault_;
  bool is_name_known_ = true;
  bool was_interrupted_ = false;
};

}  // namespace

http_client::http_client(server_url server, http_client_limits limits, connect_options way)
    : server_(std::move(server)), limits_(limits), way_(std::move(way)) {}

result<void> http_client::prepare() {
  if (!server_.is_secure || way_.trust)
    return {};
  auto trust = load_server_trust();
  if (!trust)
    return std::unexpected(std::move(trust.error()));
  way_.trust = *std::move(trust);
  return {};
}

result<http_response> http_client::exchange(const http_request& request) {
  if (auto ready = prepare(); !ready)
    return std::unexpected(std::move(ready.error()));
  auto outcome = one_call{server_, limits_, way_, request}.run(nullptr, on_interrupt::end_process);
  if (!outcome)
    return std::unexpected(std::move(outcome.error()));
  if (outcome->end == stream_end::stopped)
    return fail(errc::unavailable, "its answer is too long");
  if (outcome->end == stream_end::cut)
    return fail(errc::unavailable, "the connection ended in the middle of its answer");
  return std::move(outcome->head);
}

result<stream_outcome> http_client::stream(const http_request& request, const byte_sink& sink, on_interrupt interrupt) {
  if (auto ready = prepare(); !ready)
    return std::unexpected(std::move(ready.error()));
  return one_call{server_, limits_, way_, request}.run(sink, interrupt);
}

bool http_client::wait(std::chrono::milliseconds time) {
  asio::io_context context{1};
  asio::steady_timer timer{context, time};
  asio::signal_set signals{context, SIGINT};
  bool was_interrupted = false;
  timer.async_wait([&](error_code) { signals.cancel(); });
  signals.async_wait([&](error_code aborted, int) {
    was_interrupted = !aborted;
    timer.cancel();
  });
  context.run();
  return !was_interrupted;
}

}  // namespace genesis::http
