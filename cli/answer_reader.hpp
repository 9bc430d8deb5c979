#pragma once

#include "cli/answer_view.hpp"
#include "cli/sse_parser.hpp"
#include "domain/run.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace genesis::cli {

/// Follows the events of one run over as many connections as it takes, and shows each once. Knows no socket.
class answer_reader {
public:
  explicit answer_reader(answer_view& view) : view_(view) {}

  /// The bytes that follow are those of a new connection.
  void begin_connection() { parser_ = sse_parser{}; }

  /// Takes the next bytes. False when they are no stream of events of ours; then `failure()` says so.
  bool feed(std::string_view bytes);

  /// Takes the answer as it is stored, where its events are no longer kept: shows what was not shown yet.
  void take_stored(const boost::json::object& message);

  /// Ends the answer from the run's own record.
  void take_run(const boost::json::object& run);

  /// What `start` said; empty before it.
  [[nodiscard]] const std::string& run() const noexcept { return run_; }
  [[nodiscard]] const std::string& conversation() const noexcept { return conversation_; }
  [[nodiscard]] const std::string& message() const noexcept { return message_; }

  /// Number of the last event shown, for `Last-Event-ID`; 0 before the first.
  [[nodiscard]] std::int64_t last_seq() const noexcept { return last_seq_; }

  /// How the run ended; nothing while it has not.
  [[nodiscard]] std::optional<run_status> ended() const noexcept { return ended_; }

  /// Whether the end came with a number that another event had before: after a crash, storage holds less than was seen,
  /// or other words.
  [[nodiscard]] bool ends_below_seen() const noexcept { return ends_below_seen_; }

  /// Why it failed, as a printable sentence; empty when it has not.
  [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

private:
  void take(std::string_view type, const boost::json::object& fields);
  void take_start(const boost::json::object& fields);
  void take_token(const boost::json::object& fields);
  void take_error(const boost::json::object& fields);
  void speak_as(std::string_view agent);

  answer_view& view_;
  sse_parser parser_;
  std::string run_;
  std::string conversation_;
  std::string message_;
  std::string speaker_;                                    // who was shown last
  std::map<std::string, std::string, std::less<>> names_;  // of agents that introduced themselves
  std::string text_;
  std::size_t artifacts_shown_ = 0;
  std::int64_t last_seq_ = 0;
  std::optional<run_status> ended_;
  bool ends_below_seen_ = false;
  std::string failure_;
};

}  // namespace genesis::cli
