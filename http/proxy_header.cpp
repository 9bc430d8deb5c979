#include "http/proxy_header.hpp"

#include "domain/ensure.hpp"

#include <algorithm>

namespace genesis::http {

namespace {

constexpr std::string_view signature{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t start_bytes = 16;

constexpr unsigned local_command = 0;
constexpr unsigned proxy_command = 1;
constexpr unsigned stream_transport = 1;

/// Families of addresses, and how many bytes both addresses and ports take.
constexpr unsigned unspecified = 0;
constexpr unsigned inet = 1;
constexpr std::size_t inet_bytes = 12;
constexpr unsigned inet6 = 2;
constexpr std::size_t inet6_bytes = 36;
constexpr unsigned unix_socket = 3;
constexpr std::size_t unix_bytes = 216;

unsigned byte_at(std::string_view bytes, std::size_t at) noexcept {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

parse_step proxy_header_parser::fail(proxy_fault fault) noexcept {
  fault_ = fault;
  return parse_step::failed;
}

parse_step proxy_header_parser::feed(std::string_view bytes) {
  ensure(bytes.size() <= missing(), "a PROXY header takes no byte of the client");
  bytes_ += bytes;
  const auto known = std::min(bytes_.size(), signature.size());
  if (bytes_.compare(0, known, signature, 0, known) != 0)
    return fail(proxy_fault::no_header);
  if (missing() != 0)
    return parse_step::need_more;
  if (wanted_ == start_bytes) {
    if (read_start() == parse_step::failed)
      return parse_step::failed;
    if (missing() != 0)
      return parse_step::need_more;
  }
  return read_addresses();
}

/// Version, command, family, transport and the length of what follows.
parse_step proxy_header_parser::read_start() {
  const auto command = byte_at(bytes_, 12);
  const auto family = byte_at(bytes_, 13);
  const std::size_t length = byte_at(bytes_, 14) * 256 + byte_at(bytes_, 15);
  if (command >> 4 != 2)
    return fail(proxy_fault::bad_version);
  if ((command & 15) > proxy_command)
    return fail(proxy_fault::bad_command);
  is_local_ = (command & 15) == local_command;
  // Whatever LOCAL says of addresses is to be ignored.
  if ((command & 15) == proxy_command && (family >> 4 > unix_socket || (family & 15) > stream_transport))
    return fail(proxy_fault::bad_family);
  if (length > proxy_header_length_max)
    return fail(proxy_fault::too_long);
  wanted_ += length;
  return parse_step::complete;
}

parse_step proxy_header_parser::read_addresses() {
  if (is_local_)
    return parse_step::complete;
  const auto length = bytes_.size() - start_bytes;
  const auto read = [&](std::size_t needed, std::size_t size) {
    if (length < needed)
      return fail(proxy_fault::bad_length);
    client_ = config::ip_address::from_bytes(std::string_view{bytes_}.substr(start_bytes, size));
    return parse_step::complete;
  };
  switch (byte_at(bytes_, 13) >> 4) {
  case inet: return read(inet_bytes, 4);
  case inet6: return read(inet6_bytes, 16);
  case unix_socket: return length < unix_bytes ? fail(proxy_fault::bad_length) : parse_step::complete;
  case unspecified:
  default: return parse_step::complete;
  }
}

}  // namespace genesis::http
