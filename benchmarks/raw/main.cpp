// A bare Boost.Beast server that gives one recorded answer to every request: what HTTP itself costs on this machine,
// and so the measure for what GENESIS adds to it. Threads as in GENESIS: one io_context each, all listening at the same
// port through SO_REUSEPORT.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>
#include <pthread.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using answer = http::response<http::string_body>;

/// Reads a whole response, as `genesis_load record` writes it. Fields that framing decides anew are left out.
answer read_answer(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
  http::response_parser<http::string_body> parser;
  parser.eager(true);
  error_code ec;
  parser.put(asio::buffer(bytes), ec);
  if (!ec && !parser.is_done())
    parser.put_eof(ec);
  if (ec || !parser.is_done())
    throw std::runtime_error(file.string() + " holds no whole response");
  auto recorded = parser.release();
  recorded.erase(http::field::connection);
  recorded.keep_alive(true);
  recorded.prepare_payload();
  return recorded;
}

/// One connection: reads a request, writes the answer, and again. Lives as long as one of its operations is under way.
class session : public std::enable_shared_from_this<session> {
public:
  session(tcp::socket socket, const answer& recorded) : socket_(std::move(socket)), recorded_(recorded) {}

  void read() {
    parser_.emplace();
    http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](const error_code& ec, std::size_t) {
      if (!ec)
        self->write();
    });
  }

private:
  void write() {
    // Built for each request, field by field, as a handler has to.
    answer_ = recorded_;
    answer_.keep_alive(parser_->get().keep_alive());
    http::async_write(socket_, answer_, [self = shared_from_this()](const error_code& ec, std::size_t) {
      if (!ec && self->answer_.keep_alive())
        self->read();
    });
  }

  tcp::socket socket_;
  const answer& recorded_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  answer answer_;
};

/// One thread's listener. Made on the main thread, run on its own.
class listener {
public:
  listener(const tcp::endpoint& at, const answer& recorded) : recorded_(recorded) {
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
        std::make_shared<session>(std::move(socket), recorded_)->read();
      }
      accept();
    });
  }

  asio::io_context io_{1};
  tcp::acceptor acceptor_{io_};
  const answer& recorded_;
};

/// Serves until SIGTERM or SIGINT.
void serve(const answer& recorded, std::size_t thread_count, const std::filesystem::path& port_file) {
  // Blocked before the first thread exists, so that sigwait alone gets them.
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);

  tcp::endpoint at{asio::ip::address_v4::loopback(), 0};
  std::vector<std::unique_ptr<listener>> listeners;
  for (std::size_t i = 0; i < thread_count; ++i) {
    listeners.push_back(std::make_unique<listener>(at, recorded));
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

}  // namespace

int main(int argc, char** argv) {
  CLI::App program{
    "Answers every request on a free loopback port with one recorded response. Ends on SIGTERM.", "raw_beast"};
  std::filesystem::path response;
  std::filesystem::path port_file;
  std::size_t threads = 2;
  program.add_option("--response", response, "File with the response, head and body")->required()->type_name("FILE");
  program.add_option("--threads", threads, "Threads, an io_context each")
    ->check(CLI::Range(1, 64))
    ->capture_default_str();
  program.add_option("--port-file", port_file, "Where to write the port; standard output without it")
    ->type_name("FILE");
  CLI11_PARSE(program, argc, argv);
  try {
    serve(read_answer(response), threads, port_file);
    return 0;
  } catch (const std::exception& error) {
    std::cerr << "raw_beast: " << error.what() << '\n';
    return 1;
  }
}
