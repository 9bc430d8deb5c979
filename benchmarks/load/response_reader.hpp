#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace genesis::load {

enum class read_step : std::uint8_t { need_more, complete, malformed };

/// Reads one response after the other of a connection without pipelining, from bytes that arrive in pieces of any size.
///
/// Looks at what it must to find the end of a response and nothing else: the client shares the machine with the server
/// that it measures, and every microsecond here is one that the server does not get.
class response_reader {
public:
  /// Takes all the bytes; those of the body, without chunk framing, are appended to `body` where it is not null. Bytes
  /// behind the end of the response are malformed, for none were asked for.
  read_step feed(std::string_view bytes, std::string* body = nullptr);

  /// The connection has ended: `complete` where that is how the response ends.
  [[nodiscard]] read_step end_of_stream() const noexcept;

  /// 0 before the head is complete.
  [[nodiscard]] int status() const noexcept { return status_; }
  [[nodiscard]] bool keeps_alive() const noexcept { return keeps_alive_; }
  /// Status line and fields, with the empty line.
  [[nodiscard]] const std::string& head() const noexcept { return head_; }

  /// Makes ready for the next response. Keeps the memory.
  void reset() noexcept;

private:
  enum class part : std::uint8_t { head, length, until_close, chunk_size, chunk_data, chunk_end, trailer, done };

  bool take_head();
  void take_field(std::string_view line);
  bool take_chunk_size();
  bool take_line(std::string_view& bytes);

  part part_ = part::head;
  std::string head_;
  std::string line_;  // of chunk framing, as far as it has arrived
  std::uint64_t left_ = 0;
  int status_ = 0;
  bool keeps_alive_ = true;
  bool is_chunked_ = false;
  bool has_length_ = false;
};

}  // namespace genesis::load
