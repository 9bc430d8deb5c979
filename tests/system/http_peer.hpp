#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::system_test {

using fields = std::vector<std::pair<std::string, std::string>>;

/// One answer as it came over the socket.
struct answer {
  int version_minor = 1;
  int status = 0;
  fields head;
  std::string body;
  bool is_chunked = false;
  bool is_whole = false;  ///< The body ended as its framing says.

  /// The value of a field that comes once; nothing without it.
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const;
  /// The value of a field that must be there, else an empty string that no comparison takes for it.
  [[nodiscard]] std::string operator[](std::string_view name) const { return field(name).value_or(std::string{}); }
  [[nodiscard]] boost::json::object json() const;
  /// The code of a problem; empty when the body is none.
  [[nodiscard]] std::string code() const;
};

/// A request as bytes: with `Host`, and with `Content-Type` and `Content-Length` when there is a body.
std::string request_text(
  std::string_view verb, std::string_view target, const fields& head = {}, std::string_view body = {});

/// How a client speaks TLS.
struct tls_offer {
  int version_max = 0;                             ///< `TLS1_1_VERSION`; 0 for the newest.
  std::vector<std::string> protocols{"http/1.1"};  ///< Of ALPN.
};

/// A client that sends exactly what the test says and reads what really comes. Every wait has a deadline and throws
/// past it: silence never passes a test.
class http_peer {
public:
  /// `receive_buffer` asks for a small kernel buffer, in bytes, for a client that is slow to read.
  explicit http_peer(std::uint16_t port, int receive_buffer = 0);
  /// From another address of the loopback: `from` is the last of the numbers of 127.0.0.n.
  static http_peer from(std::uint8_t last, std::uint16_t port);
  http_peer(http_peer&& other) noexcept;
  http_peer& operator=(http_peer&& other) noexcept;
  ~http_peer();

  /// From here on over TLS. False when the server refuses the handshake.
  bool secure(const tls_offer& offer = {});
  /// What ALPN agreed on; empty when nothing.
  [[nodiscard]] std::string protocol() const;
  /// Subject of the server's certificate.
  [[nodiscard]] std::string server_name() const;
  /// The server said before it closed that nothing follows (`close_notify`).
  [[nodiscard]] bool was_told_of_end() const;

  /// Throws when the server does not take it.
  void send(std::string_view bytes);
  /// False when the server has closed the connection meanwhile.
  bool try_send(std::string_view bytes);
  void finish_sending();

  /// The next head; its body comes with `read_body` or `read_chunk`.
  answer read_head();
  void read_body(answer& into, bool is_for_head = false);
  /// The next whole answer.
  answer read_answer(bool is_for_head = false);
  /// The next piece of a chunked body, or of one that ends with the connection; nothing at its end. Then `is_complete`
  /// tells an end from a cut, which of the latter is a reset.
  std::optional<std::string> read_chunk(const answer& of);
  [[nodiscard]] bool is_complete() const noexcept { return is_complete_; }
  /// Waits for the server to close, which it must do without another byte.
  bool is_closed_silently();
  /// Nothing has come that was not read, and the connection is open.
  [[nodiscard]] bool is_quiet() const;

  [[nodiscard]] int socket() const noexcept { return socket_; }

private:
  http_peer(std::uint16_t port, int receive_buffer, std::uint32_t source);
  struct tls_session;

  bool fill();
  long receive(char* into, std::size_t count);
  long transmit(std::string_view bytes);
  void fill_or_throw(const char* while_reading);
  std::string take(std::size_t count);
  std::string take_line();

  int socket_ = -1;
  std::shared_ptr<tls_session> tls_;
  std::string buffer_;
  bool is_ended_ = false;
  bool is_reset_ = false;
  bool is_complete_ = false;
};

/// That a request which had not arrived as a whole when the server left is told so, and its connection closed.
void expect_told_of_shutdown(http_peer& peer);

/// Waits until this many of the connections have something to read.
void wait_for_answers(const std::vector<http_peer*>& peers, std::size_t count);

}  // namespace genesis::system_test
