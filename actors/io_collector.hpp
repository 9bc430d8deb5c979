#pragma once

#include "actors/io_runtime.hpp"

#include <prometheus/collectable.h>

namespace genesis {

/// What each I/O thread has to do: how late its timers come, jobs and waits. From any thread, while the runtime lives.
class io_collector final : public prometheus::Collectable {
public:
  explicit io_collector(const io_runtime& runtime) : runtime_(runtime) {}

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

private:
  const io_runtime& runtime_;
};

}  // namespace genesis
