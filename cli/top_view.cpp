#include "cli/top_view.hpp"

#include "cli/printable_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <cmath>

namespace genesis::cli {

namespace {

constexpr const char* requests_name = "genesis_requests_total";
constexpr const char* duration_name = "genesis_request_duration_seconds";

/// What came between two scrapes.
class interval {
public:
  interval(const metrics_snapshot& before, const metrics_snapshot& after)
      : before_(before), after_(after), seconds_(std::chrono::duration<double>(after.at() - before.at()).count()) {}

  [[nodiscard]] double grown(std::string_view name, const label_filter& labels = {}) const {
    return std::max(after_.sum(name, labels) - before_.sum(name, labels), 0.0);  // a restart begins anew at 0
  }
  [[nodiscard]] double rate(std::string_view name, const label_filter& labels = {}) const {
    return seconds_ > 0 ? grown(name, labels) / seconds_ : 0;
  }
  [[nodiscard]] double now(std::string_view name, const label_filter& labels = {}) const {
    return after_.sum(name, labels);
  }
  [[nodiscard]] std::optional<double> quantile_of(double q, const label_filter& labels = {}) const {
    return quantile(q, before_.buckets(duration_name, labels), after_.buckets(duration_name, labels));
  }
  /// The share of requests that the server failed, in percent.
  [[nodiscard]] double failed_pct(const label_filter& labels = {}) const {
    double failed = 0;
    for (const char* status : {"500", "503"}) {
      auto with_status = labels;
      with_status.emplace_back("status", status);
      failed += grown(requests_name, with_status);
    }
    const double all = grown(requests_name, labels);
    return all > 0 ? 100 * failed / all : 0;
  }
  [[nodiscard]] const metrics_snapshot& after() const noexcept { return after_; }

private:
  const metrics_snapshot& before_;
  const metrics_snapshot& after_;
  double seconds_;
};

// 1234567 as 1,234,567.
std::string whole(double value) {
  std::string digits = fmt::format("{:.0f}", value);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), 1, ',');
  return digits;
}

std::string per_second(double value) {
  return value < 100 ? fmt::format("{:.1f}", value) : whole(value);
}

std::string milliseconds(std::optional<double> seconds) {
  if (!seconds)
    return "-";
  const double ms = *seconds * 1'000;
  return ms < 100 ? fmt::format("{:.1f} ms", ms) : whole(ms) + " ms";
}

std::string percent(double part, double all) {
  return all > 0 ? fmt::format("{:.1f} %", 100 * part / all) : "-";
}

std::string mebibytes(double bytes) {
  return whole(bytes / (1024.0 * 1024.0)) + " MiB";
}

std::string duration(double seconds) {
  constexpr long long day = 24LL * 60;
  const auto minutes = static_cast<long long>(seconds / 60);
  if (minutes >= day)
    return fmt::format("{} d {} h", minutes / day, minutes / 60 % 24);
  if (minutes >= 60)
    return fmt::format("{} h {} min", minutes / 60, minutes % 60);
  return fmt::format("{} min {:.0f} s", minutes, std::fmod(seconds, 60));
}

void add_line(std::string& page, std::string line) {
  line = printable(line);
  while (column_count(line) > top_columns)
    line.pop_back();
  while (line.ends_with(' '))
    line.pop_back();
  page += line + '\n';
}

std::string first_line(const std::string& server, const interval& seen) {
  const auto versions = seen.after().label_values("genesis_build_info", "version");
  const double uptime = seen.now("genesis_uptime_seconds");
  return fmt::format("GENESIS {}  {}  up {}", versions.empty() ? "?" : versions.front(), server, duration(uptime));
}

std::string storage_line(const interval& seen) {
  const double statements = seen.rate("genesis_db_query_duration_seconds_count");
  const double count = seen.grown("genesis_db_query_duration_seconds_count");
  const double seconds = seen.grown("genesis_db_query_duration_seconds_sum");
  return fmt::format("database   {}/s statements, {} mean   {} waiting   {} refused", per_second(statements),
    milliseconds(count > 0 ? std::optional{seconds / count} : std::nullopt),
    whole(seen.now("genesis_storage_requests_in_flight")), whole(seen.grown("genesis_storage_refused_total")));
}

