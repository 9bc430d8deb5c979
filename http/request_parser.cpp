#include "http/request_parser.hpp"

#include "config/limits.hpp"
#include "domain/ensure.hpp"
#include "http/characters.hpp"
#include "http/field_values.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <limits>
#include <ranges>

namespace genesis::http {

namespace {

using config::request_field_bytes_max;
using config::request_fields_max;
using config::request_head_bytes_max;
using config::request_target_bytes_max;

/// Longest method that is read to its end. The longest registered one has 17 characters.
constexpr std::size_t method_bytes_max = 32;
constexpr std::size_t expected_fields = 16;  // of a browser; more are taken all the same
constexpr std::size_t version_bytes = 8;     // HTTP/1.1
constexpr std::size_t request_line_bytes_max = method_bytes_max + 1 + request_target_bytes_max + 1 + version_bytes;
static_assert(
  request_line_bytes_max < request_head_bytes_max, "a target over its limit is told apart from a head over its limit");
static_assert(
  request_head_bytes_max <= std::numeric_limits<std::uint16_t>::max(), "pieces of a head have 16-bit offsets");

/// The first control character other than a tab in [from, to), or `to`. Eight bytes at a time: a byte below 0x20
/// borrows its high bit in the subtraction. Bytes above one that borrowed may be reported too; the loop behind sorts
/// them out.
std::size_t find_control(std::string_view text, std::size_t from, std::size_t to) noexcept {
  constexpr std::uint64_t ones = 0x0101'0101'0101'0101;
  constexpr std::uint64_t high_bits = ones * 0x80;
  const auto is_control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; };
  while (to - from >= sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + from, sizeof word);
    const std::uint64_t below_space = (word - ones * 0x20) & ~word;
    const std::uint64_t delete_as_zero = word ^ (ones * 0x7F);
    const std::uint64_t is_delete = (delete_as_zero - ones) & ~delete_as_zero;
    if (((below_space | is_delete) & high_bits) != 0) {
      for (std::size_t i = from; i < from + sizeof word; ++i)
        if (is_control(text[i]))
          return i;
    }
    from += sizeof word;
  }
  while (from < to && !is_control(text[from]))
    ++from;
  return from;
}

parse_fault fault_of_control(char c) noexcept {
  if (c == '\n')
    return parse_fault::bare_lf;
  return c == '\0' ? parse_fault::nul : parse_fault::control_character;
}

}  // namespace

parse_step request_parser::feed(std::string_view buffered) {
  ensure(buffered.size() >= scan_, "bytes that were shown to the parser stay in the buffer");
  while (step_ == parse_step::need_more) {
    const auto line = next_line(buffered);
    if (!line)
      break;
    line_begin_ = scan_;
    take_line(*line);
    if (step_ != parse_step::need_more)
      keep_bytes(buffered);
    if (step_ == parse_step::complete)
      compare_hosts();
  }
  return step_;
}

std::size_t request_parser::line_bytes_max() const noexcept {
  return in_fields_ ? request_field_bytes_max : request_line_bytes_max;
}

/// Bytes from here on are not looked at before the line or the head has been refused for its length.
std::size_t request_parser::scan_end(std::size_t available) const noexcept {
  return std::min({available, head_begin_ + request_head_bytes_max, line_begin_ + line_bytes_max() + 1});
}

/// The next complete line without its CR LF. When there is none, either more bytes are needed or the step is `failed`.
/// Faults are found in the order of the bytes that prove them: that makes them independent of how the bytes were split.
std::optional<std::string_view> request_parser::next_line(std::string_view buffered) {
  const std::size_t end = scan_end(buffered.size());
  scan_ = find_control(buffered, scan_, end);
  if (scan_ < end && buffered[scan_] != '\r') {
    fail(fault_of_control(buffered[scan_]));
    keep_bytes(buffered);
    return std::nullopt;
  }
  if (scan_ < end && scan_ + 1 < std::min(buffered.size(), head_begin_ + request_head_bytes_max)) {
    if (buffered[scan_ + 1] != '\n') {
      fail(parse_fault::bare_cr);
      keep_bytes(buffered);
      return std::nullopt;
    }
    const std::string_view line = buffered.substr(line_begin_, scan_ - line_begin_);
    scan_ += 2;
    return line;
  }
  judge_long_line(buffered);
  return std::nullopt;
}

