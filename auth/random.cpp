#include "auth/random.hpp"

#include <sodium.h>

#include <algorithm>
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

void random_reserve::operator()(std::uint8_t* bytes, std::size_t size) noexcept {
  auto& [reserve, used] = *rest_;
  if (size > reserve.size()) {
    fill_random(bytes, size);
    return;
  }
  if (size > reserve.size() - used) {
    fill_random(reserve.data(), reserve.size());
    used = 0;
  }
  std::copy_n(reserve.data() + used, size, bytes);
  used += size;
}

}  // namespace genesis::auth
