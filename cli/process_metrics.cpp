#include "cli/process_metrics.hpp"

#include "actors/metric_families.hpp"

#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <unistd.h>

namespace genesis::cli {

namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double resident_bytes() {
  std::ifstream statm{"/proc/self/statm"};
  double total_pages = 0;
  double resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return resident_pages * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double open_descriptors() {
  std::error_code ec;
  std::filesystem::directory_iterator entries{"/proc/self/fd", ec};
  if (ec)
    return 0;
  return static_cast<double>(std::distance(begin(entries), end(entries)) - 1);  // without the one that looks
}

}  // namespace

std::vector<prometheus::MetricFamily> process_collector::Collect() const {
  using prometheus::MetricType;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  std::vector<prometheus::MetricFamily> families;
  const auto add = [&](MetricType type, const char* name, const char* help, double value) {
    family_builder family{type, name, help};
    family.add(value);
    families.push_back(family.take());
  };
  family_builder build{MetricType::Gauge, "genesis_build_info", "1, with the version of the program."};
  build.add(1, {{"version", GENESIS_VERSION}});
  families.push_back(build.take());
  add(MetricType::Gauge, "genesis_uptime_seconds", "Time since the start of the process.",
    std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count());
  add(MetricType::Gauge, "process_start_time_seconds", "When the process started, since the Unix epoch.",
    std::chrono::duration<double>(started_at_.time_since_epoch()).count());
  add(MetricType::Counter, "process_cpu_seconds_total", "CPU time, user and system.",
    seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime));
  add(MetricType::Gauge, "process_resident_memory_bytes", "Memory that is really there.", resident_bytes());
  add(MetricType::Gauge, "process_open_fds", "Descriptors in use.", open_descriptors());
  add(MetricType::Gauge, "process_max_fds", "Descriptors that may be used.", static_cast<double>(limit.rlim_cur));
  return families;
}

}  // namespace genesis::cli
