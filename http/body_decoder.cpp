#include "http/body_decoder.hpp"

#include "config/limits.hpp"
#include "http/characters.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

/// As many as a 64-bit size has. Zeros in front count: they are allowed (RFC 9112 7.1), but not without end.
constexpr int size_digits_max = 16;

/// Memory taken for a body before any of it has arrived, at most: an announced length costs the client nothing.
constexpr std::uint64_t reserve_bytes_max = 16'384;

}  // namespace

body_decoder::body_decoder(body_framing framing, std::size_t content_max) noexcept : content_left_(content_max) {
  switch (framing.kind) {
  case body_kind::none: step_ = parse_step::complete; break;
  case body_kind::length:
    remaining_ = framing.length;
    if (remaining_ > content_max)
      fail(parse_fault::body_too_large);
    else if (remaining_ == 0)
      step_ = parse_step::complete;
    break;
  case body_kind::chunked: state_ = state::size_start; break;
  }
}

parse_step body_decoder::feed(std::string_view& input, std::string& content) {
  while (step_ == parse_step::need_more && !input.empty()) {
    if (state_ == state::content || state_ == state::chunk_data) {
      take_content(input, content);
    } else {
      take(input.front());
      if (step_ != parse_step::failed)
        input.remove_prefix(1);
    }
  }
  return step_;
}

void body_decoder::take_content(std::string_view& input, std::string& content) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, input.size()));
  if (content.empty())
    content.reserve(static_cast<std::size_t>(std::min(remaining_, reserve_bytes_max)));
  content.append(input.substr(0, size));
  input.remove_prefix(size);
  remaining_ -= size;
  if (remaining_ > 0)
    return;
  if (state_ == state::content)
    step_ = parse_step::complete;
  else
    state_ = state::data_cr;
}

void body_decoder::take(char c) {
  switch (state_) {
  case state::size_start:
  case state::size: return take_size(c);
  case state::size_lf:
    return expect(c, '\n', is_last_ ? state::trailer_start : state::chunk_data, parse_fault::bare_cr);
  case state::data_cr: return expect(c, '\r', state::data_lf, parse_fault::bad_chunk_end);
  case state::data_lf: return expect(c, '\n', state::size_start, parse_fault::bare_cr);
  case state::trailer_start:
  case state::trailer_name:
  case state::trailer_value:
  case state::trailer_lf:
  case state::last_lf: return take_trailer(c);
  default: return take_extension(c);
  }
}

void body_decoder::take_size(char c) {
  if (is(hex_char, c)) {
    if (++size_digits_ > size_digits_max)
      return fail(parse_fault::bad_chunk_size);
    remaining_ = remaining_ * 16 + hex_value(c);
    state_ = state::size;
  } else if (state_ == state::size && (is_blank(c) || c == ';' || c == '\r')) {
    begin_chunk();
    end_size_line(c);
  } else {
    fail_at(c, parse_fault::bad_chunk_size);
  }
}

/// Holds the limit as soon as a size is known: nobody has to send the chunk to be refused.
void body_decoder::begin_chunk() {
  if (remaining_ > content_left_)
    return fail(parse_fault::body_too_large);
  content_left_ -= static_cast<std::size_t>(remaining_);
  is_last_ = remaining_ == 0;
  size_digits_ = 0;
}

/// What may follow a size, or a complete extension: white space, another extension, or the end of the line.
void body_decoder::end_size_line(char c) {
  if (step_ == parse_step::failed)
    return;
  if (c == '\r') {
    state_ = state::size_lf;
    return;
  }
  state_ = c == ';' ? state::extension_name_start : state::extension_space;
  count_extension();
}

void body_decoder::count_extension() {
  if (++extension_bytes_ > config::chunk_extension_bytes_max)
    fail(parse_fault::chunk_extension_too_long);
}

/// RFC 9112 7.1.1: `*( BWS ";" BWS name [ BWS "=" BWS ( token / quoted-string ) ] )`.
void body_decoder::take_extension(char c) {
  const bool may_end =
    state_ == state::extension_name || state_ == state::extension_value || state_ == state::extension_quoted_end;
  if (may_end && (c == '\r' || c == ';'))
    return end_size_line(c);
  count_extension();
  if (step_ == parse_step::failed)
    return;
  switch (state_) {
  case state::extension_space:
    if (c == ';')
      state_ = state::extension_name_start;
    else if (!is_blank(c))
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  case state::extension_name_start:
    if (is(token_char, c))
      state_ = state::extension_name;
    else if (!is_blank(c))
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  case state::extension_name:
  case state::extension_name_end:
    if (c == '=')
      state_ = state::extension_value_start;
    else if (is_blank(c))
      state_ = state::extension_name_end;
    else if (c == ';' && state_ == state::extension_name_end)
      state_ = state::extension_name_start;
    else if (!is(token_char, c) || state_ == state::extension_name_end)
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  default: return take_extension_value(c);
  }
}

void body_decoder::take_extension_value(char c) {
  switch (state_) {
  case state::extension_value_start:
    if (c == '"')
      state_ = state::extension_quoted;
    else if (is(token_char, c))
      state_ = state::extension_value;
    else if (!is_blank(c))
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  case state::extension_quoted:
    if (c == '"')
      state_ = state::extension_quoted_end;
    else if (c == '\\')
      state_ = state::extension_escape;
    else if (!is(text_char, c))
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  case state::extension_escape:
    if (is(text_char, c))
      state_ = state::extension_quoted;
    else
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  default:  // after a value
    if (is_blank(c))
      state_ = state::extension_space;
    else if (state_ == state::extension_quoted_end || !is(token_char, c))
      fail_at(c, parse_fault::bad_chunk_extension);
    return;
  }
}

void body_decoder::take_trailer(char c) {
  if (state_ == state::last_lf) {
    if (c != '\n')
      return fail_at(c, parse_fault::bare_cr);
    step_ = parse_step::complete;
    return;
  }
  if (state_ == state::trailer_start && c == '\r') {
    state_ = state::last_lf;
    return;
  }
  if (++trailer_bytes_ > config::trailer_bytes_max)
    return fail(parse_fault::trailers_too_large);
  if (state_ == state::trailer_lf)
    return expect(c, '\n', state::trailer_start, parse_fault::bare_cr);
  if (state_ == state::trailer_value) {
    if (c == '\r')
      state_ = state::trailer_lf;
    else if (!is(text_char, c))
      fail_at(c, parse_fault::bad_trailer);
  } else if (is(token_char, c)) {
    state_ = state::trailer_name;
  } else if (c == ':' && state_ == state::trailer_name) {
    state_ = state::trailer_value;
  } else {
    fail_at(c, parse_fault::bad_trailer);
  }
}

void body_decoder::expect(char c, char wanted, state next, parse_fault otherwise) {
  if (c == wanted)
    state_ = next;
  else
    fail_at(c, otherwise);
}

void body_decoder::fail(parse_fault fault) noexcept {
  step_ = parse_step::failed;
  fault_ = fault;
}

/// Fails at a byte that is out of place. Bare line feeds and NULs are named wherever they stand.
void body_decoder::fail_at(char c, parse_fault otherwise) noexcept {
  if (c == '\n')
    return fail(parse_fault::bare_lf);
  fail(c == '\0' ? parse_fault::nul : otherwise);
}

}  // namespace genesis::http
