#pragma once

#include "tests/system/http_peer.hpp"

#include <cstdint>
#include <vector>

namespace genesis::system_test {

enum class stream_form : std::uint8_t { sse, ndjson };

/// One event of a run, or a heartbeat.
struct stream_event {
  std::optional<std::int64_t> seq;
  std::string type;  ///< `heartbeat` for one.
  boost::json::object data;

  /// Everything it says, in one line that does not depend on the form.
  [[nodiscard]] std::string text() const;
  [[nodiscard]] std::string member(std::string_view name) const;
};

/// Reads a run's events as strictly as the contract spells them: a byte that a lenient client would forgive throws.
class stream_reader {
public:
  /// Reads the head of the stream, which must be one.
  stream_reader(http_peer peer, stream_form form);

  [[nodiscard]] const answer& head() const noexcept { return head_; }
  /// The next event or heartbeat; nothing when the connection's stream has ended.
  std::optional<stream_event> next();
  /// The next event that is no heartbeat; throws when there is none.
  stream_event next_event();
  /// Events up to the first of this type, and it.
  std::vector<stream_event> until(std::string_view type);
  /// All events to the end of the stream, without heartbeats.
  std::vector<stream_event> rest();
  /// The stream ended as a whole one does, with the last chunk.
  [[nodiscard]] bool is_complete() const noexcept { return peer_.is_complete(); }
  [[nodiscard]] http_peer& peer() noexcept { return peer_; }

private:
  std::optional<stream_event> parse_sse();
  std::optional<stream_event> parse_ndjson();

  http_peer peer_;
  stream_form form_;
  answer head_;
  std::string buffer_;
};

/// The texts of the tokens, joined.
std::string text_of(const std::vector<stream_event>& events);
/// Every event's `text()`.
std::vector<std::string> texts_of(const std::vector<stream_event>& events);
std::vector<std::string> types_of(const std::vector<stream_event>& events);

}  // namespace genesis::system_test
