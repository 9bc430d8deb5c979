#include "auth/keyed_hash.hpp"

#include "auth/random.hpp"

#include <sodium.h>

namespace genesis::auth {

static_assert(std::tuple_size_v<keyed_hash::value_type> == crypto_shorthash_siphashx24_BYTES);

keyed_hash::keyed_hash() noexcept : key_(random_bytes<crypto_shorthash_siphashx24_KEYBYTES>()) {}

keyed_hash::value_type keyed_hash::operator()(std::string_view text) const noexcept {
  value_type hash;
  crypto_shorthash_siphashx24(
    hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(), key_.data());
  return hash;
}

}  // namespace genesis::auth
