#include "cli/sse_parser.hpp"

#include <algorithm>
#include <charconv>

namespace genesis::cli {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// Digits only, and few enough for a number of milliseconds.
std::optional<std::chrono::milliseconds> parse_retry(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return std::chrono::milliseconds{value};
}

}  // namespace

result<std::vector<sse_event>> sse_parser::feed(std::string_view bytes) {
  std::vector<sse_event> events;
  if (!mark_is_settled_)
    skip_byte_order_mark(bytes);
  while (!bytes.empty() && !has_failed_) {
    if (skip_line_feed_ && bytes.front() == '\n')
      bytes.remove_prefix(1);
    skip_line_feed_ = false;
    const auto length = std::min(bytes.find_first_of("\r\n"), bytes.size());
    line_.append(bytes.substr(0, length));
    has_failed_ = line_.size() > line_bytes_max || data_.size() + line_.size() > event_bytes_max;
    if (length == bytes.size())
      break;
    skip_line_feed_ = bytes[length] == '\r';
    bytes.remove_prefix(length + 1);
    if (!has_failed_)
      end_line(events);
  }
  if (has_failed_)
    return fail(errc::invalid_argument, "the stream holds a line or an event that is too long");
  return events;
}

// A mark may arrive in pieces. What turns out to be none is text of the first line.
void sse_parser::skip_byte_order_mark(std::string_view& bytes) {
  while (
    !bytes.empty() && mark_bytes_seen_ < byte_order_mark.size() && bytes.front() == byte_order_mark[mark_bytes_seen_]) {
    bytes.remove_prefix(1);
    ++mark_bytes_seen_;
  }
  if (mark_bytes_seen_ == byte_order_mark.size()) {
    mark_is_settled_ = true;
  } else if (!bytes.empty()) {
    line_.append(byte_order_mark.substr(0, mark_bytes_seen_));
    mark_is_settled_ = true;
  }
}

void sse_parser::end_line(std::vector<sse_event>& events) {
  if (line_.empty()) {
    dispatch(events);
    return;
  }
  const std::string_view line = line_;
  const auto colon = std::min(line.find(':'), line.size());
  auto value = line.substr(std::min(colon + 1, line.size()));
  if (value.starts_with(' '))
    value.remove_prefix(1);
  take_field(line.substr(0, colon), value);
  line_.clear();
}

// A comment is a field without a name, and like every unknown field of no interest.
void sse_parser::take_field(std::string_view name, std::string_view value) {
  if (name == "data") {
    data_.append(value).push_back('\n');
    has_data_ = true;
  } else if (name == "event") {
    type_ = value;
  } else if (name == "id") {
    if (value.find('\0') == std::string_view::npos)
      id_ = value;
  } else if (name == "retry") {
    if (const auto time = parse_retry(value))
      retry_ = time;
  }
}

void sse_parser::dispatch(std::vector<sse_event>& events) {
  last_event_id_ = id_;
  if (has_data_) {
    data_.pop_back();
    events.push_back({type_.empty() ? "message" : std::move(type_), std::move(data_), last_event_id_});
  }
  data_.clear();
  type_.clear();
  has_data_ = false;
}

}  // namespace genesis::cli
