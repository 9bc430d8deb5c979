#pragma once

#include "http/parse_fault.hpp"
#include "http/request_head.hpp"
#include "http/request_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace genesis::http {

/// Takes the framing off the body of one request (RFC 9112 6 and 7) as its bytes arrive. Does no input of its own. What
/// it says depends on the bytes alone, never on how they were split.
///
/// All limits are counted while reading: content, the chunk extensions of the whole body together (a chunk of one byte
/// could carry a whole allowance otherwise) and the trailer section. Extensions and trailers are checked and thrown
/// away.
class body_decoder {
public:
  /// `content_max` is the limit in bytes after the framing is taken off.
  body_decoder(body_framing framing, std::size_t content_max) noexcept;

  /// Takes bytes off the front of `input`, appends what is content to `content`, and leaves the bytes of the next
  /// request in `input` when it is `complete`. After `complete` or `failed` it takes nothing. A `Content-Length` over
  /// the limit is refused before any byte is read.
  parse_step feed(std::string_view& input, std::string& content);

  /// Why the step is `failed`; else `none`.
  [[nodiscard]] parse_fault fault() const noexcept { return fault_; }

private:
  enum class state : std::uint8_t {
    content,
    size_start,
    size,
    extension_space,
    extension_name_start,
    extension_name,
    extension_name_end,
    extension_value_start,
    extension_value,
    extension_quoted,
    extension_escape,
    extension_quoted_end,
    size_lf,
    chunk_data,
    data_cr,
    data_lf,
    trailer_start,
    trailer_name,
    trailer_value,
    trailer_lf,
    last_lf,
  };

  void take_content(std::string_view& input, std::string& content);
  void take(char c);
  void take_size(char c);
  void take_extension(char c);
  void take_extension_value(char c);
  void take_trailer(char c);
  void end_size_line(char c);
  void begin_chunk();
  void count_extension();
  void expect(char c, char wanted, state next, parse_fault otherwise);
  void fail(parse_fault fault) noexcept;
  void fail_at(char c, parse_fault otherwise) noexcept;

  std::uint64_t remaining_ = 0;  // bytes of content until the state changes
  std::size_t content_left_;     // what the limit still allows
  std::size_t extension_bytes_ = 0;
  std::size_t trailer_bytes_ = 0;
  int size_digits_ = 0;
  bool is_last_ = false;  // the chunk of size 0 was seen
  state state_ = state::content;
  parse_step step_ = parse_step::need_more;
  parse_fault fault_ = parse_fault::none;
};

}  // namespace genesis::http
