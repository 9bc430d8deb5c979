#include "domain/run.hpp"
#include "http/encoders.hpp"

#include <benchmark/benchmark.h>

namespace genesis::http {

namespace {

/// One token as it goes to a connection.
void frame_token(benchmark::State& state, stream_format format) {
  run_event event{.seq = 0, .type = run_event_type::token, .agent = agent::sage, .text = "protein ", .fields_json = {}};
  for (auto _ : state) {
    ++event.seq;
    const auto bytes = json_encoders().frame(event, format);
    benchmark::DoNotOptimize(bytes.data());
  }
}
BENCHMARK_CAPTURE(frame_token, sse, stream_format::sse);
BENCHMARK_CAPTURE(frame_token, ndjson, stream_format::ndjson);

/// A second of one stream at 20 tokens/s, as a chunk row keeps it.
void pack_second_of_tokens(benchmark::State& state) {
  std::vector<run_event> events;
  for (int i = 1; i <= 20; ++i)
    events.push_back(
      {.seq = i, .type = run_event_type::token, .agent = agent::sage, .text = "protein ", .fields_json = {}});
  for (auto _ : state) {
    const auto packed = pack_events(events);
    benchmark::DoNotOptimize(packed.data());
  }
}
BENCHMARK(pack_second_of_tokens);

}  // namespace

}  // namespace genesis::http
