#include "auth/random.hpp"
#include "domain/ids.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <string>

namespace genesis {

namespace {

constexpr const char* sample_text = "01953f5e-7c00-7a3b-9d55-2f1f6f1c0a01";

/// Within one millisecond, where the random part counts up.
void uuid_next(benchmark::State& state) {
  uuid_source source{auth::fill_random};
  const timestamp now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};
  for (auto _ : state)
    benchmark::DoNotOptimize(source.next(now));
}
BENCHMARK(uuid_next);

void uuid_to_text(benchmark::State& state) {
  const auto id = *parse_uuid(sample_text);
  for (auto _ : state) {
    const auto text = to_string(id);
    benchmark::DoNotOptimize(text.data());
  }
}
BENCHMARK(uuid_to_text);

void uuid_from_text(benchmark::State& state) {
  for (auto _ : state)
    benchmark::DoNotOptimize(parse_uuid(sample_text));
}
BENCHMARK(uuid_from_text);

}  // namespace

}  // namespace genesis
