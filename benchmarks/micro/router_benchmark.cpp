#include "http/router.hpp"
#include "http/routes/specs.hpp"

#include <benchmark/benchmark.h>

#include <vector>

namespace genesis::http {

namespace {

/// All of the API's routes.
struct all_routes {
  std::vector<route_spec> specs = route_specs();
  router table{pointers()};

  std::vector<const route_spec*> pointers() const {
    std::vector<const route_spec*> out;
    for (const auto& each : specs)
      out.push_back(&each);
    return out;
  }
};

void router_match(benchmark::State& state, method verb, std::string_view path) {
  const all_routes routes;
  for (auto _ : state) {
    const auto segments = path_segments::parse(path);
    benchmark::DoNotOptimize(routes.table.match(verb, *segments));
  }
}
BENCHMARK_CAPTURE(router_match, literal, method::get, "/api/v1/users/me");
BENCHMARK_CAPTURE(
  router_match, parameter, method::post, "/api/v1/conversations/01953f5e-7c00-7a3b-9d55-2f1f6f1c0a01/messages");
BENCHMARK_CAPTURE(router_match, not_found, method::get, "/api/v1/nothing/here");

}  // namespace

}  // namespace genesis::http
