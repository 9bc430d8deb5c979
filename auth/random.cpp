#include "auth/random.hpp"

#include <sodium.h>

#include <cstdlib>

namespace genesis::auth {

void fill_random(std::uint8_t* bytes, std::size_t size) noexcept {
  // Fails only where the kernel has no generator; nothing may be signed or named there.
  static const bool is_ready = sodium_init() >= 0;
  if (!is_ready)
    std::abort();
  if (size > 0)
    randombytes_buf(bytes, size);
}

}  // namespace genesis::auth
