#pragma once

#include <atomic>
#include <cstdint>

namespace genesis {

/// The latest timeline of the database that a connection was opened on (`storage::store::timeline`).
///
/// A server that has taken over may lack the last changes of the one before, and count its own from the same versions
/// on: what is remembered of an earlier timeline does not hold. Workers tell what they open, whoever remembers
/// compares. It only rises: who is on an earlier one is a server that was left. On any thread.
class database_timeline {
public:
  enum class news : std::uint8_t { none, risen, behind };

  /// A connection was opened there; 0 where that is not known, which is no news.
  news see(std::int64_t opened) noexcept {
    auto known = value();
    while (opened > known)
      if (value_.compare_exchange_weak(known, opened, std::memory_order_relaxed))
        return known == 0 ? news::none : news::risen;
    return is_behind(opened) ? news::behind : news::none;
  }

  /// Whether it is known to have been left.
  [[nodiscard]] bool is_behind(std::int64_t timeline) const noexcept { return timeline != 0 && timeline < value(); }

  /// 0 while none is known.
  [[nodiscard]] std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
  std::atomic<std::int64_t> value_ = 0;
};

}  // namespace genesis
