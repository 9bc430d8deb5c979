#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <limits>

namespace genesis::load {

/// Durations in buckets that are narrow where they are short: 64 between a power of two of microseconds and the next,
/// so that a figure is at most 1.6 % above what was measured. Memory does not grow with the length of a run.
class latency_histogram {
public:
  using duration = std::chrono::nanoseconds;

  void add(duration what) noexcept;
  void add(const latency_histogram& other) noexcept;

  [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
  /// The least bound that at least this share (0 < share <= 1) of the durations keeps, in milliseconds; 0 for none.
  [[nodiscard]] double at_share_ms(double share) const noexcept;
  [[nodiscard]] double mean_ms() const noexcept;
  [[nodiscard]] double max_ms() const noexcept { return count_ == 0 ? 0 : static_cast<double>(max_us_) / 1e3; }
  [[nodiscard]] double min_ms() const noexcept { return count_ == 0 ? 0 : static_cast<double>(min_us_) / 1e3; }

private:
  static constexpr unsigned steps_bits = 6;
  static constexpr std::uint64_t steps = 1U << steps_bits;
  static constexpr unsigned powers = 26;  // up to 2^31 us, more than half an hour

  static std::size_t bucket_of(std::uint64_t us) noexcept;
  static std::uint64_t upper_us(std::size_t bucket) noexcept;

  std::array<std::uint64_t, steps * powers> counts_{};
  std::uint64_t count_ = 0;
  std::uint64_t sum_us_ = 0;
  std::uint64_t max_us_ = 0;
  std::uint64_t min_us_ = std::numeric_limits<std::uint64_t>::max();
};

}  // namespace genesis::load
