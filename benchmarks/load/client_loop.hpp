#pragma once

#include "benchmarks/load/plan.hpp"
#include "benchmarks/load/response_reader.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace genesis::load {

/// What a connection is, whatever it is used for.
struct client_connection {
  client_connection(boost::asio::io_context& io, std::size_t number_, const person& who_)
      : socket(io), number(number_), who(&who_) {}

  /// Why reading or writing failed: because of the time, or because of `otherwise`.
  [[nodiscard]] std::string reason(const char* otherwise) const { return is_overdue ? "timeout" : otherwise; }

  boost::asio::ip::tcp::socket socket;
  std::size_t number;
  const person* who;
  bool is_waiting = false;     ///< For the server, until the deadline.
  bool is_overdue = false;     ///< The deadline has passed: the socket was closed, and reading fails.
  bool is_closed = false;      ///< For good.
  clock::time_point deadline;  ///< Of what it waits for.
  std::string out;
  response_reader reader;
};

/// The connections of one thread, the loop that they run in, and the eye on their deadlines. `Connection` is a
/// `client_connection` with `in`, the buffer that it reads into.
template <class Connection>
class client_loop {
public:
  using error_code = boost::system::error_code;

  /// Takes every `plan.threads`th of `count` connections, from number `index` on. They are not connected.
  client_loop(const common_plan& plan, std::size_t count, std::size_t index)
      : server_(boost::asio::ip::make_address(plan.target.address), plan.target.port) {
    for (std::size_t i = index; i < count; i += plan.threads) {
      const auto& who = plan.people.empty() ? nobody_ : plan.people[i % plan.people.size()];
      connections_.push_back(std::make_unique<Connection>(io_, i, who));
    }
  }

  [[nodiscard]] boost::asio::io_context& io() noexcept { return io_; }
  [[nodiscard]] const boost::asio::ip::tcp::endpoint& server() const noexcept { return server_; }
  [[nodiscard]] std::vector<std::unique_ptr<Connection>>& connections() noexcept { return connections_; }

  /// Returns when every connection is closed.
  void run() {
    watch();
    io_.run();
  }

  /// Reads once; `then(step, ec)` gets what that made of the response. Its body goes to `body` where it is not null.
  template <class Then>
  void read(Connection& c, std::string* body, Then then) {
    c.socket.async_read_some(
      boost::asio::buffer(c.in), [&c, body, then = std::move(then)](const error_code& ec, std::size_t size) {
        const auto step = ec == boost::asio::error::eof ? c.reader.end_of_stream()
                          : ec                          ? read_step::malformed
                                                        : c.reader.feed({c.in.data(), size}, body);
        then(step, ec);
      });
  }

  /// For good. True when it was the last one that was open.
  bool close(Connection& c) {
    if (c.is_closed)
      return false;
    c.is_closed = true;
    error_code ignored;
    c.socket.close(ignored);
    if (++closed_ < connections_.size())
      return false;
    watchman_.cancel();
    return true;
  }

private:
  static constexpr auto watch_period = std::chrono::milliseconds{100};

  /// Closes what has waited too long; its read then fails and says so.
  void watch() {
    watchman_.expires_after(watch_period);
    watchman_.async_wait([this](const error_code& ec) {
      if (ec)
        return;
      const auto now = clock::now();
      for (auto& c : connections_) {
        if (!c->is_waiting || c->is_closed || c->is_overdue || now < c->deadline)
          continue;
        c->is_overdue = true;
        error_code ignored;
        c->socket.close(ignored);
      }
      if (closed_ < connections_.size())
        watch();
    });
  }

  person nobody_;
  boost::asio::ip::tcp::endpoint server_;
  boost::asio::io_context io_{1};
  boost::asio::steady_timer watchman_{io_};
  std::vector<std::unique_ptr<Connection>> connections_;
  std::size_t closed_ = 0;
};

}  // namespace genesis::load
