#pragma once

#include "actors/thread_counters.hpp"
#include "http/metrics.hpp"
#include "storage/connection.hpp"
#include "storage/statements.hpp"

#include <prometheus/collectable.h>

#include <array>

namespace genesis::cli {

/// What one thread's database connection has done, by statement.
struct statement_counters {
  struct one {
    std::array<thread_counter, http::duration_bounds.size() + 1> by_duration;
    thread_counter nanoseconds;
    thread_counter rows;
    thread_counter failures;
  };
  std::array<one, storage::statement_count> statements;
};

/// Counts the statements of every connection: each on its own thread, without a lock.
class statement_metrics final : public storage::statement_observer {
public:
  void on_statement(const storage::statement_run& run) noexcept override;
};

/// Sums what all connections have counted.
class statement_collector final : public prometheus::Collectable {
public:
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace genesis::cli