std::string people_line(const interval& seen) {
  const double hits = seen.grown("genesis_cache_hits_total");
  const double misses = seen.grown("genesis_cache_misses_total");
  return fmt::format("people     {} active, {} in memory   cache hits {}", whole(seen.now("genesis_active_users")),
    whole(seen.now("genesis_users_in_memory")), percent(hits, hits + misses));
}

std::string runs_line(const interval& seen) {
  return fmt::format("answers    {} now, {}/s begun, {}/s failed   {} readers, {}/s events",
    whole(seen.now("genesis_runs")), per_second(seen.rate("genesis_runs_started_total")),
    per_second(seen.rate("genesis_runs_ended_total", {{"status", "error"}})), whole(seen.now("genesis_readers")),
    per_second(seen.rate("genesis_run_events_total")));
}

std::string process_line(const interval& seen) {
  return fmt::format("process    CPU {:.0f} %   memory {}   descriptors {} of {}",
    100 * seen.rate("process_cpu_seconds_total"), mebibytes(seen.now("process_resident_memory_bytes")),
    whole(seen.now("process_open_fds")), whole(seen.now("process_max_fds")));
}

void add_routes(std::string& page, const interval& seen, std::size_t rows) {
  struct busy_route {
    label_filter labels;
    double rate;
  };
  std::vector<busy_route> routes;
  for (auto& labels : seen.after().label_sets(requests_name, "status"))
    if (const double rate = seen.rate(requests_name, labels); rate > 0)
      routes.push_back({std::move(labels), rate});
  std::ranges::stable_sort(routes, std::greater{}, &busy_route::rate);
  add_line(
    page, fmt::format("{:<7} {:<38} {:>8} {:>8} {:>8} {:>6}", "METHOD", "ROUTE", "REQ/S", "P50", "P95", "5XX %"));
  const auto label = [](const label_filter& labels, std::string_view name) {
    const auto it = std::ranges::find(labels, name, &label_filter::value_type::first);
    return it == labels.end() ? std::string{} : it->second;
  };
  for (const auto& [labels, rate] : routes) {
    if (rows-- == 0)
      break;
    std::string path = label(labels, "endpoint");
    if (path.size() > 38)
      path = path.substr(0, 37) + "~";
    add_line(page, fmt::format("{:<7} {:<38} {:>8} {:>8} {:>8} {:>6.2f}", label(labels, "method"), path,
                     per_second(rate), milliseconds(seen.quantile_of(0.5, labels)),
                     milliseconds(seen.quantile_of(0.95, labels)), seen.failed_pct(labels)));
  }
  if (routes.empty())
    add_line(page, "        no requests in this interval");
}

}  // namespace

std::string top_page(
  const std::string& server, const metrics_snapshot& before, const metrics_snapshot& after, std::size_t rows) {
  const interval seen{before, after};
  std::string page;
  add_line(page, first_line(server, seen));
  add_line(page, "");
  add_line(page, fmt::format("requests   {}/s   p50 {}  p95 {}  p99 {}   5xx {:.2f} %",
                   per_second(seen.rate(requests_name)), milliseconds(seen.quantile_of(0.5)),
                   milliseconds(seen.quantile_of(0.95)), milliseconds(seen.quantile_of(0.99)), seen.failed_pct()));
  add_line(page,
    fmt::format("now        {} in flight   {} connections   {} streams", whole(seen.now("genesis_requests_in_flight")),
      whole(seen.now("genesis_connections")), whole(seen.now("genesis_streams"))));
  add_line(page, people_line(seen));
  add_line(page, runs_line(seen));
  add_line(page, storage_line(seen));
  add_line(page, process_line(seen));
  add_line(page, "");
  constexpr std::size_t lines_above_routes = 10;
  add_routes(page, seen, rows > lines_above_routes ? rows - lines_above_routes : 1);
  return page;
}

}  // namespace genesis::cli
