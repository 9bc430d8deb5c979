#pragma once

#include "http/tls_context.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <cstdint>
#include <linux/sockios.h>
#include <memory>
#include <sys/ioctl.h>

namespace genesis::http {

using tcp_socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

/// The bytes to and from one client: over TCP, or over TLS inside it. One branch per operation tells them apart; both
/// kinds are compiled where they are used, and a plain connection carries a null pointer.
///
/// One read and one write at a time, on the socket's own thread. Whoever starts an operation keeps the object alive
/// until its handler has run.
class client_stream {
public:
  explicit client_stream(tcp_socket socket) : socket_(std::move(socket)) {}

  [[nodiscard]] tcp_socket& socket() noexcept { return socket_; }
  /// Bytes that were written and that the client's machine has not taken yet. It goes down while the client reads,
  /// also where the next write has to wait until much more room is free.
  [[nodiscard]] std::size_t untaken() noexcept {
    int bytes = 0;
    return ::ioctl(socket_.native_handle(), SIOCOUTQ, &bytes) == 0 ? static_cast<std::size_t>(bytes) : 0;
  }
  [[nodiscard]] bool is_secure() const noexcept { return tls_ != nullptr; }
  /// The client is being told that nothing follows: nothing may be read meanwhile.
  [[nodiscard]] bool is_finishing() const noexcept { return is_finishing_; }

  /// Makes it a TLS connection, once the handler says so. When it fails, nothing is encrypted.
  template <class Handler>
  void async_handshake(boost::asio::ssl::context& context, Handler handler) {
    tls_ = std::make_unique<tls_stream>(socket_, context);
    tls_->async_handshake(boost::asio::ssl::stream_base::server,
      [this, handler = std::move(handler)](const boost::system::error_code& ec) mutable {
        if (ec)
          tls_ = nullptr;
        handler(ec);
      });
  }

  template <class Handler>
  void async_read_some(const boost::asio::mutable_buffer& into, Handler handler) {
    if (tls_ && !is_finished_)
      tls_->async_read_some(into, std::move(handler));
    else
      socket_.async_read_some(into, std::move(handler));
  }

  template <class Buffers, class Condition, class Handler>
  void async_write(const Buffers& buffers, Condition condition, Handler handler) {
    if (tls_)
      boost::asio::async_write(*tls_, buffers, std::move(condition), std::move(handler));
    else
      boost::asio::async_write(socket_, buffers, std::move(condition), std::move(handler));
  }

  /// Tells the client that nothing follows; over TLS this waits for its word that it knows. What is read behind that is
  /// as the client sent it, encrypted: only good to be dropped.
  template <class Handler>
  void async_finish(Handler handler) {
    if (!tls_) {
      shut_down();
      handler();
      return;
    }
    is_finishing_ = true;
    tls_->async_shutdown([this, handler = std::move(handler)](const boost::system::error_code&) mutable {
      is_finishing_ = false;
      is_finished_ = true;
      shut_down();
      handler();
    });
  }

  /// Ends it, whatever is under way.
  void close() noexcept {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }
  /// Likewise with a reset in place of an orderly end: what is still on its way is lost.
  void reset() noexcept {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::socket_base::linger{true, 0}, ignored);
    close();
  }

private:
  using tls_stream = boost::asio::ssl::stream<tcp_socket&>;

  void shut_down() noexcept {
    boost::system::error_code ignored;
    socket_.shutdown(boost::asio::socket_base::shutdown_send, ignored);
  }

  tcp_socket socket_;
  std::unique_ptr<tls_stream> tls_;
  bool is_finishing_ = false;
  bool is_finished_ = false;
};

}  // namespace genesis::http
