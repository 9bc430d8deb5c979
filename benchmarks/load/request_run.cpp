#include "benchmarks/load/request_run.hpp"

#include "benchmarks/load/process_cpu.hpp"
#include "benchmarks/load/request_worker.hpp"

#include <memory>
#include <thread>

namespace genesis::load {

namespace {

void merge(request_tally& into, request_tally&& from) {
  into.latencies_ms.insert(into.latencies_ms.end(), from.latencies_ms.begin(), from.latencies_ms.end());
  for (const auto& [status, count] : from.statuses)
    into.statuses[status] += count;
  for (const auto& [reason, count] : from.failures)
    into.failures[reason] += count;
  into.unsent += from.unsent;
  into.last_answer = std::max(into.last_answer, from.last_answer);
}

report to_report(const request_plan& plan, request_tally& tally, double seconds, const cpu_reading& used) {
  std::uint64_t total = 0;
  for (const auto& [status, count] : tally.statuses)
    total += count;
  for (const auto& [reason, count] : tally.failures)
    total += count;
  const std::uint64_t successful = tally.latencies_ms.size();
  const auto per_request_us = [&](double cpu) { return cpu * 1e6 / static_cast<double>(total); };

  report out;
  out.add_text("mode", plan.rate > 0 ? "open" : "closed");
  out.add("connections", std::uint64_t{plan.connections});
  if (plan.rate > 0)
    out.add("rate", plan.rate);
  out.add("seconds", seconds);
  out.add("total", total);
  out.add("successful", successful);
  out.add("failed", total - successful);
  out.add("unsent", tally.unsent);
  out.add("", "ms", summarise(tally.latencies_ms));
  out.add("requests_per_second", static_cast<double>(successful) / seconds);
  out.add("server_cpu_us_per_request", per_request_us(used.server));
  out.add("client_cpu_us_per_request", per_request_us(used.client));
  for (const auto& [status, count] : tally.statuses)
    out.add("status_" + std::to_string(status), count);
  for (const auto& [reason, count] : tally.failures)
    out.add("failed_" + reason, count);
  return out;
}

}  // namespace

report run_requests(const request_plan& plan) {
  std::atomic<std::uint64_t> number{1};
  std::vector<std::unique_ptr<request_worker>> workers;
  for (std::size_t i = 0; i < plan.threads; ++i)
    workers.push_back(std::make_unique<request_worker>(plan, i, number));

  const auto begin = clock::now();
  std::vector<std::jthread> threads;
  for (auto& worker : workers)
    threads.emplace_back([&worker = *worker, begin] { worker.run(begin); });
  std::this_thread::sleep_until(begin + plan.warm_up);
  const auto before = read_cpu(plan.server);
  threads.clear();  // joins
  const auto after = read_cpu(plan.server);
  const auto end = clock::now();

  request_tally tally;
  for (auto& worker : workers)
    merge(tally, std::move(worker->tally()));
  const bool has_answer = tally.last_answer != clock::time_point{};
  const std::chrono::duration<double> taken = (has_answer ? tally.last_answer : end) - (begin + plan.warm_up);
  return to_report(plan, tally, taken.count(), {after.server - before.server, after.client - before.client});
}

}  // namespace genesis::load
