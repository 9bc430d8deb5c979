#pragma once

#include <cstddef>
#include <vector>

namespace genesis::load {

/// Figures of a set of samples; all 0 for an empty set. Units are those of the samples.
struct summary {
  std::size_t count = 0;
  double mean = 0;
  double median = 0;
  double stddev = 0;  ///< Of the population.
  double min = 0;
  double max = 0;
  double p95 = 0;
  double p99 = 0;
};

/// Exact figures: percentiles are samples (nearest rank), not points between them. Sorts the samples.
summary summarise(std::vector<float>& samples);

}  // namespace genesis::load
