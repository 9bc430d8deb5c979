#pragma once

#include "config/limits.hpp"
#include "http/body_decoder.hpp"
#include "http/request_parser.hpp"
#include "http/target.hpp"

#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace genesis::http::testing {

/// What a connection makes of its input: every request in turn, until one is refused or the bytes end.
struct transcript {
  std::string text;  ///< Everything that was understood, written out; equal texts mean equal verdicts.
  parse_fault fault = parse_fault::none;  ///< Of the request that was refused.
  std::size_t requests = 0;               ///< That were read to their end.
  std::string rest;                       ///< Bytes after the last whole request; not kept after a fault.
};

inline void describe(std::string& text, const request_head& head) {
  text += std::string(head.method_text()) + '|' + std::string(head.target()) + '|' + std::string(head.path()) + '|' +
          std::string(head.query()) + '|' + std::string(head.host()) + '|' + std::to_string(head.version_minor()) + '|';
  for (std::size_t i = 0; i < head.field_count(); ++i) {
    const auto [name, value] = head.field_at(i);
    text += std::string(name) + '=' + std::string(value) + '|';
  }
  text += std::to_string(static_cast<int>(head.framing().kind)) + ',' + std::to_string(head.framing().length) + ',' +
          std::to_string(head.keep_alive()) + ',' + std::to_string(head.expects_continue()) + '\n';
}

/// The part of a connection that reads, without the socket.
class reader {
public:
  void arrive(std::string_view piece) {
    buffer_ += piece;
    while (said_.fault == parse_fault::none && (reading_body_ ? read_body() : read_head())) {
    }
    said_.rest = said_.fault == parse_fault::none ? buffer_ : std::string{};
  }

  [[nodiscard]] const transcript& said() const noexcept { return said_; }
  [[nodiscard]] const request_parser& parser() const noexcept { return parser_; }

private:
  bool read_head() {
    const parse_step step = parser_.feed(buffer_);
    if (step == parse_step::need_more)
      return false;
    describe(said_.text, parser_.head());
    if (step == parse_step::failed)
      return refuse(parser_.fault());
    if (const auto segments = path_segments::parse(parser_.head().path()); !segments)
      return refuse(segments.error());
    if (const auto parameters = query_parameters::parse(parser_.head().query()); !parameters)
      return refuse(parameters.error());
    buffer_.erase(0, parser_.consumed());
    decoder_ = body_decoder(parser_.head().framing(), config::request_body_bytes_max);
    content_.clear();
    reading_body_ = true;
    return true;
  }

  bool read_body() {
    std::string_view input = buffer_;
    const parse_step step = decoder_.feed(input, content_);
    buffer_.erase(0, buffer_.size() - input.size());
    if (step == parse_step::need_more)
      return false;
    if (step == parse_step::failed)
      return refuse(decoder_.fault());
    said_.text += "content " + content_ + '\n';
    ++said_.requests;
    reading_body_ = false;
    parser_.reset();
    return true;
  }

  bool refuse(parse_fault fault) {
    said_.fault = fault;
    said_.text += "refused " + std::string(text_of(fault).name) + '\n';
    return false;
  }

  request_parser parser_;
  body_decoder decoder_{{}, 0};
  std::string buffer_;
  std::string content_;
  transcript said_;
  bool reading_body_ = false;
};

/// Everything arrives at once.
inline transcript read_whole(std::string_view bytes) {
  reader connection;
  connection.arrive(bytes);
  return connection.said();
}

/// One byte arrives at a time.
inline transcript read_bytewise(std::string_view bytes) {
  reader connection;
  for (const char c : bytes)
    connection.arrive({&c, 1});
  return connection.said();
}

/// Pieces of random sizes arrive.
inline transcript read_in_pieces(std::string_view bytes, std::mt19937_64& random, std::size_t piece_max) {
  reader connection;
  std::uniform_int_distribution<std::size_t> size(1, piece_max);
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, size(random));
    bytes.remove_prefix(piece.size());
    connection.arrive(piece);
  }
  return connection.said();
}

}  // namespace genesis::http::testing
