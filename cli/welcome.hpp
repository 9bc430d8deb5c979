#pragma once

#include "config/settings.hpp"

#include <filesystem>
#include <string>

namespace genesis::cli {

/// What a server that has started tells a newcomer.
struct welcome {
  const config::settings& settings;
  std::filesystem::path directory;  ///< Of the data.
  std::string program;              ///< How this program is called.
  std::string port;                 ///< The one that was chosen.
  /// What the certificate calls the server, or its address when it is good for that. Empty without TLS.
  std::string certified_name;

  /// Lines for a shell on this machine that work as they stand, over TLS too: where the certificate calls the server by
  /// a name, they say which address that is, and whom the system does not trust they are told to.
  [[nodiscard]] std::string text() const;

private:
  [[nodiscard]] std::string listeners() const;
  [[nodiscard]] std::string stores() const;
  [[nodiscard]] std::string url() const;
  [[nodiscard]] std::string curl() const;
  [[nodiscard]] std::string flags_of_chat() const;
  [[nodiscard]] std::string first_account() const;
};

}  // namespace genesis::cli
