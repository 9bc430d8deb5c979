#pragma once

#include "actors/messages.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace genesis {

/// The append-only event log of one run: events with a dense sequence number from 1, each encoded at most once per
/// format and shared by all who read it.
class run_log {
public:
  explicit run_log(const encoders& encode) : encode_(&encode) {}

  /// Gives the event the next number.
  const run_event& append(run_event event);

  /// Takes over stored events; the log must be empty. Numbers may begin anywhere and rise.
  void restore(std::vector<run_event> events);

  [[nodiscard]] std::int64_t last_seq() const noexcept;
  [[nodiscard]] bool empty() const noexcept { return entries_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

  /// Events with a greater number than `seq`, as they were appended.
  [[nodiscard]] std::vector<run_event> events_after(std::int64_t seq) const;

  /// The concatenated text of the tokens so far.
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

  /// Bytes of text and fields since the start.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

  /// Encoded bytes that a reader behind `seq` has not been given; an estimate from the events' own sizes.
  [[nodiscard]] std::size_t bytes_after(std::int64_t seq) const noexcept;

  struct batch {
    std::vector<body_ptr> frames;
    std::int64_t last_seq = 0;  ///< Of the last event among the frames.
    std::size_t bytes = 0;
    std::size_t merged = 0;  ///< Tokens that went out as part of another.
  };

  /// The frames behind `seq`, at most `bytes_max` (but at least one event). With `merge`, neighbouring tokens of one
  /// agent become one event that carries the number of the last.
  [[nodiscard]] batch read(std::int64_t seq, stream_format format, std::size_t bytes_max, bool merge);

private:
  struct entry {
    run_event event;
    std::size_t bytes_before = 0;  ///< Of the events before this one.
    std::array<body_ptr, stream_format_count> frames;
  };

  [[nodiscard]] std::size_t index_after(std::int64_t seq) const noexcept;
  const body_ptr& frame_of(entry& each, stream_format format);

  const encoders* encode_;
  std::vector<entry> entries_;
  std::string text_;
  std::size_t bytes_ = 0;
};

}  // namespace genesis
