#include "http/cursor.hpp"
#include "http/field_values.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <array>

namespace genesis::fuzz {

namespace {

void check_cursor(std::string_view text) {
  for (const auto list : {http::list_kind::conversations, http::list_kind::messages, http::list_kind::progress,
         http::list_kind::api_keys, http::list_kind::sessions, http::list_kind::workout_plans,
         http::list_kind::nutrition_plans, http::list_kind::nutrition_logs, http::list_kind::found_messages})
    if (const auto position = http::parse_cursor(list, text))
      require(http::to_cursor(list, *position) == text, "a cursor has one spelling");
}

void check_sequence_number(std::string_view text) {
  if (const auto number = http::parse_whole_number(text))
    require(*number >= 0 && std::to_string(*number) == text, "a sequence number has one spelling");
}

void check_trace(std::string_view text) {
  const auto trace = http::parse_trace_parent(text);
  if (!trace)
    return;
  require(trace->trace_id.size() == 32 && trace->parent_id.size() == 16, "ids of a trace have their length");
  require(trace->trace_id.find_first_not_of("0123456789abcdef") == std::string_view::npos, "and are hexadecimal");
}

void check_idempotency_key(std::string_view text) {
  const auto key = http::parse_idempotency_key(text);
  if (!key)
    return;
  require(!key->empty() && key->size() <= 255, "a key has 1 to 255 characters");
  require(std::ranges::all_of(*key, [](char c) { return c > 0x20 && c < 0x7F; }), "all of them visible");
}

}  // namespace

/// Values of fields and parameters: cursors, `Last-Event-ID`, `Accept`, codings, tags, keys, traces.
void fuzz(std::string_view input) {
  constexpr std::array<std::string_view, 2> offered{"application/json", "application/x-ndjson"};
  check_cursor(input);
  check_sequence_number(input);
  check_trace(input);
  check_idempotency_key(input);
  if (const auto best = http::best_match(input, offered))
    require(*best < offered.size(), "what is chosen was offered");
  if (const auto media = http::parse_media_type(input))
    require(media->name.find('/') != std::string::npos, "a media type has two parts");
  if (http::is_request_id(input))
    require(input.find_first_of("\r\n\"\\ ") == std::string_view::npos, "a request id is safe in a log");
  require(!http::prefers_coding(input, "gzip") || http::accepts_coding(input, "gzip"), "what is preferred is accepted");
  require(http::parse_if_match(input).has_value() == http::parse_if_none_match(input).has_value(), "one syntax");
  require(http::parse_if_match(input).has_value() == http::is_tag_list(input), "and one check of it");
  if (const auto unknown = http::parse_if_none_match(input))
    require(!http::names_tag(input, "\"a\"") || !unknown->holds_for("\"a\""), "reads and changes see the same tags");
  require(http::preference("return=first, " + std::string{input}, "return") == "first", "the first of a name counts");
  (void)http::list_contains(input, "close");
  (void)http::names_only(input, "identity");
}

}  // namespace genesis::fuzz
