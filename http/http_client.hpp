#pragma once

#include "http/server_trust.hpp"
#include "http/server_url.hpp"
#include "http/transport.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace genesis::http {

/// How long a client waits, and how much it takes.
struct http_client_limits {
  std::chrono::milliseconds connect_timeout = std::chrono::seconds{5};  ///< The handshake of TLS included.
  /// For a whole exchange after connecting. Longer than the server's own deadline of a request (10 s by default), so
  /// that its answer arrives instead of ours.
  std::chrono::milliseconds exchange_timeout = std::chrono::seconds{30};
  /// Without a byte of a stream. Three of the server's heartbeats (15 s by default).
  std::chrono::milliseconds silence_timeout = std::chrono::seconds{45};
  /// Of a body that is kept in memory; a streamed one has no bound.
  std::size_t body_bytes_max = std::size_t{16} * 1024 * 1024;
};

/// What whoever runs the client may do about a handshake that fails: clauses behind the reason, which begin with their
/// punctuation. Literals.
struct connect_advice {
  std::string_view other_name = {};  ///< The certificate is for another name.
  std::string_view untrusted = {};   ///< Nobody who is believed has signed it.
  std::string_view no_tls = {};      ///< The server speaks plain HTTP there.
};

/// How a client gets to its server.
struct connect_options {
  server_trust_ptr trust = {};  ///< Of `https`; none: whomever the system believes.
  std::string address = {};     ///< In place of what the server's name resolves to.
  connect_advice advice = {};
};

/// A blocking HTTP/1.1 client for one server, over TCP or TLS inside it: one connection per request, no redirects, no
/// compression. A server whose certificate is not good for its name gets no request.
///
/// One thread at a time. While a call reports interrupts, SIGINT belongs to it, for that call only and once: a second
/// Ctrl-C ends the process as usual.
class http_client final : public transport {
public:
  explicit http_client(server_url server, http_client_limits limits = {}, connect_options way = {});

  result<http_response> exchange(const http_request& request) override;
  result<stream_outcome> stream(
    const http_request& request, const byte_sink& sink, on_interrupt interrupt = on_interrupt::end_process) override;
  bool wait(std::chrono::milliseconds time) override;

private:
  /// The trust is there when the server needs it.
  result<void> prepare();

  server_url server_;
  http_client_limits limits_;
  connect_options way_;
};

}  // namespace genesis::http
