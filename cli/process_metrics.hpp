#pragma once

#include <prometheus/collectable.h>

namespace genesis::cli {

/// What the operating system says of this process, under Prometheus's usual names.
class process_collector final : public prometheus::Collectable {
public:
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace genesis::cli
