#include "benchmarks/load/process_cpu.hpp"

#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace genesis::load {

std::optional<double> cpu_seconds(pid_t process) {
  std::ifstream in{"/proc/" + std::to_string(process) + "/stat"};
  std::string line;
  if (!std::getline(in, line))
    return std::nullopt;
  // The program's name stands in parentheses and may hold anything: count from the last one (proc(5)). utime and stime
  // are fields 14 and 15, thus 12th and 13th behind it.
  const auto name_end = line.rfind(')');
  if (name_end == std::string::npos)
    return std::nullopt;
  std::istringstream fields{line.substr(name_end + 1)};
  std::string skipped;
  for (int i = 0; i < 11; ++i)
    fields >> skipped;
  double user = 0;
  double system = 0;
  if (!(fields >> user >> system))
    return std::nullopt;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

cpu_reading read_cpu(const std::optional<pid_t>& server) {
  const double unknown = std::nan("");
  return {server ? cpu_seconds(*server).value_or(unknown) : unknown, cpu_seconds(getpid()).value_or(unknown)};
}

}  // namespace genesis::load
