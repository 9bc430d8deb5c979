#include "http/answer_head.hpp"
#include "http/request_parser.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace genesis::http {

namespace {

/// The head of a cached read's answer, as `connection::write_answer` writes it: into a text that has its memory.
void write_head_of_cached_read(benchmark::State& state, const cross_origin_policy& cross_origin) {
  request_parser parser;
  const std::string head = "GET /api/v1/users/me HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example.com\r\n\r\n";
  if (parser.feed(head) != parse_step::complete)
    state.SkipWithError("the head is refused");
  exchange request;
  request.head = parser.take_head();
  request.request_id = "0198c5a2-9a13-7a4e-9385-61a2cf9e5005";
  response answer;
  answer.body = std::make_shared<const std::string>(std::string(900, 'x'));
  answer.etag = "\"o0198c5a28e407f1b8a523e7f9c6b2d02.7\"";
  answer.cache = cache_class::private_entity;
  std::string out;
  for (auto _ : state) {
    out.clear();
    write_answer_head(out, request, answer, {"Sun, 06 Nov 1994 08:49:37 GMT", false, cross_origin});
    benchmark::DoNotOptimize(out.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(out.size()));
}
BENCHMARK_CAPTURE(write_head_of_cached_read, same_origin, cross_origin_policy{});
BENCHMARK_CAPTURE(write_head_of_cached_read, other_origin,
  cross_origin_policy{std::vector<std::string>{"https://app.example.com"}, std::chrono::minutes{10}});

}  // namespace

}  // namespace genesis::http
