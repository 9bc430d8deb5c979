#include "http/request_parser.hpp"

#include <benchmark/benchmark.h>

#include <string>

namespace genesis::http {

namespace {

/// What a browser sends with a read, without the token.
std::string browser_head() {
  return "GET /api/v1/users/me HTTP/1.1\r\n"
         "Host: coach.example.com\r\n"
         "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\n"
         "Accept: application/json, text/plain, */*\r\n"
         "Accept-Language: es-ES,es;q=0.8,en;q=0.5\r\n"
         "Accept-Encoding: gzip, deflate, br\r\n"
         "Referer: https://coach.example.com/\r\n"
         "Authorization: Bearer " +
         std::string(430, 'a') +
         "\r\n"
         "Connection: keep-alive\r\n"
         "If-None-Match: \"01953f5e7c007a3b9d552f1f6f1c0a01-7\"\r\n\r\n";
}

std::string load_head() {
  return "GET /api/v1/users/me HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer " + std::string(430, 'a') +
         "\r\n\r\n";
}

void parse_request_head(benchmark::State& state, const std::string& head) {
  request_parser parser;
  for (auto _ : state) {
    if (parser.feed(head) != parse_step::complete)
      state.SkipWithError("the head is refused");
    const auto taken = parser.take_head();
    benchmark::DoNotOptimize(&taken);
    parser.reset();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * static_cast<std::int64_t>(head.size())));
}
BENCHMARK_CAPTURE(parse_request_head, of_a_browser, browser_head());
BENCHMARK_CAPTURE(parse_request_head, of_the_load_generator, load_head());

}  // namespace

}  // namespace genesis::http
