#include "http/tls_context.hpp"

#include "auth/key_file.hpp"
#include "domain/error.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

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

config::setting_fault fault_of(std::string_view setting, const std::string& why) {
  return {{}, std::string{setting}, "is not usable: " + why};
}

std::unexpected<std::vector<config::setting_fault>> refuse(std::string_view setting, const std::string& why) {
  return std::unexpected(std::vector{fault_of(setting, why)});
}

result<std::string> read_certificate(const path& file) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(file, ec))
    return fail(errc::unavailable, file.string() + " is no file");
  const auto size = std::filesystem::file_size(file, ec);
  if (ec || size > certificate_bytes_max)
    return fail(errc::unavailable, file.string() + " is larger than 256 KiB");
  std::string text(size, '\0');
  std::ifstream in{file, std::ios::binary};
  if (!in.read(text.data(), static_cast<std::streamsize>(size)))
    return fail(errc::unavailable, file.string() + " cannot be read");
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

/// The server's own. OpenSSL's functions change nothing of it, and take it as if they did.
X509* certificate_of(const ssl::context& made) {
  return SSL_CTX_get0_certificate(const_cast<ssl::context&>(made).native_handle());
}

/// The first name of a certificate, as it stands there; empty when it has none.
std::string first_name(const X509* certificate) {
  using names_ptr = std::unique_ptr<GENERAL_NAMES, decltype(&GENERAL_NAMES_free)>;
  const names_ptr names{
    static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)),
    GENERAL_NAMES_free};
  const auto text_of = [](const ASN1_STRING* text) {
    return std::string{
      reinterpret_cast<const char*>(ASN1_STRING_get0_data(text)), static_cast<std::size_t>(ASN1_STRING_length(text))};
  };
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i)
    if (const auto* each = sk_GENERAL_NAME_value(names.get(), i); each->type == GEN_DNS)
      return text_of(each->d.dNSName);
  const auto* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  return at < 0 ? std::string{} : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
}

}  // namespace

std::string_view date_fault(const ssl::context& made) {
  const auto* const certificate = certificate_of(made);
  if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0)
    return "has expired";
  if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0)
    return "is not valid yet";
  return {};
}

std::string certified_name(const ssl::context& made, const std::string& address) {
  auto* const certificate = certificate_of(made);
  if (X509_check_ip_asc(certificate, address.c_str(), 0) == 1)
    return address;
  auto name = first_name(certificate);
  if (name.starts_with("*."))
    name.replace(0, 1, "genesis");
  return name.empty() ? address : name;
}

std::expected<tls_context_ptr, std::vector<config::setting_fault>> load_tls_context(
  const path& certificate, const path& key) {
  auto chain = read_certificate(certificate);
  const auto secret = auth::read_secret_file(key);
  std::vector<config::setting_fault> faults;
  if (!chain)
    faults.push_back(fault_of("http.tls_certificate", chain.error().detail));
  if (!secret)
    faults.push_back(fault_of("http.tls_key", secret.error().detail));
  if (!faults.empty())
    return std::unexpected(std::move(faults));

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
  return made;
}

}  // namespace genesis::http
