#pragma once

#include <prometheus/collectable.h>

#include <chrono>

namespace genesis::cli {

/// What the operating system says of this process, under Prometheus's usual names. Tells it also when there are no
/// descriptors left; what cannot be had is left out.
class process_collector final : public prometheus::Collectable {
public:
  process_collector();
  process_collector(const process_collector&) = delete;
  process_collector& operator=(const process_collector&) = delete;
  ~process_collector() override;

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

private:
  int statm_;  ///< Kept open.
  std::chrono::system_clock::time_point started_at_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace genesis::cli
