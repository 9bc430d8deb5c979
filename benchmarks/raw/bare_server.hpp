#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <optional>
#include <pthread.h>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <utility>
#include <vector>

/// A bare Boost.Beast server: what HTTP itself costs on this machine, and so the measure for what GENESIS adds to it.
/// Threads as in GENESIS: one io_context each, all listening at the same port through SO_REUSEPORT.
namespace genesis::raw {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using request = http::request<http::string_body>;
using answer = http::response<http::string_body>;

/// Fills the answer to a request in, on its thread.
using handler = std::function<void(const request&, answer&)>;

/// One connection: reads a request, writes the answer, and again. Lives as long as one of its operations is under way.
class session : public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, const handler& handle) : socket_(std::move(socket)), handle_(handle) {}

  void read() {
    parser_.emplace();
    http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](const error_code& ec, std::size_t) {
      if (!ec)
        self->write();
    });
  }

private:
  void write() {
    handle_(parser_->get(), answer_);
    answer_.keep_alive(parser_->get().keep_alive());
    http::async_write(socket_, answer_, [self = shared_from_this()](const error_code& ec, std::size_t) {
      if (!ec && self->answer_.keep_alive())
        self->read();
    });
  }

  tcp::socket socket_;
  const handler& handle_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  answer answer_;
};

/// One thread's listener. Made on the main thread, run on its own.
class listener {
public:
  listener(const tcp::endpoint& at, handler handle) : handle_(std::move(handle)) {
    acceptor_.open(at.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address{true});
    const int on = 1;
    if (::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
      throw std::runtime_error("SO_REUSEPORT is not supported");
    acceptor_.bind(at);
    acceptor_.listen();
  }

  [[nodiscard]] tcp::endpoint at() const { return acceptor_.local_endpoint(); }

  void run() {
    accept();
    io_.run();
  }
  void stop() { io_.stop(); }

private:
  void accept() {
    acceptor_.async_accept([this](const error_code& ec, tcp::socket socket) {
      if (!ec) {
        socket.set_option(tcp::no_delay{true});
        std::make_shared<session>(std::move(socket), handle_)->read();
      }
      accept();
    });
  }

  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  handler handle_;
};

/// Serves until SIGTERM or SIGINT, each thread with a handler of its own.
inline void serve(
  const std::function<handler()>& make_handler, std::size_t thread_count, const std::filesystem::path& port_file) {
  // Blocked before the first thread exists, so that sigwait alone gets them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  tcp::endpoint at{asio::ip::address_v4::loopback(), 0};
  std::vector<std::unique_ptr<listener>> listeners;
  for (std::size_t i = 0; i < thread_count; ++i) {
    listeners.push_back(std::make_unique<listener>(at, make_handler()));
    at = listeners.back()->at();
  }
  std::vector<std::jthread> threads;
  for (auto& each : listeners)
    threads.emplace_back([&each = *each] { each.run(); });
  if (port_file.empty())
    std::cout << at.port() << std::endl;
  else
    std::ofstream{port_file} << at.port() << '\n';

  int signal = 0;
  sigwait(&ends, &signal);
  for (auto& each : listeners)
    each->stop();
}

}  // namespace genesis::raw
