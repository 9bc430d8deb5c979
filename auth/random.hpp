#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace genesis::auth {

/// Fills `size` bytes from the kernel's generator (getrandom, through libsodium). On any thread. Fit for `uuid_source`.
void fill_random(std::uint8_t* bytes, std::size_t size) noexcept;

/// `Size` bytes that nobody can guess.
template <std::size_t Size>
std::array<std::uint8_t, Size> random_bytes() noexcept {
  std::array<std::uint8_t, Size> bytes;
  fill_random(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace genesis::auth
