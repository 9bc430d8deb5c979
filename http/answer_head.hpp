#pragma once

#include "http/cross_origin.hpp"
#include "http/exchange.hpp"

#include <string>
#include <string_view>

namespace genesis::http {

/// What a head says beside the answer itself.
struct answer_framing {
  std::string_view date;
  bool must_close = false;  ///< The connection ends behind this answer.
  const cross_origin_policy& cross_origin;
  bool is_secure = false;  ///< It goes out over TLS.
};

/// False where a status, HEAD or a missing body leaves only the head.
[[nodiscard]] bool has_content_to_send(const exchange& request, const response& answer) noexcept;

/// Writes the head of an answer that is known as a whole.
void write_answer_head(
  std::string& out, const exchange& request, const response& answer, const answer_framing& framing);

/// Of a run's events.
stream_head head_of_events(stream_format format);

/// Writes the head of a stream: in chunks, but for clients of HTTP/1.0, whose body ends with the connection.
void write_stream_head(
  std::string& out, const exchange& request, const stream_head& stream, const answer_framing& framing);

}  // namespace genesis::http
