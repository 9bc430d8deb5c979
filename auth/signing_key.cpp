#include "auth/signing_key.hpp"

#include "auth/openssl_handles.hpp"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <limits>
#include <new>

namespace genesis::auth {

namespace {

constexpr std::size_t kid_length_max = 64;

std::shared_ptr<EVP_PKEY> own(EVP_PKEY* pair) {
  return {pair, EVP_PKEY_free};
}

/// OpenSSL would ask at the terminal for the password of an encrypted key.
int no_password(char*, int, int, void*) {
  return -1;
}

const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Empties the thread's queue of OpenSSL errors: what is left in it would be taken for the fault of the next caller.
std::unexpected<error> openssl_failed(std::string detail) {
  ERR_clear_error();
  return fail(errc::internal, std::move(detail));
}

}  // namespace

bool signing_key::is_kid(std::string_view text) noexcept {
  const auto is_plain = [](char each) {
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9') ||
           each == '.' || each == '_' || each == '-';
  };
  return !text.empty() && text.size() <= kid_length_max && std::ranges::all_of(text, is_plain);
}

result<signing_key> signing_key::adopt(std::string kid, std::shared_ptr<EVP_PKEY> pair) {
  if (!is_kid(kid))
    return fail(errc::invalid_argument, "the name of a key must have 1 to 64 of A-Z a-z 0-9 . _ -");
  if (pair == nullptr)
    return openssl_failed("no private key in PEM, or an encrypted one");
  if (EVP_PKEY_get_id(pair.get()) != EVP_PKEY_ED25519)
    return fail(errc::invalid_argument, "not an Ed25519 key");
  ed25519_public_key public_key{};
  auto size = public_key.size();
  if (EVP_PKEY_get_raw_public_key(pair.get(), public_key.data(), &size) != 1 || size != public_key.size())
    return openssl_failed("no public key in an Ed25519 key");
  return signing_key(std::move(kid), std::move(pair), public_key);
}

result<signing_key> signing_key::from_pem(std::string kid, std::string_view pem) {
  if (pem.size() > std::size_t{std::numeric_limits<int>::max()})
    return fail(errc::invalid_argument, "too large for a key");
  const bio_handle source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (source == nullptr)
    return openssl_failed("no memory to read a key");
  return adopt(std::move(kid), own(PEM_read_bio_PrivateKey(source.get(), nullptr, no_password, nullptr)));
}

result<signing_key> signing_key::generate(std::string kid) {
  return adopt(std::move(kid), own(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
}

result<std::string> signing_key::to_pem() const {
  // BIO_s_secmem wipes what it held when it is freed.
  const bio_handle target(BIO_new(BIO_s_secmem()));
  if (target == nullptr ||
      PEM_write_bio_PKCS8PrivateKey(target.get(), pair_.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return openssl_failed("no memory to write a key");
  char* text = nullptr;
  const auto size = BIO_get_mem_data(target.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

result<ed25519_signature> signing_key::sign(std::string_view message) const {
  const digest_context context(EVP_MD_CTX_new());
  ed25519_signature signature{};
  auto size = signature.size();
  if (context == nullptr || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, pair_.get()) != 1 ||
      EVP_DigestSign(context.get(), signature.data(), &size, bytes_of(message), message.size()) != 1 ||
      size != signature.size())
    return openssl_failed("no signature from OpenSSL");
  return signature;
}

bool signing_key::verify(std::string_view message, std::span<const std::uint8_t> signature) const {
  if (signature.size() != std::tuple_size_v<ed25519_signature>)
    return false;
  const digest_context context(EVP_MD_CTX_new());
  if (context == nullptr || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, pair_.get()) != 1) {
    ERR_clear_error();
    throw std::bad_alloc{};  // nothing was compared
  }
  const bool is_good =
    EVP_DigestVerify(context.get(), signature.data(), signature.size(), bytes_of(message), message.size()) == 1;
  if (!is_good)
    ERR_clear_error();
  return is_good;
}

}  // namespace genesis::auth
