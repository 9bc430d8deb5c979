#include "http/metrics.hpp"

#include "actors/metric_families.hpp"

#include <algorithm>
#include <limits>
#include <map>

namespace genesis::http {

namespace {

std::size_t status_index(int status) noexcept {
  const auto it = std::ranges::find(counted_statuses, status);
  if (it != counted_statuses.end())
    return static_cast<std::size_t>(it - counted_statuses.begin());
  return static_cast<std::size_t>(std::ranges::find(counted_statuses, 500) - counted_statuses.begin());
}

std::size_t bucket_of(std::chrono::nanoseconds duration) noexcept {
  const double seconds = std::chrono::duration<double>(duration).count();
  return static_cast<std::size_t>(std::ranges::lower_bound(duration_bounds, seconds) - duration_bounds.begin());
}

struct route_totals {
  std::array<std::uint64_t, counted_statuses.size()> by_status{};
  std::array<std::uint64_t, duration_bounds.size() + 1> by_duration{};
  std::uint64_t nanoseconds = 0;
  std::uint64_t in_flight = 0;
};

route_totals totals_of(std::size_t route) {
  route_totals sum;
  per_thread<http_counters>::for_each([&](const http_counters& thread) {
    const auto& each = thread.routes[route];
    for (std::size_t i = 0; i < sum.by_status.size(); ++i)
      sum.by_status[i] += each.by_status[i].value();
    for (std::size_t i = 0; i < sum.by_duration.size(); ++i)
      sum.by_duration[i] += each.by_duration[i].value();
    sum.nanoseconds += each.nanoseconds.value();
    sum.in_flight += each.in_flight_now.value();
  });
  return sum;
}

/// As the route declares: what it is counted by is known before the first request.
bool succeeds_with(const route_spec& route, int status) {
  return status < 400 && std::ranges::find(route.responses, status, &response_spec::status) != route.responses.end();
}

std::uint64_t sum_of(thread_counter http_counters::* member) {
  std::uint64_t sum = 0;
  per_thread<http_counters>::for_each([&](const http_counters& thread) { sum += (thread.*member).value(); });
  return sum;
}

std::array<std::string_view, parse_fault_count> fault_names() {
  std::array<std::string_view, parse_fault_count> names;
  std::ranges::transform(fault_texts(), names.begin(), &fault_text::name);
  return names;
}

/// A sample per name from `first` on, those of 0 too.
template <std::size_t N>
void add_by_label(std::vector<prometheus::MetricFamily>& families, family_builder family, const char* label,
  const std::array<std::string_view, N>& names, std::array<thread_counter, N> http_counters::* member,
  std::size_t first = 0) {
  std::array<std::uint64_t, N> sums{};
  per_thread<http_counters>::for_each([&](const http_counters& thread) {
    for (std::size_t i = 0; i < N; ++i)
      sums[i] += (thread.*member)[i].value();
  });
  for (std::size_t i = first; i < N; ++i)
    family.add(static_cast<double>(static_cast<std::int64_t>(sums[i])), {{label, std::string{names[i]}}});
  families.push_back(family.take());
}

}  // namespace

void count_request(std::size_t route, method verb, int status, std::chrono::nanoseconds duration) {
  auto& mine = counters();
  const auto index = status_index(status);
  if (route >= no_route) {
    mine.unrouted[static_cast<std::size_t>(verb)][index].add();
    route = no_route;
  } else {
    mine.routes[route].by_status[index].add();
  }
  mine.routes[route].by_duration[bucket_of(duration)].add();
  mine.routes[route].nanoseconds.add(static_cast<std::uint64_t>(duration.count()));
}

std::vector<prometheus::MetricFamily> http_collector::Collect() const {
  using prometheus::MetricType;
  family_builder requests{MetricType::Counter, "genesis_requests_total", "Requests answered."};
  family_builder durations{MetricType::Histogram, "genesis_request_duration_seconds",
    "From the end of a request's head to its answer, or to the head of a stream."};
  family_builder in_flight{MetricType::Gauge, "genesis_requests_in_flight", "Requests being worked on."};
  for (std::size_t i = 0; i < routes_.size() && i < no_route; ++i) {
    const auto sum = totals_of(i);
    const std::string verb{to_string(routes_[i].verb)};
    const std::string path{routes_[i].path};
    for (std::size_t s = 0; s < counted_statuses.size(); ++s)
      if (sum.by_status[s] != 0 || succeeds_with(routes_[i], counted_statuses[s]))
        requests.add(static_cast<double>(sum.by_status[s]),
          {{"method", verb}, {"endpoint", path}, {"status", std::to_string(counted_statuses[s])}});
    durations.add_histogram(duration_bounds, sum.by_duration, static_cast<double>(sum.nanoseconds) / 1e9,
      {{"method", verb}, {"endpoint", path}});
    in_flight.add(
      static_cast<double>(static_cast<std::int64_t>(sum.in_flight)), {{"method", verb}, {"endpoint", path}});
  }
  for (std::size_t m = 0; m < method_names.size(); ++m) {
    for (std::size_t s = 0; s < counted_statuses.size(); ++s) {
      std::uint64_t sum = 0;
      per_thread<http_counters>::for_each([&](const http_counters& thread) { sum += thread.unrouted[m][s].value(); });
      if (sum != 0)
        requests.add(static_cast<double>(sum), {{"method", std::string{method_names[m].second}}, {"endpoint", "none"},
                                                 {"status", std::to_string(counted_statuses[s])}});
    }
  }
  const auto unrouted = totals_of(no_route);
  durations.add_histogram(duration_bounds, unrouted.by_duration, static_cast<double>(unrouted.nanoseconds) / 1e9,
    {{"method", "OTHER"}, {"endpoint", "none"}});

  std::vector<prometheus::MetricFamily> families;
  families.push_back(requests.take());
  families.push_back(durations.take());
  families.push_back(in_flight.take());
  const auto add = [&](MetricType type, const char* name, const char* help, thread_counter http_counters::* member) {
    family_builder family{type, name, help};
    family.add(static_cast<double>(static_cast<std::int64_t>(sum_of(member))));
    families.push_back(family.take());
  };
  add(MetricType::Counter, "genesis_connections_opened_total", "Connections accepted.",
    &http_counters::connections_opened);
  add(MetricType::Counter, "genesis_connections_refused_total", "Connections refused, over the cap of their address.",
    &http_counters::connections_refused);
  add(MetricType::Counter, "genesis_tls_handshakes_failed_total",
    "TLS handshakes that failed or took too long, plain HTTP on the port of TLS included.",
    &http_counters::handshakes_failed);
  add(MetricType::Counter, "genesis_streams_opened_total", "Streams begun.", &http_counters::streams_opened);
  add(MetricType::Gauge, "genesis_streams", "Streams open now.", &http_counters::streams_now);
  add(MetricType::Counter, "genesis_response_bytes_total", "Bytes written to clients.", &http_counters::bytes_written);
  family_builder refused{
    MetricType::Counter, "genesis_tokens_refused_total", "Access tokens that were not accepted, by why."};
  for (std::size_t i = 0; i < auth::token_fault_count; ++i) {
    std::uint64_t sum = 0;
    per_thread<http_counters>::for_each([&](const http_counters& thread) { sum += thread.tokens_refused[i].value(); });
    refused.add(static_cast<double>(sum), {{"reason", std::string{to_string(static_cast<auth::token_fault>(i))}}});
  }
  refused.add(static_cast<double>(sum_of(&http_counters::sessions_refused)), {{"reason", "session_ended"}});
  families.push_back(refused.take());
  add(MetricType::Counter, "genesis_api_keys_refused_total",
    "API keys that were not accepted: malformed, unknown, revoked or expired.", &http_counters::api_keys_refused);
  add(MetricType::Counter, "genesis_accept_failures_total",
    "Connections that could not be accepted, for want of descriptors as a rule.", &http_counters::accepts_failed);
  add_by_label(families, {MetricType::Gauge, "genesis_connections", "Connections open now, by what they do."}, "state",
    connection_state_names, &http_counters::connections_now);
  add_by_label(families,
    {MetricType::Counter, "genesis_time_outs_total",
      "Connections and requests ended for taking too long, by what for."},
    "waiting_for", wait_kind_names, &http_counters::time_outs);
  add_by_label(families,
    {MetricType::Counter, "genesis_requests_refused_total", "Requests refused while they were read, by fault."},
    "reason", fault_names(), &http_counters::refused);
  add_by_label(families,
    {MetricType::Counter, "genesis_proxy_headers_refused_total",
      "Connections from trusted proxies closed for a missing or faulty PROXY header."},
    "reason", proxy_fault_names, &http_counters::proxy_headers_refused, 1);
  return families;
}

}  // namespace genesis::http