/// Refuses a line, or a head, that is not complete where it must have been.
void request_parser::judge_long_line(std::string_view buffered) {
  const bool is_too_long = scan_ > line_begin_ + line_bytes_max();
  if (is_too_long && in_fields_) {
    fail(parse_fault::field_too_large);
  } else if (is_too_long) {
    const std::string_view start = buffered.substr(line_begin_, request_line_bytes_max);
    const std::size_t space = start.find(' ');
    const std::size_t second = space == std::string_view::npos ? space : start.find(' ', space + 1);
    if (space > method_bytes_max)
      fail(parse_fault::bad_method);
    else if (second == std::string_view::npos || second - space - 1 > request_target_bytes_max)
      fail(parse_fault::target_too_long);
    else
      fail(parse_fault::bad_request_line);
  } else if (buffered.size() - head_begin_ >= request_head_bytes_max) {
    fail(parse_fault::head_too_large);
  } else {
    return;
  }
  keep_bytes(buffered);
}

void request_parser::take_line(std::string_view line) {
  if (!in_fields_) {
    if (!line.empty())
      take_request_line(line);
    else if (++empty_lines_ <= leading_empty_lines_max)
      head_begin_ = line_begin_;
    else
      fail(parse_fault::bad_request_line);
  } else if (line.empty()) {
    finish();
  } else {
    take_field(line);
  }
}

void request_parser::take_request_line(std::string_view line) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return fail(parse_fault::bad_request_line);
  const std::string_view verb = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (verb.size() > method_bytes_max || !is_token(verb))
    return fail(parse_fault::bad_method);
  if (target.find(' ') != std::string_view::npos || version.size() != version_bytes || !version.starts_with("HTTP/") ||
      !is(digit_char, version[5]) || version[6] != '.' || !is(digit_char, version[7]) || version[5] == '0')
    return fail(parse_fault::bad_request_line);
  if (target.size() > request_target_bytes_max)
    return fail(parse_fault::target_too_long);
  if (version[5] != '1')
    return fail(parse_fault::unsupported_version);
  head_.version_minor_ = version[7] == '0' ? 0 : 1;
  take_method(line);
  if (!take_target(target, first + 1))
    return fail(parse_fault::bad_target);
  in_fields_ = true;
}

bool request_parser::take_target(std::string_view target, std::size_t offset) {
  const auto parts = split_target(head_.verb_, target);
  if (!parts)
    return false;
  const auto place = [&](std::string_view part) {
    if (part.empty())
      return piece{};
    return piece{static_cast<std::uint16_t>(offset + static_cast<std::size_t>(part.data() - target.data())),
      static_cast<std::uint16_t>(part.size())};
  };
  head_.form_ = parts->form;
  head_.asks_for_https_ = parts->is_https;
  head_.target_ = place(target);
  head_.path_ = place(parts->path);
  head_.query_ = place(parts->query);
  head_.host_ = place(parts->authority);
  return true;
}

void request_parser::take_field(std::string_view line) {
  if (is_blank(line.front()))
    return fail(parse_fault::obs_fold);
  if (head_.fields_.size() == request_fields_max)
    return fail(parse_fault::too_many_fields);
  std::size_t name_size = 0;
  while (name_size < line.size() && is(token_char, line[name_size]))
    ++name_size;
  if (name_size == 0 || name_size == line.size())
    return fail(parse_fault::bad_field_name);
  if (line[name_size] != ':') {
    const std::size_t colon = line.find_first_not_of(" \t", name_size);
    const bool is_spaced = colon != name_size && colon != std::string_view::npos && line[colon] == ':';
    return fail(is_spaced ? parse_fault::space_before_colon : parse_fault::bad_field_name);
  }
  const std::string_view name = line.substr(0, name_size);
  const std::string_view value = trim(line.substr(name_size + 1));
  // The line ends two bytes before the next one begins.
  const std::size_t begin = line_begin_ - 2 - line.size() - head_begin_;
  const piece value_piece{static_cast<std::uint16_t>(begin + static_cast<std::size_t>(value.data() - line.data())),
    static_cast<std::uint16_t>(value.size())};
  take_known_field(name, value, value_piece);
  if (step_ == parse_step::failed)
    return;
  if (head_.fields_.empty())
    head_.fields_.reserve(expected_fields);
  head_.fields_.push_back({{static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(name_size)}, value_piece});
}

/// Keeps what the parser itself acts on. The length of the name tells the few names apart before any is compared.
void request_parser::take_known_field(std::string_view name, std::string_view value, piece where) {
  switch (name.size()) {
  case 4:
    if (same_ignoring_case(name, "host"))
      take_host(value, where);
    break;
  case 6:
    if (same_ignoring_case(name, "expect"))
      take_expectations(value);
    break;
  case 10:
    if (same_ignoring_case(name, "connection")) {
      says_close_ = says_close_ || list_contains(value, "close");
      says_keep_alive_ = says_keep_alive_ || list_contains(value, "keep-alive");
    }
    break;
  case 14:
    if (same_ignoring_case(name, "content-length"))
      take_content_length(value);
    break;
  case 17:
    if (same_ignoring_case(name, "transfer-encoding"))
      take_transfer_encoding(value);
    break;
  default: break;
  }
}

