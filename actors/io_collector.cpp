#include "actors/io_collector.hpp"

#include "actors/metric_families.hpp"

#include <algorithm>

namespace genesis {

std::vector<prometheus::MetricFamily> io_collector::Collect() const {
  using prometheus::MetricType;
  family_builder lag{MetricType::Histogram, "genesis_scheduler_lag_seconds",
    "How late the timers of an I/O thread came, which is how long a new event waits there."};
  family_builder jobs{MetricType::Gauge, "genesis_scheduler_jobs", "Actors with mail that wait for an I/O thread."};
  family_builder waits{MetricType::Gauge, "genesis_timers", "Deadlines and delayed messages that an I/O thread keeps."};
  for (std::size_t i = 0; i < runtime_.size(); ++i) {
    const auto& counted = runtime_[i].wheel().counted();
    std::array<std::uint64_t, timer_wheel::lag_bounds.size() + 1> counts{};
    std::ranges::transform(counted.by_lag, counts.begin(), &thread_counter::value);
    const metric_labels labels{{"thread", std::to_string(i)}};
    lag.add_histogram(
      timer_wheel::lag_bounds, counts, static_cast<double>(counted.lag_nanoseconds.value()) / 1e9, labels);
    jobs.add(static_cast<double>(runtime_[i].pending_jobs()), labels);
    waits.add(static_cast<double>(static_cast<std::int64_t>(counted.waiting_now.value())), labels);
  }
  std::vector<prometheus::MetricFamily> families;
  families.push_back(lag.take());
  families.push_back(jobs.take());
  families.push_back(waits.take());
  return families;
}

}  // namespace genesis
