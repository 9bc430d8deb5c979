#include "benchmarks/load/user_run.hpp"

#include "benchmarks/load/process_cpu.hpp"
#include "benchmarks/load/user_worker.hpp"

#include <cmath>
#include <cstdio>
#include <memory>
#include <thread>

namespace genesis::load {

namespace {

constexpr std::array<const char*, user_step_count> step_names{"profile", "list", "post", "chat", "search", "export"};
constexpr auto progress_period = std::chrono::seconds{5};

using workers = std::vector<std::unique_ptr<user_worker>>;

void show_progress(const workers& all, clock::duration since_begin) {
  std::uint64_t steps = 0;
  std::int64_t connected = 0;
  for (const auto& each : all) {
    steps += each->steps_done();
    connected += each->connected();
  }
  std::fprintf(stderr, "%4.0f s  %lld users connected  %llu steps done\n",
    std::chrono::duration<double>{since_begin}.count(), static_cast<long long>(connected),
    static_cast<unsigned long long>(steps));
}

/// Sleeps until `until`, with a line every few seconds.
void wait_until(clock::time_point until, const workers& all, clock::time_point begin) {
  while (clock::now() < until) {
    std::this_thread::sleep_until(std::min(until, clock::now() + progress_period));
    show_progress(all, clock::now() - begin);
  }
}

void add(report& out, const std::string& prefix, const latency_histogram& figures) {
  const auto figure = [&](double value) { return figures.count() == 0 ? std::nan("") : value; };
  out.add(prefix + "mean_ms", figure(figures.mean_ms()));
  out.add(prefix + "min_ms", figure(figures.min_ms()));
  out.add(prefix + "median_ms", figure(figures.at_share_ms(0.5)));
  out.add(prefix + "p95_ms", figure(figures.at_share_ms(0.95)));
  out.add(prefix + "p99_ms", figure(figures.at_share_ms(0.99)));
  out.add(prefix + "p999_ms", figure(figures.at_share_ms(0.999)));
  out.add(prefix + "max_ms", figure(figures.max_ms()));
}

report to_report(const user_plan& plan, const user_tally& tally, double seconds, const cpu_reading& used) {
  std::uint64_t successful = 0;
  std::uint64_t failed = 0;
  for (std::size_t i = 0; i < user_step_count; ++i) {
    successful += tally.by_step[i].count();
    failed += tally.failed_by_step[i];
  }
  const auto total = static_cast<double>(successful + failed);
  report out;
  out.add_text("mode", "users");
  out.add("users", std::uint64_t{plan.users});
  out.add("seconds", seconds);
  out.add("total", successful + failed);
  out.add("successful", successful);
  out.add("failed", failed);
  out.add("failed_pct", 100 * static_cast<double>(failed) / total);
  add(out, "", tally.all);
  out.add("requests_per_second", static_cast<double>(successful) / seconds);
  out.add("server_cpu_pct", 100 * used.server / seconds);
  out.add("server_cpu_us_per_request", used.server * 1e6 / total);
  out.add("client_cpu_us_per_request", used.client * 1e6 / total);
  for (std::size_t i = 0; i < user_step_count; ++i) {
    const std::string name = step_names[i];
    out.add(name + "_total", tally.by_step[i].count() + tally.failed_by_step[i]);
    out.add(name + "_failed", tally.failed_by_step[i]);
    add(out, name + "_", tally.by_step[i]);
  }
  add(out, "first_event_", tally.first_event);
  add(out, "first_token_", tally.first_token);
  out.add("tokens", tally.tokens);
  out.add("renewals", tally.renewals);
  for (const auto& [reason, count] : tally.failures)
    out.add("failed_" + reason, count);
  return out;
}

}  // namespace

report run_users(const user_plan& plan) {
  std::atomic<std::uint64_t> number{1};
  workers all;
  for (std::size_t i = 0; i < plan.threads; ++i)
    all.push_back(std::make_unique<user_worker>(plan, i, number));

  const auto begin = clock::now();
  std::vector<std::jthread> threads;
  for (auto& worker : all)
    threads.emplace_back([&worker = *worker, begin] { worker.run(begin); });
  wait_until(begin + plan.warm_up, all, begin);
  const auto before = read_cpu(plan.server);
  const auto counted_from = clock::now();
  wait_until(begin + plan.warm_up + plan.length, all, begin);
  const auto after = read_cpu(plan.server);
  const std::chrono::duration<double> counted = clock::now() - counted_from;
  threads.clear();  // joins

  user_tally tally;
  for (const auto& worker : all)
    tally.add(worker->tally());
  return to_report(plan, tally, counted.count(), {after.server - before.server, after.client - before.client});
}

}  // namespace genesis::load
