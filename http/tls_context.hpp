#pragma once

#include "config/setting_fault.hpp"

#include <expected>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace boost::asio::ssl {
class context;
}

namespace genesis::http {

/// What a TLS server needs: its certificate with the chain behind it, its key, and the rules of the handshake. TLS 1.2
/// and 1.3, ciphers with forward secrecy and authenticated encryption only, no compression, no renegotiation, ALPN
/// `http/1.1`. Never changes once it is made, so that all threads share it; a new certificate is a new context.
using tls_context_ptr = std::shared_ptr<boost::asio::ssl::context>;

/// Reads both files, in PEM. The faults, of both at once where both have one, name the setting, the file and what to
/// do: a key that others can read, a key of another certificate, a key with a passphrase, files that hold something
/// else. Where the setting comes from is not known here.
std::expected<tls_context_ptr, std::vector<config::setting_fault>> load_tls_context(
  const std::filesystem::path& certificate, const std::filesystem::path& key);

/// Why clients will refuse the certificate for its dates, as in "has expired"; empty when they will not.
std::string_view date_fault(const boost::asio::ssl::context& made);

/// What a client may call the server by so that the certificate fits: the address when it is good for that, else its
/// first name (`genesis` for a wildcard's star), else the address all the same.
std::string certified_name(const boost::asio::ssl::context& made, const std::string& address);

}  // namespace genesis::http
