#pragma once

#include <prometheus/collectable.h>

namespace genesis {

/// Sums what the actors of all threads have counted.
class actor_collector final : public prometheus::Collectable {
public:
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace genesis
