#pragma once

#include <atomic>
#include <cstdint>

namespace genesis {

/// A number that one thread raises and any thread reads. Costs a plain addition: no lock, no atomic read-modify-write.
class thread_counter {
public:
  void add(std::uint64_t n = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed);
  }
  void subtract(std::uint64_t n = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) - n, std::memory_order_relaxed);
  }
  /// For a maximum.
  void raise_to(std::uint64_t n) noexcept {
    if (n > value_.load(std::memory_order_relaxed))
      value_.store(n, std::memory_order_relaxed);
  }
  [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
  std::atomic<std::uint64_t> value_{0};
};

/// One `Counters` per thread, made when a thread first counts, and a way to read all of them.
///
/// The objects form a list that only grows and outlives their threads, so that nothing counted is forgotten. A process
/// has few threads, all of them long-lived.
template <class Counters>
class per_thread {
public:
  /// The calling thread's own.
  static Counters& here() {
    thread_local Counters& mine = link();
    return mine;
  }

  /// Calls `visit` with the counters of every thread that ever counted. From any thread.
  template <class Visit>
  static void for_each(Visit visit) {
    for (const node* each = head().load(std::memory_order_acquire); each != nullptr; each = each->next)
      visit(each->counters);
  }

private:
  struct node {
    Counters counters;
    node* next = nullptr;
  };

  static std::atomic<node*>& head() noexcept {
    static std::atomic<node*> first{nullptr};
    return first;
  }

  static Counters& link() {
    auto* mine = new node;
    mine->next = head().load(std::memory_order_relaxed);
    while (!head().compare_exchange_weak(mine->next, mine, std::memory_order_release, std::memory_order_relaxed)) {
    }
    return mine->counters;
  }
};

}  // namespace genesis
