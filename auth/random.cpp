#include "auth/random.hpp"

#include <cstdlib>

#include <sodium.h>

namespace genesis::auth {

void fill_random(std::uint8_t* bytes, std::size_t size) noexcept {
  // Fails only where the kernel has no generator; nothing may be signed or named there.
  static const bool is_ready = sodium_init() >= 0;
  if (!is_ready)
    std::abort();
  randombytes_buf(bytes, size);
}

}  // namespace genesis::auth
