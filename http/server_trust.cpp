#include "http/server_trust.hpp"

#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>

#include <string>

namespace genesis::http {

namespace ssl = boost::asio::ssl;

result<server_trust_ptr> load_server_trust(const std::filesystem::path& authorities) {
  auto made = std::make_shared<ssl::context>(ssl::context::tls_client);
  auto* const context = made->native_handle();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  boost::system::error_code failure;
  made->set_verify_mode(ssl::verify_peer, failure);
  if (authorities.empty()) {
    made->set_default_verify_paths(failure);
    if (failure)
      return fail(errc::unavailable, "the certificates that this system trusts cannot be read: " + failure.message());
    return made;
  }
  made->load_verify_file(authorities.string(), failure);
  if (failure)
    return fail(errc::invalid_argument, "There are no certificates in PEM in " + authorities.string() + '.');
  // What is named is believed, whether or not it says of itself that it is an authority.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
  return made;
}

}  // namespace genesis::http
