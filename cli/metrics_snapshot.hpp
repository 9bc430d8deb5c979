#pragma once

#include "domain/error.hpp"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace genesis::cli {

/// Names and values of the labels that a sample must have; it may have more.
using label_filter = std::vector<std::pair<std::string, std::string>>;

/// A histogram's buckets as Prometheus counts them: how many values were at most `first`, in rising order. The last
/// bound is infinity.
using cumulative_buckets = std::map<double, double>;

/// What a server's /metrics said at one moment (Prometheus text format 0.0.4).
class metrics_snapshot {
public:
  using clock = std::chrono::steady_clock;

  /// `errc::invalid_argument` with the number of the line that is no metric's.
  static result<metrics_snapshot> parse(std::string_view text, clock::time_point at);

  [[nodiscard]] clock::time_point at() const noexcept { return at_; }

  /// The sum of all samples of that name with these labels; 0 when there are none.
  [[nodiscard]] double sum(std::string_view name, const label_filter& labels = {}) const;

  /// Adds up the buckets of all histograms of that name (without `_bucket`) with these labels.
  [[nodiscard]] cumulative_buckets buckets(std::string_view name, const label_filter& labels = {}) const;

  /// The values of one label among the samples of a name, each once, in the order of the text.
  [[nodiscard]] std::vector<std::string> label_values(std::string_view name, std::string_view label) const;

  /// The labels of every sample of a name, each set once, without those called `without`.
  [[nodiscard]] std::vector<label_filter> label_sets(std::string_view name, std::string_view without) const;

private:
  struct sample {
    label_filter labels;
    double value = 0;
  };

  clock::time_point at_;
  std::map<std::string, std::vector<sample>, std::less<>> samples_;
};

/// The `q`-quantile (0 < q < 1) of what came between two moments, as Prometheus' histogram_quantile has it: linear
/// inside the bucket; above the last finite bound, that bound. Nothing when nothing came.
std::optional<double> quantile(double q, const cumulative_buckets& before, const cumulative_buckets& after);

}  // namespace genesis::cli
