#pragma once

#include "config/settings.hpp"
#include "domain/error.hpp"

namespace genesis::cli {

/// Sets up the program's log and the access log: a thread of their own writes the lines, so that a slow disk or
/// terminal delays nobody. When their queue is full the oldest lines are dropped. Files are made with mode 0600.
/// Errors: `unavailable`, naming the file.
result<void> start_logging(const config::settings::log_settings& settings);

/// Writes the audit trail to the log's file, if there is one: for a command that changes an installation which no
/// server runs on. Errors: `unavailable`, naming the file.
result<void> keep_audit_trail(const config::settings::log_settings& settings);

/// For commands that answer on standard output and end: warnings and errors alone, on standard error.
void log_warnings_only();

/// Writes what is still queued and ends the threads. False when that takes more than a second, as on standard error
/// that nobody reads any more: what is queued is dropped, and the process must end with `_exit`, since a thread still
/// writes.
[[nodiscard]] bool stop_logging();

}  // namespace genesis::cli
