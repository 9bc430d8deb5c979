#pragma once

#include "domain/error.hpp"

#include <filesystem>
#include <memory>

namespace boost::asio::ssl {
class context;
}

namespace genesis::http {

/// What a TLS server needs: its certificate with the chain behind it, its key, and the rules of the handshake. TLS 1.2
/// and 1.3, ciphers with forward secrecy and authenticated encryption only, no compression, no renegotiation, ALPN
/// `http/1.1`. Never changes once it is made, so that all threads share it; a new certificate is a new context.
using tls_context_ptr = std::shared_ptr<boost::asio::ssl::context>;

/// Reads both files, in PEM. Errors name the setting, the file and what to do: a key that others can read, a key of
/// another certificate, a key with a passphrase, files that hold something else.
result<tls_context_ptr> load_tls_context(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace genesis::http
