#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace genesis::load {

/// Where the server under load listens: always an address of this machine.
struct endpoint {
  std::string address;  ///< Numeric.
  std::uint16_t port = 0;

  /// As the Host field shows it.
  [[nodiscard]] std::string authority() const;
};

/// Reads `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`, with or without `http://` before it. Refuses every address
/// but loopback with a sentence: a load generator aimed elsewhere by a slip is an attack.
std::expected<endpoint, std::string> parse_endpoint(std::string_view text);

}  // namespace genesis::load
