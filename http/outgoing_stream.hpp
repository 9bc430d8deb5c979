#pragma once

#include "actors/messages.hpp"

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http {

/// What goes out on a connection while it streams a run or an export: the head, then frames as its source sends them,
/// an end, and with a run's events heartbeats while it is silent. Knows no socket and no clock: it is told what happens
/// and says what the connection does next. Whatever it gives to be written is one chunk of a chunked body (RFC
/// 9112 7.1), or bare for HTTP/1.0.
///
/// One write is under way at a time. The run hears of what is written in steps of half a window
/// (`config::stream_window_bytes`), and sends more when less than a window is on its way: a slow reader holds a batch
/// and a window at most.
class outgoing_stream {
public:
  /// What the connection does next.
  enum class next : std::uint8_t {
    nothing,   ///< Wait for frames, or for the write that is under way.
    write,     ///< Write `parts()` and say `on_written()`.
    finished,  ///< The end is written: the connection goes on, unless it must close.
    close,     ///< Break off, without the last chunk.
  };

  /// `on_ready` is called with the bytes of frames that were written since the last call; `on_gone` once, when nothing
  /// is sent any more.
  outgoing_stream(std::optional<stream_format> events, bool is_chunked, std::function<void(std::size_t)> on_ready,
    std::function<void()> on_gone);

  /// Of a run's events; nothing for anything else.
  [[nodiscard]] std::optional<stream_format> format() const noexcept { return format_; }
  [[nodiscard]] bool is_writing() const noexcept { return is_writing_; }
  /// Neither a last chunk nor an event tells its end: whoever reads it takes the orderly end of the connection for
  /// that.
  [[nodiscard]] bool ends_with_connection() const noexcept { return !is_chunked_ && !format_; }

  /// The head of the answer goes out alone, before any frame.
  next begin(std::string head);
  /// Frames of the run.
  next add(std::vector<body_ptr> frames, bool is_last);
  /// A sign of life, where there is one. Only when nothing is under way.
  next beat();
  /// Breaks off; `farewell` goes out first if there is one. Nothing happens when the end is on its way.
  next abort(body_ptr farewell);
  next on_written();
  /// The connection is gone, or the stream is over: nothing is called any more after `on_gone`.
  void leave();

  /// What is to be written, in order. Lives until the write is over.
  [[nodiscard]] std::vector<std::string_view> parts();

private:
  next write() noexcept;
  next finish();
  void confirm(std::size_t from);

  std::optional<stream_format> format_;
  bool is_chunked_;
  std::function<void(std::size_t)> on_ready_;
  std::function<void()> on_gone_;
  bool is_writing_ = false;
  std::string head_;
  std::vector<body_ptr> frames_;   // being written
  std::size_t frame_bytes_ = 0;    // of them, when they are the run's; else none
  std::size_t unconfirmed_ = 0;    // bytes written that the run has not heard of
  bool is_last_ = false;           // the run's end is among them
  std::vector<body_ptr> waiting_;  // behind what is being written
  bool is_last_waiting_ = false;
  bool is_aborting_ = false;
  body_ptr farewell_;  // behind what is being written
  std::array<char, 24> chunk_size_{};
};

}  // namespace genesis::http
