#include "http/access_log.hpp"

namespace genesis::http {

namespace {

std::shared_ptr<spdlog::logger>& access_log() {
  static std::shared_ptr<spdlog::logger> log;
  return log;
}

}  // namespace

void set_access_log(std::shared_ptr<spdlog::logger> log) {
  access_log() = std::move(log);
}

void log_request(const exchange& request, int status, std::size_t bytes, std::chrono::nanoseconds duration) {
  const auto& log = access_log();
  if (!log || !log->should_log(spdlog::level::info))
    return;
  log->info("{} {} {} {:.3f}ms {}B peer={} {}", to_string(request.head.verb()),
    request.match.path.empty() ? std::string_view{"none"} : request.match.path, status,
    std::chrono::duration<double, std::milli>(duration).count(), bytes, request.peer, request.log_ids());
}

}  // namespace genesis::http
