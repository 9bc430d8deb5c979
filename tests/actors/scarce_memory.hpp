#pragma once

#include <cstdint>

namespace genesis {

/// Lets the `nth` allocation of this thread from now on fail, once, as long as the object lives: the one fault that can
/// be injected at every place where code may throw. One object at a time.
class scarce_memory {
public:
  explicit scarce_memory(std::int64_t nth) noexcept;
  scarce_memory(const scarce_memory&) = delete;
  scarce_memory& operator=(const scarce_memory&) = delete;
  ~scarce_memory();

  /// Allocations that are still to succeed before one fails; 0 when it has failed.
  [[nodiscard]] static std::int64_t left() noexcept;
};

}  // namespace genesis
