#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace genesis::http {

/// Who reads a stream on this thread, by a number that is never given twice. One step in memory from a number to its
/// reader: each word of each answer takes it. On one thread.
template <class Reader>
class reader_table {
public:
  /// Keeps no reader alive.
  std::uint64_t add(std::weak_ptr<Reader> who) {
    if (free_.empty()) {
      slots_.emplace_back();
      free_.reserve(slots_.capacity());
      free_.push_back(static_cast<std::uint32_t>(slots_.size() - 1));
    }
    const auto index = free_.back();
    free_.pop_back();
    slots_[index].who = std::move(who);
    return number_of(index, slots_[index].generation);
  }

  /// Nobody, when the number was removed or its reader is gone.
  [[nodiscard]] std::shared_ptr<Reader> find(std::uint64_t number) const noexcept {
    const auto index = static_cast<std::uint32_t>(number);
    if (index >= slots_.size() || number != number_of(index, slots_[index].generation))
      return nullptr;
    return slots_[index].who.lock();
  }

  void remove(std::uint64_t number) noexcept {
    const auto index = static_cast<std::uint32_t>(number);
    if (index >= slots_.size() || number != number_of(index, slots_[index].generation))
      return;
    slots_[index].who.reset();
    ++slots_[index].generation;
    free_.push_back(index);  // there is room: `add` has seen to that
  }

  [[nodiscard]] std::vector<std::shared_ptr<Reader>> all() const {
    std::vector<std::shared_ptr<Reader>> readers;
    for (const auto& each : slots_)
      if (auto who = each.who.lock())
        readers.push_back(std::move(who));
    return readers;
  }

private:
  struct slot {
    std::weak_ptr<Reader> who;
    std::uint32_t generation = 1;
  };

  static std::uint64_t number_of(std::uint32_t index, std::uint32_t generation) noexcept {
    return std::uint64_t{generation} << 32U | index;
  }

  std::vector<slot> slots_;
  std::vector<std::uint32_t> free_;
};

}  // namespace genesis::http
