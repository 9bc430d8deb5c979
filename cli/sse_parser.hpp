#pragma once

#include "domain/error.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::cli {

/// One event of a stream.
struct sse_event {
  std::string type = "message";
  std::string data;
  std::string id;  ///< The last `id` seen up to and with this event.

  friend bool operator==(const sse_event&, const sse_event&) = default;
};

/// Turns the bytes of a `text/event-stream` into events, however they are split (WHATWG HTML 9.2.6). Knows no socket.
///
/// Text stays as it came: bytes that are no UTF-8 are left to whoever reads the data. An event without its blank line
/// at the end of the stream is never delivered.
class sse_parser {
public:
  /// What one line and the data of one event may hold. A server that sends more is broken or hostile.
  static constexpr std::size_t line_bytes_max = std::size_t{1024} * 1024;
  static constexpr std::size_t event_bytes_max = 4 * line_bytes_max;

  /// Takes the next bytes and gives the events that they complete. `errc::invalid_argument` above the bounds; from then
  /// on nothing else.
  result<std::vector<sse_event>> feed(std::string_view bytes);

  /// What a reconnecting client sends as `Last-Event-ID`; empty before the first.
  [[nodiscard]] const std::string& last_event_id() const noexcept { return last_event_id_; }

  /// How long the server asked clients to wait before they reconnect.
  [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const noexcept { return retry_; }

private:
  void skip_byte_order_mark(std::string_view& bytes);
  void end_line(std::vector<sse_event>& events);
  void take_field(std::string_view name, std::string_view value);
  void dispatch(std::vector<sse_event>& events);

  std::string line_;
  std::string data_;
  std::string type_;
  std::string id_;  // as read; counts for reconnecting only once its event is whole
  std::string last_event_id_;
  std::optional<std::chrono::milliseconds> retry_;
  std::size_t mark_bytes_seen_ = 0;
  bool mark_is_settled_ = false;
  bool skip_line_feed_ = false;  // the last byte was a CR, so a LF would belong to it
  bool has_data_ = false;
  bool has_failed_ = false;
};

}  // namespace genesis::cli
