#pragma once

#include "domain/error.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace genesis::auth {

using ed25519_signature = std::array<std::uint8_t, 64>;
using ed25519_public_key = std::array<std::uint8_t, 32>;

/// One Ed25519 key pair (RFC 8032), ready to sign and to verify. Cheap to copy; copies share the key. Every member may
/// run on several threads at once.
class signing_key {
public:
  /// Reads a PKCS#8 private key in PEM (RFC 7468 10) that is not encrypted. The `kid` is 1..64 of `A-Z a-z 0-9 . _ -`.
  static result<signing_key> from_pem(std::string kid, std::string_view pem);
  /// Makes a new pair.
  static result<signing_key> generate(std::string kid);
  /// Whether a text may name a key: it becomes a file name and a JSON string as it is.
  static bool is_kid(std::string_view text) noexcept;

  [[nodiscard]] const std::string& kid() const noexcept { return kid_; }
  [[nodiscard]] const ed25519_public_key& public_key() const noexcept { return public_key_; }
  /// The private key as `from_pem` reads it.
  [[nodiscard]] result<std::string> to_pem() const;

  [[nodiscard]] result<ed25519_signature> sign(std::string_view message) const;
  /// Throws std::bad_alloc when there is no memory to tell.
  [[nodiscard]] bool verify(std::string_view message, std::span<const std::uint8_t> signature) const;

private:
  signing_key(std::string kid, std::shared_ptr<evp_pkey_st> pair, const ed25519_public_key& public_key)
      : kid_(std::move(kid)), pair_(std::move(pair)), public_key_(public_key) {}
  static result<signing_key> adopt(std::string kid, std::shared_ptr<evp_pkey_st> pair);

  std::string kid_;
  std::shared_ptr<evp_pkey_st> pair_;
  ed25519_public_key public_key_;
};

}  // namespace genesis::auth
