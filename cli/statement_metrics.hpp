#pragma once

#include "actors/thread_counters.hpp"
#include "http/metrics.hpp"
#include "storage/connection.hpp"
#include "storage/statements.hpp"

#include <prometheus/collectable.h>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace genesis::cli {

/// What one thread's database connection has done, by statement.
struct statement_counters {
  struct one {
    std::array<thread_counter, http::duration_bounds.size() + 1> by_duration;
    thread_counter nanoseconds;
    thread_counter longest_nanoseconds;
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

/// What all connections of this process have done with one statement.
struct statement_figures {
  std::string_view name;
  std::uint64_t count = 0;
  std::uint64_t failures = 0;
  std::uint64_t rows = 0;
  double mean_ms = 0;
  double p95_ms = 0;  ///< The upper bound of the bucket that it lies in, or the longest where that is less.
  double max_ms = 0;
};

/// Of every statement that ran, those that took the most time in all first.
std::vector<statement_figures> all_statement_figures();

/// Sums what all connections have counted.
class statement_collector final : public prometheus::Collectable {
public:
  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;
};

}  // namespace genesis::cli
