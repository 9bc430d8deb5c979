#pragma once

#include "http/parse_fault.hpp"
#include "http/request_head.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace genesis::http {

/// What a parser says after it has looked at more bytes.
enum class parse_step : std::uint8_t { need_more, complete, failed };

/// Empty lines before a request that are skipped: RFC 9112 2.2 asks for at least one, and old clients send one behind a
/// body whose length already counts another.
inline constexpr std::size_t leading_empty_lines_max = 2;

/// Reads the head of one request (RFC 9112) from bytes that arrive in pieces of any size. Does no input of its own and
/// knows no clock.
///
/// The caller keeps the bytes of the head in one buffer until the step is `complete`, and shows all of it each time; a
/// byte is looked at once however often it is shown. What the parser says depends on the bytes alone, never on how they
/// were split. Stricter than RFC 9112 where it allows either: lines end with CR LF only, equal Content-Lengths are not
/// merged, and a Content-Length has no leading zeros. Up to `leading_empty_lines_max` empty lines before a request are
/// skipped and begin nothing; one more is a bad request line.
class request_parser {
public:
  /// `buffered` begins with the first byte after the last request and only grows from call to call. After `complete` or
  /// `failed` the answer stays the same until `reset`.
  parse_step feed(std::string_view buffered);

  /// Bytes at the front of the buffer that a complete head took up: its body, or the next request, begins there.
  [[nodiscard]] std::size_t consumed() const noexcept { return line_begin_; }
  /// Why the step is `failed`; else `none`.
  [[nodiscard]] parse_fault fault() const noexcept { return fault_; }
  /// True once a request has begun: from then on silence is a time-out to answer, before that the connection was only
  /// idle.
  [[nodiscard]] bool started() const noexcept { return scan_ > head_begin_; }

  /// The head, once complete. After a failure it holds what came before the faulty line: method, target and fields are
  /// there for the answer and the log if they were read. Of a faulty request line it has the method.
  [[nodiscard]] const request_head& head() const noexcept { return head_; }
  /// Moves a complete head out, or what there is of a failed one.
  [[nodiscard]] request_head take_head() noexcept { return std::move(head_); }
  /// Moves out what there is of a head, also when more was to come; `buffered` as in `feed`.
  [[nodiscard]] request_head take_head(std::string_view buffered);

  /// Makes ready for the next request of the connection.
  void reset() noexcept;

private:
  using piece = request_head::piece;

  /// Of the line that is not complete yet.
  [[nodiscard]] std::size_t line_bytes_max() const noexcept;
  [[nodiscard]] std::size_t scan_end(std::size_t available) const noexcept;
  std::optional<std::string_view> next_line(std::string_view buffered);
  void judge_long_line(std::string_view buffered);
  void take_line(std::string_view line);
  void take_request_line(std::string_view line);
  void take_method(std::string_view line);
  bool take_target(std::string_view target, std::size_t offset);
  void take_field(std::string_view line);
  void take_known_field(std::string_view name, std::string_view value, piece where);
  void take_host(std::string_view value, piece where);
  void take_expectations(std::string_view value);
  void take_content_length(std::string_view value);
  void take_transfer_encoding(std::string_view value);
  void finish();
  void keep_bytes(std::string_view buffered);
  void compare_hosts() noexcept;
  void fail(parse_fault fault) noexcept;

  request_head head_;
  piece host_field_;
  parse_step step_ = parse_step::need_more;
  parse_fault fault_ = parse_fault::none;
  std::size_t empty_lines_ = 0;  // that were skipped
  std::size_t head_begin_ = 0;   // after them
  std::size_t line_begin_ = 0;   // of the line that is not complete yet
  std::size_t scan_ = 0;         // first byte not looked at
  std::optional<std::uint64_t> content_length_;
  bool in_fields_ = false;
  bool chunked_ = false;
  bool has_host_ = false;
  bool says_close_ = false;
  bool says_keep_alive_ = false;
  bool says_continue_ = false;
  bool says_other_expectation_ = false;
};

}  // namespace genesis::http
