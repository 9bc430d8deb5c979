#pragma once

#include "actors/thread_counters.hpp"
#include "auth/access_token.hpp"
#include "http/method.hpp"
#include "http/parse_fault.hpp"
#include "http/proxy_header.hpp"
#include "http/route.hpp"

#include <prometheus/collectable.h>

#include <array>
#include <chrono>
#include <cstddef>

namespace genesis::http {

/// Upper bounds of the duration histograms, in seconds.
inline constexpr std::array<double, 14> duration_bounds{
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.5, 1, 2.5, 5, 10};

/// The statuses that are counted; anything else is a fault of ours and counts as 500.
inline constexpr std::array<int, 23> counted_statuses{
  200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 408, 409, 412, 413, 414, 415, 422, 429, 431, 500, 503, 505};

/// Routes that can be counted; the last place is for requests without a route.
inline constexpr std::size_t counted_routes_max = 96;
inline constexpr std::size_t no_route = counted_routes_max - 1;

/// What connections do, as metrics show it: `opening` is everything before the first request can be read, `idle` the
/// wait between requests, `closing` the wait for a client to read that the connection ends.
enum class connection_state : std::uint8_t { opening, idle, head, body, answering, streaming, closing };
inline constexpr std::array<std::string_view, 7> connection_state_names{
  "opening", "idle", "head", "body", "answering", "streaming", "closing"};

/// What a client, or the work for it, took too long for.
enum class wait_kind : std::uint8_t { opening, idle, head, body, answer, write };
inline constexpr std::array<std::string_view, 6> wait_kind_names{"opening", "idle", "head", "body", "answer", "write"};

/// What one thread has counted.
struct http_counters {
  struct route_counters {
    std::array<thread_counter, counted_statuses.size()> by_status;
    std::array<thread_counter, duration_bounds.size() + 1> by_duration;
    thread_counter nanoseconds;
    thread_counter in_flight_now;
  };
  std::array<route_counters, counted_routes_max> routes;
  /// Requests without a route, by method.
  std::array<std::array<thread_counter, counted_statuses.size()>, method_names.size()> unrouted;
  thread_counter connections_opened;
  thread_counter connections_refused;  ///< Over the cap of their address.
  thread_counter handshakes_failed;
  std::array<thread_counter, proxy_fault_names.size()> proxy_headers_refused;
  thread_counter accepts_failed;
  std::array<thread_counter, connection_state_names.size()> connections_now;
  std::array<thread_counter, wait_kind_names.size()> time_outs;
  std::array<thread_counter, parse_fault_count> refused;  ///< In the order of the enumeration, from 1.
  thread_counter streams_now;
  thread_counter streams_opened;
  thread_counter bytes_written;
  std::array<thread_counter, auth::token_fault_count> tokens_refused;  ///< By `auth::token_fault`.
  thread_counter sessions_refused;                                     ///< Good tokens whose session has ended.
  thread_counter api_keys_refused;
};

/// Counts one answered request. `route` is its index, or `no_route`.
void count_request(std::size_t route, method verb, int status, std::chrono::nanoseconds duration);

inline http_counters& counters() {
  return per_thread<http_counters>::here();
}

/// Counts a request that is refused for how it is written.
inline void count_refused(parse_fault fault) {
  counters().refused[static_cast<std::size_t>(fault) - 1].add();
}

/// Sums what all threads have counted.
class http_collector final : public prometheus::Collectable {
public:
  explicit http_collector(std::span<const route_spec> routes) : routes_(routes) {}

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

private:
  std::span<const route_spec> routes_;
};

}  // namespace genesis::http
