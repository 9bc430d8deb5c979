#include "benchmarks/load/stream_run.hpp"

#include "benchmarks/load/exchange.hpp"
#include "benchmarks/load/process_cpu.hpp"
#include "benchmarks/load/raw_member.hpp"
#include "benchmarks/load/stream_worker.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <thread>

namespace genesis::load {

namespace {

constexpr auto sample_period = std::chrono::milliseconds{50};
constexpr float margin_s = 1;  ///< At both ends of a run, left out of what is called steady.

/// Where the run stood at one moment.
struct progress_sample {
  float at_s = 0;
  std::uint64_t tokens = 0;
  cpu_reading cpu;
};

/// Two samples between which every stream was in the middle of its answer.
struct steady_window {
  const progress_sample* begin;
  const progress_sample* end;

  [[nodiscard]] double seconds() const { return static_cast<double>(end->at_s - begin->at_s); }
  [[nodiscard]] double tokens() const { return static_cast<double>(end->tokens - begin->tokens); }
};

std::optional<steady_window> find_steady_window(
  const std::vector<stream_record>& records, const std::vector<progress_sample>& samples) {
  float begin_s = 0;
  float end_s = INFINITY;
  for (const auto& each : records) {
    if (!each.failure.empty() || each.tokens_s.empty())
      continue;
    begin_s = std::max(begin_s, each.tokens_s.front() + margin_s);
    end_s = std::min(end_s, each.tokens_s.back() - margin_s);
  }
  if (std::isinf(end_s))
    return std::nullopt;
  const auto first = std::ranges::find_if(samples, [&](const auto& each) { return each.at_s >= begin_s; });
  const auto past = std::ranges::find_if(samples, [&](const auto& each) { return each.at_s > end_s; });
  if (past - first < 2)
    return std::nullopt;
  return steady_window{&*first, &*(past - 1)};
}

/// Tokens a second that each stream got between its first and its last second.
std::vector<float> steady_rates(const std::vector<stream_record>& records) {
  std::vector<float> rates;
  for (const auto& each : records) {
    if (!each.failure.empty() || each.tokens_s.empty())
      continue;
    const float begin = each.tokens_s.front() + margin_s;
    const float end = each.tokens_s.back() - margin_s;
    if (end - begin < margin_s)
      continue;
    const auto count = std::ranges::count_if(each.tokens_s, [&](float at) { return at >= begin && at < end; });
    rates.push_back(static_cast<float>(count) / (end - begin));
  }
  return rates;
}

void add_times(report& out, const std::vector<stream_record>& records) {
  std::vector<float> first_event_ms;
  std::vector<float> first_token_ms;
  std::vector<float> gaps_ms;
  for (const auto& each : records) {
    if (each.first_event_s > 0)
      first_event_ms.push_back((each.first_event_s - each.due_s) * 1'000);
    if (!each.tokens_s.empty())
      first_token_ms.push_back((each.tokens_s.front() - each.due_s) * 1'000);
    for (std::size_t i = 1; i < each.tokens_s.size(); ++i)
      gaps_ms.push_back((each.tokens_s[i] - each.tokens_s[i - 1]) * 1'000);
  }
  out.add("first_event_", "ms", summarise(first_event_ms));
  out.add("first_token_", "ms", summarise(first_token_ms));
  out.add("gap_", "ms", summarise(gaps_ms));
}

void add_prices(report& out, const std::vector<stream_record>& records, const std::vector<progress_sample>& samples) {
  const auto& first = samples.front();
  const auto& last = samples.back();
  const auto tokens = static_cast<double>(last.tokens - first.tokens);
  out.add("run_server_cpu_us_per_token", (last.cpu.server - first.cpu.server) * 1e6 / tokens);
  out.add("run_client_cpu_us_per_token", (last.cpu.client - first.cpu.client) * 1e6 / tokens);

  const double nothing = std::nan("");
  const auto window = find_steady_window(records, samples);
  const double in_window = window ? window->tokens() : nothing;
  out.add("steady_seconds", window ? window->seconds() : nothing);
  out.add("steady_tokens", in_window);
  out.add("steady_tokens_per_second", window ? in_window / window->seconds() : nothing);
  out.add("server_cpu_us_per_token",
    window ? (window->end->cpu.server - window->begin->cpu.server) * 1e6 / in_window : nothing);
  out.add("client_cpu_us_per_token",
    window ? (window->end->cpu.client - window->begin->cpu.client) * 1e6 / in_window : nothing);
  auto rates = steady_rates(records);
  const auto rate = summarise(rates);
  out.add("stream_tokens_per_second_median", rate.count == 0 ? nothing : rate.median);
  out.add("stream_tokens_per_second_min", rate.count == 0 ? nothing : rate.min);
}

/// Whether everybody was told what is stored: a word that was lost on the way, or not kept, is missing on one side.
void compare_with_stored(const stream_plan& plan, std::vector<stream_record>& records) {
  for (auto& each : records) {
    if (!each.failure.empty())
      continue;
    const request_template request{"GET", plan.target.authority(), "/api/v1/messages/" + each.message, {}, {}};
    const auto answer = exchange(plan.target, request, *each.who);
    if (!answer || answer->status != 200)
      each.failure = "message_not_read";
    else if (each.text.empty() || raw_member(answer->body, "content") != each.text)
      each.failure = "text_differs_from_message";
  }
}

report to_report(
  const stream_plan& plan, const std::vector<stream_record>& records, const std::vector<progress_sample>& samples) {
  std::map<std::string, std::uint64_t> failures;
  std::uint64_t failed = 0;
  std::uint64_t merged = 0;
  for (const auto& each : records) {
    merged += each.merged_tokens;
    if (each.failure.empty())
      continue;
    ++failed;
    ++failures[each.failure];
  }
  report out;
  out.add_text("mode", "streams");
  out.add("seconds", static_cast<double>(samples.back().at_s));
  out.add("total", std::uint64_t{plan.streams});
  out.add("successful", plan.streams - failed);
  out.add("failed", failed);
  out.add("tokens", samples.back().tokens);
  out.add("merged_tokens", merged);
  add_times(out, records);
  add_prices(out, records, samples);
  for (const auto& [reason, count] : failures)
    out.add("failed_" + reason, count);
  return out;
}

}  // namespace

report run_streams(const stream_plan& plan) {
  std::atomic<std::uint64_t> number{1};
  std::atomic<std::uint64_t> tokens{0};
  std::vector<std::unique_ptr<stream_worker>> workers;
  for (std::size_t i = 0; i < plan.threads; ++i)
    workers.push_back(std::make_unique<stream_worker>(plan, i, number, tokens));

  const auto begin = clock::now();
  std::vector<progress_sample> samples;
  const auto take_sample = [&] {
    const std::chrono::duration<float> since_begin = clock::now() - begin;
    samples.push_back({since_begin.count(), tokens.load(std::memory_order_relaxed), read_cpu(plan.server)});
  };
  take_sample();
  std::atomic<std::size_t> running{workers.size()};
  std::vector<std::jthread> threads;
  for (auto& worker : workers) {
    threads.emplace_back([&worker = *worker, &running, begin] {
      worker.run(begin);
      --running;
    });
  }
  while (running > 0) {
    std::this_thread::sleep_for(sample_period);
    take_sample();
  }
  threads.clear();  // joins

  std::vector<stream_record> records;
  for (auto& worker : workers)
    std::ranges::move(worker->take_records(), std::back_inserter(records));
  compare_with_stored(plan, records);
  return to_report(plan, records, samples);
}

}  // namespace genesis::load
