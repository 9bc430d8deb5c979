#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <zlib.h>

namespace genesis::http::testing {

/// The text of one whole gzip member with nothing behind it; throws for anything else.
inline std::string gunzip(std::string_view coded) {
  z_stream stream{};
  if (::inflateInit2(&stream, 15 + 16) != Z_OK)
    throw std::runtime_error("no memory");
  std::string text;
  std::string piece(64 * 1'024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(coded.data()));
  stream.avail_in = static_cast<uInt>(coded.size());
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    state = ::inflate(&stream, Z_NO_FLUSH);
    text.append(piece, 0, piece.size() - stream.avail_out);
  }
  const auto left = stream.avail_in;
  ::inflateEnd(&stream);
  if (state != Z_STREAM_END || left != 0)
    throw std::runtime_error("not one gzip member");
  return text;
}

}  // namespace genesis::http::testing
