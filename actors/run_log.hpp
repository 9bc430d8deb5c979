#pragma once

#include "actors/event_list.hpp"
#include "actors/messages.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace genesis {

/// The append-only event log of one run: events with a dense sequence number from 1. What readers are sent is encoded
/// when it is read: a log stays for a while after the run's end, and most are read by one.
class run_log {
public:
  explicit run_log(const encoders& encode) : encode_(&encode) {}

  /// Gives the event the next number, and tells it.
  std::int64_t append(run_event event);

  /// Takes over stored events; the log must be empty. Numbers may begin anywhere and rise.
  void restore(const std::vector<run_event>& events);

  [[nodiscard]] std::int64_t last_seq() const noexcept { return empty() ? 0 : events_.seq_at(events_.size() - 1); }
  [[nodiscard]] bool empty() const noexcept { return events_.empty(); }
  [[nodiscard]] std::size_t size() const noexcept { return events_.size(); }

  /// Events with a greater number than `seq`, as they were appended.
  [[nodiscard]] std::vector<run_event> events_after(std::int64_t seq) const;

  /// The concatenated text of the tokens so far.
  [[nodiscard]] const std::string& text() const noexcept { return events_.text(); }

  /// Encoded bytes of all events; an estimate from their own sizes.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_before(events_.size()); }

  /// Those of them that a reader behind `seq` has not been given.
  [[nodiscard]] std::size_t bytes_after(std::int64_t seq) const noexcept;

  /// How a reader is given what is new.
  struct reading {
    stream_format format = stream_format::sse;
    std::size_t bytes_max = 0;    ///< Beyond which no event follows the first one.
    bool merges = false;          ///< Neighbouring tokens of one agent become one event with the number of the last.
    bool is_one_of_many = false;  ///< Others are likely to read the same next: it is encoded once for all of them.

    friend bool operator==(const reading&, const reading&) = default;
  };

  struct batch {
    std::vector<body_ptr> frames;
    std::int64_t last_seq = 0;  ///< Of the last event among the frames.
    std::size_t bytes = 0;
    std::size_t merged = 0;  ///< Tokens that went out as part of another.
  };

  /// The frames behind `seq`.
  [[nodiscard]] batch read(std::int64_t seq, const reading& how);

private:
  /// What was read last in a format.
  struct last_reading {
    std::int64_t seq = 0;
    std::int64_t log_end = 0;  ///< Numbers rise, and 0 is none.
    reading how;
    batch given;
  };

  [[nodiscard]] std::size_t bytes_before(std::size_t index) const noexcept;
  [[nodiscard]] bool can_join_next(std::size_t index) const noexcept;
  [[nodiscard]] batch encode_after(std::int64_t seq, const reading& how) const;

  const encoders* encode_;
  event_list events_;
  std::array<last_reading, stream_format_count> last_;
};

}  // namespace genesis
