#include "cli/connect_line.hpp"

#include <CLI/App.hpp>

namespace genesis::cli {

namespace {

constexpr http::connect_advice advice_about_flags{
  .other_name = "; give its name in --url as the certificate has it, and with --address where that is not known",
  .untrusted = "; name a file with that of its authority with --cacert",
  .no_tls = "; try http:// in --url",
};

}  // namespace

result<http::connect_options> connect_line::options() const {
  http::connect_options made;
  made.address = address;
  made.advice = advice_about_flags;
  if (authorities.empty())
    return made;
  auto trust = http::load_server_trust(authorities);
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
