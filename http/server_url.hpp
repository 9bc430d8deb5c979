#pragma once

#include "domain/error.hpp"

#include <string>
#include <string_view>

namespace genesis::http {

/// Where a server is reached.
struct server_url {
  std::string host;  ///< A name or an address; IPv6 without its brackets.
  std::string port = "80";
  std::string path;        ///< What stands before every target; empty or `/something` without a slash at its end.
  bool is_secure = false;  ///< Over TLS.

  /// The value of the `Host` field (RFC 9110 7.2).
  [[nodiscard]] std::string authority() const;

  friend bool operator==(const server_url&, const server_url&) = default;
};

/// The URL in the one spelling that equal servers share, for instance `http://127.0.0.1:8080`.
std::string to_string(const server_url& url);

/// Reads `http://host[:port][/path]`, or the same with `https`. `errc::invalid_argument` with a sentence otherwise.
result<server_url> parse_server_url(std::string_view text);

}  // namespace genesis::http
