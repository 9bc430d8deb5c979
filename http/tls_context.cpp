#include "http/tls_context.hpp"

#include "auth/key_file.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>
#include <spdlog/spdlog.h>

#include <fstream>
#include <string_view>

namespace genesis::http {

namespace {

namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using std::filesystem::path;

/// Of the certificate and its chain; chains have two to four links of about 2 KiB.
constexpr std::uintmax_t certificate_bytes_max = std::uintmax_t{256} * 1'024;

/// For TLS 1.2; those of 1.3 are all good.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20";

/// As ALPN writes it: a length before each name (RFC 7301 3.1).
constexpr std::string_view protocol = "\x08http/1.1";

/// A client that offers protocols and not this one is refused (RFC 7301 3.2): it would speak HTTP/2 to us.
int choose_protocol(SSL* /*connection*/, const unsigned char** chosen, unsigned char* chosen_length,
  const unsigned char* offered, unsigned int offered_length, void* /*unused*/) {
  const auto* ours = reinterpret_cast<const unsigned char*>(protocol.data());
  unsigned char* found = nullptr;
  const auto outcome =
    SSL_select_next_proto(&found, chosen_length, ours, static_cast<unsigned>(protocol.size()), offered, offered_length);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

std::unexpected<error> refuse(std::string_view setting, std::string_view why) {
  return fail(errc::unavailable, std::string{setting} + ": " + std::string{why});
}

result<std::string> read_certificate(const path& file) {
  static constexpr std::string_view setting = "http.tls_certificate";
  std::error_code ec;
  if (!std::filesystem::is_regular_file(file, ec))
    return refuse(setting, file.string() + " is no file");
  const auto size = std::filesystem::file_size(file, ec);
  if (ec || size > certificate_bytes_max)
    return refuse(setting, file.string() + " is larger than 256 KiB");
  std::string text(size, '\0');
  std::ifstream in{file, std::ios::binary};
  if (!in.read(text.data(), static_cast<std::streamsize>(size)))
    return refuse(setting, file.string() + " cannot be read");
  return text;
}

void set_rules(ssl::context& made) {
  auto* const context = made.native_handle();
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(context, ciphers);
  SSL_CTX_set_options(context,
    SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);  // of idle connections
  // Tickets carry sessions to the client and back; none are kept here.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

void warn_when_outdated(ssl::context& made) {
  const auto* const certificate = SSL_CTX_get0_certificate(made.native_handle());
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
    spdlog::warn("http.tls_certificate: the certificate has expired; clients will refuse it");
  else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
    spdlog::warn("http.tls_certificate: the certificate is not valid yet; clients will refuse it");
}

}  // namespace

result<tls_context_ptr> load_tls_context(const path& certificate, const path& key) {
  auto chain = read_certificate(certificate);
  if (!chain)
    return std::unexpected(chain.error());
  const auto secret = auth::read_secret_file(key);
  if (!secret)
    return refuse("http.tls_key", secret.error().detail);

  auto made = std::make_shared<ssl::context>(ssl::context::tls_server);
  set_rules(*made);
  error_code ec;
  made->use_certificate_chain(boost::asio::buffer(*chain), ec);
  if (ec)
    return refuse("http.tls_certificate", certificate.string() + " holds no certificate in PEM");
  // Without this OpenSSL would ask for a passphrase on the terminal.
  made->set_password_callback([](std::size_t, ssl::context::password_purpose) { return std::string{}; }, ec);
  made->use_private_key(boost::asio::buffer(*secret), ssl::context::pem, ec);
  if (ec && ERR_GET_REASON(static_cast<unsigned long>(ec.value())) == X509_R_KEY_VALUES_MISMATCH)
    return refuse("http.tls_key", key.string() + " is not the key of the certificate in " + certificate.string());
  if (ec)
    return refuse("http.tls_key", key.string() + " holds no private key in PEM without a passphrase");
  if (SSL_CTX_check_private_key(made->native_handle()) != 1)
    return refuse("http.tls_key", key.string() + " is not the key of the certificate in " + certificate.string());
  warn_when_outdated(*made);
  return made;
}

}  // namespace genesis::http
