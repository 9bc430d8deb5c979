#include "http/parse_fault.hpp"

#include "config/limits.hpp"

#include <array>

namespace genesis::http {

namespace {

using enum parse_fault;

constexpr std::array texts{
  fault_text{bad_request_line, 400, "bad_request_line",
    "The request line is not a method, a target and a version with one space between them."},
  fault_text{bad_method, 400, "bad_method", "The method is not a token of at most 32 characters."},
  fault_text{bad_target, 400, "bad_target", "The request target has no form that goes with its method."},
  fault_text{target_too_long, 414, "target_too_long", "The request target is longer than 16 KiB."},
  fault_text{unsupported_version, 505, "unsupported_version", "This server speaks HTTP/1.1 and HTTP/1.0 here."},
  fault_text{bad_escape, 400, "bad_escape",
    "A percent sign in the target is not followed by two hexadecimal digits, or it encodes a forbidden character."},
  fault_text{ambiguous_path, 400, "ambiguous_path",
    "The path contains an encoded slash or backslash, or a segment that is one or two dots."},
  fault_text{bad_field_name, 400, "bad_field_name", "A header line does not begin with a field name and a colon."},
  fault_text{space_before_colon, 400, "space_before_colon", "There is white space between a field name and its colon."},
  fault_text{obs_fold, 400, "obs_fold", "A header line begins with white space; folded lines are not accepted."},
  fault_text{bare_cr, 400, "bare_cr", "There is a carriage return without a line feed."},
  fault_text{bare_lf, 400, "bare_lf", "There is a line feed without a carriage return."},
  fault_text{nul, 400, "nul", "There is a NUL character."},
  fault_text{control_character, 400, "control_character", "There is a control character in the head."},
  fault_text{field_too_large, 431, "field_too_large", "A header field is larger than 16 KiB."},
  fault_text{head_too_large, 431, "head_too_large", "The head of the request is larger than 32 KiB."},
  fault_text{too_many_fields, 431, "too_many_fields", "The request has more than 100 header fields."},
  fault_text{incomplete_head, 400, "incomplete_head", "The head ended before it was complete."},
  fault_text{missing_host, 400, "missing_host", "The Host field is missing."},
  fault_text{several_hosts, 400, "several_hosts", "There is more than one Host field."},
  fault_text{bad_host, 400, "bad_host", "The Host field is not a host with an optional port."},
  fault_text{other_host, 400, "other_host", "The Host field names another host or port than the request target."},
  fault_text{bad_expectation, 400, "bad_expectation", "The only known expectation is 100-continue."},
  fault_text{
    conflicting_framing, 400, "conflicting_framing", "Content-Length and Transfer-Encoding must not come together."},
  fault_text{bad_content_length, 400, "bad_content_length", "The Content-Length is not a plain decimal number."},
  fault_text{several_content_lengths, 400, "several_content_lengths", "There is more than one Content-Length."},
  fault_text{unsupported_transfer_coding, 400, "unsupported_transfer_coding",
    "The only known Transfer-Encoding is chunked, once."},
  fault_text{
    transfer_coding_in_http_1_0, 400, "transfer_coding_in_http_1_0", "HTTP/1.0 does not know Transfer-Encoding."},
  fault_text{body_too_large, 413, "body_too_large", "The body is larger than 1 MiB."},
  fault_text{incomplete_body, 400, "incomplete_body", "The body ended before it was complete."},
  fault_text{bad_chunk_size, 400, "bad_chunk_size", "A chunk does not begin with a hexadecimal size."},
  fault_text{bad_chunk_extension, 400, "bad_chunk_extension", "A chunk extension is malformed."},
  fault_text{chunk_extension_too_long, 400, "chunk_extension_too_long",
    "The chunk extensions of the body are longer than 1 KiB."},
  fault_text{bad_chunk_end, 400, "bad_chunk_end", "A chunk is longer than its size says."},
  fault_text{bad_trailer, 400, "bad_trailer", "A trailer line is not a field name, a colon and a value."},
  fault_text{trailers_too_large, 431, "trailers_too_large", "The trailers are larger than 16 KiB."},
};

using config::kib;
static_assert(config::request_target_bytes_max == 16 * kib && config::request_head_bytes_max == 32 * kib &&
                config::request_field_bytes_max == 16 * kib && config::request_fields_max == 100 &&
                config::request_body_bytes_max == 1'024 * kib && config::chunk_extension_bytes_max == kib &&
                config::trailer_bytes_max == 16 * kib,
  "the sentences name the limits");

constexpr bool in_order() {
  for (std::size_t i = 0; i < texts.size(); ++i)
    if (static_cast<std::size_t>(texts[i].fault) != i + 1)
      return false;
  return static_cast<std::size_t>(trailers_too_large) == texts.size();
}
static_assert(in_order(), "the table follows the enumeration, so that a fault is its own index");

}  // namespace

std::span<const fault_text> fault_texts() noexcept {
  return texts;
}

const fault_text& text_of(parse_fault fault) noexcept {
  return texts[static_cast<std::size_t>(fault) - 1];
}

}  // namespace genesis::http
