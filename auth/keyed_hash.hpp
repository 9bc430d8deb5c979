#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace genesis::auth {

/// SipHash-2-4 with 128 bits (Aumasson, Bernstein: SipHash, a fast short-input PRF, 2012) under a random key of its
/// own: stands for a text in a table without keeping it. Who does not know the key finds no two texts of one hash.
class keyed_hash {
public:
  using value_type = std::array<std::uint8_t, 16>;

  keyed_hash() noexcept;

  [[nodiscard]] value_type operator()(std::string_view text) const noexcept;

private:
  std::array<std::uint8_t, 16> key_;
};

}  // namespace genesis::auth
