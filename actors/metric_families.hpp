#pragma once

#include <prometheus/metric_family.h>

#include <limits>
#include <string>
#include <utility>
#include <vector>

namespace genesis {

using metric_labels = std::vector<std::pair<std::string, std::string>>;

/// One metric family as Prometheus reads it, built sample by sample.
class family_builder {
public:
  family_builder(prometheus::MetricType type, std::string name, std::string help) {
    family_.name = std::move(name);
    family_.help = std::move(help);
    family_.type = type;
  }

  void add(double value, const metric_labels& labels = {}) {
    auto& metric = labelled(labels);
    if (family_.type == prometheus::MetricType::Counter)
      metric.counter.value = value;
    else
      metric.gauge.value = value;
  }

  /// `counts` holds one count per bound and one for what is above all of them; not cumulative.
  template <class Bounds, class Counts>
  void add_histogram(const Bounds& bounds, const Counts& counts, double sum, const metric_labels& labels) {
    auto& metric = labelled(labels);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      total += counts[i];
      prometheus::ClientMetric::Bucket bucket;
      bucket.cumulative_count = total;
      bucket.upper_bound = i < bounds.size() ? bounds[i] : std::numeric_limits<double>::infinity();
      metric.histogram.bucket.push_back(bucket);
    }
    metric.histogram.sample_count = total;
    metric.histogram.sample_sum = sum;
  }

  [[nodiscard]] prometheus::MetricFamily take() { return std::move(family_); }

private:
  prometheus::ClientMetric& labelled(const metric_labels& labels) {
    auto& metric = family_.metric.emplace_back();
    for (const auto& [name, value] : labels)
      metric.label.push_back({name, value});
    return metric;
  }

  prometheus::MetricFamily family_;
};

}  // namespace genesis
