#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace genesis::config {

/// Where another service is told of something: a URL that takes a POST.
struct hook_url {
  /// Scheme, host and port, as `origin_fault` wants them. Messages name the service by it, for a query may hold what is
  /// nobody's business.
  std::string origin;
  std::string target = "/";  ///< Path and query.

  /// Reads `https://host[:port][/path][?query]`, or the same with `http`. Fails with a clause that completes
  /// "http.purge_url ...", which shows nothing of the text. What would be a secret in it is refused: it has a setting
  /// of its own, and URLs end up in logs.
  static std::expected<hook_url, std::string> parse(std::string_view text);

  friend bool operator==(const hook_url&, const hook_url&) = default;
};

}  // namespace genesis::config
