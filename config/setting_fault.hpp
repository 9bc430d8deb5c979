#pragma once

#include <string>

namespace genesis::config {

/// One reason not to start.
struct setting_fault {
  std::string where;    ///< `genesis.toml:12`, `GENESIS_HTTP_PORT` or `--http.port`.
  std::string name;     ///< `http.port`, or as it was spelt; empty for a file that cannot be read as a whole.
  std::string message;  ///< A clause that completes "http.port ...".

  friend bool operator==(const setting_fault&, const setting_fault&) = default;
};

/// One line for people: `genesis.toml:12: http.port must be between 0 and 65535`.
inline std::string to_string(const setting_fault& fault) {
  return fault.where + ": " + (fault.name.empty() ? "" : fault.name + " ") + fault.message;
}

}  // namespace genesis::config
