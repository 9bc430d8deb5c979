#include "benchmarks/load/statistics.hpp"

#include <algorithm>
#include <cmath>

namespace genesis::load {

namespace {

double at_rank(const std::vector<float>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return static_cast<double>(sorted[std::max<std::size_t>(rank, 1) - 1]);
}

}  // namespace

summary summarise(std::vector<float>& samples) {
  if (samples.empty())
    return {};
  std::ranges::sort(samples);
  summary out{.count = samples.size(),
    .median = at_rank(samples, 0.5),
    .min = static_cast<double>(samples.front()),
    .max = static_cast<double>(samples.back()),
    .p95 = at_rank(samples, 0.95),
    .p99 = at_rank(samples, 0.99)};
  double sum = 0;
  for (const float each : samples)
    sum += static_cast<double>(each);
  out.mean = sum / static_cast<double>(samples.size());
  double squares = 0;
  for (const float each : samples)
    squares += (static_cast<double>(each) - out.mean) * (static_cast<double>(each) - out.mean);
  out.stddev = std::sqrt(squares / static_cast<double>(samples.size()));
  return out;
}

}  // namespace genesis::load
