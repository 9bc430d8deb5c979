#pragma once

#include "http/http_client.hpp"

#include <string>

namespace CLI {
class App;
}

namespace genesis::cli {

/// What a command line says about the way to a server, beside its URL.
struct connect_line {
  std::string authorities;  ///< A file with certificates; empty for those that the system trusts.
  std::string address;      ///< In place of what the URL's name resolves to.

  /// Fails with a sentence when the file cannot be used.
  [[nodiscard]] result<http::connect_options> options() const;
};

/// Gives a command `--cacert` and `--address`. The line outlives it.
void add_connect_options(CLI::App& command, connect_line& line);

}  // namespace genesis::cli
