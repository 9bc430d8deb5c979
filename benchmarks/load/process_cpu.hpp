#pragma once

#include <cmath>
#include <optional>
#include <sys/types.h>

namespace genesis::load {

/// Seconds of processor time that a process and all its threads have used, in user mode and in the kernel, from
/// /proc/PID/stat: in steps of a clock tick, usually 10 ms. Nothing when there is no such process.
std::optional<double> cpu_seconds(pid_t process);

/// Processor time of the server and of this process up to one moment, in seconds; not a number where it is not known.
struct cpu_reading {
  double server = std::nan("");
  double client = std::nan("");
};
cpu_reading read_cpu(const std::optional<pid_t>& server);

}  // namespace genesis::load
