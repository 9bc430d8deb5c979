#include "cli/statement_metrics.hpp"

#include "actors/metric_families.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace genesis::cli {

void statement_metrics::on_statement(const storage::statement_run& run) noexcept {
  auto& mine = per_thread<statement_counters>::here().statements[static_cast<std::size_t>(run.id)];
  const double seconds = std::chrono::duration<double>(run.duration).count();
  const auto bucket = std::ranges::lower_bound(http::duration_bounds, seconds) - http::duration_bounds.begin();
  mine.by_duration[static_cast<std::size_t>(bucket)].add();
  mine.nanoseconds.add(static_cast<std::uint64_t>(run.duration.count()));
  mine.longest_nanoseconds.raise_to(static_cast<std::uint64_t>(run.duration.count()));
  mine.rows.add(static_cast<std::uint64_t>(std::max<std::int64_t>(run.rows, 0)));
  if (!run.is_ok)
    mine.failures.add();
}

namespace {

/// One statement's counters of all threads.
struct statement_sums {
  std::array<std::uint64_t, http::duration_bounds.size() + 1> by_duration{};
  std::uint64_t nanoseconds = 0;
  std::uint64_t longest_nanoseconds = 0;
  std::uint64_t rows = 0;
  std::uint64_t failures = 0;

  [[nodiscard]] std::uint64_t count() const noexcept {
    return std::accumulate(by_duration.begin(), by_duration.end(), std::uint64_t{0});
  }
};

statement_sums sum_of(storage::statement_id id) {
  statement_sums sums;
  per_thread<statement_counters>::for_each([&](const statement_counters& thread) {
    const auto& each = thread.statements[static_cast<std::size_t>(id)];
    for (std::size_t i = 0; i < sums.by_duration.size(); ++i)
      sums.by_duration[i] += each.by_duration[i].value();
    sums.nanoseconds += each.nanoseconds.value();
    sums.longest_nanoseconds = std::max(sums.longest_nanoseconds, each.longest_nanoseconds.value());
    sums.rows += each.rows.value();
    sums.failures += each.failures.value();
  });
  return sums;
}

double p95_ms_of(const statement_sums& sums, double max_ms) {
  const auto wanted = static_cast<double>(sums.count()) * 0.95;
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < http::duration_bounds.size(); ++i) {
    seen += sums.by_duration[i];
    if (static_cast<double>(seen) >= wanted)
      return std::min(http::duration_bounds[i] * 1e3, max_ms);
  }
  return max_ms;
}

}  // namespace

std::vector<statement_figures> all_statement_figures() {
  std::vector<statement_figures> all;
  for (const auto& statement : storage::all_statements()) {
    const auto sums = sum_of(statement.id);
    const auto count = sums.count();
    if (count == 0)
      continue;
    const double max_ms = static_cast<double>(sums.longest_nanoseconds) / 1e6;
    all.push_back({statement.name, count, sums.failures, sums.rows,
      static_cast<double>(sums.nanoseconds) / 1e6 / static_cast<double>(count), p95_ms_of(sums, max_ms), max_ms});
  }
  std::ranges::sort(
    all, std::greater{}, [](const statement_figures& each) { return each.mean_ms * static_cast<double>(each.count); });
  return all;
}

std::vector<prometheus::MetricFamily> statement_collector::Collect() const {
  using prometheus::MetricType;
  family_builder durations{
    MetricType::Histogram, "genesis_db_query_duration_seconds", "Time that database statements took, by name."};
  family_builder rows{MetricType::Counter, "genesis_db_rows_total", "Rows read or changed by statements, by name."};
  family_builder failures{MetricType::Counter, "genesis_db_failures_total", "Statements that failed, by name."};
  for (const auto& statement : storage::all_statements()) {
    const auto sums = sum_of(statement.id);
    const metric_labels labels{{"query_type", std::string{statement.name}}};
    durations.add_histogram(
      http::duration_bounds, sums.by_duration, static_cast<double>(sums.nanoseconds) / 1e9, labels);
    rows.add(static_cast<double>(sums.rows), labels);
    failures.add(static_cast<double>(sums.failures), labels);
  }
  std::vector<prometheus::MetricFamily> families;
  families.push_back(durations.take());
  families.push_back(rows.take());
  families.push_back(failures.take());
  return families;
}

}  // namespace genesis::cli