/// An absolute target has named the host already, and the field must say the same: see `compare_hosts`.
void request_parser::take_host(std::string_view value, piece where) {
  if (has_host_)
    return fail(parse_fault::several_hosts);
  if (!is_authority(value))
    return fail(parse_fault::bad_host);
  has_host_ = true;
  host_field_ = where;
  if (head_.host_.size == 0)
    head_.host_ = where;
}

/// A list, whose empty members are passed over (RFC 9110 5.6.1.2).
void request_parser::take_expectations(std::string_view value) {
  for (const auto part : std::views::split(value, ',')) {
    const auto member = trim(std::string_view{part.begin(), part.end()});
    if (!member.empty())
      (same_ignoring_case(member, "100-continue") ? says_continue_ : says_other_expectation_) = true;
  }
}

void request_parser::take_content_length(std::string_view value) {
  if (content_length_ || value.find(',') != std::string_view::npos)
    return fail(parse_fault::several_content_lengths);
  // A proxy that reads a leading zero as octal would see the request end elsewhere.
  if (value.empty() || !all(digit_char, value) || (value.front() == '0' && value.size() > 1))
    return fail(parse_fault::bad_content_length);
  std::uint64_t length = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), length).ec != std::errc{})
    return fail(parse_fault::bad_content_length);
  content_length_ = length;
}

void request_parser::take_transfer_encoding(std::string_view value) {
  if (chunked_ || !same_ignoring_case(value, "chunked"))
    return fail(parse_fault::unsupported_transfer_coding);
  chunked_ = true;
}

void request_parser::finish() {
  const bool is_1_0 = head_.version_minor_ == 0;
  if (!has_host_ && !is_1_0)
    return fail(parse_fault::missing_host);
  if (chunked_ && content_length_)
    return fail(parse_fault::conflicting_framing);
  if (chunked_ && is_1_0)
    return fail(parse_fault::transfer_coding_in_http_1_0);
  // HTTP/1.0 clients do not wait, whatever an intermediary left in the field (RFC 9110 10.1.1).
  if (says_other_expectation_ && !is_1_0)
    return fail(parse_fault::bad_expectation);
  if (chunked_)
    head_.framing_ = {body_kind::chunked, 0};
  else if (const std::uint64_t length = content_length_.value_or(0); length > 0)
    head_.framing_ = {body_kind::length, length};
  head_.keep_alive_ = !says_close_ && (!is_1_0 || says_keep_alive_);
  head_.expects_continue_ = says_continue_ && !is_1_0 && head_.framing_.kind != body_kind::none;
  step_ = parse_step::complete;
}

request_head request_parser::take_head(std::string_view buffered) {
  if (step_ == parse_step::need_more)
    keep_bytes(buffered);
  return take_head();
}

/// Copies the complete lines, for the pieces point into them, and of a faulty request line the method.
void request_parser::keep_bytes(std::string_view buffered) {
  const auto bytes = buffered.substr(head_begin_);
  if (!in_fields_)
    take_method(bytes);
  head_.bytes_.assign(bytes.substr(0, std::max<std::size_t>(line_begin_ - head_begin_, head_.method_.size)));
}

/// The method counts as soon as it and its space are there: whatever is wrong with the rest of the line, the answer to
/// HEAD has no content (RFC 9110 9.3.2).
void request_parser::take_method(std::string_view line) {
  const auto verb = line.substr(0, line.substr(0, method_bytes_max + 1).find(' '));
  if (verb.size() > method_bytes_max || verb.size() == line.size() || !is_token(verb))
    return;
  head_.method_ = {0, static_cast<std::uint16_t>(verb.size())};
  head_.verb_ = parse_method(verb);
}

/// Clients must send the same host in an absolute target and in the field. RFC 9112 3.2.2 has servers ignore the field,
/// but whatever stands in between may go by it, and take the request for one to another host.
void request_parser::compare_hosts() noexcept {
  if (head_.form_ == target_form::absolute && has_host_ &&
      !same_authority(head_.view(head_.host_), head_.view(host_field_), head_.asks_for_https_))
    fail(parse_fault::other_host);
}

void request_parser::fail(parse_fault fault) noexcept {
  step_ = parse_step::failed;
  fault_ = fault;
}

void request_parser::reset() noexcept {
  request_head kept = std::move(head_);
  kept.bytes_.clear();
  kept.fields_.clear();
  *this = request_parser{};
  head_.bytes_ = std::move(kept.bytes_);
  head_.fields_ = std::move(kept.fields_);
}

}  // namespace genesis::http
