#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

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

/// Random bytes fetched a kilobyte at a time: a system call for each request's id would cost as much as its routing.
/// Not for secrets, which should be in memory nowhere before they are needed. On one thread; copies share what is
/// fetched.
class random_reserve {
public:
  /// Fit for `uuid_source`.
  void operator()(std::uint8_t* bytes, std::size_t size) noexcept;

private:
  struct fetched {
    std::array<std::uint8_t, 1'024> bytes;
    std::size_t used = 1'024;
  };
  std::shared_ptr<fetched> rest_ = std::make_shared<fetched>();
};

}  // namespace genesis::auth
