#pragma once

#include "domain/entity_tag.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::http {

/// True when a comma-separated list of tokens holds this one, in any case (RFC 9110 5.6.1): options of `Connection`,
/// names in `Vary`.
bool list_contains(std::string_view list, std::string_view token) noexcept;

/// True when a comma-separated list holds nothing but this token, in any case; also when it holds nothing at all.
bool names_only(std::string_view list, std::string_view token) noexcept;

/// A media type (RFC 9110 8.3.1). Everything that is compared without regard to case is in lower case.
struct media_type {
  std::string name;                                             ///< `type/subtype`
  std::vector<std::pair<std::string, std::string>> parameters;  ///< Names in lower case, values as sent without quotes.

  [[nodiscard]] std::optional<std::string_view> parameter(std::string_view parameter_name) const noexcept;
};

/// Reads the value of `Content-Type`. Nothing for anything but one media type.
std::optional<media_type> parse_media_type(std::string_view text);

/// Which of the offered media types the value of `Accept` likes best (RFC 9110 12.5.1); nothing when it refuses all of
/// them.
///
/// Offered types are `type/subtype` in lower case, the one that the server likes best first: it wins a tie. The most
/// specific range that covers a type gives its weight. Parameters other than `q` are not compared, since no resource
/// comes in variants that differ in them alone. Malformed members are skipped; a value without any sound member, an
/// empty one included, is no preference.
std::optional<std::size_t> best_match(std::string_view accept, std::span<const std::string_view> offered);

/// Whether the value of `Accept-Encoding` allows this coding (RFC 9110 12.5.3), which is in lower case: named with a
/// weight above 0, or covered by `*`. A client that sends no such field is not asked here.
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

/// Whether it is allowed and not liked less than no coding at all (`identity`), where the field has a weight
/// for that.
bool prefers_coding(std::string_view accept_encoding, std::string_view coding);

/// What a strong tag of a gzip-coded answer ends with inside its quotes: another coding is another representation
/// (RFC 9110 8.8.3.3).
inline constexpr std::string_view gzip_tag_suffix = "-gzip";

/// The tag of the gzip-coded answer, for the tag of the plain one.
std::string gzip_entity_tag(std::string_view tag);

/// Reads the value of `If-Match`: nothing when it is malformed. Tags compare strongly (RFC 9110 8.8.3.2), so weak ones
/// are left out; the suffix of the coding is taken off, because a revision is the same in any coding.
std::optional<precondition> parse_if_match(std::string_view text);

/// Reads the value of `If-None-Match` for a change, likewise; here tags compare weakly.
std::optional<precondition> parse_if_none_match(std::string_view text);

/// Whether this is what `If-Match` and `If-None-Match` may be: `*`, or a list of entity tags.
bool is_tag_list(std::string_view text) noexcept;

/// Whether `If-None-Match` names the tag of the answer that would be sent, by weak comparison, or is `*`: then the
/// answer is 304. A malformed value names nothing from where it is malformed on.
bool names_tag(std::string_view if_none_match, std::string_view tag) noexcept;

/// What `Prefer` says of a preference (RFC 7240 2): its value, empty when it has none. The first of a name counts, and
/// parameters are passed over. Nothing when it is not there.
std::optional<std::string> preference(std::string_view prefer, std::string_view name);

/// The token of `Authorization: Bearer` (RFC 6750 2.1). Nothing for another scheme, for characters that no token has
/// and for more than `config::access_token_bytes_max`.
std::optional<std::string_view> bearer_token(std::string_view authorization) noexcept;
/// Whether `Authorization` shows something as such a token, whatever it is.
bool names_bearer(std::string_view authorization) noexcept;

/// The key in the value of `Idempotency-Key`, quoted (a string of RFC 9651 3.3.3, without parameters) or bare; both
/// spellings give the same key. Nothing unless it is 1 to 255 visible ASCII characters.
std::optional<std::string> parse_idempotency_key(std::string_view text);

/// True for what `X-Request-ID` may bring: 1 to 128 of `A-Z a-z 0-9 . _ -`.
bool is_request_id(std::string_view text) noexcept;

/// The value of `traceparent` (W3C Trace Context 3.2).
struct trace_parent {
  std::string_view trace_id;   ///< 32 lower-case hexadecimal digits, not all zero.
  std::string_view parent_id;  ///< 16 of them, not all zero.
  bool is_sampled = false;
};

/// Reads `traceparent`, as views of it. Later versions may have more behind the flags; version ff and everything else
/// that is malformed give nothing, which means that a new trace begins.
std::optional<trace_parent> parse_trace_parent(std::string_view text) noexcept;

/// Reads a whole number of a query or a field, such as `limit` or the `Last-Event-ID` of a run: digits without leading
/// zeros. Nothing for anything else and above 2^63 - 1.
std::optional<std::int64_t> parse_whole_number(std::string_view text) noexcept;

/// Sequence numbers of events that a client may name, in the field and in the parameter `after`.
inline constexpr std::int64_t event_seq_max = 9'000'000'000'000'000;

}  // namespace genesis::http
