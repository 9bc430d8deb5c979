#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace genesis::http {

/// `Sun, 06 Nov 1994 08:49:37 GMT`: how HTTP writes a moment (RFC 9110 5.6.7).
std::string http_date(std::chrono::sys_seconds at);

/// Makes the text of the Date field once per second. One per I/O thread.
class date_cache {
public:
  /// The view lives until the next call.
  [[nodiscard]] std::string_view at(std::chrono::sys_seconds now);

private:
  std::chrono::sys_seconds second_{std::chrono::seconds::min()};
  std::string text_;
};

/// Writes the head of one response to the end of a text, straight away. A value that could end its line early (CR, LF
/// or NUL), a name that is no token and a status without a reason phrase are broken invariants: whatever a client sent
/// is checked long before.
class response_head {
public:
  /// Writes the status line and Date. `out` outlives this object.
  response_head(std::string& out, int status, std::string_view date);

  response_head& field(std::string_view name, std::string_view value);
  /// Whole lines that were checked when they were made, each with its CR LF.
  response_head& lines(std::string_view text);
  /// Of the content that follows, or that GET would have got where HEAD or 304 answers. Not with a status that never
  /// has any (RFC 9110 8.6).
  response_head& content_length(std::size_t bytes);
  /// The content follows in chunks (RFC 9112 7.1). Not for HTTP/1.0 clients.
  response_head& chunked();
  /// The connection closes after this answer (RFC 9112 9.6).
  response_head& close();
  /// Tells a client of HTTP/1.0 that the connection stays open.
  response_head& keep_alive();
  /// Writes the empty line. The content comes next.
  void end();

private:
  std::string& out_;
  int status_;
};

/// What a client that waits with its body is told (RFC 9110 15.2.1).
inline constexpr std::string_view continue_response = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace genesis::http
