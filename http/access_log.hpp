#pragma once

#include "http/exchange.hpp"

#include <spdlog/logger.h>

#include <chrono>
#include <memory>

namespace genesis::http {

/// Where lines about requests go; null for nowhere. Set once at the start, before any connection.
void set_access_log(std::shared_ptr<spdlog::logger> log);

/// One line per answered request: method, route template, status, duration, size, ids. No path, no query, no body, no
/// person.
void log_request(const exchange& request, int status, std::size_t bytes, std::chrono::nanoseconds duration);

}  // namespace genesis::http
