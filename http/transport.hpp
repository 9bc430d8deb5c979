#pragma once

#include "domain/error.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// One field of a message's head.
struct http_header {
  std::string name;
  std::string value;
};

/// Equal but for the case of ASCII letters, as names of fields and e-mail addresses are compared.
bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept;

/// What is sent. `Host`, `Content-Length` and `Connection` are the transport's.
struct http_request {
  std::string method = "GET";
  std::string target = "/";
  std::vector<http_header> headers;
  std::string body;
};

/// What came back.
struct http_response {
  unsigned status = 0;
  std::vector<http_header> headers;
  std::string body;

  /// The first field of that name, in any case; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// How the reading of a streamed answer stopped.
enum class stream_end : std::uint8_t {
  complete,     ///< The body's framing said that it is whole.
  cut,          ///< The connection ended or went silent before that.
  stopped,      ///< The sink asked for it.
  interrupted,  ///< The person pressed Ctrl-C.
};

/// A streamed answer after its end. The body is filled only when the status was not 200; then the sink saw nothing.
struct stream_outcome {
  http_response head;
  stream_end end = stream_end::complete;
};

/// Takes the next bytes of a body; false stops the reading.
using byte_sink = std::function<bool(std::string_view)>;

/// Whether Ctrl-C stops a call (and is reported) or ends the process as usual.
enum class on_interrupt : std::uint8_t { end_process, report };

/// Carries requests to one server, one at a time. The program uses `http_client`; tests use scripts.
class transport {
public:
  transport() = default;
  transport(const transport&) = delete;
  transport& operator=(const transport&) = delete;
  virtual ~transport() = default;

  /// One request and its whole answer. `errc::unavailable` when none came, `errc::not_found` when the server's name is
  /// not known, `errc::forbidden` when its certificate, or TLS with it, is in the way; with the reason as a clause.
  virtual result<http_response> exchange(const http_request& request) = 0;

  /// One request whose answer goes to the sink as it arrives. Errors as those of `exchange`, when not even a head came.
  virtual result<stream_outcome> stream(const http_request& request, const byte_sink& sink, on_interrupt interrupt) = 0;

  /// Lets time pass before another attempt. False when Ctrl-C ended the wait.
  virtual bool wait(std::chrono::milliseconds time) = 0;
};

}  // namespace genesis::http
