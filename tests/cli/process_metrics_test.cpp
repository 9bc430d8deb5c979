#include "cli/process_metrics.hpp"

#include <gtest/gtest.h>
#include <prometheus/metric_family.h>

#include <algorithm>
#include <fcntl.h>
#include <optional>
#include <string_view>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace genesis::cli {
namespace {

/// Nothing where it is left out.
std::optional<double> gauge(const process_collector& collector, std::string_view name) {
  const auto families = collector.Collect();
  const auto found = std::ranges::find(families, name, &prometheus::MetricFamily::name);
  return found == families.end() ? std::nullopt : std::optional{found->metric.at(0).gauge.value};
}

/// No descriptor can be opened while it lives.
class used_up_descriptors {
public:
  used_up_descriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  used_up_descriptors(const used_up_descriptors&) = delete;
  used_up_descriptors& operator=(const used_up_descriptors&) = delete;
  ~used_up_descriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
  rlimit before_{};
};

TEST(ProcessMetrics, CountsDescriptors) {
  const process_collector collector;
  const auto before = gauge(collector, "process_open_fds").value();
  EXPECT_GE(before, 4) << "the standard streams, and its own";
  std::vector<int> opened;
  for (int i = 0; i < 10; ++i)
    opened.push_back(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  EXPECT_EQ(gauge(collector, "process_open_fds"), before + 10);
  for (const int each : opened)
    ::close(each);
  EXPECT_EQ(gauge(collector, "process_open_fds"), before);
}

TEST(ProcessMetrics, AreToldWhenThereAreNoDescriptorsLeft) {
  const process_collector collector;
  const auto before = gauge(collector, "process_open_fds");
  struct stat directory{};
  ASSERT_EQ(::stat("/proc/self/fd", &directory), 0);
  const bool is_counted = directory.st_size > 0;  // by Linux 6.2 and later
  const used_up_descriptors now;
  ASSERT_LT(::open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
  EXPECT_GT(gauge(collector, "process_resident_memory_bytes").value_or(0), 1'000'000);
  EXPECT_EQ(gauge(collector, "process_open_fds"), is_counted ? before : std::nullopt);
  EXPECT_EQ(gauge(collector, "process_max_fds"), 0);
}

TEST(ProcessMetrics, LeaveOutWhatCannotBeHad) {
  const used_up_descriptors now;
  const process_collector collector;
  EXPECT_FALSE(gauge(collector, "process_resident_memory_bytes"));
}

}  // namespace
}  // namespace genesis::cli
