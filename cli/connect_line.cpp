#include "cli/connect_line.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

result<connect_options> connect_line::options() const {
  connect_options made;
  made.address = address;
  if (authorities.empty())
    return made;
  auto trust = load_server_trust(authorities);
  if (!trust)
    return std::unexpected(std::move(trust.error()));
  made.trust = *std::move(trust);
  return made;
}

void add_connect_options(CLI::App& command, connect_line& line) {
  command
    .add_option("--cacert", line.authorities,
      "Certificates (PEM) to believe over https, in place of those that the system trusts: of a private authority, or "
      "the server's own")
    ->type_name("FILE");
  command
    .add_option("--address", line.address,
      "Where to connect, in place of what the name in the URL resolves to; the certificate is still asked for the name")
    ->type_name("ADDRESS");
}

}  // namespace genesis::cli
