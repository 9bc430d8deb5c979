#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <sys/stat.h>

namespace genesis {

/// A certificate that its own key signed, in PEM.
struct self_signed {
  std::string certificate;
  std::string key;

  /// For this common name, valid from now for `seconds`; below 0 it has expired. `alternatives` are the names that it
  /// is good for besides, as OpenSSL writes them: `DNS:a.test,IP:127.0.0.1`.
  static self_signed make(const std::string& name, long seconds = 3'600, const std::string& alternatives = {}) {
    using bio_ptr = std::unique_ptr<BIO, decltype(&BIO_free)>;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{EVP_EC_gen("P-256"), EVP_PKEY_free};
    const std::unique_ptr<X509, decltype(&X509_free)> made{X509_new(), X509_free};
    X509_set_version(made.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -7'200);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), seconds);
    auto* const subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(
      subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
    X509_set_issuer_name(made.get(), subject);
    X509_set_pubkey(made.get(), key.get());
    if (!alternatives.empty()) {
      auto* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, alternatives.c_str());
      X509_add_ext(made.get(), extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(made.get(), key.get(), EVP_sha256());

    const bio_ptr certificate_out{BIO_new(BIO_s_mem()), BIO_free};
    const bio_ptr key_out{BIO_new(BIO_s_mem()), BIO_free};
    PEM_write_bio_X509(certificate_out.get(), made.get());
    PEM_write_bio_PrivateKey(key_out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    return {text_of(certificate_out.get()), text_of(key_out.get())};
  }

  /// Writes both files, the key for its owner alone.
  void write(const std::filesystem::path& certificate_file, const std::filesystem::path& key_file) const {
    std::ofstream{certificate_file} << certificate;
    std::ofstream{key_file} << key;
    ::chmod(key_file.c_str(), S_IRUSR | S_IWUSR);
  }

private:
  static std::string text_of(BIO* from) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(from, &data);
    return {data, static_cast<std::size_t>(size)};
  }
};

}  // namespace genesis
