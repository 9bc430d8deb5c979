#include "cli/statement_metrics.hpp"

#include "actors/metric_families.hpp"

#include <algorithm>

namespace genesis::cli {

void statement_metrics::on_statement(const storage::statement_run& run) noexcept {
  auto& mine = per_thread<statement_counters>::here().statements[static_cast<std::size_t>(run.id)];
  const double seconds = std::chrono::duration<double>(run.duration).count();
  const auto bucket = std::ranges::lower_bound(http::duration_bounds, seconds) - http::duration_bounds.begin();
  mine.by_duration[static_cast<std::size_t>(bucket)].add();
  mine.nanoseconds.add(static_cast<std::uint64_t>(run.duration.count()));
  mine.rows.add(static_cast<std::uint64_t>(std::max<std::int64_t>(run.rows, 0)));
  if (!run.is_ok)
    mine.failures.add();
}

std::vector<prometheus::MetricFamily> statement_collector::Collect() const {
  using prometheus::MetricType;
  family_builder durations{
    MetricType::Histogram, "genesis_db_query_duration_seconds", "Time that database statements took, by name."};
  family_builder rows{MetricType::Counter, "genesis_db_rows_total", "Rows read or changed by statements, by name."};
  family_builder failures{MetricType::Counter, "genesis_db_failures_total", "Statements that failed, by name."};
  for (const auto& statement : storage::all_statements()) {
    std::array<std::uint64_t, http::duration_bounds.size() + 1> counts{};
    std::uint64_t nanoseconds = 0;
    std::uint64_t row_count = 0;
    std::uint64_t failure_count = 0;
    per_thread<statement_counters>::for_each([&](const statement_counters& thread) {
      const auto& each = thread.statements[static_cast<std::size_t>(statement.id)];
      for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] += each.by_duration[i].value();
      nanoseconds += each.nanoseconds.value();
      row_count += each.rows.value();
      failure_count += each.failures.value();
    });
    const metric_labels labels{{"query_type", std::string{statement.name}}};
    durations.add_histogram(http::duration_bounds, counts, static_cast<double>(nanoseconds) / 1e9, labels);
    rows.add(static_cast<double>(row_count), labels);
    failures.add(static_cast<double>(failure_count), labels);
  }
  std::vector<prometheus::MetricFamily> families;
  families.push_back(durations.take());
  families.push_back(rows.take());
  families.push_back(failures.take());
  return families;
}

}  // namespace genesis::cli
