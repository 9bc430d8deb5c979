#include "benchmarks/micro/sample_person.hpp"
#include "http/bodies.hpp"
#include "http/encoders.hpp"
#include "http/json_reader.hpp"

#include <benchmark/benchmark.h>

#include <chrono>

namespace genesis::http {

namespace {

void json_write_user(benchmark::State& state) {
  const auto person = benchmarks::sample_person();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto body = json_encoders().user_body(person);
    bytes += body.size();
    benchmark::DoNotOptimize(body.data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(json_write_user);

void json_read_user(benchmark::State& state) {
  const auto body = json_encoders().user_body(benchmarks::sample_person());
  for (auto _ : state) {
    json_reader reader;
    const auto object = reader.read_object(body);
    if (!object)
      state.SkipWithError("the body is no JSON object");
    benchmark::DoNotOptimize(object);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * static_cast<std::int64_t>(body.size())));
}
BENCHMARK(json_read_user);

/// With every field checked against its schema.
void read_user_patch(benchmark::State& state) {
  const std::string body = R"({"full_name":"María López","height_cm":168,"weight_kg":64.5,"goal":"lose_weight",)"
                           R"("dietary_restrictions":["vegetarian","no alcohol"],"units":"metric"})";
  const timestamp now{std::chrono::sys_days{benchmarks::sample_day()}};
  for (auto _ : state) {
    const auto patch = http::read_user_patch(body, now);
    if (!patch)
      state.SkipWithError("the patch is refused");
    benchmark::DoNotOptimize(&patch);
  }
}
BENCHMARK(read_user_patch);

}  // namespace

}  // namespace genesis::http
