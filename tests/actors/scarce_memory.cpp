#include "tests/actors/scarce_memory.hpp"

#include <cstdlib>
#include <new>

namespace genesis {

namespace {

/// Nodes of the two maps of CAF's test clock, which it leaves inconsistent when the second one cannot be had.
constexpr std::size_t clock_node_size = 48;

thread_local bool is_scarce = false;
thread_local std::int64_t allocations_left = 0;

}  // namespace

scarce_memory::scarce_memory(std::int64_t nth) noexcept {
  is_scarce = true;
  allocations_left = nth;
}

scarce_memory::~scarce_memory() {
  is_scarce = false;
}

std::int64_t scarce_memory::left() noexcept {
  return allocations_left;
}

}  // namespace genesis

void* operator new(std::size_t size) {
  if (genesis::is_scarce && size != genesis::clock_node_size && genesis::allocations_left > 0 &&
      --genesis::allocations_left == 0)
    throw std::bad_alloc{};
  if (void* memory = std::malloc(size == 0 ? 1 : size))
    return memory;
  throw std::bad_alloc{};
}

// Together with the others, so that whatever one of them gives another takes back.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return std::malloc(size == 0 ? 1 : size);
}

void operator delete(void* memory) noexcept {
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}
