#pragma once

#include "config/settings.hpp"
#include "domain/time.hpp"
#include "http/exchange.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace genesis::http {

/// Where lines about requests go. Set once at the start, before any connection.
struct access_log {
  /// Gets several lines at once, each with its end; null for nowhere.
  std::shared_ptr<spdlog::logger> log;
  config::log_format format = config::log_format::text;
};
void set_access_log(access_log where);

/// The lines about the requests of one I/O thread, until there are enough of them: to hand over each of its own would
/// wake the thread that writes the log once per request.
class access_lines {
public:
  access_lines() = default;
  access_lines(const access_lines&) = delete;
  access_lines& operator=(const access_lines&) = delete;
  ~access_lines() { flush(); }

  /// One line per answered request: method, route template, status, duration, size, ids. No path, no query, no body, no
  /// person. Without memory there is no line.
  void add(
    const exchange& request, timestamp now, int status, std::size_t bytes, std::chrono::nanoseconds duration) noexcept;

  /// Hands over what there is. For lines that have waited long enough, and at the end.
  void flush() noexcept;

private:
  void write(const exchange& request, timestamp now, int status, std::size_t bytes, std::chrono::nanoseconds duration);
  /// RFC 3339, of which all but the milliseconds is kept for the rest of the second.
  void write_time(timestamp now);

  std::string lines_;
  std::string second_text_;
  std::chrono::sys_seconds second_{};
};

}  // namespace genesis::http
