#pragma once

#include <prometheus/collectable.h>

#include <chrono>

namespace genesis::cli {

/// What the operating system says of this process, under Prometheus's usual names.
class process_collector final : public prometheus::Collectable {
public:
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

private:
  std::chrono::system_clock::time_point started_at_ = std::chrono::system_clock::now();
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace genesis::cli
