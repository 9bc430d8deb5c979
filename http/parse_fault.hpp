#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace genesis::http {

/// Every reason for which a request is refused before anybody looks at what it asks for. Each one ends the connection
/// after its answer: where the next request would start is in doubt, or not worth reading up to.
enum class parse_fault : std::uint8_t {
  none = 0,
  // The request line (RFC 9112 3).
  bad_request_line,
  bad_method,
  bad_target,
  target_too_long,
  unsupported_version,
  // The path and the query, once decoded.
  bad_escape,
  ambiguous_path,
  // Field lines (RFC 9112 5) and the bytes between them.
  bad_field_name,
  space_before_colon,
  obs_fold,
  bare_cr,
  bare_lf,
  nul,
  control_character,
  field_too_large,
  head_too_large,
  too_many_fields,
  incomplete_head,
  // What the fields say.
  missing_host,
  several_hosts,
  bad_host,
  other_host,
  bad_expectation,
  // Framing of the body (RFC 9112 6 and 7).
  conflicting_framing,
  bad_content_length,
  several_content_lengths,
  unsupported_transfer_coding,
  transfer_coding_in_http_1_0,
  body_too_large,
  incomplete_body,
  bad_chunk_size,
  bad_chunk_extension,
  chunk_extension_too_long,
  bad_chunk_end,
  bad_trailer,
  trailers_too_large,
};

/// Without `none`.
inline constexpr std::size_t parse_fault_count = static_cast<std::size_t>(parse_fault::trailers_too_large);

/// What there is to say about one fault.
struct fault_text {
  parse_fault fault;
  int status;                 ///< Of the answer: 400, 413, 414, 431 or 505.
  std::string_view name;      ///< As metrics and logs show it; never changes.
  std::string_view sentence;  ///< For the client; never quotes what it sent.
};

/// All faults but `none`, in the order of the enumeration.
std::span<const fault_text> fault_texts() noexcept;

/// The row of one fault, which is not `none`.
const fault_text& text_of(parse_fault fault) noexcept;

}  // namespace genesis::http
