#pragma once

#include "domain/error.hpp"

#include <filesystem>
#include <memory>

namespace boost::asio::ssl {
class context;
}

namespace genesis::http {

/// Whose certificates a client believes, and the rules of its handshakes: TLS 1.2 and 1.3, and nothing is sent to a
/// server whose certificate is not good for its name. Never changes once it is made.
using server_trust_ptr = std::shared_ptr<boost::asio::ssl::context>;

/// Believes the certificates in a file (PEM), and those that they have signed, and nobody else; without a file whomever
/// the system believes. A file may hold the server's own certificate. Fails with a sentence about the
/// file, or a clause about the system.
result<server_trust_ptr> load_server_trust(const std::filesystem::path& authorities = {});

}  // namespace genesis::http
