#include "benchmarks/load/latency_histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace genesis::load {

// The first two groups are a microsecond a bucket; each later one covers twice the range of the one before.
std::size_t latency_histogram::bucket_of(std::uint64_t us) noexcept {
  if (us < 2 * steps)
    return static_cast<std::size_t>(us);
  const unsigned shift = static_cast<unsigned>(std::bit_width(us)) - (steps_bits + 1);
  const auto bucket = static_cast<std::size_t>((std::uint64_t{shift} << steps_bits) + (us >> shift));
  return std::min<std::size_t>(bucket, steps * powers - 1);
}

std::uint64_t latency_histogram::upper_us(std::size_t bucket) noexcept {
  if (bucket < 2 * steps)
    return bucket;
  const auto shift = static_cast<unsigned>(bucket >> steps_bits) - 1;
  return (((bucket & (steps - 1)) + steps + 1) << shift) - 1;
}

void latency_histogram::add(duration what) noexcept {
  const auto us = static_cast<std::uint64_t>(std::max<std::int64_t>(what.count(), 0)) / 1'000;
  ++counts_[bucket_of(us)];
  ++count_;
  sum_us_ += us;
  max_us_ = std::max(max_us_, us);
  min_us_ = std::min(min_us_, us);
}

void latency_histogram::add(const latency_histogram& other) noexcept {
  for (std::size_t i = 0; i < counts_.size(); ++i)
    counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_us_ += other.sum_us_;
  max_us_ = std::max(max_us_, other.max_us_);
  min_us_ = std::min(min_us_, other.min_us_);
}

double latency_histogram::at_share_ms(double share) const noexcept {
  const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    seen += counts_[i];
    if (seen >= rank && seen > 0)
      return static_cast<double>(std::min(upper_us(i), max_us_)) / 1e3;
  }
  return 0;
}

double latency_histogram::mean_ms() const noexcept {
  return count_ == 0 ? 0 : static_cast<double>(sum_us_) / static_cast<double>(count_) / 1e3;
}

}  // namespace genesis::load
