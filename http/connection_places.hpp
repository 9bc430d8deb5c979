#pragma once

#include <atomic>
#include <cstddef>

namespace genesis::http {

/// Places for connections, of all I/O threads together. Exact: never more are taken than there are. Each is taken and
/// given back once per connection, so that the one word the threads share costs nothing.
class connection_places {
public:
  explicit connection_places(std::size_t count) : free_(count) {}

  /// Takes a place if one is free.
  [[nodiscard]] bool take() noexcept {
    auto free = free_.load(std::memory_order_relaxed);
    while (free != 0 && !free_.compare_exchange_weak(free, free - 1, std::memory_order_relaxed)) {
    }
    return free != 0;
  }
  void give_back() noexcept { free_.fetch_add(1, std::memory_order_relaxed); }

private:
  std::atomic<std::size_t> free_;
};

}  // namespace genesis::http
