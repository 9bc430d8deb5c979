#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>

#include <memory>

/// OpenSSL's objects with an owner. Included by sources only.
namespace genesis::auth {

struct openssl_deleter {
  void operator()(BIO* bio) const noexcept { BIO_free(bio); }
  void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
  void operator()(EVP_PKEY_CTX* context) const noexcept { EVP_PKEY_CTX_free(context); }
};

using bio_handle = std::unique_ptr<BIO, openssl_deleter>;
using digest_context = std::unique_ptr<EVP_MD_CTX, openssl_deleter>;
using key_context = std::unique_ptr<EVP_PKEY_CTX, openssl_deleter>;

}  // namespace genesis::auth
