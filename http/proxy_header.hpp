#pragma once

#include "config/network.hpp"
#include "http/request_parser.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace genesis::http {

/// Why a connection that had to begin with a PROXY header is closed.
enum class proxy_fault : std::uint8_t { none, no_header, bad_version, bad_command, bad_family, bad_length, too_long };

/// As metrics show them, `none` included.
inline constexpr std::array<std::string_view, 7> proxy_fault_names{
  "none", "no_header", "bad_version", "bad_command", "bad_family", "bad_length", "too_long"};

/// Of the part behind the first 16 bytes. Proxies send 12 or 36 for the addresses and a few hundred of extensions, the
/// specification asks for 536 in all.
inline constexpr std::size_t proxy_header_length_max = 2'048;

/// Reads the header of the PROXY protocol, version 2 (haproxy.org, proxy-protocol.txt 2.2), with which a proxy names
/// the client before the client's own bytes. Knows no socket. Extensions (TLVs) are skipped; the text form, version 1,
/// is refused.
class proxy_header_parser {
public:
  /// Bytes to read next, at least 1 until the header is complete: whoever reads no more never takes a byte that belongs
  /// to the client.
  [[nodiscard]] std::size_t missing() const noexcept { return wanted_ - bytes_.size(); }

  /// Takes at most `missing()` bytes. Not after `complete` or `failed`.
  parse_step feed(std::string_view bytes);

  /// Nothing when the proxy speaks for itself (LOCAL), or names a client without an IP address: then the address of the
  /// connection counts.
  [[nodiscard]] const std::optional<config::ip_address>& client() const noexcept { return client_; }
  /// The proxy speaks for itself, for instance to see whether the server is there.
  [[nodiscard]] bool is_local() const noexcept { return is_local_; }
  [[nodiscard]] proxy_fault fault() const noexcept { return fault_; }

private:
  parse_step fail(proxy_fault fault) noexcept;
  parse_step read_start();
  parse_step read_addresses();

  std::string bytes_;
  std::size_t wanted_ = 16;
  std::optional<config::ip_address> client_;
  proxy_fault fault_ = proxy_fault::none;
  bool is_local_ = false;
};

}  // namespace genesis::http
